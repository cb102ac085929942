"""What was known on a day is what stood there on that day, and what came later is named with what it changed."""

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from audit.known.view import KnownFiling, known_filing
from cli.demo.filings.filing import Filing
from database.pool import Pool, open_pool
from rules.kinds import KINDS
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.standing.position import LicencePosition
from schemas.values.model import SHANGHAI
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.stories import a_declaration_is_taken_over_and_corrected, a_late_withdrawal_makes_a_licence_void
from tests.lives.stories_of_money import a_receipt_is_reversed_after_the_lock, inventors_are_paid
from tests.lives.telling import Story
from tests.lives.world import World


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.engine, 2) as pool:
        yield pool


@pytest.fixture
async def auditor(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.auditor, 2) as pool:
        yield pool


class Witness(Desk):
    """Notes after each act what the read model says of the filing."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self.stood: dict[UUID, dict[int, Any]] = defaultdict(dict)

    async def ask(self, filing: Filing, act: Act) -> Answer:
        answer = await super().ask(filing, act)
        row = await self.pool.fetchrow(
            "SELECT head, position, kind FROM filings WHERE filing_id = $1", filing.filing_id
        )
        assert row is not None
        self.stood[filing.filing_id][row["head"]] = KINDS[filing.kind].stored_position(row["position"])
        return answer


async def _witnessed(pool: Pool, story: Story, seed: str) -> Witness:
    witness = Witness(pool)
    await story(witness.ask, await World(seed).write(pool))
    return witness


async def _known(auditor: Pool, filing_id: UUID, known: Any, on: date | None = None, **asked: bool) -> KnownFiling:
    async with auditor.acquire() as connection:
        return await known_filing(connection, filing_id, known, on, **asked)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_what_was_known_at_each_version_is_what_stood_there_then(
    story: Story, engine: Pool, auditor: Pool
) -> None:
    witness = await _witnessed(engine, story, f"known {story.__name__}")
    for filing_id, stood in witness.stood.items():
        instants = await auditor.fetch(
            "SELECT version, recorded_at FROM events WHERE filing_id = $1 ORDER BY version", filing_id
        )
        assert [one["version"] for one in instants] == sorted(stood)
        for version, recorded_at in instants:
            by_version = await _known(auditor, filing_id, version)
            assert by_version.position == stood[version]
            assert (await _known(auditor, filing_id, recorded_at)).position == stood[version]
            assert [one.version for one in by_version.later] == list(range(version + 1, len(stood) + 1))
        today = instants[-1]["recorded_at"].astimezone(SHANGHAI).date()
        assert (await _known(auditor, filing_id, today)).position == stood[len(stood)]


async def test_the_later_facts_together_change_what_was_known_into_what_is(engine: Pool, auditor: Pool) -> None:
    witness = await _witnessed(engine, a_late_withdrawal_makes_a_licence_void, "known diff")
    for filing_id, stood in witness.stood.items():
        for version in sorted(stood)[:-1]:
            found = await _known(auditor, filing_id, version, diff=True)
            stages = [change for one in found.later for change in one.changed or () if change.field == "stage"]
            assert found.position is not None
            moves = [found.position.stage, *(one.now for one in stages)]
            assert [one.was for one in stages] == moves[:-1]
            assert moves[-1] == stood[len(stood)].stage


async def test_a_day_before_the_payment_knows_of_no_effect_though_the_payment_is_known(
    engine: Pool, auditor: Pool
) -> None:
    witness = await _witnessed(engine, inventors_are_paid, "known effective")
    (licence_id,) = [one for one, stood in witness.stood.items() if isinstance(stood[1], LicencePosition)]
    paid_on = await auditor.fetchval(
        "SELECT legal_on FROM events WHERE filing_id = $1 AND kind = 'licence:paid'", licence_id
    )
    before = await _known(auditor, licence_id, None, paid_on - timedelta(days=1))
    on_the_day = await _known(auditor, licence_id, None, paid_on)
    assert before.position is not None
    assert on_the_day.position is not None
    assert (before.position.stage, on_the_day.position.stage) == ("awaiting_payment", "effective")
    assert "paid" in [one.kind.split(":")[1] for one in before.later]
    assert all(one.is_known for one in before.later)
    assert sum(amount.fen for amount in on_the_day.accounts.values()) == 0


async def test_a_correction_counts_for_the_day_of_what_it_corrects_once_it_is_known(
    engine: Pool, auditor: Pool
) -> None:
    witness = await _witnessed(engine, a_declaration_is_taken_over_and_corrected, "known correction")
    (filing_id,) = witness.stood
    rows = await auditor.fetch(
        "SELECT version, kind, legal_on FROM events WHERE filing_id = $1 ORDER BY version", filing_id
    )
    wrong = next(row for row in rows if row["kind"] == "declaration:bar_reported")
    uncorrected = await _known(auditor, filing_id, wrong["version"], wrong["legal_on"])
    corrected = await _known(auditor, filing_id, None, wrong["legal_on"])
    assert wrong["version"] in uncorrected.counted
    assert wrong["version"] not in corrected.counted  # its day is known to be another one, which comes later
    assert {row["version"] for row in rows if row["kind"] == "declaration:fact_corrected"} <= set(corrected.counted)


async def test_before_the_first_fact_nothing_is_known_and_before_its_legal_day_nothing_stands(
    engine: Pool, auditor: Pool
) -> None:
    witness = await _witnessed(engine, a_receipt_is_reversed_after_the_lock, "known nothing")
    filing_id = next(iter(witness.stood))
    with pytest.raises(Refused) as refused:
        await _known(auditor, filing_id, date(2020, 1, 1))
    assert [one.code for one in refused.value.refusals] == ["nothing_known_yet"]
    nothing = await _known(auditor, filing_id, None, date(2020, 1, 1))
    assert nothing.position is None
    assert not nothing.counted
    assert len(nothing.later) == len(witness.stood[filing_id])
