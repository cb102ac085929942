"""Temporal's histories against the event log, payload by payload."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

from audit.bundle.verifier.record import fen_of
from audit.bundle.verifier.told import Bundle


def check_histories(bundle: Bundle, events: list[dict[str, Any]]) -> None:
    """Each act and each answer of a history is the one of the event log."""
    told, before = bundle.told, bundle.told.wrongs
    by_act, answers = {one["act_id"]: one for one in events}, bundle.json("data/events/answers.json")
    runs, acts, answered = bundle.json("data/histories/index.json"), 0, 0
    for run in runs:
        for event in json.loads(bundle.files[run["file"]].decode())["events"]:
            accepted = event.get("workflowExecutionUpdateAcceptedEventAttributes")
            completed = (
                event.get("workflowExecutionUpdateCompletedEventAttributes", {}).get("outcome", {}).get("success")
            )
            for asked in _payloads(accepted and accepted["acceptedRequest"]["input"]["args"]):
                recorded = by_act.get(asked.get("act_id"))
                if recorded is not None:
                    acts += 1
                    if not same(recorded["body"]["act"], asked):
                        told.wrong("history_wrong", run=run["run_id"], what=f"{event['eventId']}: {asked['act_id']}")
            for answer in _payloads(completed):
                stored = answers.get(answer.get("act_id"))
                if stored is not None:
                    answered += 1
                    if answer["content_hash"] != stored["content_hash"] or not same(stored, answer):
                        told.wrong("history_wrong", run=run["run_id"], what=f"{event['eventId']}: {answer['act_id']}")
    if not runs:
        told.unproved("no_histories")
    elif told.wrongs == before:
        told.proved("histories", runs=len(runs), acts=acts, answers=answered)


def _payloads(given: Any) -> list[dict[str, Any]]:
    found = []
    for one in (given or {}).get("payloads", []):
        body = base64.b64decode(one["data"])
        encoding = base64.b64decode(one["metadata"]["encoding"])
        found.append(json.loads(zlib.decompress(body) if encoding == b"json/zlib" else body))
    return [one for one in found if isinstance(one, dict)]


def same(stored: Any, travelled: Any) -> bool:
    """Whether both say the same: money is whole fen where it is stored, and yuan where it travels."""
    if isinstance(stored, dict) and isinstance(travelled, dict):
        return all(same(stored.get(name), travelled.get(name)) for name in {*stored, *travelled})
    if isinstance(stored, list) and isinstance(travelled, list):
        return len(stored) == len(travelled) and all(map(same, stored, travelled))
    if type(stored) is int and isinstance(travelled, str):
        return bool(re.fullmatch(r"-?\d+\.\d\d", travelled)) and fen_of(travelled) == stored
    return stored == travelled or not (stored or travelled)
