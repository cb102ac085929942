"""``up``: the servers and a worker, until ctrl-C or SIGTERM; what was acknowledged survives the next start."""

import asyncio
import os
import subprocess
import sys
import time
from typing import Any

import structlog

from cli.output import json_option, put_json, put_pairs
from cli.typed.commands import worded_command
from database.address import place_of
from database.migrate import migrate
from runtime.settings import ROOT, Settings, check_limits
from runtime.stack import Addresses
from runtime.up import staying_up

_DRAIN_SECONDS = 45
"""Longer than the worker's own drain."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY_SECONDS = 60.0
log = structlog.get_logger()


@worded_command()
@json_option
def up(as_json: bool) -> None:
    """Starts Postgres, Temporal with its Web UI, and a worker; prints the addresses and stays."""
    settings = Settings.read()
    check_limits()  # a worker that cannot begin would be started again and again
    try:
        with staying_up(settings) as addresses:
            postgres = place_of(addresses.database_url, "DATABASE_URL")
            applied = asyncio.run(migrate(addresses.for_migrations()))
            log.info("migrated", applied=applied)
            _put(addresses, postgres, as_json)
            _supervise()
    except (KeyboardInterrupt, SystemExit):
        log.info("stopped")


def _supervise() -> None:
    """Keeps one worker running; a worker that ends by itself is started again, later each time it fails at once."""
    pause = _FIRST_PAUSE
    while True:
        began = time.monotonic()
        worker = subprocess.Popen([sys.executable, ROOT / "worker.py", "--with-parent", str(os.getpid())], cwd=ROOT)
        try:
            code = worker.wait()
        finally:
            _drain(worker)
        log.warning("worker_ended", code=code, next_start_in=pause)
        pause = _FIRST_PAUSE if time.monotonic() - began > _STEADY_SECONDS else min(pause * 2, _LONGEST_PAUSE)
        time.sleep(pause)


def _drain(worker: "subprocess.Popen[bytes]") -> None:
    if worker.poll() is None:
        worker.terminate()
        try:
            worker.wait(_DRAIN_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("worker_killed", after_seconds=_DRAIN_SECONDS)
            worker.kill()
            worker.wait()


def _put(addresses: Addresses, postgres: str, as_json: bool) -> None:
    found: dict[str, Any] = {
        "temporal": addresses.temporal_address,
        "namespace": addresses.temporal_namespace,
        "ui": addresses.ui_url,
        "postgres": postgres,
    }
    if as_json:
        put_json(found)
        sys.stdout.flush()
        return
    put_pairs(
        "up_ctrl_c_or_make_down",
        {
            "Temporal": f"{found['temporal']} ({found['namespace']})",
            "Temporal Web UI": found["ui"],
            "Postgres": found["postgres"],
        },
    )
