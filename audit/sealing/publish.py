"""Brings the folder to a stored checkpoint: the files of the tree first, the checkpoint last."""

from collections.abc import AsyncIterator

from audit.sealing.folder import LogFolder
from audit.sealing.leaves import entry_bytes
from audit.transparency.notes import Verifier
from audit.transparency.tiles import ENTRIES, WIDTH, File, Tiler, entries_of, tile_path, tiles_at
from audit.transparency.tree import root_at
from database.evidence.log import StoredCheckpoint, cosignatures_of, entries_from
from database.pool import Connection
from schemas.values.refusal import Fault, Refused


async def publish(
    connection: Connection, folder: LogFolder, stored: StoredCheckpoint, verifier: Verifier, *, again: bool = False
) -> None:
    """The folder as it is at that checkpoint, which was stored before and is not behind what is published.

    What is published already stands; where its files do not lead to the root, or they are to be written ``again``, all
    are written from the database. A Fault, and the checkpoint is not published, where they do not lead there even then.
    """
    published = folder.checkpoint(verifier)
    if again:
        await _write(connection, folder, Tiler(), stored.size)
    if published is None or published.size < stored.size or not await _leads(folder, stored):
        tiler = _gone_on(folder, published.size) if published else Tiler()
        await _write(connection, folder, tiler, stored.size)
        if not await _leads(folder, stored):
            await _write(connection, folder, Tiler(), stored.size)
            if not await _leads(folder, stored):
                raise Fault(
                    "ours", f"the entries of the log do not lead to its root at size {stored.size}", retry=False
                )
    lines = "".join(one.line for one in await cosignatures_of(connection, stored.size))
    folder.put_checkpoint(stored.note + lines, verifier)


async def files_of(connection: Connection, tiler: Tiler, size: int) -> AsyncIterator[File]:
    """The files of the log from where the tiler stands up to that size, the partial ones last."""
    async for one in entries_from(connection, tiler.size, size):
        for file in tiler.add(entry_bytes(one.source, one.key, one.hash)):
            yield file
    for file in tiler.partial():
        yield file


async def _write(connection: Connection, folder: LogFolder, tiler: Tiler, size: int) -> None:
    async for file in files_of(connection, tiler, size):
        folder.write([file])
        folder.remove_partial(file.path)


async def _leads(folder: LogFolder, stored: StoredCheckpoint) -> bool:
    try:
        return await root_at(folder.hashes(stored.size).at, stored.size) == stored.root
    except Refused:  # a file is missing or clipped
        return False


def _gone_on(folder: LogFolder, size: int) -> Tiler:
    """From what is published; from the beginning where its last files are not there."""
    hashes = folder.hashes(size)
    levels: list[list[bytes]] = []
    try:
        for level, index, _ in tiles_at(size):
            levels += [[] for _ in range(level + 1 - len(levels))]
            levels[level] = hashes.tile(level, index)
        width = size % WIDTH
        path = tile_path(ENTRIES, size // WIDTH, width)
        entries = entries_of(folder.read(path) or b"", path) if width else []
    except Refused:
        return Tiler()
    return Tiler(size, levels, entries) if len(entries) == size % WIDTH else Tiler()
