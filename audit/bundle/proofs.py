"""That the events and documents of a filing are in the published log: a proof for each, out of the log's own folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from audit.sealing.folder import LogFolder
from audit.sealing.leaves import event_key
from audit.sealing.proving import proof_of_row
from audit.transparency.checkpoints import Checkpoint
from audit.transparency.notes import Verifier, proved_by, verifier_of
from database.evidence.filing_record import FilingRow
from database.evidence.log import cosignatures_of
from database.pool import Connection
from database.record.event_log import ChainLink
from schemas.values.canonical import canonical
from schemas.values.refusal import Refused

STAMP = "checkpoint.tsr"
"""An RFC 3161 time stamp that somebody had made of the published checkpoint, beside it."""
_NOT_YET = "not_in_log"


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
    stamp: bytes | None


async def sealed_log(
    connection: Connection,
    folder: LogFolder,
    verifier: Verifier,
    filing: FilingRow,
    links: Sequence[ChainLink],
    documents: Sequence[str],
) -> SealedLog | None:
    """None where nothing is published; Refused where what is published is not this log's."""
    checkpoint = folder.checkpoint(verifier)
    if checkpoint is None:
        return None
    proofs, unsealed = {}, []
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
    stamp = folder.read(STAMP)
    return SealedLog(
        checkpoint,
        verifier,
        await _witnesses(connection, checkpoint),
        proofs,
        tuple(unsealed),
        stamp if stamp and sha256(str(checkpoint).encode()).digest() in stamp else None,
    )


async def _proof(connection: Connection, folder: LogFolder, verifier: Verifier, source: str, key: str) -> str | None:
    try:
        return str(await proof_of_row(connection, folder, verifier, source, key))
    except Refused as no:
        if [one.code for one in no.refusals] != [_NOT_YET]:
            raise
        return None


async def _witnesses(connection: Connection, checkpoint: Checkpoint) -> tuple[str, ...]:
    """Those whose signatures stand under the published checkpoint."""
    known = [verifier_of(one.witness) for one in await cosignatures_of(connection, checkpoint.size)]
    return tuple(map(str, proved_by(checkpoint.note, known)))
