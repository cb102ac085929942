"""The whole demo on its own servers: killed twice, gone on, and once more; always the same figures."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

import psutil
import pytest

from runtime.settings import ROOT
from runtime.stack import Stack

_PATIENCE = 420.0
"""Seconds for one run on a busy machine; a message that a killed sender had taken waits a minute for its lease."""
_DRAINED = 60.0
_ACTS = re.compile(r"([0-9]+) acts$")
_NOT_FIGURES = ("seconds",)


@pytest.fixture
def home(server_folder: Path, new_stack: Callable[..., Stack]) -> Path:
    """The demo's folder; its servers are removed after the test, whatever became of the demo."""
    return new_stack(server_folder / "demo").home


def begin(home: Path) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEMPORAL_", "DATABASE_"))}
    return subprocess.Popen(
        [sys.executable, "starter.py", "demo", "--json"],
        cwd=ROOT,
        text=True,
        start_new_session=True,
        env=kept | {"OPEN_LICENCE_VAR": str(home.parent), "LC_ALL": "C.UTF-8"},  # its progress is read in English
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def kill(demo: "subprocess.Popen[str]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(demo.pid, signal.SIGKILL)


def worker_of(demo: "subprocess.Popen[str]") -> psutil.Process:
    (worker,) = (one for one in psutil.Process(demo.pid).children() if "--with-parent" in one.cmdline())
    return worker


def wait_until_gone(process: psutil.Process) -> None:
    """Where nobody collects ended processes they stay as zombies."""
    give_up_at = time.monotonic() + _DRAINED
    with suppress(psutil.NoSuchProcess):
        while process.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < give_up_at, "the worker of a killed demo stays"
            time.sleep(0.2)


def wait_for_acts(demo: "subprocess.Popen[str]", acts: int) -> None:
    """Reads what the demo tells until so many acts are answered."""
    assert demo.stderr is not None
    told = []
    for line in demo.stderr:
        told.append(line)
        found = _ACTS.search(line.rstrip())
        if found and int(found[1]) >= acts:
            return
    pytest.fail(f"the demo ended before {acts} acts: {''.join(told[-20:])}")


def finish(demo: "subprocess.Popen[str]") -> dict[str, Any]:
    out, err = demo.communicate(timeout=_PATIENCE)
    assert demo.returncode == 0, err[-3000:]
    summary: dict[str, Any] = json.loads(out)
    return summary


def figures(summary: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in summary.items() if name not in _NOT_FIGURES}


def test_a_demo_that_is_killed_goes_on_and_ends_in_the_same_figures_every_time(home: Path) -> None:
    killed = begin(home)
    watchdog = Timer(_PATIENCE, kill, (killed,))
    watchdog.start()
    try:
        wait_for_acts(killed, 200)
        worker_of(killed).kill()
        wait_for_acts(killed, 600)
        second_worker = worker_of(killed)
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        wait_until_gone(second_worker)  # nobody is left to end it, so it ends by itself
    finally:
        watchdog.cancel()
        kill(killed)
        killed.communicate()

    first = finish(begin(home))
    check_figures(first)
    assert json.loads((home / "summary.json").read_text(encoding="utf-8")) == first
    assert figures(finish(begin(home))) == figures(first)


def check_figures(summary: dict[str, Any]) -> None:
    assert summary["reconciled"] is True
    assert summary["declarations"] == {"in_force": 56, "patent_ended": 1, "withdrawn": 1}
    assert summary["licences"] == {"effective": 80, "expired": 1, "not_concluded": 1, "void": 1}
    assert Counter(one["code"] for one in summary["refused"]) == {
        "patent_pending": 6,
        "evaluation_report_missing": 5,
        "number_check_failed": 3,
        "application_refused": 1,
        "patent_not_in_register": 1,
        "right_ended": 1,
    }
    assert {"number": "CN202110123456.7", "code": "patent_not_in_register"} in summary["refused"]
    assert (summary["acts"], summary["events"], summary["findings"]) == (2_533, 2_842, 1)
    assert (summary["receipts_fen"], summary["remuneration_fen"]) == (1_140_010_966, 672_177_580)
    paid = {(one["case"], one["party"]): one["fen"] for one in summary["payouts"]}
    assert len(paid) == len(summary["payouts"])
    assert {party: fen for (case, party), fen in paid.items() if case == "USTC-2024"} == {
        "技术团队": 139_856_000,
        "微尺度物质科学中心": 17_482_000,
        "中国科学技术大学": 17_482_000,
        "P1": 41_956_800,
        "P2": 41_956_800,
    }
    assert {party: fen for (case, party), fen in paid.items() if case == "HGK-2019"} == {
        "P1": 2_700_000,
        "学校": 300_000,
    }
    settled = {one["scheme"]: one for one in summary["settlements"]}
    assert {one["stage"] for one in settled.values()} == {"paid"}
    # Shenzhen: 5 % of 25,600.00; Wuhan's buyers: 10 % of 570,050.00 and of 568,250.00, half each; the seller: 2 %.
    assert {name: [(line["payer"], line["fen"]) for line in one["paid"]] for name, one in settled.items()} == {
        "SZ-2021-UNIV-5PCT": [("authority", 128_000)],
        "WH-2022-BUYER-10PCT": [
            ("city", 2_850_250),
            ("district", 2_850_250),
            ("city", 2_841_250),
            ("district", 2_841_250),
        ],
        "WH-2025-SELLER-2PCT": [("authority", 2_654_377)],
    }
    # N004: 100,000 by the law: (100,000 - 600 - 2,000 - 3,400) / 2 = 47,000, of it 60, 30 and 10 percent.
    assert {party: fen for (case, party), fen in paid.items() if case == "N004"} == {
        "P1": 2_820_000,
        "P2": 1_410_000,
        "P3": 470_000,
    }
