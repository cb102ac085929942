"""Events, answers and documents: bytes, content hashes, the chain."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any

from audit.bundle.verifier.told import Bundle


def canonical(value: Any) -> bytes:
    """The one text of a value: UTF-8 JSON, sorted keys, no blanks."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def check_events(bundle: Bundle) -> list[dict[str, Any]]:
    """Bytes -> content hash -> chain -> head; the events as their bytes say them, with both hashes."""
    told, before = bundle.told, bundle.told.wrongs
    filing, events = bundle.json("data/filing.json"), []
    previous, last_at = bytes(32), ""
    rows = bundle.json("data/events/chain.json")
    for version, row in enumerate(rows, start=1):
        raw = bundle.files.get(row["file"], b"")
        try:
            event = json.loads(raw.decode("utf-8"))
        except ValueError:
            told.wrong("event_wrong", version=version, what="bytes")
            continue
        hashed = sha256(previous + raw).digest()
        act = event["body"]["act"]
        proved = {
            "canonical": canonical(event) == raw,
            "version": event["version"] == row["version"] == version,
            "filing_id": event["filing_id"] == act["filing_id"] == filing["filing_id"],
            "previous_hash": row["previous_hash"] == previous.hex(),
            "hash": row["hash"] == hashed.hex(),
            "act_id": event["act_id"] == act["act_id"] == row["act_id"],
            "kind": event["kind"] == row["kind"],
            "legal_on": act["on"] == row["legal_on"],
            "recorded_at": event["recorded_at"] == row["recorded_at"] and event["recorded_at"] > last_at,
        }
        for what, holds in proved.items():
            if not holds:
                told.wrong("event_wrong", version=version, what=what)
        previous, last_at = hashed, event["recorded_at"]
        events.append({**event, "hash": hashed.hex(), "content_hash": sha256(raw).hexdigest()})
    files = {"data/events/chain.json", "data/events/answers.json", *(row["file"] for row in rows)}
    if filing["head"] != len(rows) or files != set(bundle.under("data/events/")):
        told.wrong("head_wrong", what="version")
    if filing["head_hash"] != previous.hex():
        told.wrong("head_wrong", what="hash")
    if told.wrongs == before:
        told.proved("events", events=len(events), filing=filing["filing_id"])
    return events


def check_answers(bundle: Bundle, events: list[dict[str, Any]]) -> None:
    """Each answer that was given names the hash of its event, and the amounts in it."""
    told, before, answers = bundle.told, bundle.told.wrongs, bundle.json("data/events/answers.json")
    for event in events:
        version, answer = event["version"], answers.get(event["act_id"], {})
        proved = {
            "content_hash": answer.get("content_hash") == event["content_hash"],
            "version": answer.get("head", {}).get("version") == version,
            "filing_id": answer.get("filing_id") == event["filing_id"],
            "determinations": [_results(one) for one in answer.get("determinations", [])]
            == [_results(one) for one in event["body"]["made"].get("determinations", [])],
        }
        for what, holds in proved.items():
            if not holds:
                told.wrong("answer_wrong", version=version, what=what)
    if len(answers) != len(events):
        told.wrong("answer_wrong", version="-", what="count")
    if told.wrongs == before:
        told.proved("answers", answers=len(answers))


def _results(determination: dict[str, Any]) -> list[tuple[str, int]]:
    return [(one["name"], fen_of(one["amount"])) for one in determination["result"]]


def fen_of(amount: Any) -> int:
    """Whole fen as they are stored, or yuan as they are written on the wire."""
    if isinstance(amount, int):
        return amount
    found = re.fullmatch(r"(-?)(\d+)\.(\d\d)", amount)
    if found is None:
        raise ValueError(amount)
    return (-1 if found[1] else 1) * (int(found[2]) * 100 + int(found[3]))


def check_documents(bundle: Bundle) -> None:
    """Each document has the hash by which it is named."""
    told, before, cards = bundle.told, bundle.told.wrongs, bundle.json("data/documents/documents.json")
    in_events = b"".join(bundle.files[path] for path in bundle.under("data/events/0"))
    there = [card for card in cards if card["file"] is not None]
    for card in cards:
        if card["content_hash"].encode() not in in_events:
            told.wrong("document_wrong", hash=card["content_hash"], what="no event names it")
    for card in there:
        body = bundle.files.get(card["file"])
        if body is None or sha256(body).hexdigest() != card["content_hash"] or len(body) != card["size"]:
            told.wrong("document_wrong", hash=card["content_hash"], what="bytes")
    if there and told.wrongs == before:
        told.proved("documents", documents=len(there))
    if len(there) < len(cards):
        told.unproved("documents_left_out", count=len(cards) - len(there))
