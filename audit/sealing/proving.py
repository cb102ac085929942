"""Proofs out of the published log, for whoever asks: that an entry is in it, and that an older log is its beginning."""

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from audit.sealing.folder import LogFolder
from audit.sealing.leaves import entry_bytes, event_key
from audit.transparency.checkpoints import Checkpoint
from audit.transparency.notes import Verifier
from audit.transparency.proofs import Proof, proof_of, see_proof
from audit.transparency.tree import Unproved, consistency_proof, inclusion_proof, root_at, see_consistent
from database.evidence.log import LogEntry, find_entry
from database.pool import Connection
from schemas.values.refusal import refuse


@dataclass(frozen=True)
class Consistency:
    """That a log of ``old`` entries with ``old_root`` is the beginning of the log of the checkpoint."""

    old: int
    old_root: bytes
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    def as_json(self) -> dict[str, Any]:
        """Hashes as the formats of the log write them, in base64."""
        return {
            "old_size": self.old,
            "old_root": b64encode(self.old_root).decode(),
            "proof": [b64encode(one).decode() for one in self.hashes],
            "checkpoint": str(self.checkpoint),
        }


async def proof_of_event(
    connection: Connection, folder: LogFolder, verifier: Verifier, filing_id: UUID, version: int
) -> Proof:
    """Refused ``not_in_log`` where the event is not sealed, or the log not published, yet."""
    return await proof_of_row(connection, folder, verifier, *event_key(filing_id, version))


async def proof_of_row(connection: Connection, folder: LogFolder, verifier: Verifier, source: str, key: str) -> Proof:
    """The same for a row of any source; ``extra`` is the entry, so that whoever has the row can compare its hash."""
    entry = await find_entry(connection, source, key)
    checkpoint = published(folder, verifier)
    if entry is None or entry.position >= checkpoint.size:
        raise refuse("not_in_log", source, source=source, key=key)
    return await proof_of_entry(folder, checkpoint, entry)


async def proof_of_entry(folder: LogFolder, checkpoint: Checkpoint, entry: LogEntry) -> Proof:
    """The proof of an entry in the log of that checkpoint."""
    hashes = await inclusion_proof(folder.hashes(checkpoint.size).at, entry.position, checkpoint.size)
    return Proof(entry_bytes(entry.source, entry.key, entry.hash), entry.position, tuple(hashes), checkpoint)


async def consistency_since(folder: LogFolder, verifier: Verifier, old: int) -> Consistency:
    """Refused ``log_was_never_that_size`` for a size that the published log has not reached."""
    checkpoint = published(folder, verifier)
    if not 0 < old <= checkpoint.size:
        raise refuse("log_was_never_that_size", "old_size", old=old, size=checkpoint.size)
    read = folder.hashes(checkpoint.size).at
    hashes, old_root = await consistency_proof(read, old, checkpoint.size), await root_at(read, old)
    try:
        see_consistent(old, checkpoint.size, hashes, old_root, checkpoint.root)
    except Unproved:
        raise refuse("log_not_consistent", "old_size", old=old, size=checkpoint.size) from None
    return Consistency(old, old_root, tuple(hashes), checkpoint)


def published(folder: LogFolder, verifier: Verifier) -> Checkpoint:
    """The last checkpoint; Refused ``nothing_published`` where there is none."""
    found = folder.checkpoint(verifier)
    if found is None:
        raise refuse("nothing_published", "folder", folder=folder.place)
    return found


def entry_proved(text: str, verifier: Verifier) -> dict[str, Any]:
    """The entry that a proof carries, once it is proved; Refused as ``see_proof``, or ``proof_broken``."""
    proof = proof_of(text)
    see_proof(proof, proof.extra, verifier)
    try:
        entry = json.loads(proof.extra)
    except ValueError:
        raise refuse("proof_broken", "proof") from None
    return {**entry, "position": proof.index, "log_size": proof.checkpoint.size, "log": proof.checkpoint.origin}
