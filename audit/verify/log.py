"""The log itself: its entries lead to every checkpoint that was signed, and are what was published and witnessed."""

from collections.abc import AsyncIterator
from contextlib import suppress
from hashlib import sha256
from http.client import HTTPException

from audit.sealing.folder import LogFolder
from audit.sealing.leaves import entry_bytes
from audit.sealing.witnessing import Witness, witnessed
from audit.transparency.checkpoints import Checkpoint, checkpoint_text, proved_checkpoint
from audit.transparency.notes import Note, Verifier, note_of, proved_by, verifier_of
from audit.transparency.tiles import ENTRIES, WIDTH, File, Tiler, entries_of, tile_path, width_at
from audit.transparency.tree import Frontier, leaf_hash
from audit.verify.found import Found
from database.evidence.log import StoredCheckpoint, checkpoints_from, cosignatures_of, entries_from, last_checkpoint
from schemas.values.refusal import Refused

_TELL_EVERY = 10_000


async def verify_log(
    found: Found, folder: LogFolder, verifier: Verifier, witness: Witness | None, kept: list[Checkpoint]
) -> None:
    """``kept``: checkpoints that somebody else has kept, proved to be of this log."""
    published = await _published(found, folder, verifier)
    stamped = await _stamped(found, folder, verifier)
    outside = [*kept, *stamped, *([published] if published else []), *await _of_witness(found, witness, verifier)]
    size = await _verify_tree(found, folder, verifier, published, {one.size: one.root for one in outside})
    for one in outside:
        if one.size > size:
            await found.differ("log_entries", f"{one.size} entries", f"{size} entries")
            break
    if published and published.size > size:
        await _tell_cut_off(found, folder, size, published.size)


async def _published(found: Found, folder: LogFolder, verifier: Verifier) -> Checkpoint | None:
    try:
        published = folder.checkpoint(verifier)
    except Refused as error:
        await found.differ("published.checkpoint", f"signed by {verifier}", str(error))
        return None
    if published is None and await last_checkpoint(found.connection):
        await found.differ("published.checkpoint", "the last checkpoint", None)
    return published


async def _stamped(found: Found, folder: LogFolder, verifier: Verifier) -> list[Checkpoint]:
    """Those that an authority stamped; a token is of the very bytes that it stands beside."""
    proved = []
    for size in folder.stamped():
        note, token = folder.stamp(size)
        try:
            proved.append(proved_checkpoint(note.decode(errors="replace"), verifier))
        except Refused as error:
            await found.differ(f"stamps.{size}", f"signed by {verifier}", str(error))
            continue
        if sha256(note).digest() not in token:
            await found.differ(f"stamps.{size}.tsr", "a stamp of this checkpoint", f"{len(token)} other bytes")
        found.report.count("checkpoints_stamped")
    return proved


async def _of_witness(found: Found, witness: Witness | None, verifier: Verifier) -> list[Checkpoint]:
    if witness is None:
        return []
    try:
        known = await witnessed(witness, verifier.name)
    except (OSError, HTTPException):
        found.report.count("witnesses_away")
        return []
    except Refused as error:
        await found.differ("witness.checkpoint", "a cosigned checkpoint of this log", str(error))
        return []
    found.report.count("checkpoints_of_witnesses", 1 if known else 0)
    return [known] if known else []


async def _verify_tree(
    found: Found, folder: LogFolder, verifier: Verifier, published: Checkpoint | None, outside: dict[int, bytes]
) -> int:
    """How many entries there are in one row from the first."""
    frontier, tiler, is_broken = Frontier(), Tiler(), False
    ahead = aiter(checkpoints_from(found.connection, 1))
    coming = await anext(ahead, None)
    async for position, entry in _entries(found, folder, published):
        frontier.append(leaf_hash(entry))
        for file in tiler.add(entry):
            if published and frontier.size <= published.size:
                await _verify_file(found, folder, file, frontier.size)
        is_last = published is not None and frontier.size == published.size
        if published and (is_last or (coming and coming.size == frontier.size < published.size)):
            await _verify_partial(found, folder, tiler, has_all=is_last)
        while coming and coming.size == frontier.size:
            is_broken = await _verify_checkpoint(found, coming, frontier, verifier, is_broken=is_broken)
            coming = await anext(ahead, None)
        if frontier.size in outside and outside[frontier.size] != frontier.root():
            where = f"outside.{frontier.size}.root"
            await found.differ(where, outside[frontier.size].hex(), frontier.root().hex(), position=position)
        if frontier.size % _TELL_EVERY == 0:
            found.progress("verifying_log", frontier.size)
    found.report.count("log_entries", frontier.size)
    if coming:
        await found.differ(f"checkpoints.{coming.size}", f"{coming.size} entries", f"{frontier.size} entries")
    return frontier.size


async def _entries(found: Found, folder: LogFolder, published: Checkpoint | None) -> AsyncIterator[tuple[int, bytes]]:
    """Position and bytes of each entry; one that is gone is told, and taken from what was published."""
    size = 0
    async for one in entries_from(found.connection, 0):
        while size < one.position:
            lost = _published_entry(folder, size, published)
            await found.differ(f"log_entries.{size}", lost and lost.decode(errors="replace"), None, position=size)
            if lost is None:
                return
            yield size, lost
            size += 1
        yield size, entry_bytes(one.source, one.key, one.hash)
        size += 1


def _published_entry(folder: LogFolder, position: int, published: Checkpoint | None) -> bytes | None:
    if published is None or position >= published.size:
        return None
    index, place = divmod(position, WIDTH)
    for width in {width_at(0, index, published.size), WIDTH}:
        path = tile_path(ENTRIES, index, width)
        with suppress(Refused, IndexError):
            return entries_of(folder.read(path) or b"", path)[place]
    return None


async def _verify_checkpoint(
    found: Found, stored: StoredCheckpoint, frontier: Frontier, verifier: Verifier, *, is_broken: bool
) -> bool:
    """Whether the tree is another than was signed, here or before; told once, since all later roots follow."""
    where, connection = f"checkpoints.{stored.size}", found.connection
    found.report.count("checkpoints")
    try:
        signed = proved_checkpoint(stored.note, verifier)
    except Refused as error:
        await found.differ(f"{where}.note", f"signed by {verifier}", str(error), position=stored.size - 1)
        return is_broken
    text = checkpoint_text(verifier.name, stored.size, stored.root)
    await found.compare(f"{where}.note", text, signed.note.text, position=stored.size - 1)
    if signed.root != frontier.root():
        if not is_broken:
            root = frontier.root().hex()
            await found.differ(f"{where}.root", signed.root.hex(), root, position=stored.size - 1)
        return True
    await found.compare(f"{where}.subtrees", b"".join(frontier.subtrees).hex(), stored.subtrees.hex())
    for one in await cosignatures_of(connection, stored.size):
        line = note_of(signed.note.text + "\n" + one.line).signatures
        proves = proved_by(Note(signed.note.text, line), [verifier_of(one.witness)])
        await found.compare(f"cosignatures.{stored.size}", [one.witness], [str(who) for who in proves])
        found.report.count("cosignatures")
    return is_broken


async def _verify_partial(found: Found, folder: LogFolder, tiler: Tiler, *, has_all: bool) -> None:
    """The files of a size that are not full; those of an older size go once they are."""
    for file in tiler.partial():
        if has_all or folder.read(file.path) is not None:
            await _verify_file(found, folder, file, tiler.size)


async def _verify_file(found: Found, folder: LogFolder, file: File, size: int) -> None:
    body = folder.read(file.path)
    if body == file.body:
        return
    first = (size - 1) // WIDTH * WIDTH
    if body is None or not file.path.startswith(f"tile/{ENTRIES}/"):
        await found.differ(f"published.{file.path}", f"{len(file.body)} bytes", body and f"{len(body)} other bytes")
        return
    try:
        there = entries_of(body, file.path)
    except Refused as error:
        await found.differ(f"published.{file.path}", f"{len(file.body)} bytes", str(error))
        return
    ours = entries_of(file.body, file.path)
    for place in range(max(len(ours), len(there))):
        texts = [entries[place].decode(errors="replace") if place < len(entries) else None for entries in (there, ours)]
        await found.compare(f"log_entries.{first + place}", *texts, position=first + place)


async def _tell_cut_off(found: Found, folder: LogFolder, size: int, published: int) -> None:
    """What was published and is no longer in the database, entry by entry."""
    for index in range(size // WIDTH, (published + WIDTH - 1) // WIDTH):
        path = tile_path(ENTRIES, index, width_at(0, index, published))
        try:
            entries = entries_of(folder.read(path) or b"", path)
        except Refused as error:
            await found.differ(f"published.{path}", "entries", str(error))
            continue
        for place, entry in enumerate(entries):
            position = index * WIDTH + place
            if position >= size:
                await found.differ(f"log_entries.{position}", entry.decode(errors="replace"), None)
