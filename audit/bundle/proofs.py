"""That events, documents and histories of a filing are in the published log: a proof for each, from its folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit.evidence.reading import Stored
from audit.sealing.folder import LogFolder
from audit.sealing.leaves import event_key
from audit.sealing.proving import proof_of_row
from audit.transparency.checkpoints import Checkpoint
from audit.transparency.notes import Verifier, proved_by, verifier_of
from audit.transparency.proofs import Proof
from audit.transparency.tree import consistency_proof
from database.evidence.filing_record import FilingRow
from database.evidence.log import cosignatures_of
from database.evidence.sources import SOURCES
from database.evidence.unsealed import rows_of_keys
from database.pool import Connection
from database.record.event_log import ChainLink
from schemas.values.canonical import canonical, plain
from schemas.values.refusal import Refused

_NOT_YET = "not_in_log"
_HISTORY = "history"


@dataclass(frozen=True)
class StampedLog:
    """A checkpoint that was stamped (RFC 3161), and the hashes that show its tree as the beginning of the log's."""

    size: int
    checkpoint: bytes
    token: bytes
    hashes: tuple[bytes, ...]


@dataclass(frozen=True)
class SealedLog:
    """What the published log proves of a filing. ``unsealed``: versions that are not in it yet."""

    checkpoint: Checkpoint
    verifier: Verifier
    witnesses: tuple[str, ...]
    """Verifier keys of those who cosigned it."""
    proofs: dict[str, str]
    """File name -> proof."""
    unsealed: tuple[int, ...]
    rows: dict[int, dict[str, Any]]
    """Number of a copy -> its row as the log hashes it, with the hash of the whole history up to it."""
    unsealed_copies: tuple[int, ...]
    stamp: StampedLog | None


async def sealed_log(
    connection: Connection,
    folder: LogFolder,
    verifier: Verifier,
    filing: FilingRow,
    links: Sequence[ChainLink],
    documents: Sequence[str],
    histories: Sequence[Stored],
) -> SealedLog | None:
    """None where nothing is published; Refused where what is published is not this log's."""
    checkpoint = folder.checkpoint(verifier)
    if checkpoint is None:
        return None
    proofs, unsealed = dict[str, Proof](), []
    for link in links:
        found = await _proof(connection, folder, verifier, *event_key(filing.filing_id, link.version))
        if found is None:
            unsealed.append(link.version)
        else:
            proofs[f"event-{link.version:06d}.tlog-proof"] = found
    for content_hash in documents:
        key = canonical([content_hash]).decode()
        if (found := await _proof(connection, folder, verifier, "document", key)) is not None:
            proofs[f"document-{content_hash[:16]}.tlog-proof"] = found
    rows, unsealed_copies = await _rows(connection, histories), []
    for number in rows:
        if (found := await _proof(connection, folder, verifier, _HISTORY, _key(number))) is None:
            unsealed_copies.append(number)
        else:
            proofs[f"history-{number}.tlog-proof"] = found
    last = max((one.index for one in proofs.values()), default=0)
    return SealedLog(
        checkpoint,
        verifier,
        await _witnesses(connection, checkpoint),
        {name: str(proof) for name, proof in proofs.items()},
        tuple(unsealed),
        rows,
        tuple(unsealed_copies),
        await _stamp(folder, checkpoint, last),
    )


async def _stamp(folder: LogFolder, checkpoint: Checkpoint, last: int) -> StampedLog | None:
    """The first stamp whose tree has the entry ``last``, since it is the oldest word of all; else the newest."""
    sizes = [size for size in folder.stamped() if size <= checkpoint.size]
    if not sizes:
        return None
    size = next((one for one in sizes if one > last), sizes[-1])
    hashes = await consistency_proof(folder.hashes(checkpoint.size).at, size, checkpoint.size)
    return StampedLog(size, *folder.stamp(size), tuple(hashes))


async def _rows(connection: Connection, histories: Sequence[Stored]) -> dict[int, dict[str, Any]]:
    keys = [_key(one.kept.copy_number) for one in histories]
    found = await rows_of_keys(connection, SOURCES[_HISTORY], keys)
    rows = [{name: plain(one) for name, one in row.items() if one is not None} for row in found.values()]
    return {row["copy_number"]: row for row in rows}


def _key(number: int) -> str:
    return canonical([number]).decode()


async def _proof(connection: Connection, folder: LogFolder, verifier: Verifier, source: str, key: str) -> Proof | None:
    try:
        return await proof_of_row(connection, folder, verifier, source, key)
    except Refused as no:
        if [one.code for one in no.refusals] != [_NOT_YET]:
            raise
        return None


async def _witnesses(connection: Connection, checkpoint: Checkpoint) -> tuple[str, ...]:
    """Those whose signatures stand under the published checkpoint."""
    known = [verifier_of(one.witness) for one in await cosignatures_of(connection, checkpoint.size)]
    return tuple(map(str, proved_by(checkpoint.note, known)))
