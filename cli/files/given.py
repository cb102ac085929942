"""Files as they are given on a command line; one that cannot be read or written is a refusal that names it."""

import errno
import sys
from errno import errorcode
from pathlib import Path

from cli.typed.mistakes import Mistyped, mistyped
from schemas.values.refusal import refuse

LARGEST_FILE = 10 * 1024 * 1024
STANDARD_INPUT = "-"
_WHY = {
    errno.ENOENT: ("文件不存在", "there is no such file"),
    errno.ENOTDIR: ("路径中有一段不是目录", "a part of its path is no folder"),
    errno.EISDIR: ("这是目录", "it is a folder"),
    errno.EACCES: ("没有权限", "you may not"),
    errno.EPERM: ("没有权限", "you may not"),
    errno.EEXIST: ("已经存在", "it exists already"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EROFS: ("磁盘只读", "the disk is read-only"),
    errno.ENAMETOOLONG: ("名称太长", "its name is too long"),
}
"""The system's own words are in one language alone, and not always the reader's."""
_DAMAGED = ("名称或内容损坏，或不是该种文件", "its name or contents are damaged, or it is of another kind")


def read_file(name: str, largest: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, ``-`` being standard input; a larger one is refused before it is read."""
    try:
        if name == STANDARD_INPUT:
            body = sys.stdin.buffer.read(largest + 1)
            size = len(body)
        else:
            size = Path(name).stat().st_size
            body = b"" if size > largest else Path(name).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(name, error) from error
    if size > largest:
        raise refuse("document_too_large", name, size=size, largest=largest)
    return body


def write_file(path: Path, text: str) -> None:
    """UTF-8 text into a file, whose folders are made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from error


def unreadable(name: object, error: Exception) -> Mistyped:
    """A file that cannot be read, and why."""
    zh, en = _why(error)
    return mistyped("file_unreadable", str(name), name=name, why_zh=zh, why_en=en)


def unwritable(name: object, error: OSError) -> Mistyped:
    """A file that cannot be written, and why."""
    zh, en = _why(error)
    return mistyped("file_unwritable", str(name), name=name, why_zh=zh, why_en=en)


def _why(error: Exception) -> tuple[str, str]:
    number = error.errno if isinstance(error, OSError) else None
    name = errorcode.get(number or 0, number)
    return _DAMAGED if number is None else _WHY.get(number, (f"系统返回 {name}", f"the system says {name}"))
