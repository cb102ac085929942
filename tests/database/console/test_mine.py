"""Everybody sees what is his, all of it and once, and no list shows what a page refuses."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from database.bulletin.pages import Place, read_instant_place
from database.console.mine import Mine, Narrowed, counted_of, mine
from database.console.whose import OF_PARTIES, Relation, Whose, may_see, relation
from database.pool import Pool
from schemas.values.refusal import Refused
from tests.database.bulletin.declared import declared, organisation
from tests.database.record.filings import DAY, record

EVERY = Narrowed()


async def licensed(pool: Pool, declaration_id: UUID, licensee: UUID, **parts: Any) -> UUID:
    """A licence under a declaration."""
    licence_id = uuid4()
    position = {"licensee": str(licensee), "sub_platform": parts.pop("platform", None)}
    await record(
        pool, licence_id, kind="licence", stage="effective", parent_id=declaration_id, position=position, **parts
    )
    return licence_id


async def every(pool: Pool, whose: list[Whose], narrowed: Narrowed = EVERY, size: int = 3) -> list[Mine]:
    """All pages."""
    place: Place | None = None
    found: list[Mine] = []
    async with pool.acquire() as connection:
        while True:
            page = await mine(connection, whose, narrowed, place=place, size=size)
            found += page.rows
            place = page.older
            if place is None:
                return found


async def ids(pool: Pool, *whose: Whose, narrowed: Narrowed = EVERY) -> set[UUID]:
    return {row.filing_id for row in await every(pool, list(whose), narrowed, 50)}


async def test_a_list_shows_each_filing_once_newest_first_in_both_directions(fresh_engine: Pool) -> None:
    owner, licensee = await organisation(fresh_engine), await organisation(fresh_engine)
    declaration = await declared(fresh_engine, (owner,))
    made = [declaration, *[await licensed(fresh_engine, declaration, licensee) for _ in range(7)]]
    whose = [Whose("licensor", owner), Whose("licensee", owner), Whose("licensor", owner)]
    forth = await every(fresh_engine, whose)
    assert [row.filing_id for row in forth] == list(reversed(made))
    async with fresh_engine.acquire() as connection:
        place = read_instant_place(str(Place(forth[6].begun_at, forth[6].filing_id)))
        back = await mine(connection, whose, place=place, direction="newer", size=3)
        first = await mine(connection, whose, place=back.newer, direction="newer", size=3)
    assert [row.filing_id for row in back.rows] == [row.filing_id for row in forth[3:6]]
    assert [row.filing_id for row in first.rows] == [row.filing_id for row in forth[:3]]
    assert first.newer is None


async def test_whose_a_filing_is_follows_from_its_position_and_changes_with_it(fresh_engine: Pool) -> None:
    owner, other, agency, licensee, later = [await organisation(fresh_engine) for _ in range(5)]
    declaration = await declared(fresh_engine, (owner, other), agency=agency)
    licence = await licensed(fresh_engine, declaration, licensee)
    both = {declaration, licence}
    assert await ids(fresh_engine, Whose("licensor", owner)) == both
    assert await ids(fresh_engine, Whose("co_owner", other)) == both
    assert await ids(fresh_engine, Whose("agent", agency)) == both
    assert await ids(fresh_engine, Whose("licensee", licensee)) == {licence}
    assert await ids(fresh_engine, Whose("licensee", owner), Whose("licensor", licensee)) == set()
    spans = [{"party_id": str(licensee), "until_on": "2026-11-01"}, {"party_id": str(later), "until_on": None}]
    position = {"licensee": str(licensee), "licensees": spans}
    await record(fresh_engine, licence, kind="licence", stage="effective", parent_id=declaration, position=position)
    assert await ids(fresh_engine, Whose("licensee", licensee)) == set()
    assert await ids(fresh_engine, Whose("licensee", later)) == {licence}
    await declared(fresh_engine, (later,), filing_id=declaration)
    assert await ids(fresh_engine, Whose("licensor", later)) == both
    assert await ids(fresh_engine, Whose("licensor", owner), Whose("agent", agency)) == set()


async def test_payouts_and_settlements_are_their_units_inventors_authorities_and_claimants(fresh_engine: Pool) -> None:
    unit, inventor, authority, claimant = [await organisation(fresh_engine) for _ in range(4)]
    payout, settlement = uuid4(), uuid4()
    lines = [{"party": str(inventor)}, {"party": str(unit)}, {"party": None}]
    await record(fresh_engine, payout, kind="payout", stage="determined", position={"unit": str(unit), "lines": lines})
    claims = [{"claimant": str(claimant)}]
    position = {"authority": str(authority), "claims": claims}
    await record(fresh_engine, settlement, kind="settlement", stage="called", position=position)
    shown: dict[Relation, UUID] = {"unit": unit, "inventor": inventor, "authority": authority, "claimant": claimant}
    found = {name: await ids(fresh_engine, Whose(name, who)) for name, who in shown.items()}
    assert found == {"unit": {payout}, "inventor": {payout}, "authority": {settlement}, "claimant": {settlement}}
    assert await ids(fresh_engine, Whose("inventor", unit)) == set()


async def test_a_list_shows_exactly_what_a_page_lets_see(fresh_engine: Pool) -> None:
    parties = [await organisation(fresh_engine) for _ in range(3)]
    filings = [
        await declared(fresh_engine, (parties[0], parties[1]), platform="甲平台"),
        await declared(fresh_engine, (parties[1],), agency=parties[2], platform="乙平台"),
        await declared(fresh_engine, (parties[2],), stage="draft", announced_on=None),
    ]
    filings += [
        await licensed(fresh_engine, filings[0], parties[2]),
        await licensed(fresh_engine, filings[1], parties[0]),
    ]
    names = [Whose(name, party) for name in OF_PARTIES for party in parties]
    whose = [*names, Whose("platform", "甲平台"), Whose("platform", "丙平台"), Whose("all")]
    async with fresh_engine.acquire() as connection:
        for one in whose:
            listed = await ids(fresh_engine, one)
            assert {filing for filing in filings if await may_see(connection, filing, [one])} == listed, one
        assert not await may_see(connection, uuid4(), whose)
        assert not await may_see(connection, filings[0], [])
        assert await may_see(connection, filings[0], [Whose("licensor", parties[2]), Whose("co_owner", parties[1])])
    assert await ids(fresh_engine) == set()
    assert await ids(fresh_engine, Whose("all")) == set(filings)
    assert await ids(fresh_engine, Whose("platform", "甲平台")) == {filings[0], filings[3]}


def test_a_relation_that_nobody_has_is_no_sql() -> None:
    with pytest.raises(ValueError, match="nobody is"):
        relation("licensor' OR true --", "$1")  # type: ignore[arg-type]  # what an attacker would hand in


async def test_a_list_is_narrowed_by_each_filter_and_by_all(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine, "示例大学", "914400000000000000")
    declaration = await declared(
        fresh_engine, (owner,), title="一种固态电池", platform="甲平台", patent_number="202010001234.5"
    )
    other = await declared(fresh_engine, (owner,), title="一种电机", stage="submitted", announced_on=None)
    licence = await licensed(fresh_engine, declaration, owner, platform="乙平台", due_by=DAY + timedelta(days=3))
    cases = [
        (Narrowed(), {declaration, other, licence}),
        (Narrowed(kind="licence"), {licence}),
        (Narrowed(stage="submitted"), {other}),
        (Narrowed(region="guangdong"), {declaration, other, licence}),
        (Narrowed(region="beijing"), set()),
        (Narrowed(platform="乙平台"), {licence}),
        (Narrowed(due_on=DAY + timedelta(days=3)), {licence}),
        (Narrowed(due_on=DAY + timedelta(days=3), text="固态电池", kind="licence"), {licence}),
        (Narrowed(due_on=DAY + timedelta(days=2)), set()),
        (Narrowed(due_on=DAY + timedelta(days=4)), set()),
        (Narrowed(text="固态电池"), {declaration, licence}),
        (Narrowed(text="示例"), {declaration, other, licence}),
        (Narrowed(text="电池", kind="declaration"), {declaration}),
        (Narrowed(patent_number="202010001234.5"), {declaration, licence}),
        (Narrowed(below=declaration), {licence}),
    ]
    for whose in (Whose("licensor", owner), Whose("all")):
        for narrowed, expected in cases:
            assert await ids(fresh_engine, whose, narrowed=narrowed) == expected, narrowed
            async with fresh_engine.acquire() as connection:
                assert await counted_of(connection, [whose], narrowed) == (len(expected), False), narrowed
    with pytest.raises(Refused):
        await ids(fresh_engine, Whose("all"), narrowed=Narrowed(text="电"))


@pytest.mark.parametrize("walked", [0, 1, 4_000])
async def test_a_word_is_found_from_its_titles_and_whether_a_walk_meets_it_or_not(
    fresh_engine: Pool, monkeypatch: pytest.MonkeyPatch, walked: int
) -> None:
    async def frequent(*_given: object) -> bool:
        return walked > 0

    monkeypatch.setattr("database.console.mine.are_frequent", frequent)
    monkeypatch.setattr("database.console.mine.WALKED", walked)
    owner, other = await organisation(fresh_engine), await organisation(fresh_engine)
    titles = ("一种罕见的阀", "一种电机", "一种罕见的泵", "一种电机", "一种电机")
    made = [await declared(fresh_engine, (owner,), title=title) for title in titles]
    theirs = await declared(fresh_engine, (other,), title="一种罕见的轴")
    licence = await licensed(fresh_engine, made[0], owner)
    rare, wanted = Narrowed(text="罕见的"), [licence, made[2], made[0]]
    for whose in ([Whose("licensor", owner)], [Whose("licensor", owner), Whose("licensee", owner)]):
        for size in (1, 2, 5):
            found = await every(fresh_engine, whose, rare, size)
            assert [row.filing_id for row in found] == wanted
    assert await ids(fresh_engine, Whose("all"), narrowed=rare) == {*wanted, theirs}
    async with fresh_engine.acquire() as connection:
        oldest = Place(found[-1].begun_at, found[-1].filing_id)
        back = await mine(connection, [Whose("all")], rare, place=oldest, direction="newer", size=2)
    assert [row.filing_id for row in back.rows] == [theirs, made[2]]


async def test_a_row_says_what_the_filing_is_and_what_is_due_next(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine, "示例大学")
    deadline = {"what": "annual_fee", "role": "licensor", "by": "2026-12-01", "basis": "legal"}
    declaration = await declared(fresh_engine, (owner,), title="一种固态电池")
    position = {"licensee": str(owner), "deadlines": [deadline]}
    licence = uuid4()
    await record(fresh_engine, licence, kind="licence", stage="effective", parent_id=declaration, position=position)
    row = (await every(fresh_engine, [Whose("all")]))[0]
    assert (row.filing_id, row.title, row.party, row.party_name) == (licence, "一种固态电池", owner, "示例大学")
    assert (row.next_what, row.next_by, row.next_basis, row.next_is_open) == (
        "annual_fee",
        date(2026, 12, 1),
        "legal",
        False,
    )
