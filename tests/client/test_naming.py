"""The same act has the same id through every channel; what has no natural key is new each time."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter

from client.naming import named
from schemas.acts.beginning import BEGINNINGS, natural_act_id
from schemas.acts.declaration import DECLARATION_ACT
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.payout import PAYOUT_ACT
from schemas.values.identifiers import act_id_of, declaration_id_of, licence_id_of, payout_id_of

FILING, PARTY = UUID(int=1), UUID(int=2)
FORMS: dict[str, TypeAdapter[Any]] = {"declaration": DECLARATION_ACT, "licence": LICENCE_ACT, "payout": PAYOUT_ACT}
GAZETTE = {"issue": "42-46", "item": "7"}


def act(filing_kind: str, act_kind: str, **fields: Any) -> Any:
    by = {"role": fields.pop("role", "office"), "party_id": str(uuid4())}
    return FORMS[filing_kind].validate_python(
        {"kind": act_kind, "act_id": uuid4(), "filing_id": FILING, "by": by, "on": "2026-11-20", **fields}
    )


def receipt(serial: str, amount: str) -> Any:
    return act(
        "licence",
        "book_receipt",
        line={"bank": "ICBC", "account": "1", "serial": serial},
        amount=amount,
        paid_on="2026-11-20",
        payer=PARTY,
        allocations=[{"obligation": "due:1", "amount": amount}],
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            act("declaration", "announce", declaration_number="K-1", gazette=GAZETTE),
            act("declaration", "announce", declaration_number="K-1", gazette=GAZETTE, role="operator"),
        ),
        (
            act("declaration", "announce_withdrawal", gazette=GAZETTE),
            act("declaration", "announce_withdrawal", gazette=GAZETTE),
        ),
        (act("licence", "record", recordal_number="X1"), act("licence", "record", recordal_number="X1")),
        (receipt("0042", "5.00"), receipt("0042", "5.00")),
        (
            act("payout", "paid", line="person:1", bank_serial="9", amount="5"),
            act("payout", "paid", line="person:1", bank_serial="9", amount="5"),
        ),
    ],
)
def test_a_repeat_through_another_channel_has_the_same_id(one: Any, other: Any) -> None:
    assert natural_act_id(one) is not None
    assert named(one, filing_id=FILING).act_id == named(other, filing_id=FILING).act_id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (act("licence", "record", recordal_number="X1"), act("licence", "record", recordal_number="X2")),
        (receipt("0042", "5.00"), receipt("0043", "5.00")),
        (
            act("declaration", "announce_withdrawal", gazette=GAZETTE),
            act("declaration", "announce_withdrawal", gazette={**GAZETTE, "item": "8"}),
        ),
        (act("licence", "retract", role="licensee"), act("licence", "retract", role="licensee")),
    ],
)
def test_different_acts_have_different_ids(one: Any, other: Any) -> None:
    assert named(one, filing_id=FILING).act_id != named(other, filing_id=FILING).act_id


def test_a_day_passed_from_outside_is_the_day_the_timer_would_have_passed() -> None:
    assert natural_act_id(act("licence", "pass_day", role="timer")) == act_id_of("pass_day", FILING, "2026-11-20")


def test_a_filing_is_named_by_what_begins_it() -> None:
    notice = named(act("licence", "give_notice", declaration_id=FILING, licensee=PARTY, n=2, role="licensee"))
    assert notice.filing_id == licence_id_of(FILING, PARTY, 2)
    assert notice.act_id == act_id_of("notice", FILING, PARTY, 2)
    payout = named(act("payout", "determine", parent_id=FILING, unit=PARTY, subject="grant", role="finance"))
    assert payout.filing_id == payout_id_of(FILING, PARTY, "grant")
    assert payout.act_id == act_id_of("determine", payout.filing_id)
    draft = act(
        "declaration",
        "save_draft",
        role="licensor",
        offer={
            "patent_number": "201910065946.9",
            "title": "A",
            "patentees": [{"party_id": PARTY}],
            "filed_on": "2019-01-24",
            "granted_on": "2020-05-05",
            "royalty": {"form": "free"},
            "term": {"form": "until_patent_ends"},
            "contact": PARTY,
            "commitments": True,
            "fee_explanation": "as agreed",
        },
    )
    first = named(draft)
    assert first.filing_id == declaration_id_of(first.act_id)
    assert named(draft, filing_id=first.filing_id).filing_id == first.filing_id


def test_only_first_acts_begin_a_filing() -> None:
    assert type(act("licence", "give_notice", declaration_id=FILING, licensee=PARTY, n=1)) in BEGINNINGS
    assert type(act("licence", "retract")) not in BEGINNINGS
