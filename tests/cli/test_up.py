"""``up`` serves until it is told to stop, starts a worker again that died, and leaves nothing behind."""

import asyncio
import json
import os
import secrets
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil

from runtime.settings import ROOT, Settings
from runtime.up import clean

PATIENCE = 60


async def test_up_serves_keeps_a_worker_and_stops_in_order(server_folder: Path, tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("TEMPORAL_")
    }
    environment["OPEN_LICENCE_VAR"] = str(server_folder / f"up-{secrets.token_hex(4)}")

    async def command(*arguments: str) -> Any:
        process = await start(*arguments)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        return process.returncode, json.loads(out), err.decode()

    async def start(*arguments: str) -> Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, ROOT / "starter.py", *arguments, "--json", env=environment, stdout=PIPE, stderr=PIPE
        )

    up = await start("up")
    try:
        assert up.stderr
        first = await line_with(up.stderr, "worker_ready")
        assert up.stdout
        addresses = json.loads(await asyncio.wait_for(up.stdout.readuntil(b"\n}\n"), PATIENCE))
        assert addresses["ui"].startswith("http://")
        assert ":" in addresses["temporal"]
        assert "password" not in json.dumps(addresses).lower()
        assert await command("list") == (0, [], "")

        [worker] = [one for one in psutil.Process(up.pid).children() if "worker.py" in " ".join(one.cmdline())]
        worker.kill()
        second = await line_with(up.stderr, "worker_ready")
        assert first != second
        nobody = str(uuid4())
        code, answer, _ = await command("declaration", "discard", nobody, "--by", nobody)
        assert (code, answer["refused"][0]["code"]) == (2, "filing_unknown")

        code, party, _ = await command("party", "add", "--organisation", "--name", "A university")
        (tmp_path / "draft.json").write_text(
            json.dumps(
                {
                    "offer": {
                        "patent_number": "201910065946.9",
                        "title": "A",
                        "patentees": [{"party_id": party["party_id"]}],
                        "filed_on": "2019-01-24",
                        "granted_on": "2020-05-05",
                        "royalty": {"form": "free"},
                        "term": {"form": "until_patent_ends"},
                        "contact": party["party_id"],
                        "commitments": True,
                        "fee_explanation": "as agreed",
                    }
                }
            )
        )
        code, answer, _ = await command(
            "declaration", "save-draft", str(tmp_path / "draft.json"), "--by", party["party_id"]
        )
        assert code == 0, answer
        follower = await start("events", "--follow")
        assert follower.stdout
        event = json.loads(await asyncio.wait_for(follower.stdout.readline(), PATIENCE))
        assert (event["sequence_number"], event["kind"]) == (1, "declaration:draft_saved")
        follower.send_signal(signal.SIGINT)
        await asyncio.wait_for(follower.communicate(), PATIENCE)
        assert follower.returncode == 0

        up.send_signal(signal.SIGTERM)
        await line_with(up.stderr, "worker_stopped")
        assert await asyncio.wait_for(up.wait(), PATIENCE) == 0
        code, answer, _ = await command("list")
        assert (code, answer["fault"]["whose"]) == (1, "setup")
    finally:
        with suppress(ProcessLookupError):
            up.send_signal(signal.SIGTERM)
        await asyncio.wait_for(up.communicate(), PATIENCE)


async def test_the_worker_of_a_killed_up_drains_by_itself(server_folder: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL" and not name.startswith("TEMPORAL_")
    }
    environment["OPEN_LICENCE_VAR"] = str(server_folder / f"up-{secrets.token_hex(4)}")
    up = await asyncio.create_subprocess_exec(
        sys.executable, ROOT / "starter.py", "up", "--json", env=environment, stdout=DEVNULL, stderr=PIPE
    )
    try:
        assert up.stderr
        await line_with(up.stderr, "worker_ready")
        [worker] = [one for one in psutil.Process(up.pid).children() if "worker.py" in " ".join(one.cmdline())]
        up.kill()
        await up.wait()
        try:
            await line_with(up.stderr, "worker_stopped")
        finally:
            with suppress(psutil.NoSuchProcess):
                worker.kill()
    finally:
        await asyncio.to_thread(clean, Settings(var=Path(environment["OPEN_LICENCE_VAR"])))


async def line_with(stream: asyncio.StreamReader, text: str) -> str:
    while True:
        line = (await asyncio.wait_for(stream.readline(), PATIENCE)).decode()
        assert line, f"it ended without saying {text}"
        if text in line:
            return line
