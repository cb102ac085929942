"""Goes on with a log whose database was set back: takes the entries that it lost back from what was published.

What these entries proved is gone, or was recorded again and is another row; the log keeps them, and says who put it up
with that. A checkpoint that was signed is never contradicted, so there is no other way to go on under the same key.
"""

import json
from uuid import UUID

from audit.sealing.folder import LogFolder
from audit.sealing.key import signing_key
from audit.sealing.leaves import entry_bytes
from audit.sealing.proving import published
from audit.transparency.checkpoints import Checkpoint
from audit.transparency.notes import Note
from audit.transparency.tiles import ENTRIES, WIDTH, entries_of, tile_path, width_at
from audit.transparency.tree import HASH_BYTES, Frontier, leaf_hash
from database.evidence.log import (
    SEALER,
    NewEntry,
    add_checkpoint,
    add_entries,
    add_set_back,
    entries_from,
    last_checkpoint,
)
from database.pool import Connection, Pool, alone
from runtime.settings import Settings
from schemas.values.canonical import canonical
from schemas.values.refusal import Fault, refuse


async def take_back(pool: Pool, settings: Settings, who: UUID, reason: str) -> int:
    """How many entries came back; 0 where nothing was lost. As the role that records.

    Refused ``log_not_consistent`` where what was published does not go on from what the database has.
    """
    signer, folder = signing_key(settings), LogFolder(settings.log_folder)
    checkpoint = published(folder, signer.verifier)
    async with pool.acquire() as guard, alone(guard, SEALER) as mine, pool.acquire() as connection:
        if not mine:
            raise Fault("ours", "another program seals the log now", retry=True)
        last = await last_checkpoint(connection)
        if last is not None and last.size >= checkpoint.size:
            return 0
        frontier = Frontier()
        if last is not None:
            parts = range(0, len(last.subtrees), HASH_BYTES)
            frontier = Frontier(last.size, [last.subtrees[at : at + HASH_BYTES] for at in parts])
        first = frontier.size
        async with connection.transaction():
            await _add(connection, folder, checkpoint, frontier)
            own = tuple(one for one in checkpoint.note.signatures if one.name == signer.name)
            note = str(Note(checkpoint.note.text, own))
            await add_checkpoint(connection, checkpoint.size, checkpoint.root, b"".join(frontier.subtrees), note)
            await add_set_back(connection, first, checkpoint.size, who, reason)
        return checkpoint.size - first


async def _add(connection: Connection, folder: LogFolder, checkpoint: Checkpoint, frontier: Frontier) -> None:
    """Those that are there without a checkpoint have to be what was published; the others are added."""
    first = frontier.size
    there = [entry_bytes(one.source, one.key, one.hash) async for one in entries_from(connection, first)]
    for index in range(first // WIDTH, (checkpoint.size + WIDTH - 1) // WIDTH):
        path = tile_path(ENTRIES, index, width_at(0, index, checkpoint.size))
        entries = entries_of(folder.read(path) or b"", path)
        lost, begin = entries[max(0, first - index * WIDTH) :], frontier.size
        for entry in lost:
            frontier.append(leaf_hash(entry))
        known = there[begin - first : frontier.size - first]
        if known != lost[: len(known)]:
            raise refuse("log_not_consistent", "old_size", old=first, size=checkpoint.size)
        new = [_entry(one) for one in lost[len(known) :]]
        await add_entries(connection, begin + len(known), new)
    if frontier.size != checkpoint.size or frontier.root() != checkpoint.root:
        raise refuse("log_not_consistent", "old_size", old=first, size=checkpoint.size)


def _entry(entry: bytes) -> NewEntry:
    said = json.loads(entry)
    return NewEntry(said["source"], canonical(said["key"]).decode(), bytes.fromhex(said["hash"]))
