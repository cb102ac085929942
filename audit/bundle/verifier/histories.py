"""Temporal's histories against the event log, payload by payload."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from typing import Any

from audit.bundle.verifier.record import fen_of
from audit.bundle.verifier.told import Bundle


def check_histories(bundle: Bundle, events: list[dict[str, Any]]) -> None:
    """Each act and each answer of a history is the one of the event log."""
    told, before = bundle.told, bundle.told.wrongs
    acts = {one["act_id"]: one["body"]["act"] for one in events}
    answers, runs = bundle.json("data/events/answers.json"), bundle.json("data/histories/index.json")
    compared = [0, 0]
    for run in runs:
        raw = _bytes_of(bundle, run)
        for event in json.loads(bundle.files[run["file"]].decode())["events"]:
            asked, answered = _said(event)
            is_temporals = all(base64.b64decode(one["data"]) in raw for one in (*asked, *answered))
            wrong = [] if is_temporals else ["JSON, protobuf"]
            for kind, (payloads, recorded) in enumerate(((asked, acts), (answered, answers))):
                for said in map(_read, payloads):
                    known = recorded.get(said.get("act_id"))
                    compared[kind] += known is not None
                    if known is not None and not same(known, said):
                        wrong.append(said["act_id"])
            for one in wrong:
                told.wrong("history_wrong", run=run["run_id"], what=f"{event['eventId']}: {one}")
    if not runs:
        told.unproved("no_histories")
    elif told.wrongs == before:
        told.proved("histories", runs=len(runs), acts=compared[0], answers=compared[1])


def _bytes_of(bundle: Bundle, run: dict[str, Any]) -> bytes:
    """The bytes of Temporal, against the hash that the evidence store has of them."""
    raw = bundle.files.get(run["bytes_file"], b"")
    hashed = sha256(raw).hexdigest()
    if run["fault"]:
        bundle.told.unproved("history_not_whole", run=run["run_id"], fault=run["fault"])
    if hashed != run["bytes_hash"] or (not run["fault"] and hashed != run["history_hash"]):
        bundle.told.wrong("history_wrong", run=run["run_id"], what=run["bytes_file"])
    return raw


def _said(event: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The payloads of an act that was accepted, and of an answer that was given."""
    accepted = event.get("workflowExecutionUpdateAcceptedEventAttributes", {}).get("acceptedRequest", {})
    answered = event.get("workflowExecutionUpdateCompletedEventAttributes", {}).get("outcome", {}).get("success", {})
    return accepted.get("input", {}).get("args", {}).get("payloads", []), answered.get("payloads", [])


def _read(payload: dict[str, Any]) -> dict[str, Any]:
    said = json.loads(base64.b64decode(payload["data"]))
    return said if isinstance(said, dict) else {}


def same(stored: Any, travelled: Any) -> bool:
    """Whether both say the same: money is whole fen where it is stored, and yuan where it travels."""
    if isinstance(stored, dict) and isinstance(travelled, dict):
        return all(same(stored.get(name), travelled.get(name)) for name in {*stored, *travelled})
    if isinstance(stored, list) and isinstance(travelled, list):
        return len(stored) == len(travelled) and all(map(same, stored, travelled))
    if type(stored) is int and isinstance(travelled, str):
        return bool(re.fullmatch(r"-?\d+\.\d\d", travelled)) and fen_of(travelled) == stored
    return stored == travelled or not (stored or travelled)
