"""What Prometheus reads of a worker, with its own parser: acts by outcome, and what waits longer than it should."""

import asyncio
import socket
from contextlib import closing
from urllib.request import urlopen

import asyncpg
import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.testing import capture_logs
from temporalio.client import Client

from cli.demo.filings.filing import tell
from client.keeping.measures import Measures
from database.record.sequencer import sequence
from runtime.connection import metered
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.faults.proofs import main_road
from tests.lives.office import Office, opened

Read = dict[str, list[tuple[dict[str, str], float]]]


def _free_address() -> str:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


async def _read(address: str) -> Read:
    """Name -> every series of it, as Prometheus would take it."""
    told = await asyncio.to_thread(lambda: urlopen(f"http://{address}/metrics").read().decode())
    read: Read = {}
    for family in text_string_to_metric_families(told):
        for one in family.samples:
            read.setdefault(one.name, []).append((one.labels, one.value))
    return read


def _value(read: Read, name: str, **labels: str) -> float:
    (value,) = [value for given, value in read[name] if labels.items() <= given.items()]
    return value


async def _has_waited_an_hour(database: Database, *statements: str) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        for one in statements:
            await connection.execute(one)
    finally:
        await connection.close()


async def _begun(office: Office) -> None:
    """A declaration in force, and an operator who marks it as filed once more, which is refused."""
    declaration, _, _ = main_road(await office.world("measured"))
    await tell(office.ask, declaration, *declaration.announced())
    with pytest.raises(Refused):
        await office.ask(declaration, declaration.mark_filed(again="refused"))


async def test_acts_and_what_waits_are_read_by_prometheus(temporal_client: Client, fresh_database: Database) -> None:
    address = _free_address()
    runtime = metered(address)
    async with opened(temporal_client, fresh_database) as office:
        measures = Measures(office.pool, runtime.metric_meter, office.recorder.counted)
        await _begun(office)
        for _ in range(2):
            await measures.tell()
        read = await _read(address)
        granted = sum(value for given, value in read["open_licence_acts_total"] if given["outcome"] == "granted")
        assert granted == sum(number for (_, one), number in office.recorder.counted.items() if one == "granted") > 0
        assert _value(read, "open_licence_acts_total", outcome="refused") == 1
        assert _value(read, "open_licence_sequencer_lag_seconds") > 0
        assert _value(read, "open_licence_unsealed_age_seconds") > 0
        assert [value for _, value in read["open_licence_stuck_filings"]] == [0, 0, 0]
        await _has_waited_an_hour(
            fresh_database,
            "UPDATE outbox SET created_at = created_at - interval '1 hour'",
            "UPDATE unsequenced SET recorded_at = recorded_at - interval '1 hour'",
        )
        await measures.tell()
        read = await _read(address)
        assert _value(read, "open_licence_outbox_age_seconds") >= 3_600
        assert _value(read, "open_licence_sequencer_lag_seconds") >= 3_600
        assert _value(read, "open_licence_stuck_filings", why="not_told") >= 1
        assert _value(read, "open_licence_stuck_filings", why="not_numbered") >= 1
        await _has_waited_an_hour(fresh_database, "UPDATE outbox SET quarantined = true")
        async with office.pool.acquire() as connection:
            await sequence(connection)
        await measures.tell()
        read = await _read(address)
        assert _value(read, "open_licence_outbox_age_seconds") == 0
        assert _value(read, "open_licence_outbox_quarantined") >= 1
        assert _value(read, "open_licence_sequencer_lag_seconds") == 0
        assert _value(read, "open_licence_stuck_filings", why="not_told") == 0


async def test_an_act_of_a_request_is_a_line_with_its_id_and_others_are_lines_for_debugging(
    temporal_client: Client, fresh_database: Database
) -> None:
    async with opened(temporal_client, fresh_database) as office:
        declaration, _, _ = main_road(await office.world("a line"))
        first, *others = declaration.announced()
        # Another test may have configured logs that leave out lines for debugging.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("debug"))
        with capture_logs(processors=[merge_contextvars]) as lines:
            with bound_contextvars(request_id="a1b2"):
                await office.ask(declaration, first)
            await tell(office.ask, declaration, *others)
        said = [one for one in lines if one["event"] == "act_recorded"]
        assert [(one["log_level"], one.get("request_id")) for one in said] == [
            ("info", "a1b2"),
            *[("debug", None) for _ in others],
        ]
        assert (said[0]["act"], said[0]["filing_id"]) == (first.kind, str(declaration.filing_id))


async def test_a_refused_act_is_a_line_with_the_code_and_no_words(
    temporal_client: Client, fresh_database: Database
) -> None:
    async with opened(temporal_client, fresh_database) as office:
        with capture_logs(processors=[merge_contextvars]) as lines, bound_contextvars(request_id="c3d4"):
            await _begun(office)
        (refused,) = [one for one in lines if one["event"] == "act_refused"]
        assert set(refused) == {"event", "log_level", "request_id", "act", "act_id", "filing_id", "code"}
