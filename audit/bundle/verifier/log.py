"""The log over all filings: RFC 9162, and C2SP's signed-note, tlog-checkpoint, tlog-proof, tlog-cosignature."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from typing import Any

from audit.bundle.verifier.notes import signed_by, verifier_of
from audit.bundle.verifier.record import canonical
from audit.bundle.verifier.stamp import check_stamp
from audit.bundle.verifier.told import Bundle

_OF_A_RUN = ("run_id", "workflow_id", "history_hash", "last_event")
"""What the row of a copy in the log says of the history."""


def root_of(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to; ValueError where the proof has another length (RFC 9162, 2.1.3.2)."""
    at, last, root = index, size - 1, sha256(b"\0" + leaf).digest()
    if index >= size:
        raise ValueError("index")
    for one in path:
        if last == 0:
            raise ValueError("length")
        if at & 1 or at == last:
            root = sha256(b"\1" + one + root).digest()
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = sha256(b"\1" + root + one).digest()
        at, last = at >> 1, last >> 1
    if last:
        raise ValueError("length")
    return root


def check_log(bundle: Bundle, events: list[dict[str, Any]], given: str | None) -> None:
    """Checkpoint, its signatures, and a proof for each event, document and history."""
    told = bundle.told
    if "data/log/checkpoint" not in bundle.files:
        if given is not None:
            told.wrong("key_wrong", key=given, found="-")
        return told.unproved("no_log")
    note, key = bundle.files["data/log/checkpoint"].decode(), bundle.files["data/log/key.txt"].decode().strip()
    origin, size, root = note.split("\n")[:3]
    if origin != verifier_of(key)[0] or not signed_by(note, key):
        told.wrong("inclusion_wrong", path="data/log/checkpoint", what="signature")
    else:
        told.proved("checkpoint", key=key)
    if given is None:
        told.unproved("key_not_given")
    elif given.strip() == key:
        told.proved("key_given")
    else:
        told.wrong("key_wrong", key=given.strip(), found=key)
    for witness in bundle.files.get("data/log/witnesses.txt", b"").decode().split():
        if signed_by(note, witness):
            told.proved("cosigned", name=witness.split("+")[0])
        else:
            told.wrong("inclusion_wrong", path="data/log/witnesses.txt", what=witness)
    indexes = _check_proofs(bundle, events, note, base64.b64decode(root), int(size), origin)
    if "data/log/stamped/checkpoint" in bundle.files:
        check_stamp(bundle, note, key, indexes)
    return None


def _check_proofs(
    bundle: Bundle, events: list[dict[str, Any]], note: str, root: bytes, size: int, origin: str
) -> list[int]:
    """The places in the log that were proved."""
    told, before, proved, indexes = bundle.told, bundle.told.wrongs, set(), []
    for path in bundle.under("data/log/proofs/"):
        try:
            head, _, checkpoint = bundle.files[path].decode().partition("\n\n")
            form, extra, index, *hashes = head.split("\n")
            leaf = base64.b64decode(extra.split("extra ")[1], validate=True)
            way = [base64.b64decode(one, validate=True) for one in hashes]
            led = root_of(leaf, int(index.split("index ")[1]), size, way)
            entry = json.loads(leaf.decode())
            if form != "c2sp.org/tlog-proof@v1" or checkpoint != note or led != root or canonical(entry) != leaf:
                raise ValueError("it does not lead to the checkpoint")
        except (ValueError, IndexError) as error:
            told.wrong("inclusion_wrong", path=path, what=str(error))
            continue
        indexes.append(int(index.split("index ")[1]))
        proved.add((entry["source"], json.dumps(entry["key"]), entry["hash"]))
    for card in bundle.json("data/documents/documents.json"):
        row = {name: value for name, value in card.items() if name != "file" and value is not None}
        entry = ("document", json.dumps([card["content_hash"]]), sha256(canonical(row)).hexdigest())
        if entry[:2] in {one[:2] for one in proved} and entry not in proved:
            told.wrong("document_wrong", hash=card["content_hash"], what="the log proves another card of it")
    missing = []
    for event in events:
        entry = ("event", json.dumps([event["filing_id"], event["version"]]), event["hash"])
        if entry not in proved:
            missing.append(event["version"])
    index = bundle.json("data/log/index.json")
    _check_runs(bundle, proved, index)
    unsealed = index["unsealed"]
    if missing != unsealed:
        told.wrong("inclusion_wrong", path="data/log/index.json", what=f"events {missing}")
    elif missing:
        told.unproved("not_sealed", versions=missing)
    if proved and told.wrongs == before:
        told.proved("inclusion", entries=len(proved), origin=origin, size=size)
    return indexes


def _check_runs(bundle: Bundle, proved: set[tuple[str, str, str]], index: dict[str, Any]) -> None:
    """The log has the row of each history's last copy, and so the hash of the whole history."""
    told, unsealed = bundle.told, index.get("unsealed_copies")
    filing = bundle.json("data/filing.json")["filing_id"]
    for run in bundle.json("data/histories/index.json"):
        row = run.get("row") or {}
        entry = ("history", json.dumps([row.get("copy_number")]), sha256(canonical(row)).hexdigest())
        same = {**row, "filing_id": filing, **{name: run[name] for name in _OF_A_RUN}} == row
        if entry in proved and same:
            continue
        if entry[:2] not in {one[:2] for one in proved} and (unsealed is None or row.get("copy_number") in unsealed):
            told.unproved("history_not_sealed", run=run["run_id"])
        else:
            told.wrong("history_wrong", run=run["run_id"], what="data/log")
