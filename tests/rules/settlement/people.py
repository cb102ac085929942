"""Who takes part in the settlements of these tests, their receipts, and schemes of their own."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest

from rules.law.calendar import Calendar
from rules.law.yaml_text import parse_yaml, typed
from rules.schemes import catalogue
from rules.schemes.catalogue import bundled_schemes, parse_scheme
from rules.settlement import conditions as settlement_conditions
from rules.settlement import guards as settlement_guards
from schemas.standing.surroundings import ClaimedReceipt, OwnerView
from schemas.values.actor import Role
from schemas.values.credit_code import credit_code_of
from schemas.values.determination import Answer3
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind

CALENDAR = Calendar.bundled()
AUTHORITY, UNIVERSITY, COMPANY, SECOND, LICENCE = (UUID(int=number) for number in range(201, 206))
OFFICER, OTHER_OFFICER, FIRST, SECOND_APPROVER, TREASURY, CLERK = (UUID(int=number) for number in range(301, 307))
PAPER = "a" * 64
SELLER, BUYER, SHENZHEN = "WH-2025-SELLER-2PCT", "WH-2022-BUYER-10PCT", "SZ-2021-UNIV-5PCT"
PEOPLE = {
    Role.SCHEME_OFFICER: OFFICER,
    Role.FIRST_SCHEME_APPROVER: FIRST,
    Role.SECOND_SCHEME_APPROVER: SECOND_APPROVER,
    Role.TREASURY: TREASURY,
    Role.LICENSOR: CLERK,
    Role.CLAIMANT: CLERK,
    Role.LICENSEE: CLERK,
}
MARCH, DECEMBER, JANUARY = date(2025, 3, 3), date(2025, 12, 31), date(2026, 1, 2)
ROLES = {
    "activate": Role.FIRST_SCHEME_APPROVER,
    "submit_claim": Role.CLAIMANT,
    "supplement_claim": Role.CLAIMANT,
    "withdraw_claim": Role.CLAIMANT,
    "recommend": Role.DISTRICT_RECOMMENDER,
    "decline": Role.DISTRICT_RECOMMENDER,
    "object": Role.CLAIMANT,
    "approve": Role.FIRST_SCHEME_APPROVER,
    "pay": Role.TREASURY,
    "returned": Role.BANK,
    "recovered": Role.BANK,
    "pass_day": Role.TIMER,
    "surroundings_changed": Role.TIMER,
    "take_over": Role.OPERATOR,
}
OWN_SCHEME = """
id: {id}
title_zh: 测试方案
title_en: A scheme of these tests
region: guizhou
beneficiary: licensor
versions:
  - from: 2020-01-01
    cite: {{provision: art. 1, instrument: rules of these tests}}
    mark: V1
    checked_on: 2026-11-15
    base: {{measure: received}}
{more}
"""


def with_scheme(monkeypatch: pytest.MonkeyPatch, scheme_id: str, *clauses: str) -> str:
    """A scheme of ten percent of what arrived in the year, with more clauses; its id."""
    usual = {
        "window": "window: {decided_by: received_on}",
        "status": "status: in_force",
        "amount": 'amount: {rate: "0.10"}',
    }
    named = [clause.split(":")[0] for clause in clauses]
    more = [*(clause for key, clause in usual.items() if key not in named), *clauses]
    text = OWN_SCHEME.format(id=scheme_id, more="\n".join(f"    {one}" for one in more))
    schemes = {**catalogue.bundled_schemes(), scheme_id: parse_scheme(parse_yaml(text, scheme_id, typed), scheme_id)}
    for module in (catalogue, settlement_conditions, settlement_guards):
        monkeypatch.setattr(module, "bundled_schemes", lambda: schemes)
    assert scheme_id not in bundled_schemes()
    return scheme_id


def yuan(amount: str) -> Money:
    return Money.of(amount)


def code(who: UUID) -> str:
    return credit_code_of(f"{who.int:017d}")


def number(name: str) -> UUID:
    """The id of a receipt by its name."""
    return uuid5(LICENCE, name)


def receipt(name: str, amount: str, on: date, **changes: Any) -> ClaimedReceipt:
    """A registered licence's receipt, net; the university licenses, the company pays."""
    return ClaimedReceipt.model_validate(
        {
            "receipt_id": number(name),
            "licence_id": LICENCE,
            "licensors": (OwnerView(party_id=UNIVERSITY),),
            "licensee": COMPANY,
            "received_on": on,
            "paid_on": on,
            "amount": yuan(amount),
            "registered": Answer3.YES,
            "registered_on": date(on.year, 1, 5),
            "registered_class": "transfer",
            "registered_amount": yuan(amount),
            "contract_registered_amount": yuan("900000000"),
            "patent_number": "201910065946.9",
            "patent_kind": PatentKind.INVENTION,
            **changes,
        }
    )


def line(name: str, **stated: Any) -> dict[str, Any]:
    """A line of a claim for a receipt of the platform."""
    counterparty = {
        "counterparty_kind": "enterprise",
        "counterparty_region": "hubei.wuhan",
        "exploited": "yes",
        **stated,
    }
    return {"receipt_id": str(number(name)), "stated": counterparty, "evidence": [PAPER]}
