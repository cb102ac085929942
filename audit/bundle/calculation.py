"""The money of a filing as a person follows it: each determination with its values, steps and lines; the ledger."""

from typing import Any

from audit.bundle.money import sheet_of
from audit.bundle.record import FilingRecord
from audit.bundle.story import Telling
from rules.kinds import KINDS
from schemas.acts.act import FilingKind
from schemas.standing.position import LicencePosition, PayoutPosition
from schemas.standing.settlement import SettlementPosition
from schemas.values.money import Money

_SAME = "〃"


def determinations_told(record: FilingRecord, telling: Telling) -> list[dict[str, Any]]:
    """Each determination, in the order of recording."""
    return [_told(one["version"], one["determination"], telling) for one in record.determinations]


def _told(version: int, made: dict[str, Any], telling: Telling) -> dict[str, Any]:
    return {
        "title": telling.text("determination", version=version, rule=telling.rule(made["rule"]), as_of=made["as_of"]),
        "reads": [
            {
                "name": telling.key(one["name"]),
                "value": telling.step(one["value"]),
                "since": one["since"],
                "source": (
                    _SAME if place and _source(one) == _source(made["reads"][place - 1]) else _cited(one, telling)
                ),
                "mark": one["mark"],
            }
            for place, one in enumerate(made["reads"])
        ],
        "steps": [
            {**{name: telling.step(one[name]) for name in ("what", "how", "result")},
             "article": telling.article(one["article"])}
            for one in made["steps"]
        ],
        "lines": [{"line": telling.key(one["name"]), "yuan": str(Money(one["amount"]))} for one in made["result"]],
        "sum": str(Money(sum(one["amount"] for one in made["result"]))),
        "unknown": _not_determined(made["unknown"], telling),
    }  # fmt: skip


def _not_determined(unknown: list[str], telling: Telling) -> str:
    return telling.text("not_determined", unknown=", ".join(map(telling.key, unknown))) if unknown else ""


def _source(read: dict[str, Any]) -> tuple[str, str]:
    return read["citation"]["provision"], read["citation"]["instrument"]


def _cited(read: dict[str, Any], telling: Telling) -> str:
    return "\n".join(map(telling.article, _source(read)))


def owed_told(record: FilingRecord, telling: Telling) -> list[list[str]]:
    """What is owed as the filing stands: line, day, amount, what came of it, what is open."""
    position = KINDS[FilingKind(record.filing.kind)].stored_position(record.filing.position)
    rows: list[tuple[str, object, Money, Money, Money]] = []
    if isinstance(position, LicencePosition):
        rows = [(one.key, one.due_by, one.amount, one.allocated, one.open_amount) for one in position.obligations]
    elif isinstance(position, PayoutPosition):
        rows = [(one.key, one.paid_on, one.amount, one.paid_amount, one.owed) for one in position.lines]
    elif isinstance(position, SettlementPosition):
        rows = [(one.key, position.locked_on, one.due, one.paid_amount, one.due - one.paid_amount)
                for one in position.lines]  # fmt: skip
    return [[telling.key(key), str(on or ""), *map(str, amounts)] for key, on, *amounts in rows]


def ledger_told(record: FilingRecord, telling: Telling) -> dict[str, Any]:
    """The postings in the order of recording, and what they leave on each account."""
    accounts = sheet_of(record)["accounts"]
    return {
        "postings": [
            {
                "on": row.legal_on.isoformat(),
                "line": telling.key(row.line_key),
                "account": telling.account(row.account),
                "yuan": str(Money(row.fen)),
            }
            for row in record.postings
        ],
        "balances": [
            {"account": telling.account(account), "yuan": str(Money(fen))} for account, fen in sorted(accounts.items())
        ],
    }
