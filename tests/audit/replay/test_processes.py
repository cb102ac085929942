"""A history that never ends, or that ends its process, is told; the others are replayed all the same."""

import sys
from collections.abc import AsyncIterator, Sequence
from copy import deepcopy
from pathlib import Path

import pytest

from audit.replay.processes import Asked, Outcome, Processes
from audit.replay.run import Replayed, Replaying, Which, ours
from database.pool import open_pool
from schemas.values.refusal import Fault
from tests.audit.evidence.store import store
from tests.conftest import Database
from tests.histories import golden

_CHILD = """
import json, sys, time
print(json.dumps({"ready": []}), flush=True)
while line := sys.stdin.buffer.readline():
    frame = json.loads(line)
    text = sys.stdin.buffer.read(frame["history"] + frame["log"])
    if text == b"ends":
        sys.exit(3)
    if text == b"never":
        time.sleep(1000)
    print(json.dumps({"key": frame["key"]}), flush=True)
"""


async def _outcomes(folder: Path, *histories: bytes, child: str = _CHILD) -> dict[int, Outcome]:
    (folder / "child.py").write_text(child)
    processes = Processes((sys.executable, str(folder / "child.py")), folder, 2, one_within=3)

    async def asked() -> AsyncIterator[Asked]:
        for key, history in enumerate(histories):
            yield Asked(key, "any", history, b"")

    return {one.key: one async for one in processes.replayed(asked())}


async def test_one_without_an_end_holds_up_no_other(tmp_path: Path) -> None:
    found = await _outcomes(tmp_path, b"good", b"never", b"good", b"good", b"good")
    assert {key: one.failure for key, one in found.items() if one.failure} == {1: "no end within 3 s"}
    assert len(found) == 5


async def test_one_that_ends_its_process_is_named(tmp_path: Path) -> None:
    found = await _outcomes(tmp_path, *[b"good"] * 6, b"ends", *[b"good"] * 6)
    assert {key: one.failure for key, one in found.items() if one.failure} == {6: "its process ended with 3"}
    assert len(found) == 13


async def test_code_that_cannot_be_started_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="cannot be started"):
        await _outcomes(tmp_path, b"good", child="import sys; sys.exit(1)")
    with pytest.raises(Fault, match="no module of that name"):
        await _outcomes(tmp_path, b"good", child='print(\'{"unusable": "no module of that name"}\')')


async def _replayed(database: Database, names: Sequence[str], *, unknown: bool = False) -> Replayed:
    async with await open_pool(database.engine, 2) as pool:
        for name in names:
            history = golden.read(name)
            events = [deepcopy(one) for one in history.events]
            if unknown:
                events[0].workflow_execution_started_event_attributes.workflow_type.name = "Lease"
            await store(pool, history.workflow_id, events)
        return await Replaying(pool, "tests", ours(1)).replay(Which())


async def test_a_workflow_that_this_code_has_not_is_said(fresh_database: Database) -> None:
    report = await _replayed(fresh_database, ["a_draft_is_discarded.declaration"], unknown=True)
    (failure,) = report.failures
    assert failure.why.startswith("this code has no workflow Lease; it has Declaration, Licence")


async def test_a_history_of_a_filing_that_the_log_has_not_is_a_difference(fresh_database: Database) -> None:
    report = await _replayed(fresh_database, ["a_draft_is_discarded.declaration"])
    assert report.failures == []
    (difference,) = report.differences
    assert difference.where.endswith(".filing")
    assert difference.found is None


async def test_runs_of_no_filing_are_replayed_and_compared_with_themselves(fresh_database: Database) -> None:
    report = await _replayed(fresh_database, ["a_schedule_opens_a_year.opening", "a_night_is_audited.nightly"])
    assert report.as_json()["differences"] == []
    assert (report.counts["replayed"], report.counts["payloads"]) == (2, 3)
