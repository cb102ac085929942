"""Whatever a superuser changes, removes, puts in, exchanges or cuts off is found, with its place and its time."""

import random

import pytest

from tests.audit.sealed import Record
from tests.audit.tampering.all_kinds import FILES, WAYS, is_found, tried
from tests.lives.stories import sales_are_reported_and_corrected
from tests.lives.stories_of_money import a_subsidy_is_claimed_and_paid, inventors_are_paid

TRIES = 3


@pytest.fixture
async def told(record: Record) -> Record:
    await record.tell(inventors_are_paid)
    await record.seal()
    await record.tell(sales_are_reported_and_corrected, a_subsidy_is_claimed_and_paid)
    await record.add_rows()
    await record.seal()
    return record


async def test_every_tampering_is_found_and_located_and_dated(told: Record) -> None:
    assert (await told.verify()).as_json()["differences"] == []
    missed: list[object] = []
    for way in (*WAYS, *FILES):
        for seed in range(TRIES):
            place, report = await tried(told, way, random.Random(f"{way} {seed}"))
            if not is_found(place, report):
                missed.append((way, seed, place, [one.where for one in report.differences][:5]))
            if report.counts.get("checkpoints"):  # with none left nothing says when
                missed += [(way, seed, one.where, "not dated") for one in report.differences if not one.between]
    assert missed == []
    assert (await told.verify()).ok, "a tampering was not taken back"
