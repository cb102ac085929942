"""Examples of every body that people write: an offer for each royalty form, bars, corrections, and the rest."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from schemas.acts import declaration as d
from schemas.acts import payout as p
from schemas.acts import royalty as r
from schemas.acts.act import Act, CorrectFact, FilingKind
from schemas.acts.all import models_of
from schemas.acts.settlement_claims import SubmitClaim, SupplementClaim
from schemas.examples.samples import (
    AMOUNT,
    ANOTHER_DOCUMENT,
    COMPANY,
    CREDIT_CODE,
    DAY,
    DOCUMENT,
    NOES,
    OFFER,
    UNIVERSITY,
    sample,
)

OURS = frozenset({"act_id", "filing_id", "by", "on", "origin", "evidence", "kind"})
"""Fields of every act, which the program gives that asks for it."""
Examples = Mapping[str, dict[str, Any]]
_RUNNING = {"form": "running", "base": "net_sales", "rates": [{"from_year": 1, "percent": "3"}], "period": "half_year"}
_ROYALTIES: dict[str, dict[str, Any]] = {
    "lump_sum": OFFER["royalty"],
    "free": {"form": "free"},
    "deferred_lump_sum": {"form": "lump_sum", "amount": AMOUNT, "first_payment_after_months": 12},
    "instalments": {
        "form": "instalments",
        "instalments": [{"amount": "4000.00", "after_months": 0}, {"amount": "6000.00", "after_months": 6}],
        "pay_within_days": 30,
    },
    "running": _RUNNING | {"report_within_days": 30, "pay_within_days": 30, "minimum": "5000.00"},
    "running_by_units": {
        "form": "running",
        "base": "units",
        "unit_prices": [{"from_year": 1, "price": "1.25"}, {"from_year": 2, "price": "1.10"}],
    },
    "entry_plus_running": {"form": "entry_plus_running", "entry": AMOUNT, "running": _RUNNING, "pay_within_days": 30},
}
_OFFERS: Examples = {name: {"offer": {**OFFER, "royalty": royalty}} for name, royalty in _ROYALTIES.items()} | {
    "until_the_patent_ends": {"offer": {**OFFER, "term": {"form": "until_patent_ends"}}},
    "until_a_day": {"offer": {**OFFER, "term": {"form": "fixed_end", "ends_on": "2029-12-31"}}},
    "two_owners": {
        "offer": {
            **OFFER,
            "patentees": [
                {"party_id": UNIVERSITY, "consent": DOCUMENT, "share": {"percent": "60", "basis": "agreement"}},
                {"party_id": COMPANY, "consent": ANOTHER_DOCUMENT, "share": {"percent": "40", "basis": "agreement"}},
            ],
        }
    },
}
_WITH_BARS: Examples = {**_OFFERS, "with_bars": {"offer": OFFER, "bars": NOES}}
_BARS: Examples = {
    "none": {"bars": NOES},
    "one_exists": {"bars": [{"bar": "E4", "answer": "yes", "since": DAY}, *NOES[4:]]},
}
_LINE = {"bank": "中国银行", "account": "6217000010001234567", "serial": "00420017A"}
_BOOKING = {"line": _LINE, "amount": AMOUNT, "paid_on": DAY, "payer": COMPANY}
_PAYOUT_LINE = {"line": COMPANY}
_CLAIM = {"claimant": UNIVERSITY, "credit_code": CREDIT_CODE}
_STATED = {"item_id": "2026-1", "received": AMOUNT, "received_on": DAY, "contract": "2026440305000001"}
_CLAIMS: Examples = {
    "a_receipt_of_the_platform": sample(SubmitClaim, **_CLAIM),
    "from_outside": sample(SubmitClaim, **_CLAIM, lines=[{"stated": _STATED, "evidence": [DOCUMENT]}]),
}
_SHARES = [{"party": COMPANY, "percent": "60"}, {"party": "44444444-4444-4444-8444-444444444444", "percent": "40"}]
_COSTS = {"transaction_taxes": "0.00", "upkeep": "1200.00", "direct": "0.00", "other": "0.00"}
_UNIT = {"unit": UNIVERSITY, "state_set": True, "region": "guangdong.shenzhen"}
_RULE = {"kind": "internal_rule", "document": DOCUMENT, "from_on": "2024-01-01", "basis": "net_income"}
_SALES: Examples = {
    "net_sales": {"period": 1, "sales": {"net_sales": "500000.00"}},
    "units": {"period": 1, "sales": {"units": 1200}},
    "profit": {"period": 1, "sales": {"profit": "80000.00"}},
}
_OF_AN_ACT: dict[type[BaseModel], Examples] = {
    d.Submit: _WITH_BARS,
    d.Resubmit: _WITH_BARS,
    d.MarkFiled: {"none": {"office_receipt_number": "2026112000001", **_BARS["none"]}},
    d.CheckStatus: _BARS,
    CorrectFact: {
        "an_amount": sample(CorrectFact, replacement={"amount": "9000.00"}),
        "a_day": sample(CorrectFact, replacement={"on": "2026-11-19"}),
        "an_offer": sample(CorrectFact, replacement={"offer": {**OFFER, "title": "一种升降式独管通讯塔"}}),
    },
    r.ReportSales: _SALES,
    r.BookReceipt: {
        "for_one_due": {**_BOOKING, "allocations": [{"obligation": "due:1", "amount": AMOUNT}]},
        "too_much": {
            **_BOOKING,
            "allocations": [
                {"obligation": "due:1", "amount": "9000.00"},
                {"obligation": "credit", "amount": "1000.00"},
            ],
        },
        "a_part_of_a_line": {
            **{**_BOOKING, "line_amount": "25000.00"},
            "allocations": [{"obligation": "due:1", "amount": AMOUNT}],
        },
    },
    p.StateFacts: {
        "signed_shares": {
            "facts": {**_UNIT, "contributions": {"document": DOCUMENT, "shares": _SHARES}},
            "costs": _COSTS,
        },
        "rule_of_the_unit": {
            "facts": {
                **_UNIT,
                "rules": [
                    {
                        **_RULE,
                        "shares": [
                            {"party": "55555555-5555-4555-8555-555555555555", "kind": "team", "percent": "70"},
                            {"party": UNIVERSITY, "kind": "institution", "percent": "30"},
                        ],
                        "team": _SHARES,
                    }
                ],
            },
            "costs": _COSTS,
        },
    },
    p.InstructPayment: {"a_line": _PAYOUT_LINE},
    p.Paid: {"a_line": sample(p.Paid, **_PAYOUT_LINE)},
    p.ReturnedByBank: {"a_line": sample(p.ReturnedByBank, **_PAYOUT_LINE)},
    p.Adjust: {"a_line": sample(p.Adjust, **_PAYOUT_LINE)},
    SubmitClaim: _CLAIMS,
    SupplementClaim: {name: {**claim, "claim": COMPANY} for name, claim in _CLAIMS.items()},
}


def acts_of(kind: FilingKind) -> tuple[type[Act], ...]:
    """The models of the acts of a kind of filing."""
    return tuple(models_of(kind).values())


def examples_of(model: type[BaseModel]) -> Examples:
    """Bodies of an act, or of another form, by a name each; without what the program gives that asks for it."""
    made = _OF_AN_ACT.get(model) or {"usual": sample(model)}
    return {name: {key: value for key, value in body.items() if key not in OURS} for name, body in made.items()}


def whole(model: type[Act], body: Mapping[str, Any]) -> dict[str, Any]:
    """The act with that body, as a program fills it up."""
    return {**sample(Act, kind=model.model_fields["kind"].default), **body}


def schema_of(model: type[BaseModel], left_out: frozenset[str] = OURS) -> dict[str, Any]:
    """The JSON Schema of a body: of an act without the fields that a program gives."""
    schema = model.model_json_schema(by_alias=True)
    schema["properties"] = {name: one for name, one in schema["properties"].items() if name not in left_out}
    schema["required"] = [name for name in schema.get("required", ()) if name not in left_out]
    used = shapes_used(schema["properties"], schema.get("$defs", {}))
    return {key: value for key, value in schema.items() if key != "$defs"} | ({"$defs": used} if used else {})


def shapes_used(node: Any, shapes: dict[str, Any]) -> dict[str, Any]:
    """The shapes that something rests on, each once."""
    found: dict[str, Any] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).removeprefix("#/$defs/")
            if name in shapes and name not in found:
                found[name] = shapes[name]
                waiting.append(shapes[name])
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return dict(sorted(found.items()))
