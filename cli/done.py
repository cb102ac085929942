"""What a command has done so far: told when its answer cannot be written, so that nobody takes it for undone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runtime.leave import NotWritten

_DONE: list[tuple[str, str]] = []
_MOST = 5
"""Of many, these are named; a file of ten thousand rows is asked for again as a whole."""


def begin() -> None:
    """Nothing is done yet."""
    _DONE.clear()


def note(what: str, again: str) -> None:
    """``what`` is committed; ``again`` is the command that tells it once more."""
    _DONE.append((what, again))


def told(lost: "NotWritten") -> str:
    """What is done though nobody could read so, and how to read it; else empty or short.

    A reader that has gone (``| head``) wants no more of what was only read.
    """
    from cli.terminal import sentence  # the list of commands loads neither tables nor law

    if not _DONE:
        return "" if lost.has_no_reader else f"{sentence('not_written', why=lost.why)}\n"
    named = [f"  {what}\n    {again}" for what, again in _DONE[:_MOST]]
    more = len(_DONE) - _MOST
    rest = [f"  {sentence('done_more', count=more)}"] if more > 0 else []
    return "\n".join((sentence("done_not_told", why=lost.why), *named, *rest, ""))
