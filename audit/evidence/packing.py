"""Events of a run as bytes, and these compressed with a dictionary that was trained on histories like them.

A history of a few events hardly compresses by itself: with the dictionary a life of 160 events takes a tenth, and a
part of eight events little more than its share of that. A part names its dictionary by hash, and the store keeps the
dictionary beside it: without it the part is lost.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import zstandard
from temporalio.api.history.v1 import History, HistoryEvent

from database.evidence.histories import Part, find_dictionary
from database.pool import Connection
from schemas.values.refusal import NotSetUp

FILE = Path(__file__).with_name("histories.dictionary")
"""Trained on the golden histories (``python -m benchmarks.dictionary``); the store keeps each that was ever used."""
_LEVEL = 9
_LONGEST = 64 * 2**20
"""Bytes of one part; a run ends long before. What claims to be longer is no part of ours."""


class Unreadable(Exception):
    """A stored history that cannot be read: what is wrong with it."""


def as_bytes(events: Iterable[HistoryEvent]) -> bytes:
    """The events in protobuf. Two texts after each other are the text of all their events: so parts can be joined."""
    return History(events=events).SerializeToString(deterministic=True)


def as_events(text: bytes) -> Sequence[HistoryEvent]:
    """The events of such a text; raises Unreadable."""
    try:
        return History.FromString(text).events
    except Exception as error:  # protobuf says DecodeError by another class in each of its implementations
        raise Unreadable(f"it is no history: {error}") from error


def todays_dictionary() -> tuple[bytes, bytes]:
    """With what histories are packed now: its SHA-256 and itself. Raises NotSetUp where this program has lost it."""
    own = _own(FILE)
    if own is None:
        raise NotSetUp(
            f"{FILE.name} is missing beside the program, so no history can be copied: install the program again",
            f"程序缺少 {FILE.name}，无法保存历史：请重新安装程序",
        )
    return own


def packed(text: bytes) -> Part:
    """The text, compressed with today's dictionary; raises as ``todays_dictionary``."""
    named, dictionary = todays_dictionary()
    return Part(sha256(text).digest(), _compressor(dictionary).compress(text), len(text), named)


class Dictionaries:
    """Those of the store, read once."""

    def __init__(self) -> None:
        self._readers: dict[bytes, zstandard.ZstdDecompressor] = {}

    async def learn(self, connection: Connection, hashes: Iterable[bytes]) -> None:
        """Reads those that are not known yet. What the store has lost is this program's, where it has the same."""
        for one in {*hashes} - {*self._readers}:
            content = await find_dictionary(connection, one)
            if content is None or sha256(content).digest() != one:
                own = _own(FILE)
                content = own[1] if own is not None and own[0] == one else None
            if content is not None:
                self._readers[one] = zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(content))

    def unpacked(self, part: Part) -> bytes:
        """The text of a part, proved by its hash; raises Unreadable."""
        reader = self._readers.get(part.dictionary_hash)
        if reader is None:
            raise Unreadable(f"dictionary {part.dictionary_hash.hex()} is lost, or is not what it was")
        if not 0 < part.size <= _LONGEST:
            raise Unreadable(f"it says that it has {part.size} bytes")
        try:
            text = reader.decompress(part.compressed, max_output_size=part.size)
        except zstandard.ZstdError as error:
            raise Unreadable(f"it is clipped or damaged: {error}") from error
        if sha256(text).digest() != part.content_hash:
            raise Unreadable("it is not what was stored: its SHA-256 differs")
        return text


@cache
def _own(file: Path) -> tuple[bytes, bytes] | None:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    return sha256(content).digest(), content


@cache
def _compressor(dictionary: bytes) -> zstandard.ZstdCompressor:
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=zstandard.ZstdCompressionDict(dictionary))
