"""What a log says of itself at one size, as C2SP tlog-checkpoint has it: origin, size and root, under signatures."""

import base64
import re
from dataclasses import dataclass

from audit.transparency.notes import Note, Verifier, note_of, see_proved
from audit.transparency.tree import HASH_BYTES
from schemas.values.refusal import refuse

_LINES = 3


@dataclass(frozen=True)
class Checkpoint:
    """The root of a log's tree at a size, and the note that says so."""

    origin: str
    size: int
    root: bytes
    note: Note

    def __str__(self) -> str:
        return str(self.note)


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """What is signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def checkpoint_of(given: str) -> Checkpoint:
    """A checkpoint, nothing of it proved; Refused ``note_broken`` or ``checkpoint_broken``, also of an empty log."""
    note = note_of(given)
    lines = note.text.splitlines()
    if len(lines) < _LINES or not all(lines) or not re.fullmatch("[1-9][0-9]{0,18}", lines[1]):
        raise refuse("checkpoint_broken", "checkpoint")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError:
        root = b""
    if len(root) != HASH_BYTES:
        raise refuse("checkpoint_broken", "checkpoint")
    return Checkpoint(lines[0], int(lines[1]), root, note)


def proved_checkpoint(given: str, verifier: Verifier) -> Checkpoint:
    """A checkpoint that this log signed.

    Refused also as ``checkpoint_of_another_log``, ``note_of_another_key`` or ``note_signature_wrong``.
    """
    found = checkpoint_of(given)
    if found.origin != verifier.name:
        raise refuse("checkpoint_of_another_log", "checkpoint", origin=found.origin, expected=verifier.name)
    see_proved(found.note, verifier)
    return found
