"""Another licensor comes, by merger or assignment: from its legal day on money, payouts and subsidies are its."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from audit.rebuild import rebuild_and_compare
from database.pool import Pool, open_pool
from database.standing.entitlements import Profile, add_profile, list_years
from schemas.acts.declaration import ReportPatenteeChange
from schemas.acts.licence import SubstituteParty
from schemas.statements.royalty import Instalment, Instalments
from schemas.values.actor import Role
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.world import World

SCHEME, CAP = "SZ-2021-UNIV-5PCT", 1_000_000_00
CAME_ON, LATER, SECOND_DUE = date(2026, 8, 3), date(2026, 12, 1), "due:2"
FIRST, SECOND = Money.of("15000000.00"), Money.of("9000000.00")
TERMS = Instalments(
    instalments=(Instalment(amount=FIRST, after_months=0), Instalment(amount=SECOND, after_months=6)),
    pay_within_days=30,
)


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 4) as one:
        yield one


class Story:
    """A licence of two instalments whose licensor is another one between them."""

    def __init__(self, pool: Pool, world: World) -> None:
        self.pool, self.desk, self.world = pool, Desk(pool), world
        self.licence = LicenceLife(DeclarationLife(world, TERMS))

    async def begun(self) -> "Story":
        """Both units are universities in Shenzhen; the first instalment has arrived."""
        async with self.pool.acquire() as connection:
            for name in ("unit", "second_unit"):
                seat = {"kind": "university", "region": "guangdong.shenzhen.nanshan"}
                profile = Profile(party_id=self.world.party(name), from_on=date(2020, 1, 1), **seat)
                await add_profile(connection, profile, self.world.party("operator"))
        declaration, licence = self.licence.declaration, self.licence
        for act in declaration.announced():
            await self.desk.ask(declaration, act)
        for one in (licence.give_notice(), licence.pay(FIRST), licence.book_receipt(FIRST)):
            await self.desk.ask(licence, one)
        await self.desk.ask(self.payout("1", "unit"), self.payout("1", "unit").determine())
        return self

    def payout(self, serial: str, unit: str) -> PayoutLife:
        return PayoutLife(self.licence, serial, unit)

    def came(self, ground: str) -> SubstituteParty:
        given = {"side": "licensor", "successor": self.world.party("second_unit"), "ground": ground}
        act = self.licence.act(
            SubstituteParty, Role.OPERATOR, CAME_ON, again=ground, proof=self.world.paper("decision"), **given
        )
        assert isinstance(act, SubstituteParty)
        return act

    async def arrives(self) -> Any:
        """The second instalment; its payouts' units."""
        booked = self.licence.book_receipt(SECOND, LATER, "2", SECOND_DUE)
        answer = await self.desk.ask(self.licence, booked)
        return [one.unit for one in answer.starts]

    async def years(self) -> dict[str, int]:
        """What each beneficiary is provisionally entitled to for 2026, in fen."""
        async with self.pool.acquire() as connection:
            return {key.beneficiary: fen for key, _, fen in await list_years(connection, SCHEME) if fen}

    async def untold(self) -> list[str]:
        """The open tasks of the licence that ask for a substitution."""
        rows = await self.pool.fetch(
            "SELECT key FROM tasks WHERE filing_id = $1 AND what = 'state_substitution' AND closed_on IS NULL",
            self.licence.filing_id,
        )
        return [row["key"] for row in rows]

    def code(self, unit: str) -> str:
        return self.world.credit_code(unit)


async def test_later_money_starts_its_payout_at_the_successor_whose_finance_states_and_pays(pool: Pool) -> None:
    story = await Story(pool, await World("merged licensor").write(pool)).begun()
    await story.desk.ask(story.licence, story.came("merger"))
    assert await story.arrives() == [story.world.party("second_unit")]

    payout = story.payout("2", "second_unit")
    await story.desk.ask(payout, payout.determine(LATER))
    states = payout.state_facts(LATER)
    own = states.but(by=states.by.but(organisation_id=story.world.party("second_unit")))
    foreign = states.but(by=states.by.but(organisation_id=story.world.party("unit")))
    with pytest.raises(Refused, match="other_organisation"):
        await story.desk.ask(payout, foreign)
    await story.desk.ask(payout, own)
    assert (await rebuild_and_compare(pool)).ok


async def test_a_merged_unit_s_open_payout_is_carried_on_by_its_successor(pool: Pool) -> None:
    story = await Story(pool, await World("carried on").write(pool)).begun()
    await story.desk.ask(story.licence, story.came("merger"))
    await story.desk.tell_all()
    earlier = story.payout("1", "unit")
    states = earlier.state_facts(LATER)
    answer = await story.desk.ask(
        earlier, states.but(by=states.by.but(organisation_id=story.world.party("second_unit")))
    )
    assert answer.head.stage == "determined"


async def test_a_merger_leaves_one_cap_in_its_year_with_the_receipts_of_both_and_an_assignment_two(pool: Pool) -> None:
    merged = await Story(pool, await World("one cap").write(pool)).begun()
    assert await merged.years() == {merged.code("unit"): 750_000_00}
    await merged.desk.ask(merged.licence, merged.came("merger"))
    assert await merged.years() == {merged.code("second_unit"): 750_000_00}
    await merged.arrives()
    assert await merged.years() == {merged.code("second_unit"): CAP}
    assert (await rebuild_and_compare(pool)).ok


async def test_after_an_assignment_each_has_its_own_receipts_and_its_own_cap(pool: Pool) -> None:
    story = await Story(pool, await World("two caps").write(pool)).begun()
    await story.desk.ask(story.licence, story.came("assignment"))
    await story.arrives()
    assert await story.years() == {story.code("unit"): 750_000_00, story.code("second_unit"): 450_000_00}


async def test_a_merger_that_is_told_late_moves_what_was_booked_since_and_a_correction_moves_it_back(
    pool: Pool,
) -> None:
    story = await Story(pool, await World("told late").write(pool)).begun()
    assert await story.arrives() == [story.world.party("unit")]
    wrong = story.payout("2", "unit")
    await story.desk.ask(wrong, wrong.determine(LATER))
    assert await story.years() == {story.code("unit"): CAP}

    told = await story.desk.ask(story.licence, story.came("merger"))
    assert [one.unit for one in told.starts] == [story.world.party("second_unit")]
    await story.desk.tell_all()
    assert await pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", wrong.filing_id) == "cancelled"
    assert await story.years() == {story.code("second_unit"): CAP}

    said = story.licence.correct_fact(story.came("merger").act_id, LATER, {"ground": "assignment"})
    await story.desk.ask(story.licence, said)
    await story.desk.ask(story.licence, story.licence.countersign(said))
    assert await story.years() == {story.code("unit"): 750_000_00, story.code("second_unit"): 450_000_00}
    assert (await rebuild_and_compare(pool)).ok


async def test_a_merger_told_of_the_declaration_asks_its_licence_for_the_substitution(pool: Pool) -> None:
    story = await Story(pool, await World("told of the offer").write(pool)).begun()
    declaration = story.licence.declaration
    merged = declaration.act(ReportPatenteeChange, Role.OFFICE, CAME_ON, cause="merger")
    await story.desk.ask(declaration, merged)
    await story.desk.tell_all()
    assert await story.untold() == [f"state_substitution:{merged.act_id}"]
    await story.desk.ask(story.licence, story.came("merger"))
    assert await story.untold() == []
    assert (await rebuild_and_compare(pool)).ok
