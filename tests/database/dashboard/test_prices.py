"""What offers cost, how long they last, how many licences they have: what is kept is what counting each would give."""

import random
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest

from database.dashboard.prices import EVERYWHERE, FEWEST, Band, bands, prices, received, together
from database.pool import Pool
from tests.database.bulletin.declared import organisation, position_of
from tests.database.record.filings import record


async def _offered(pool: Pool, owner: UUID, royalty: dict[str, Any], declaration_id: UUID | None = None) -> UUID:
    filing_id = declaration_id or uuid4()
    position = position_of((owner,))
    term = {"form": "years_from_effect", "years": 5}
    position["offer"]["terms"] = [{"version": 1, "from_on": "2026-11-03", "royalty": royalty, "term": term}]
    await record(pool, filing_id, stage="in_force", position=position)
    return filing_id


async def _licensed(pool: Pool, declaration_id: UUID, fen: int, stage: str = "effective") -> UUID:
    licence_id = uuid4()
    receipt = {"amount": fen, "reversed_amount": 0, "credit": 0, "outside_royalty": 0, "confirmed": True}
    position = {"terms_version": 1, "effective_on": "2026-11-04", "receipts": [receipt]}
    await record(pool, licence_id, kind="licence", stage=stage, parent_id=declaration_id, position=position)
    return licence_id


def _lump_sum(fen: int) -> dict[str, Any]:
    return {"form": "lump_sum", "amount": fen}


async def test_quartiles_are_those_of_all_prices_and_bands_those_of_their_first_digits(fresh_engine: Pool) -> None:
    chance = random.Random(5)
    owners = {"guangdong": await organisation(fresh_engine, "甲", "9144"), "": await organisation(fresh_engine, "乙")}
    told: dict[UUID, tuple[str, int]] = {}
    for _ in range(50):
        again = told and chance.random() < 0.3
        filing_id = chance.choice(list(told)) if again else uuid4()
        region = told[filing_id][0] if again else chance.choice(list(owners))
        fen = chance.choice([1, 99, 100_000, 150_000, 199_999, 200_000, 5_000_000])
        told[filing_id] = (region, fen)
        await _offered(fresh_engine, owners[region], _lump_sum(fen), filing_id)
    async with fresh_engine.acquire() as connection:
        everywhere = await prices(connection, by_region=False)
        apart = {one.region: one for one in await prices(connection, by_region=True)}
        kept = {one.at_least: one.number for one in await bands(connection, by_region=False) if one.measure == "amount"}
    for found, amounts in (
        (everywhere[0], sorted(fen for _, fen in told.values())),
        *((apart[place], sorted(fen for region, fen in told.values() if region == place)) for place in owners),
    ):
        quartiles = [amounts[-(-len(amounts) * quarter // 4) - 1] for quarter in (1, 2, 3)]
        assert [found.lower_quartile, found.median, found.upper_quartile] == quartiles
        assert (found.number, found.counted_as, found.price_form) == (len(amounts), "offered", "lump_sum")
    assert (len(everywhere), everywhere[0].region, set(apart)) == (1, EVERYWHERE, set(owners))
    assert kept == Counter(int(f"{fen}"[0] + "0" * (len(f"{fen}") - 1)) for _, fen in told.values())


async def test_licences_are_counted_by_the_terms_that_they_took_and_the_offer_by_their_number(
    fresh_engine: Pool,
) -> None:
    owner = await organisation(fresh_engine)
    running = {"form": "running", "rates": [{"from_year": 1, "percent": "3.5"}, {"from_year": 2, "percent": "9"}]}
    declaration_id = await _offered(fresh_engine, owner, running)
    for stage in ("awaiting_payment", "effective", "expired", "void"):
        await _licensed(fresh_engine, declaration_id, 70_000, stage)
    async with fresh_engine.acquire() as connection:
        rates = {one.counted_as: one for one in await prices(connection, by_region=False)}
        divided = await bands(connection, by_region=False)
        found = {(one.counted_as, one.measure): (one.at_least, one.number) for one in divided}
        assert (rates["licensed"].median, rates["licensed"].number) == (3_500_000, 2)
        assert found["offered", "licences"] == (2, 1)
        assert found["licensed", "years"] == (5, 2)
        # A correction of the announced terms is one of the licences that took them.
        await _offered(fresh_engine, owner, _lump_sum(4_000), declaration_id)
        amounts = {one.counted_as: one for one in await prices(connection, by_region=False)}
    assert {name: (one.measure, one.median, one.number) for name, one in amounts.items()} == {
        "offered": ("amount", 4_000, 1),
        "licensed": ("amount", 4_000, 2),
    }


async def test_what_arrived_of_a_few_licences_is_told_of_none(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine)
    declaration_id = await _offered(fresh_engine, owner, _lump_sum(100))
    for n in range(FEWEST - 1):
        await _licensed(fresh_engine, declaration_id, 1_000 * (n + 1))
    async with fresh_engine.acquire() as connection:
        assert await received(connection) == []
        assert {one.measure for one in await bands(connection, by_region=True)} >= {"amount", "licences"}
        assert "received" not in {one.measure for one in await bands(connection, by_region=True)}
        await _licensed(fresh_engine, declaration_id, 9_000_000)
        assert [(one.at_least, one.number) for one in await received(connection)] == [(1_000, FEWEST)]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ([4], []),
        ([5], [(0, 5)]),
        ([1, 1, 3], [(0, 5)]),
        ([5, 4], [(0, 9)]),
        ([2, 9, 1, 4, 1], [(0, 11), (2, 6)]),
        ([7, 6, 5], [(0, 7), (1, 6), (2, 5)]),
    ],
)
def test_bands_lie_together_until_each_has_enough(narrow: list[int], wide: list[tuple[int, int]]) -> None:
    apart = [Band("licensed", "received", "running", EVERYWHERE, place, many) for place, many in enumerate(narrow)]
    assert [(one.at_least, one.number) for one in together(apart)] == wide
