import json
import logging
import os
import pty
import subprocess
import sys
from typing import Any

import structlog

from runtime.logs import configure
from runtime.settings import ROOT


def _speak() -> None:
    """In a process of its own: the configuration is global."""
    configure(json=True)
    structlog.contextvars.bind_contextvars(filing_id="f1")
    structlog.get_logger().info("act_recorded", stage="备案")
    structlog.get_logger().debug("not_shown")
    logging.getLogger("temporalio.workflow").warning("behind", extra={"temporal_workflow": {"attempt": 2}})
    name_of_a_person = "张三"
    try:
        raise ValueError(f"broken {len(name_of_a_person)}")
    except ValueError:
        structlog.get_logger().exception("fault")


def _lines() -> list[dict[str, Any]]:
    program = "from tests.runtime.test_logs import _speak; _speak()"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines()]


_READY = "import structlog; from runtime.logs import configure; configure(); structlog.get_logger().info('ready')"


def _on_a_terminal(**environment: str) -> str:
    """What a person sees of a line."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-c", _READY],
            cwd=ROOT,
            check=True,
            stderr=theirs,
            env={"PATH": os.defpath, "TERM": "xterm", **environment},
        )
        return os.read(ours, 10_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_person_at_a_terminal_reads_lines_in_colours_unless_they_are_not_wanted() -> None:
    assert "\x1b[" in _on_a_terminal()
    for plain in (_on_a_terminal(NO_COLOR="1"), _on_a_terminal(TERM="dumb")):
        assert "ready" in plain
        assert "\x1b[" not in plain
        assert not plain.startswith("{")


def test_either_form_can_be_asked_for() -> None:
    assert json.loads(_on_a_terminal(OPEN_LICENCE_LOGS="json"))["event"] == "ready"
    done = subprocess.run(
        [sys.executable, "-c", _READY],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": os.defpath, "OPEN_LICENCE_LOGS": "lines"},
    )
    assert "ready" in done.stderr
    assert not done.stderr.startswith("{")
    assert "\x1b[" not in done.stderr


def test_our_lines_and_those_of_the_sdk_have_one_shape() -> None:
    ours, theirs, fault = _lines()
    assert (ours["event"], ours["stage"], ours["filing_id"], ours["level"]) == ("act_recorded", "备案", "f1", "info")
    assert (theirs["event"], theirs["level"]) == ("behind", "warning")
    assert theirs["temporal_workflow"] == {"attempt": 2}
    assert theirs["filing_id"] == "f1"
    assert ours["at"].endswith("Z")
    assert theirs["at"].endswith("Z")
    assert fault["exception"][0]["exc_type"] == "ValueError"


def test_a_logged_exception_says_where_but_not_what_the_variables_held() -> None:
    fault = _lines()[2]
    assert fault["exception"][0]["frames"][-1]["name"] == "_speak"
    assert "张三" not in json.dumps(fault, ensure_ascii=False)
