"""Every night all audits are done; what each found is a row, also where it could not be done."""

import asyncio
import json
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen
from uuid import UUID, uuid4

import asyncpg
import pytest
from temporalio.client import Client

from activities.nightly import Night
from audit.nightly import STEPS, Nights, shortened
from audit.schedule import plan_nights
from database.evidence.results import KeptResult, last_results
from database.pool import Pool, open_pool
from database.reads.lists import list_due
from runtime.connection import metered
from runtime.plugin import open_licence_plugin
from tests.conftest import Database
from tests.lives.office import Office
from worker import make_worker
from workflows.nightly import NightlyWorkflow

_SAID = {
    "archive": ('{"ok": true, "counts": {"runs": 3}}', 0),
    "replay": ('{"ok": false, "differences": [{"where": "history"}]}', 1),
    "recompute": ('{"fault": {"what": "away"}}', 1),
    "verify": ("no JSON at all", 70),
}


def _program(folder: Path) -> Sequence[str]:
    """A command line that answers what the table says, and agrees to everything else."""
    file = folder / "program.py"
    file.write_text(
        f"import sys\nsaid, code = {_SAID!r}.get(sys.argv[2], ('{{\"ok\": true}}', 0))\nprint(said)\nsys.exit(code)\n"
    )
    return sys.executable, str(file)


async def _results(pool: Pool) -> dict[str, KeptResult]:
    async with pool.acquire() as connection:
        return {one.step: one for one in await last_results(connection)}


async def test_a_night_leaves_a_result_of_every_step(
    temporal_client: Client, fresh_database: Database, office: Office, tmp_path: Path
) -> None:
    queue = f"night {fresh_database.name}"
    night = Night(tuple(STEPS), Nights(office.pool, _program(tmp_path)).audited)
    async with make_worker(temporal_client, office.recorder, "tests", queue, night):
        done = await temporal_client.execute_workflow(NightlyWorkflow.run, id=queue, task_queue=queue)
    found = await _results(office.pool)
    assert {one.step: one.outcome for one in done.outcomes} == {one: found[one].outcome for one in STEPS}
    assert [one.step for one in done.outcomes] == list(STEPS)
    assert {step: one.outcome for step, one in found.items() if one.outcome != "agrees"} == {
        "replay": "differs",
        "recompute": "fault",
        "verify": "fault",
    }
    assert found["archive"].report == {"ok": True, "counts": {"runs": 3}}
    assert found["verify"].report == {"exit_code": 70, "said": "", "command": ["audit", "verify"]} or (
        "no JSON" in found["verify"].report["said"]
    )
    assert {one.night for one in found.values()} == {found["archive"].night}


async def test_what_differs_is_a_task_of_the_operator_until_a_night_agrees(
    fresh_database: Database, tmp_path: Path
) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        nights = Nights(pool, _program(tmp_path))
        for step in ("archive", "replay", "verify"):
            await nights.audited(uuid4(), step)
        async with pool.acquire() as connection:
            found = await list_due(connection)
            assert [(one.what, one.key) for one in found] == [
                ("audit_differs", "audit:replay"),
                ("audit_not_done", "audit:verify"),
            ]
            assert await list_due(connection, role="operator") == found
            assert await list_due(connection, role="licensor") == []
        mended = Nights(pool, (sys.executable, "-c", "print('{}')"))
        for step in ("replay", "verify"):
            await mended.audited(uuid4(), step)
        async with pool.acquire() as connection:
            assert await list_due(connection) == []


async def test_what_a_step_found_is_a_metric(
    temporal_client: Client, fresh_database: Database, office: Office, tmp_path: Path
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    config = temporal_client.service_client.config
    client = await Client.connect(
        config.target_host,
        namespace=temporal_client.namespace,
        plugins=[open_licence_plugin()],
        runtime=metered(address),
    )
    queue, night = (
        f"metrics {fresh_database.name}",
        Night(("archive", "replay"), Nights(office.pool, _program(tmp_path)).audited),
    )
    async with make_worker(client, office.recorder, "tests", queue, night):
        await client.execute_workflow(NightlyWorkflow.run, id=queue, task_queue=queue)
    told = await asyncio.to_thread(lambda: urlopen(f"http://{address}/metrics").read().decode())
    said = {
        step: line.rsplit(" ", 1)[1]
        for line in told.splitlines()
        for step in ("archive", "replay")
        if line.startswith("open_licence_audit_disagrees{") and f'step="{step}"' in line
    }
    assert said == {"archive": "0", "replay": "1"}


async def test_a_step_that_is_done_again_leaves_one_result(fresh_database: Database, tmp_path: Path) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        nights, night = Nights(pool, _program(tmp_path)), uuid4()
        assert [await nights.audited(night, "archive") for _ in range(2)] == ["agrees", "agrees"]
        async with pool.acquire() as connection:
            assert await connection.fetchval("SELECT count(*) FROM audit_results") == 1


async def test_results_are_changed_by_nobody(fresh_database: Database, tmp_path: Path) -> None:
    async with await open_pool(fresh_database.engine, 2) as pool:
        await Nights(pool, _program(tmp_path)).audited(UUID(int=1), "archive")
    for role in ("engine", "auditor", "owner"):
        connection = await asyncpg.connect(getattr(fresh_database, role))
        try:
            for statement in ("UPDATE audit_results SET outcome = 'agrees'", "DELETE FROM audit_results"):
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement)
        finally:
            await connection.close()


async def test_the_schedule_is_made_once(temporal_client: Client, worker_id: str) -> None:
    name = f"nightly {uuid4()}"
    assert await plan_nights(temporal_client, "nobody", name)
    assert not await plan_nights(temporal_client, "nobody", name)
    handle = temporal_client.get_schedule_handle(name)
    try:
        (next_at, *_) = (await handle.describe()).info.next_action_times
        assert (next_at.hour, next_at.minute) == (19, 0)  # three in the morning in Shanghai
    finally:
        await handle.delete()


def test_a_long_report_keeps_its_first_differences_and_their_number() -> None:
    kept = shortened({"ok": False, "differences": list(range(1_000))})
    assert (len(kept["differences"]), kept["differences_in_all"]) == (200, 1_000)
    assert json.dumps(kept)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_a_command_of_ours(step: str) -> None:
    from cli.audit.group import Commands

    group = Commands("audit")
    _, command, *_ = STEPS[step]
    found = group.get_command(None, command)  # type: ignore[arg-type]  # it looks at no context
    assert found is not None
    assert any("--json" in one.opts for one in found.params)
