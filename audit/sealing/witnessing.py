"""Asks a witness outside to cosign checkpoints (C2SP tlog-witness); what it knows, no database of ours can unsay."""

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

import structlog

from audit.sealing.folder import LogFolder
from audit.sealing.outside import answer_of
from audit.transparency.checkpoints import Checkpoint, checkpoint_of
from audit.transparency.notes import Note, Verifier, note_of, proved_by, verifier_of
from audit.transparency.proofs import put_hashes
from audit.transparency.tree import consistency_proof
from database.evidence.log import StoredCheckpoint, add_cosignature, cosignatures_of
from database.pool import Connection
from runtime.settings import Settings, SetupError
from schemas.values.refusal import refuse

log = structlog.get_logger()


@dataclass(frozen=True)
class Witness:
    """Where it is asked, and its key."""

    verifier: Verifier
    url: str

    def call(self, method: str, path: str, body: bytes = b"") -> tuple[int, str]:
        """Status and text of its answer; OSError or HTTPException where there is none."""
        status, answer = answer_of(f"{self.url.rstrip('/')}/{path}", method, body)
        return status, answer.decode(errors="replace")


def witness_of(settings: Settings) -> Witness | None:
    """The witness of OPEN_LICENCE_WITNESS, ``KEY@URL``; SetupError where it is neither."""
    if settings.witness is None:
        return None
    key, _, url = settings.witness.rpartition("@")
    if urlsplit(url).scheme not in ("http", "https") or not key:
        raise SetupError(
            "OPEN_LICENCE_WITNESS is no KEY@URL; set it as .env.example shows",
            "OPEN_LICENCE_WITNESS 不是 KEY@URL 的形式；请按 .env.example 设置",
        )
    return Witness(verifier_of(key), url)


async def witnessed(witness: Witness, origin: str) -> Checkpoint | None:
    """The last checkpoint that it cosigned of a log, proved; None where it never did. OSError where it is away.

    Refused as a note is, where it answers with something else than what it signed.
    """
    path = f"{sha256(origin.encode()).hexdigest()}/checkpoint"
    status, text = await asyncio.to_thread(witness.call, "GET", path)
    if status == HTTPStatus.NOT_FOUND:
        return None
    if status != HTTPStatus.OK:
        raise OSError(f"the witness answers {status}")
    found = checkpoint_of(text)
    if found.origin != origin or witness.verifier not in proved_by(found.note, [witness.verifier]):
        raise refuse("witness_answer_unproved", "witness", url=witness.url)
    return found


async def see_not_behind_witness(settings: Settings, origin: str, last: StoredCheckpoint | None) -> None:
    """Refused ``log_set_back`` where the witness knows more than the database; one that is away stops nothing."""
    witness = witness_of(settings)
    if witness is None:
        return
    try:
        known = await witnessed(witness, origin)
    except (OSError, HTTPException) as error:
        log.warning("witness_away", url=witness.url, error=repr(error))
        return
    if known is not None and (last is None or known.size > last.size):
        raise refuse("log_set_back", "witness", published=known.size, stored=last.size if last else 0)


async def ask_witness(connection: Connection, settings: Settings, folder: LogFolder, stored: StoredCheckpoint) -> bool:
    """Whether a new cosignature of the published checkpoint was stored. A witness that is away is asked next time."""
    witness = witness_of(settings)
    if witness is None:
        return False
    if any(one.witness == str(witness.verifier) for one in await cosignatures_of(connection, stored.size)):
        return False
    try:
        lines = await _cosigned(witness, folder, stored, 0)
    except (OSError, HTTPException) as error:
        log.warning("witness_away", url=witness.url, error=repr(error))
        return False
    note = note_of(stored.note)
    for line in note_of(note.text + "\n" + lines).signatures:
        if proved_by(Note(note.text, (line,)), [witness.verifier]):
            await add_cosignature(connection, stored.size, str(witness.verifier), line.line())
            return True
    raise refuse("witness_answer_unproved", "witness", url=witness.url)


async def _cosigned(witness: Witness, folder: LogFolder, stored: StoredCheckpoint, old: int) -> str:
    """The lines of its signatures; ``old`` is the size that it is believed to know, and it says when it is not."""
    proof = await consistency_proof(folder.hashes(stored.size).at, old, stored.size) if old else []
    body = f"old {old}\n{put_hashes(proof)}\n{stored.note}".encode()
    status, text = await asyncio.to_thread(witness.call, "POST", "add-checkpoint", body)
    if status == HTTPStatus.CONFLICT and text.strip().isdecimal() and int(text) != old:
        known = int(text)
        if known > stored.size:
            raise refuse("log_set_back", "witness", published=known, stored=stored.size)
        return await _cosigned(witness, folder, stored, known)
    if status != HTTPStatus.OK:
        raise refuse("witness_refused", "witness", url=witness.url, status=status)
    return text
