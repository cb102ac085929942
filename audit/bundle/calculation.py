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
                "name": one["name"],
                "value": one["value"],
                "since": one["since"],
                "source": _source(one) if place == 0 or _source(one) != _source(made["reads"][place - 1]) else _SAME,
                "mark": one["mark"],
            }
            for place, one in enumerate(made["reads"])
        ],
        "steps": [
            {"what": telling.named(one["what"]), "how": telling.named(one["how"]), "result": one["result"],
             "article": one["article"]}
            for one in made["steps"]
        ],
        "lines": [{"line": telling.named(one["name"]), "yuan": str(Money(one["amount"]))} for one in made["result"]],
        "sum": str(Money(sum(one["amount"] for one in made["result"]))),
        "unknown": telling.text("not_determined", unknown=", ".join(made["unknown"])) if made["unknown"] else "",
    }  # fmt: skip


def _source(read: dict[str, Any]) -> str:
    return f"{read['citation']['provision']}\n{read['citation']['instrument']}"


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
    return [[telling.named(key), str(on or ""), *map(str, amounts)] for key, on, *amounts in rows]


def ledger_told(record: FilingRecord, telling: Telling) -> dict[str, Any]:
    """The postings in the order of recording, and what they leave on each account."""
    accounts = sheet_of(record)["accounts"]
    return {
        "postings": [
            {
                "on": row.legal_on.isoformat(),
                "line": telling.named(row.line_key),
                "account": telling.account(row.account),
                "yuan": str(Money(row.fen)),
            }
            for row in record.postings
        ],
        "balances": [
            {"account": telling.account(account), "yuan": str(Money(fen))} for account, fen in sorted(accounts.items())
        ],
    }
