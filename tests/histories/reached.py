"""Which lines of the workflows the golden histories reach when they are replayed."""

import sys
from collections.abc import AsyncIterator, Iterable
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from runtime.plugin import open_licence_plugin
from tests.histories import golden
from worker import WORKFLOWS

Line = tuple[str, int]
"""File and number."""


def lines_of(path: Path) -> set[Line]:
    """Every line of the functions of a file that does something; ``def`` itself is done when the file is read."""
    return {(path.name, line) for line in _lines(compile(path.read_text(encoding="utf-8"), str(path), "exec"))}


def _lines(code: CodeType) -> Iterable[int]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _lines(inner)
    if code.co_flags & CO_OPTIMIZED:  # a function; neither a module nor a class
        first = code.co_firstlineno
        yield from (line for _, _, line in code.co_lines() if line is not None and line > first)


async def reached(folder: Path, names: Iterable[str]) -> set[Line]:
    """The lines below ``folder`` that replaying these histories passes through."""
    found: set[Line] = set()
    below = str(folder)

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        del arg
        if not frame.f_code.co_filename.startswith(below):
            return None
        if event == "line":
            found.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        return trace

    async def histories() -> AsyncIterator[WorkflowHistory]:
        for name in names:
            yield golden.read(name)

    # Inline, so that it happens in this thread, which is the one that is watched.
    replayer = Replayer(workflows=list(WORKFLOWS), plugins=[open_licence_plugin()], debug_mode=True)
    before = sys.gettrace()
    async with replayer.workflow_replay_iterator(histories()) as results:
        sys.settrace(trace)
        try:
            async for one in results:
                assert one.replay_failure is None, one.history.workflow_id
        finally:
            sys.settrace(before)
    return found
