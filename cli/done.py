"""What a command has done so far: told when its answer cannot be written, so that nobody takes it for undone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runtime.leave import NotWritten

_DONE: list[tuple[str, str]] = []
SAME_AGAIN = "再次执行同一命令，结果相同 the same command again changes nothing and tells the same"
_MOST = 5
"""Of many, these are named; a file of ten thousand rows is asked for again as a whole."""


def begin() -> None:
    """Nothing is done yet."""
    _DONE.clear()


def note(what: str, again: str) -> None:
    """``what`` is committed; ``again`` is the command that tells it once more."""
    _DONE.append((what, again))


def told(lost: "NotWritten") -> str:
    """In both languages: what is done though nobody could read so, and how to read it; else empty or short.

    A reader that has gone (``| head``) wants no more of what was only read.
    """
    if not _DONE:
        if lost.has_no_reader:
            return ""
        return f"输出无法写出\nthe output could not be written: {lost.why}\n"
    named = "".join(f"  {what}\n    {again}\n" for what, again in _DONE[:_MOST])
    more = len(_DONE) - _MOST
    rest = (
        f"  另有 {more} 项；再次执行同一命令：已办结的不会重复办理，会再次列出\n"
        f"  and {more} more; give the same command again: what is done is not done twice, and is told again\n"
        if more > 0
        else ""
    )
    return (
        "以下已经办结，只是应答无法写出；重新查看的命令附后\n"
        f"this is done, only the answer could not be written ({lost.why}); how to read it follows\n{named}{rest}"
    )
