"""The console as a process: ready when its servers answer, numbers at their own address, lines without names."""

import asyncio
import base64
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient, TransportError
from prometheus_client.parser import text_string_to_metric_families

from database.pool import open_pool
from runtime.settings import ROOT
from runtime.stack import Stack
from schemas.values.actor import Role
from tests.conftest import Database
from tests.web.people import MASTER, account_of, person
from web.sign_in.session import Sessions

_WITHIN = 180.0
"""Seconds for a program to begin on a busy machine."""


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
        return port


@dataclass
class _Served:
    """A console that was started, and what it has written."""

    process: Process
    address: str
    metrics: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """Every line; one that is no JSON object fails."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@asynccontextmanager
async def _serving(folder: Path, environment: dict[str, str]) -> AsyncIterator[_Served]:
    port, metrics = _free_port(), f"127.0.0.1:{_free_port()}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEMPORAL_", "OPEN_LICENCE_"))}
    log = folder / "console.log"
    with log.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            ROOT / "console.py",
            "--port",
            str(port),
            cwd=ROOT,
            stdin=DEVNULL,
            stdout=said,
            stderr=said,
            env=kept | environment | {"OPEN_LICENCE_LOGS": "json", "OPEN_LICENCE_CONSOLE_METRICS": metrics},
        )
    served = _Served(process, f"http://127.0.0.1:{port}", f"http://{metrics}/metrics", log)
    try:
        async with asyncio.timeout(_WITHIN), AsyncClient() as browser:
            while not await _answers(browser, served.address):
                assert process.returncode is None, log.read_text()
                await asyncio.sleep(0.1)
        yield served
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _answers(browser: AsyncClient, address: str) -> bool:
    try:
        return (await browser.get(f"{address}/healthz")).status_code == 200
    except TransportError:
        return False


@pytest.fixture
def given(stack: Stack, fresh_database: Database) -> dict[str, str]:
    """A database of the test's own, and the session's Temporal."""
    addresses = stack.addresses()
    return {
        "OPEN_LICENCE_VAR": str(stack.home),
        "DATABASE_URL": fresh_database.engine,
        "OPEN_LICENCE_MASTER_KEY": base64.b64encode(MASTER).decode(),
        "TEMPORAL_ADDRESS": addresses.temporal_address,
        "TEMPORAL_NAMESPACE": addresses.temporal_namespace,
    }


async def test_a_draft_outlives_its_console_and_the_next_one_is_ready_told_about_and_ends_in_order(
    given: dict[str, str], tmp_path: Path
) -> None:
    async with await open_pool(given["DATABASE_URL"], 2) as pool:
        async with pool.acquire() as connection, connection.transaction():
            account_id = await account_of(connection, await person(connection), Role.LICENSOR, is_demo=True)
        cookie, session = await Sessions(pool, MASTER).begin(account_id)
    assert session is not None
    ours, cookies = {"csrf": session.csrf}, {"session": cookie}
    why, written = "offer.fee_explanation", "参照同类许可的市场价格确定。"
    async with _serving(tmp_path, given) as served, AsyncClient(base_url=served.address, cookies=cookies) as browser:
        draft = (await browser.post("/declare", data=ours)).headers["location"].rpartition("/")[0]
        saved = await browser.post(f"{draft}/explanation", data={**ours, why: written})
        assert saved.status_code == 303
        under_way = asyncio.create_task(browser.post(f"{draft}/explanation", data={**ours, why: "另一理由"}))
        await asyncio.sleep(0)
        served.process.kill()
        await served.process.wait()
        await asyncio.gather(under_way, return_exceptions=True)

    async with _serving(tmp_path, given) as served, AsyncClient(base_url=served.address) as browser:
        missed = await _is_ready_and_told_about(served, browser)
        browser.cookies.update(cookies)
        page = await browser.get(f"{draft}/explanation")
        assert page.status_code == 200
        assert (written in page.text) is not ("另一理由" in page.text)
        again = await browser.post(f"{draft}/explanation", data={**ours, why: "第三个理由"})
        assert again.status_code == 303

        served.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(served.process.wait(), _WITHIN) == 0
        said = json.dumps(served.lines(), ensure_ascii=False)
        private = ("cookie-of-somebody", "王小明", "/nowhere", "q=", cookie, "第三个理由", draft.rpartition("/")[2])
        assert [one for one in private if one in said] == []
        asked = [one for one in served.lines() if one["event"] == "request"]
        step = "/declare/{draft_id}/{key}"
        assert [(one["route"], one["status"]) for one in asked] == [("-", 404), ("-", 404), (step, 200), (step, 303)]
        assert asked[0]["request_id"] == missed


async def _is_ready_and_told_about(served: _Served, browser: AsyncClient) -> str:
    """The number of the first of two requests for what is not there."""
    ready = await browser.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"database": "ok", "temporal": "ok", "scanner": "none"})
    headers = {b"cookie": b"session=cookie-of-somebody", b"user-agent": "王小明".encode()}
    page = await browser.get("/nowhere", params={"q": "王小明"}, headers=headers)
    assert page.status_code == 404
    assert (await browser.get("/metrics")).status_code == 404

    told = (await browser.get(served.metrics)).text
    read = {family.name: family for family in text_string_to_metric_families(told)}
    answers = {
        (one.labels["route"], one.labels["status"]): one.value
        for one in read["open_licence_console_answers"].samples
        if one.name.endswith("_total")
    }
    assert answers["/readyz", "200"] == 1
    assert answers["-", "404"] == 2
    assert read["open_licence_console_answer_seconds"].type == "histogram"
    assert read["process_resident_memory_bytes"].samples[0].value > 0
    return str(page.headers["x-request-id"])


async def test_metrics_at_an_address_that_is_taken_are_an_error_of_the_set_up(given: dict[str, str]) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = await asyncio.create_subprocess_exec(
            sys.executable,
            ROOT / "console.py",
            "--port",
            str(_free_port()),
            cwd=ROOT,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, **given, "OPEN_LICENCE_CONSOLE_METRICS": address},
        )
        _, said = await asyncio.wait_for(done.communicate(), _WITHIN)
    assert done.returncode == 1
    assert address in said.decode()
