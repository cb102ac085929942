"""Files of the log as C2SP tlog-tiles has them: 256 hashes, or 256 entries, in each; the last ones are partial."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from audit.transparency.tree import HASH_BYTES, leaf_hash, root_of
from schemas.values.refusal import refuse

WIDTH = 256
_HEIGHT = 8
"""Levels of the tree between two levels of tiles."""
_LENGTH_BYTES = 2
_MOST_REMEMBERED = 64
ENTRIES = "entries"


class File(NamedTuple):
    """A file of the log: its path below the folder, and its bytes."""

    path: str
    body: bytes


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """``tile/0/x001/x234/067``, with ``.p/WIDTH`` for a partial one; ``level`` can be ``entries``."""
    digits = f"{index:03d}"
    parts = [f"{index // 1000**power % 1000:03d}" for power in range((len(digits) + 2) // 3)][::-1]
    place = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{place}" + (f".p/{width}" if width < WIDTH else "")


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes that tile has in a tree of that size."""
    return max(0, min(WIDTH, (size >> _HEIGHT * level) - index * WIDTH))


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as one file, each after its length."""
    return b"".join(len(one).to_bytes(_LENGTH_BYTES, "big") + one for one in entries)


def entries_of(body: bytes, path: str) -> list[bytes]:
    """The entries of such a file; Refused ``log_file_clipped``."""
    found, at = [], 0
    while at < len(body):
        end = at + _LENGTH_BYTES + int.from_bytes(body[at : at + _LENGTH_BYTES], "big")
        if end > len(body):
            raise refuse("log_file_clipped", path, path=path, bytes=len(body))
        found.append(body[at + _LENGTH_BYTES : end])
        at = end
    return found


def hashes_of(body: bytes, path: str, width: int) -> list[bytes]:
    """The hashes of a tile; Refused ``log_file_clipped``."""
    if len(body) != width * HASH_BYTES:
        raise refuse("log_file_clipped", path, path=path, bytes=len(body))
    return [body[at : at + HASH_BYTES] for at in range(0, len(body), HASH_BYTES)]


class Tiler:
    """Cuts a log into its files, entry by entry; it can go on where the files of an older log end."""

    def __init__(self, size: int = 0, levels: Sequence[Sequence[bytes]] = (), entries: Sequence[bytes] = ()) -> None:
        """``levels``: of each level the hashes of its partial tile; ``entries``: those of the partial bundle."""
        self.size = size
        self._levels, self._entries = [list(one) for one in levels] or [[]], list(entries)

    def add(self, entry: bytes) -> Iterator[File]:
        """One more entry; the files that are full with it."""
        self._entries.append(entry)
        self._levels[0].append(leaf_hash(entry))
        self.size += 1
        if len(self._entries) == WIDTH:
            yield File(tile_path(ENTRIES, self.size // WIDTH - 1), bundle(self._entries))
            self._entries = []
        level = 0
        while len(self._levels[level]) == WIDTH:
            full, self._levels[level] = self._levels[level], []
            yield File(tile_path(level, (self.size >> _HEIGHT * (level + 1)) - 1), b"".join(full))
            level += 1
            if level == len(self._levels):
                self._levels.append([])
            self._levels[level].append(root_of(full))

    def partial(self) -> Iterator[File]:
        """The files that are not full."""
        if self._entries:
            yield File(tile_path(ENTRIES, self.size // WIDTH, len(self._entries)), bundle(self._entries))
        for level, hashes in enumerate(self._levels):
            if hashes:
                yield File(tile_path(level, self.size >> _HEIGHT * (level + 1), len(hashes)), b"".join(hashes))


def tiles_at(size: int) -> Iterator[tuple[int, int, int]]:
    """(level, index, width) of the partial tiles of a tree of that size."""
    level = 0
    while size >> _HEIGHT * level:
        index = size >> _HEIGHT * (level + 1)
        if width := width_at(level, index, size):
            yield level, index, width
        level += 1


class TileHashes:
    """Hashes of the tree, out of its files; remembers the last ones it has read.

    ``read``: a path -> the bytes, or None where there is no such file.
    """

    def __init__(self, read: Callable[[str], bytes | None], size: int) -> None:
        self._read, self._size = read, size
        self._remembered: OrderedDict[tuple[int, int], list[bytes]] = OrderedDict()

    async def at(self, level: int, index: int) -> bytes:
        """As the tree's functions ask; Refused ``log_file_missing`` or ``log_file_clipped``."""
        tile_level, below = divmod(level, _HEIGHT)
        tile, first = divmod(index << below, WIDTH)
        return root_of(self.tile(tile_level, tile)[first : first + (1 << below)])

    def tile(self, level: int, index: int) -> list[bytes]:
        """The hashes of one tile; a partial one may have been replaced by the full one."""
        if (level, index) not in self._remembered:
            width = width_at(level, index, self._size)
            path = tile_path(level, index, width)
            body = self._read(path)
            if body is None and width < WIDTH:
                full = self._read(tile_path(level, index))
                body = None if full is None else full[: width * HASH_BYTES]
            if body is None:
                raise refuse("log_file_missing", path, path=path)
            self._remembered[level, index] = hashes_of(body, path, width)
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        return self._remembered[level, index]
