"""The whole verification; it only reads, as the auditor, and needs no Temporal."""

from collections.abc import Sequence
from pathlib import Path

from audit.report import Report
from audit.sealing.folder import KEY, LogFolder
from audit.sealing.key import known_verifier
from audit.sealing.witnessing import witness_of
from audit.transparency.checkpoints import proved_checkpoint
from audit.transparency.notes import Verifier, verifier_of
from audit.verify.chains import verify_chains
from audit.verify.files import verify_documents, verify_parameters
from audit.verify.found import Found, Progress
from audit.verify.log import verify_log
from audit.verify.parties import verify_parties, verify_said_again
from audit.verify.rows import note_set_backs, verify_rows
from database.evidence.log import last_checkpoint
from database.evidence.proved_rows import one_snapshot
from database.pool import Pool
from rules.law.loader import PARAMETERS
from runtime.settings import Settings
from schemas.values.refusal import refuse


def unwatched(what: str, done: int) -> None:
    """For a caller that shows no progress."""
    del what, done


async def verify(
    pool: Pool,
    settings: Settings,
    *,
    key: str | None = None,
    kept: Sequence[str] = (),
    parameters: Path = PARAMETERS,
    progress: Progress = unwatched,
) -> Report:
    """Chains, rows, documents, parameters and the log, in one snapshot of the database.

    ``key``: the log's verifier key as the auditor has it from elsewhere; else the one that is kept here, or published.
    ``kept``: checkpoints that somebody else has kept; ``parameters``: where the files lie. Refused where a checkpoint
    is of another log or not signed by it, and ``log_key_unknown`` where there is a log and no key.
    """
    verifier = verifier_of(key) if key else verifier_known(settings)
    others = [] if verifier is None else [proved_checkpoint(one, verifier) for one in kept]
    folder = LogFolder(settings.log_folder)
    async with pool.acquire() as connection, one_snapshot(connection):
        if verifier is None and (kept or await last_checkpoint(connection)):
            raise refuse("log_key_unknown", "key", folder=folder.place)
        found = Found(connection, progress)
        await verify_chains(found)
        await verify_rows(found)
        await note_set_backs(found)
        await verify_parties(found)
        await verify_said_again(found)
        await verify_documents(found)
        if verifier is not None:
            await verify_parameters(found, parameters)
            await verify_log(found, folder, verifier, witness_of(settings), others)
        return found.report


def verifier_known(settings: Settings) -> Verifier | None:
    """The log's key as it is kept here, else as it is published; None where there is neither."""
    found = known_verifier(settings)
    if found is not None:
        return found
    published: bytes | None = LogFolder(settings.log_folder).read(KEY)
    return None if published is None else verifier_of(published.decode(errors="replace"))
