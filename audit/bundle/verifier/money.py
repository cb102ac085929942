"""Law and money: what can be added up without knowing the law."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from audit.bundle.verifier.record import fen_of
from audit.bundle.verifier.told import Bundle


def determinations_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every determination as the event bytes have it, with its place."""
    return [
        {"version": event["version"], "ordinal": ordinal, "determination": one}
        for event in events
        for ordinal, one in enumerate(event["body"]["made"].get("determinations", []))
    ]


def check_determinations(bundle: Bundle, events: list[dict[str, Any]]) -> None:
    """The traces and the sheet are those of the events, and parts sum to their whole."""
    told, before = bundle.told, bundle.told.wrongs
    made, sheet = determinations_of(events), bundle.json("data/money/sheet.json")
    if bundle.json("data/determinations/determinations.json") != made:
        told.wrong("determination_wrong", version="-", what="determinations.json")
    lines = [
        {
            "version": one["version"],
            "ordinal": one["ordinal"],
            "rule": one["determination"]["rule"],
            "line": line["name"],
            "fen": line["amount"],
        }
        for one in made
        for line in one["determination"]["result"]
    ]
    if sheet["lines"] != lines:
        told.wrong("determination_wrong", version="-", what="sheet.json")
    for one in made:
        for what, parts, whole in sums_of(one["determination"]):
            if parts != whole:
                told.wrong("determination_wrong", version=one["version"], what=f"{what}: {parts} != {whole} fen")
    if made and told.wrongs == before:
        told.proved("determinations", count=len(made), lines=len(lines))


def sums_of(made: dict[str, Any]) -> list[tuple[str, int, int]]:
    """(what, the sum of the parts, the whole that a step states): what can be added up without knowing the law."""
    steps = {step["what"]: step["result"] for step in made["steps"]}
    parts = {line["name"]: line["amount"] for line in made["result"]}
    whole = {"first_grant_bonus": "split among the inventors", "royalty_report": "not below the minimum"}.get(
        made["rule"]
    )
    if made["rule"] == "remuneration" and json.loads(made["inputs"]["unit"]).get("rules") == []:
        whole = "pool that this receipt adds"
    found = []
    if parts and whole in steps:
        found.append((str(whole), sum(parts.values()), fen_of(steps[str(whole)])))
    if made["rule"] == "settlement":
        for code in sorted({name.split(":")[1] for name in parts if name.startswith("settled:")}):
            settled = [fen for name, fen in parts.items() if name.startswith(f"settled:{code}:")]
            if f"{code}: payable" in steps:
                found.append((code, sum(settled), fen_of(steps[f"{code}: payable"])))
    return found


def check_ledger(bundle: Bundle, events: list[dict[str, Any]]) -> None:
    """Every transaction sums to zero and is an act of this filing; what stands is what the position says."""
    told, before = bundle.told, bundle.told.wrongs
    sheet, position = bundle.json("data/money/sheet.json"), bundle.json("data/filing.json")["position"]
    acts = {event["act_id"] for event in events}
    transactions: dict[str, int] = {}
    standing: dict[tuple[str, str], int] = {}
    accounts: dict[str, int] = {}
    for row in sheet["ledger"]:
        fen, place = row["fen"], (row["line_key"], row["account"])
        transactions[row["transaction_id"]] = transactions.get(row["transaction_id"], 0) + fen
        standing[place] = standing.get(place, 0) + fen
        accounts[row["account"]] = accounts.get(row["account"], 0) + fen
    for transaction, fen in transactions.items():
        if fen or transaction not in acts:
            told.wrong("ledger_wrong", what=f"transaction {transaction}: {fen} fen")
    if accounts != sheet["accounts"]:
        told.wrong("ledger_wrong", what="sheet.json accounts")
    said: dict[tuple[str, str], int] = {}
    for line in position["money"]:
        for account, fen in ((line["debit"], line["amount"]), (line["credit"], -line["amount"])):
            said[line["key"], account] = said.get((line["key"], account), 0) + fen
    for place in sorted({*said, *standing}):
        if said.get(place, 0) != standing.get(place, 0):
            told.wrong("ledger_wrong", what=f"{place[0]} @ {place[1]}: {standing.get(place, 0)} fen")
    if told.wrongs == before:
        told.proved("ledger", postings=len(sheet["ledger"]))


def check_parameters(bundle: Bundle, events: list[dict[str, Any]]) -> None:
    """Which determinations were made under the set of values that lies here."""
    made = [one["determination"] for one in determinations_of(events)]
    raw = bundle.files["data/parameters/parameters.json"]
    used = bundle.json("data/parameters/read.json")
    if [one["reads"] for one in used] != [one["reads"] for one in made]:
        bundle.told.wrong("determination_wrong", version="-", what="read.json")
    alike = sum(one["parameter_hash"] == sha256(raw).hexdigest() for one in made)
    if alike:
        bundle.told.proved("parameters", files=len(json.loads(raw.decode())), count=alike)
    # A scheme's determination has the hash of the scheme, whose whole text is among its own inputs.
    others = sum("scheme" not in one["inputs"] for one in made if one["parameter_hash"] != sha256(raw).hexdigest())
    if others:
        bundle.told.unproved("parameters_other", count=others)
