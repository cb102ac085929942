"""That an entry is in a log, in one text, as C2SP tlog-proof has it: index, hashes up to the root, checkpoint."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from audit.transparency.checkpoints import Checkpoint, checkpoint_of, proved_checkpoint
from audit.transparency.notes import Verifier
from audit.transparency.tree import HASH_BYTES, Unproved, leaf_hash, see_included
from schemas.values.refusal import refuse

_FORM = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """Nothing of it is proved yet; ``extra`` proves nothing at all, and here it is the entry."""

    extra: bytes
    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint

    def __str__(self) -> str:
        lines = [_FORM, *([f"extra {_encoded(self.extra)}"] if self.extra else []), f"index {self.index}"]
        return "\n".join([*lines, *map(_encoded, self.hashes)]) + f"\n\n{self.checkpoint}"


def proof_of(given: str) -> Proof:
    """Reads such a text; Refused ``proof_broken``, or as a checkpoint is."""
    head, _, checkpoint = given.partition("\n\n")
    form, *lines = head.split("\n")
    extra = lines.pop(0).removeprefix("extra ") if lines and lines[0].startswith("extra ") else ""
    index = re.fullmatch("index (0|[1-9][0-9]{0,18})", lines.pop(0)) if lines else None
    if form != _FORM or index is None:
        raise refuse("proof_broken", "proof")
    try:
        hashes = tuple(base64.b64decode(line, validate=True) for line in lines)
        proof = Proof(base64.b64decode(extra, validate=True), int(index[1]), hashes, checkpoint_of(checkpoint))
    except ValueError:
        raise refuse("proof_broken", "proof") from None
    if any(len(one) != HASH_BYTES for one in hashes):
        raise refuse("proof_broken", "proof")
    return proof


def see_proof(proof: Proof, entry: bytes, verifier: Verifier) -> None:
    """Refused where the entry is not proved to be in the log of that key: ``proof_wrong``, or as a checkpoint is."""
    proved_checkpoint(str(proof.checkpoint), verifier)
    try:
        see_included(leaf_hash(entry), proof.index, proof.checkpoint.size, proof.hashes, proof.checkpoint.root)
    except Unproved:
        raise refuse("proof_wrong", "proof", index=proof.index, size=proof.checkpoint.size) from None


def put_hashes(hashes: Sequence[bytes]) -> str:
    """Hashes as lines."""
    return "".join(f"{_encoded(one)}\n" for one in hashes)


def _encoded(given: bytes) -> str:
    return base64.b64encode(given).decode()
