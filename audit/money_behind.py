"""The money behind a filing, by which auditors weigh what they find about it."""

from collections.abc import Mapping
from typing import Any

from schemas.values.money import Money


def money_behind(kind: str, position: Mapping[str, Any]) -> Money:
    """What arrived of a licence, what a payout or a settlement gives or paid, whichever is more; position as stored.

    A declaration has no money of its own: its licences have.
    """
    match kind:
        case "licence":
            return Money(sum(one["amount"] for one in position.get("receipts", ())))
        case "payout":
            lines = [one for one in position.get("lines", ()) if one.get("payable", True)]
            return Money(sum(max(abs(one["amount"]), abs(one.get("paid_amount", 0))) for one in lines))
        case "settlement":
            return Money(
                sum(
                    max(abs(one["settled"] + one["carried"]), sum(paid["amount"] for paid in one["payments"]))
                    for one in position.get("lines", ())
                )
            )
        case _:
            return Money(0)
