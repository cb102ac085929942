"""The ZIP or the folder: every file that is whole, and whether the container is as it was written."""

from __future__ import annotations

import struct
import zlib
from hashlib import sha256
from pathlib import Path

from audit.bundle.verifier.told import Told
from audit.bundle.verifier.words import SEAL

_OF_A_BAG = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}


def read_zip(data: bytes, told: Told) -> dict[str, bytes]:
    """Every member that is whole, by its local header: so a clipped file still shows what it has."""
    members: dict[str, bytes] = {}
    at = 0 if data.startswith(b"PK\3\4") else data.find(b"PK\3\4")
    while at >= 0 and data[at : at + 4] == b"PK\3\4":
        end, name, body, why = _member(data, at)
        if why:
            told.wrong("member_damaged", path=name, why=why)
            end = data.find(b"PK\3\4", at + 4)
        elif not name.endswith("/"):
            members[name] = body
        at = end
    _seal(data, len(members), told)
    return members


def _member(data: bytes, at: int) -> tuple[int, str, bytes, str]:
    if len(data) < at + 30:
        return -1, f"@{at}", b"", "clipped"
    _, _, flags, method, _, _, crc, packed, size, name_size, extra = struct.unpack("<4s5H3I2H", data[at : at + 30])
    start = at + 30 + name_size + extra
    name = data[at + 30 : at + 30 + name_size].decode("utf-8", "backslashreplace")
    if flags & 8 or method not in (0, 8):
        return -1, name, b"", f"flags {flags}, method {method}"
    body = data[start : start + packed]
    if len(body) < packed:
        return -1, name, b"", "clipped"
    if method == 8:
        unpacking = zlib.decompressobj(-15)
        try:
            body = unpacking.decompress(body)
        except zlib.error as error:
            return -1, name, b"", str(error)
        if not unpacking.eof or unpacking.unused_data:
            return -1, name, b"", "deflate"
    if len(body) != size or zlib.crc32(body) != crc:
        return -1, name, b"", "CRC-32"
    return start + packed, name, body, ""


def _seal(data: bytes, members: int, told: Told) -> None:
    """The comment at the end of the ZIP has the hash of everything before the end record."""
    at = data.rfind(b"PK\5\6")
    if at < 0 or len(data) < at + 22:
        return told.wrong("container_clipped")
    disk, first, here, total, size, start, length = struct.unpack("<4H2IH", data[at + 4 : at + 22])
    comment = data[at + 22 :]
    if not comment and not length:
        return told.unproved("container_repacked")
    expected = (SEAL + sha256(data[:at]).hexdigest()).encode()
    ends = (disk, first, here, total, size, start, length)
    if ends != (0, 0, members, members, at - start, start, len(expected)) or comment != expected:
        told.wrong("container_changed")
    else:
        told.proved("container", members=members)
    return None


def read_folder(folder: Path) -> dict[str, bytes]:
    """All files below; ``__pycache__`` is Python's own."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def opened(path: Path, told: Told) -> dict[str, bytes]:
    """The files below the bag's own folder; none where it is no bundle."""
    files: dict[str, bytes] = {}
    try:
        if path.is_dir():
            # Looked at first: whoever names a wrong folder must not wait until all that lies below it was read.
            files = read_folder(path) if any((path / one).is_file() for one in _OF_A_BAG) else {}
        else:
            files = read_zip(path.read_bytes(), told)
    except OSError as error:
        told.wrong("no_bundle", path=path, why=error.strerror or repr(error))
        return {}
    files = in_its_folder(files)
    if not set(files) & _OF_A_BAG:
        told.wrong("no_bundle", path=path, why=", ".join(sorted(_OF_A_BAG)))
        return {}
    return files


def in_its_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """By their paths below the one folder that they lie in."""
    if not set(files) & _OF_A_BAG and len({name.partition("/")[0] for name in files}) == 1:
        return {name.partition("/")[2]: body for name, body in files.items()}
    return files
