"""Schemes that no authority has, built as their files would be."""

from datetime import date
from typing import Any

from rules.schemes.catalogue import parse_scheme
from rules.schemes.yearly import entitlement
from schemas.schemes.inputs import YearInputs
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Determination
from schemas.values.money import Money

LAST_DAY = date(2025, 12, 31)
CITE = {"provision": "art. 1", "instrument": "Order 1"}


def version(**elements: Any) -> dict[str, Any]:
    """A version of a file, with some elements other than five percent of what was received."""
    return {
        "from": date(2021, 1, 1),
        "status": "in_force",
        "cite": CITE,
        "mark": "V1",
        "checked_on": date(2026, 11, 15),
        "base": {"measure": "received"},
        "window": {"decided_by": "received_on"},
        "amount": {"rate": "0.05"},
        **elements,
    }


def scheme_of(*versions: dict[str, Any]) -> Scheme:
    """A scheme with these versions."""
    return parse_scheme(
        {
            "id": "TEST-1",
            "title_zh": "测试方案",
            "title_en": "a scheme for tests",
            "region": "hubei.wuhan",
            "beneficiary": "licensor",
            "versions": list(versions),
        },
        "test.yaml",
    )


def scheme(**elements: Any) -> Scheme:
    """A scheme with one version."""
    return scheme_of(version(**elements))


def tiers(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    """Tiers by the amount they begin with (included) and their rate."""
    return [{"at_least": begins, "rate": rate} for begins, rate in pairs]


def item(name: str, yuan: str | None = None, **facts: Any) -> dict[str, Any]:
    """A payment that arrived in 2025."""
    received = {} if yuan is None else {"received": yuan}
    return {"item_id": name, "received_on": "2025-06-30", **received, **facts}


def made(of: Scheme, *items: dict[str, Any], as_of: date = LAST_DAY, **facts: Any) -> Determination:
    """The entitlement for these items."""
    given = {**facts, **({"items": list(items)} if items else {})}
    return entitlement(of, YearInputs.model_validate(given), as_of)


def lines(determination: Determination) -> dict[str, str]:
    """The result as yuan by line."""
    return {line.name: str(line.amount) for line in determination.result}


def payable(of: Scheme, *items: dict[str, Any], as_of: date = LAST_DAY, **facts: Any) -> str:
    """The payable in yuan; a KeyError where something is unknown."""
    return lines(made(of, *items, as_of=as_of, **facts))["payable"]


def fen(of: Scheme, base: int) -> int:
    """The payable in fen for a base in fen that is all of one item, patent, contract and project."""
    facts = item("one", str(Money(base)), contract="one", project="one", patents=[{"patent": "one"}])
    return Money.of(payable(of, facts)).fen
