"""Adds what is new to the log, signs what it comes to, stores that, and then publishes it.

One program at a time does it, under a lock, in batches: what is in memory does not grow with what waits.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from audit.sealing.folder import LogFolder
from audit.sealing.key import signing_key
from audit.sealing.leaves import act_key, entry_bytes, event_key, row_hash
from audit.sealing.parameters import parameter_entries
from audit.sealing.publish import publish
from audit.sealing.witnessing import ask_witness, see_not_behind_witness
from audit.transparency.checkpoints import checkpoint_text
from audit.transparency.notes import Note, Signer, Verifier
from audit.transparency.tree import HASH_BYTES, Frontier, leaf_hash
from database.evidence.log import (
    SEALER,
    NewEntry,
    StoredCheckpoint,
    add_checkpoint,
    add_entries,
    entries_from,
    find_checkpoint,
    last_checkpoint,
    last_sequence_number,
)
from database.evidence.sources import SOURCES
from database.evidence.unsealed import forget_unsealed, rows_of_keys, unsealed_events, unsealed_keys
from database.pool import Connection, Pool, alone
from runtime.settings import Settings
from schemas.values.refusal import Fault, refuse

_BATCH = 2_000
log = structlog.get_logger()


@dataclass(frozen=True)
class Sealed:
    """The log after sealing: its last checkpoint, None while nothing was ever recorded; how many entries are new."""

    checkpoint: StoredCheckpoint | None
    added: int


async def seal(pool: Pool, settings: Settings, code_version: str, *, again: bool = False) -> Sealed:
    """Everything that is not in the log yet, as the role that records (``engine``); what another program seals now too.

    ``again``: every file is published again from the database, where one of them was lost or changed.

    Refused ``log_set_back`` where more was published, or witnessed, than the database has: it was set back, and a new
    checkpoint would contradict the old one. SetupError without a key.
    """
    signer, folder = signing_key(settings), LogFolder(settings.log_folder)
    async with pool.acquire() as guard, alone(guard, SEALER) as mine, pool.acquire() as connection:
        last = await last_checkpoint(connection)
        if not mine:
            return Sealed(last, 0)
        await _see_in_step(connection, folder, last, signer.verifier)
        await see_not_behind_witness(settings, signer.name, last)
        frontier = await _frontier(connection, last, signer.verifier)
        await _add_events(connection, frontier)
        await _add_rows(connection, frontier)
        await _add(connection, frontier, await parameter_entries(connection, code_version))
        added = frontier.size - (last.size if last else 0)
        if added:
            last = await _sign(connection, frontier, signer)
        if last is not None:
            await publish(connection, folder, last, signer.verifier, again=again)
            if await ask_witness(connection, settings, folder, last):
                await publish(connection, folder, last, signer.verifier)
        return Sealed(last, added)


async def _see_in_step(
    connection: Connection, folder: LogFolder, last: StoredCheckpoint | None, verifier: Verifier
) -> None:
    published = folder.checkpoint(verifier)
    if published is None:
        return
    same = await find_checkpoint(connection, published.size)
    if last is None or published.size > last.size or same is None or same.root != published.root:
        raise refuse("log_set_back", "checkpoint", published=published.size, stored=last.size if last else 0)


async def _frontier(connection: Connection, last: StoredCheckpoint | None, verifier: Verifier) -> Frontier:
    """Where the log goes on: after the last checkpoint, and what was added since without one, in a crash."""
    frontier = Frontier()
    if last is not None:
        hashes = [last.subtrees[at : at + HASH_BYTES] for at in range(0, len(last.subtrees), HASH_BYTES)]
        frontier = Frontier(last.size, hashes)
        if frontier.root() != last.root or last.note.split("\n", 1)[0] != verifier.name:
            raise Fault("database", f"the checkpoint of size {last.size} is not what was stored", retry=False)
    async for one in entries_from(connection, frontier.size):
        frontier.append(leaf_hash(entry_bytes(one.source, one.key, one.hash)))
    return frontier


async def _add_events(connection: Connection, frontier: Frontier) -> None:
    after = await last_sequence_number(connection)
    while batch := await unsealed_events(connection, after, _BATCH):
        new = []
        for one in batch:
            new.append(NewEntry(*event_key(one.filing_id, one.version), one.hash, one.sequence_number))
            if one.act:
                new.append(NewEntry(*act_key(one.act["act_id"]), row_hash(one.act)))
        await _add(connection, frontier, new)
        after = batch[-1].sequence_number


async def _add_rows(connection: Connection, frontier: Frontier) -> None:
    after = 0
    while batch := await unsealed_keys(connection, after, _BATCH):
        after = batch[-1].id
        by_source: dict[str, list[str]] = defaultdict(list)
        for one in batch:
            by_source[one.source].append(one.key)
        found = {
            source: await rows_of_keys(connection, SOURCES[source], keys)
            for source, keys in by_source.items()
            if source in SOURCES  # a newer version's, while both run
        }
        # A row that is gone before it was sealed stays in the queue, where audit verify finds it.
        there = [one for one in batch if one.key in found.get(one.source, {})]
        new = [NewEntry(one.source, one.key, row_hash(found[one.source][one.key])) for one in there]
        async with connection.transaction():
            await _add(connection, frontier, new)
            await forget_unsealed(connection, [one.id for one in there])


async def _add(connection: Connection, frontier: Frontier, new: Sequence[NewEntry]) -> None:
    if not new:
        return
    await add_entries(connection, frontier.size, new)
    for one in new:
        frontier.append(leaf_hash(entry_bytes(one.source, one.key, one.hash)))


async def _sign(connection: Connection, frontier: Frontier, signer: Signer) -> StoredCheckpoint:
    root = frontier.root()
    text = checkpoint_text(signer.name, frontier.size, root)
    note = str(Note(text, (signer.sign(text),)))
    await add_checkpoint(connection, frontier.size, root, b"".join(frontier.subtrees), note)
    stored = await find_checkpoint(connection, frontier.size)
    assert stored is not None  # it was just written
    log.info("log_sealed", size=frontier.size, root=root.hex())
    return stored
