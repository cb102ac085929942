"""Where a run is: bars at a terminal, now and then a line elsewhere. All on standard error."""

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from cli.typed.language import spoken
from texts.lines import line_text

_EVERY = 5.0
"""Seconds between two lines where nobody sees bars."""


class Progress:
    """Shows phases, patents and acts while it is entered."""

    def __init__(self, console: Console, every: float = _EVERY) -> None:
        self._console, self._every = console, every
        self._cases = self._acts = self._of = 0
        self._told_at = time.monotonic()
        self._bars: Bars | None = None
        if console.is_terminal:
            self._bars = Bars(
                TextColumn("{task.description}"),
                BarColumn(bar_width=20),
                TextColumn("{task.fields[done]}"),
                TimeElapsedColumn(),
                console=console,
                transient=True,
            )
            self._task = self._bars.add_task("", total=None, done="")

    def __enter__(self) -> "Progress":
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bars is not None:
            self._bars.stop()

    def phase(self, name: str, of: int = 0, **facts: object) -> None:
        """The next phase begins; ``of``: how many patents it has."""
        self._of, said = of, line_text("demo", name, spoken(), **facts)
        if self._bars is None:
            self._console.print(f"{said} …")
        else:
            self._bars.reset(self._task, description=said, total=of or None, done="")

    def act_done(self) -> None:
        """One more act was answered."""
        self._acts += 1
        self._tell()

    def case_done(self) -> None:
        """One more patent is carried as far as it goes."""
        self._cases += 1
        self._tell()

    def _tell(self) -> None:
        done = line_text("demo", "progress", spoken(), cases=self._cases, of=self._of, acts=self._acts)
        if self._bars is not None:
            self._bars.update(self._task, completed=self._cases, done=done)
        elif time.monotonic() - self._told_at >= self._every:
            self._told_at = time.monotonic()
            self._console.print(f"  {done}")
