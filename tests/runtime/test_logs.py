import json
import logging
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
