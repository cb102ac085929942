"""A path of a workflow that no golden history takes could change without anybody noticing: so there is none."""

import re
from pathlib import Path

from runtime.settings import ROOT
from tests.histories import golden
from tests.histories.reached import lines_of, reached

WORKFLOWS = ROOT / "workflows"
NO_HISTORY = {
    "return self.procedure.head": "a query leaves nothing in a history",
    'what = f"the log\'s head moved away {MOST_BEHIND} times while {act.kind} {act.act_id} was to be recorded"': (
        "twenty writers beside one act: a fault, never met"
    ),
    'raise ApplicationError(what, type="fault", non_retryable=True)': "the same",
    "await self._begin_payouts()": "also after the last turn, where a receipt came with the end of the run: by chance",
    "await workflow.wait_condition(workflow.all_handlers_finished)": "the same",
}
"""Line -> why no history has to take it."""
RELEASED = re.compile(r"^## \[(\d[^\]]*)\]", re.MULTILINE)


async def test_every_line_of_the_workflows_is_on_the_way_of_a_golden_history() -> None:
    """A new update, child, timer or continue-as-new needs its history: ``python -m tests.histories.record --add``."""
    there = await reached(WORKFLOWS, golden.names())
    missing = {
        f"{file}:{line}: {text}"
        for path in sorted(WORKFLOWS.glob("*.py"))
        for file, line in sorted(lines_of(path) - there)
        if (text := path.read_text(encoding="utf-8").splitlines()[line - 1].strip()) not in NO_HISTORY
    }
    assert missing == set()


async def test_without_its_history_a_path_is_missed() -> None:
    """What the test above would say if nobody had recorded how a timer passes a day."""
    names = [one for one in golden.names() if "timer" not in one and "day_cannot" not in one]
    missed = lines_of(WORKFLOWS / "procedure.py") - await reached(WORKFLOWS, names)
    text = (WORKFLOWS / "procedure.py").read_text(encoding="utf-8").splitlines()
    assert any("await self._pass_day(" in text[line - 1] for _, line in missed)


def test_no_exception_is_for_nothing() -> None:
    lines = {line.strip() for path in WORKFLOWS.glob("*.py") for line in path.read_text(encoding="utf-8").splitlines()}
    assert set(NO_HISTORY) <= lines


def test_a_new_line_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "new.py"
    path.write_text("X = 1\n\n\nclass One:\n    def run(self) -> int:\n        return (\n            1\n        )\n")
    assert {line for _, line in lines_of(path)} >= {7} or {line for _, line in lines_of(path)} >= {6}
    assert 1 not in {line for _, line in lines_of(path)}


def test_the_histories_of_every_released_version_are_kept() -> None:
    """``python -m tests.histories.record --release VERSION`` keeps them, once, when a version gets its heading."""
    versions = set(RELEASED.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))
    kept = {path.name for path in golden.RELEASED.glob("*") if any(path.glob("*.json"))}
    assert kept == versions
