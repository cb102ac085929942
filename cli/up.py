"""``up``: the servers, a worker and the console, until ctrl-C or SIGTERM; what was acknowledged survives it."""

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import structlog

from cli.output import json_option, named, put_json, put_pairs
from cli.terminal import put_table, sentence
from cli.typed.commands import worded_command
from database.address import place_of
from database.migrate import migrate
from runtime.ports import PortBook
from runtime.settings import ROOT, Settings, check_limits
from runtime.stack import Addresses
from runtime.up import staying_up

_DRAIN_SECONDS = 45
"""Longer than the worker's own drain."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY_SECONDS = 60.0
_LOOK_EVERY = 0.2
_USUAL_PORT = 8080
_PEOPLE, _SECRET = "demo-people.json", "demo-sign-in"
"""What ``web.sign_in.demo_people`` leaves below ``var``; this program may not import it."""
log = structlog.get_logger()


@worded_command()
@json_option
def up(as_json: bool) -> None:
    """Starts Postgres, Temporal with its Web UI, a worker and the console; prints the addresses and stays."""
    settings = Settings.read()
    check_limits()  # a worker that cannot begin would be started again and again
    try:
        with staying_up(settings) as addresses:
            postgres = place_of(addresses.database_url, "DATABASE_URL")
            applied = asyncio.run(migrate(addresses.for_migrations()))
            log.info("migrated", applied=applied)
            port = PortBook(settings.var).choose("console", _USUAL_PORT)
            PortBook(settings.var).note(console=port)
            people = _demo_people(settings)
            _put(addresses, postgres, port, people, settings, as_json)
            _supervise(port)
    except (KeyboardInterrupt, SystemExit):
        log.info("stopped")


@dataclass
class _Kept:
    """A program that is kept running; one that ends by itself is started again, later each time it fails at once."""

    name: str
    arguments: tuple[str, ...]
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = _FIRST_PAUSE
    begins_at: float = 0.0

    def look(self) -> None:
        """Starts it if it is time to, and notices that it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.begins_at:
                command = [sys.executable, *self.arguments, "--with-parent", str(os.getpid())]
                self.process, self.begins_at = subprocess.Popen(command, cwd=ROOT), now
        elif (code := self.process.poll()) is not None:
            has_stood = now - self.begins_at > _STEADY_SECONDS
            self.pause = _FIRST_PAUSE if has_stood else min(self.pause * 2, _LONGEST_PAUSE)
            self.process, self.begins_at = None, now + self.pause
            log.warning("program_ended", program=self.name, code=code, next_start_in=self.pause)

    def drain(self) -> None:
        """Tells it to end, waits for what is under way, and kills what does not end."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_DRAIN_SECONDS)
        except subprocess.TimeoutExpired:
            log.warning("program_killed", program=self.name, after_seconds=_DRAIN_SECONDS)
            self.process.kill()
            self.process.wait()


def _supervise(port: int) -> None:
    """Keeps a worker and the console running until we are told to stop."""
    console = _Kept("console", (str(ROOT / "console.py"), "--port", str(port)))
    programs = (console, _Kept("worker", (str(ROOT / "worker.py"),)))
    try:
        while True:
            for one in programs:
                one.look()
            time.sleep(_LOOK_EVERY)
    finally:
        # The console first: what it has asked for, the worker has still to answer.
        for one in programs:
            one.drain()


def _demo_people(settings: Settings) -> list[dict[str, str]]:
    """Who can sign in to try the console; none on a database of one's own, or where nobody wants them."""
    subprocess.run([sys.executable, "-m", "web.sign_in.demo_people"], cwd=ROOT, check=False)
    kept = settings.var / _PEOPLE
    if settings.database_url is not None or not settings.demo_people or not kept.exists():
        return []
    found: list[dict[str, str]] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _put(
    addresses: Addresses, postgres: str, port: int, people: list[dict[str, str]], settings: Settings, as_json: bool
) -> None:
    found: dict[str, Any] = {
        "console": f"http://127.0.0.1:{port}",
        "temporal": addresses.temporal_address,
        "namespace": addresses.temporal_namespace,
        "ui": addresses.ui_url,
        "postgres": postgres,
        "demo_people": people,
    }
    if as_json:
        put_json(found)
        sys.stdout.flush()
        return
    put_pairs(
        "up_ctrl_c_or_make_down",
        {
            "console": found["console"],
            "Temporal": f"{found['temporal']} ({found['namespace']})",
            "Temporal Web UI": found["ui"],
            "Postgres": found["postgres"],
        },
    )
    if people:
        rows = [(one["sign_in_name"], one["name"], named("roles", one["role"]), one["organisation"]) for one in people]
        put_table("demo_people", ("sign_in_name", "name", "role", "organisation"), rows)
        print(sentence("demo_people_password", password=(settings.var / _SECRET).read_text(encoding="utf-8").strip()))
    sys.stdout.flush()
