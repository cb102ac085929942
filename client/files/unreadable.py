"""A file that the system does not let us read or write, and why, in both languages."""

import errno
from errno import errorcode

from schemas.values.refusal import Refused, refusal

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
_IRREGULAR = ("不是普通文件，而它要读两遍", "it is no regular file, and it is read twice")


class Unreadable(Refused):
    """The file cannot be read at all; what it says was not looked at."""


def unreadable(name: object, error: Exception) -> Unreadable:
    """A file that cannot be read, and why."""
    return _unreadable(name, why(error))


def irregular(name: object) -> Unreadable:
    """A pipe or a folder where a file is needed that can be read again."""
    return _unreadable(name, _IRREGULAR)


def why(error: Exception) -> tuple[str, str]:
    """The reason in Chinese and in English."""
    number = error.errno if isinstance(error, OSError) else None
    name = errorcode.get(number or 0, number)
    return _DAMAGED if number is None else _WHY.get(number, (f"系统返回 {name}", f"the system says {name}"))


def _unreadable(name: object, reason: tuple[str, str]) -> Unreadable:
    zh, en = reason
    return Unreadable(refusal("file_unreadable", str(name), name=name, why_zh=zh, why_en=en))
