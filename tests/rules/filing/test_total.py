"""A position exists for every set of facts, on whichever days: where the law of a day is not known, nothing fails."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.declaration.position import derive_declaration
from rules.law.calendar import Calendar
from rules.licence.position import derive_licence
from rules.payout.position import derive_payout
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.standing.surroundings import DeclarationSurroundings, ReceiptView
from schemas.statements.bars import Bar
from schemas.values.actor import Role
from tests.rules.declaration import declarations as of_declaration
from tests.rules.licence import story as of_licence
from tests.rules.payout import facts as payouts
from tests.rules.remuneration.facts import P1, PAPER, costs, unit, yuan

CALENDAR = Calendar.bundled()
ANY_DAY = st.dates(date(1985, 4, 1), date(2098, 12, 31))
DAY = st.one_of(ANY_DAY, st.dates(date(2010, 1, 1), date(2026, 12, 31)))
PATENTS = st.sampled_from(
    [
        ("85100001.0", date(1985, 4, 1)),
        ("93100101.3", date(1993, 2, 1)),
        ("02139508.X", date(2002, 8, 21)),
        ("02239508.3", date(2002, 8, 21)),
        ("02339508.7", date(2002, 8, 21)),
        ("201910065946.9", date(2019, 1, 24)),
        ("202030987643.6", date(2020, 12, 31)),
    ]
)
_OFFICE = (
    "announce",
    "refuse",
    "take_back_filing",
    "announce_withdrawal",
    "terminate",
    "revoke",
    "refuse_withdrawal",
    "report_transfer",
    "report_abandonment",
    "restore_right",
    "annul_decision",
    "confirm_end",
)
_FIELDS: dict[str, dict[str, Any]] = {
    "announce": {"declaration_number": "KF-1", "gazette": of_declaration.GAZETTE},
    "refuse": {"ground": "rule 86"},
    "announce_withdrawal": {"gazette": of_declaration.GAZETTE},
    "revoke": {"ground": "false"},
    "refuse_withdrawal": {"reasons": "x"},
    "confirm_end": {"gazette": of_declaration.GAZETTE},
}


@st.composite
def declaration_lives(draw: st.DrawFn) -> list[DeclarationAct]:
    number, filed_on = draw(PATENTS)
    ends = draw(st.none() | DAY)
    offer = of_declaration.offer(
        patent_number=number,
        filed_on=filed_on,
        granted_on=filed_on + timedelta(days=draw(st.integers(0, 2000))),
        offer_ends_on=ends,
    )
    make = of_declaration.act
    acts = [make("submit", str(draw(DAY)), role=Role.LICENSOR, offer=offer)]
    for n in range(draw(st.integers(0, 8))):
        day = str(draw(DAY))
        match draw(st.integers(0, 4)):
            case 0 | 1:
                kind = draw(st.sampled_from(_OFFICE))
                acts.append(make(kind, day, n, role=Role.OFFICE, **_FIELDS.get(kind, {})))
            case 2:
                noticed = draw(st.none() | DAY)
                cause = draw(st.sampled_from(["lapse", "total_invalidation", "abandonment", "expiry"]))
                acts.append(make("report_patent_end", day, n, role=Role.OFFICE, cause=cause, noticed_on=noticed))
            case 3:
                kind = draw(st.sampled_from(["report_bar", "clear_bar"]))
                acts.append(make(kind, day, n, bar=draw(st.sampled_from(Bar))))
            case _:
                acts.append(make("pass_day", day, n, role=Role.TIMER))
    return acts


@settings(max_examples=150)
@given(declaration_lives())
def test_a_declaration_stands_somewhere_on_any_day(acts: list[DeclarationAct]) -> None:
    position = derive_declaration(of_declaration.recorded(*acts), DeclarationSurroundings(), CALENDAR)
    assert position.stage
    assert all(one.by for one in position.deadlines)
    assert all(one.closed_on is None or one.closed_on >= one.opened_on for one in position.tasks)


@st.composite
def licence_lives(draw: st.DrawFn) -> list[LicenceAct]:
    kinds = (
        "pay",
        "file_recordal",
        "record",
        "refuse_recordal",
        "cancel_recordal",
        "apply",
        "accept",
        "register",
        "refuse_registration",
        "permit_needed",
        "permit_issued",
        "terminate",
        "book_receipt",
        "pass_day",
        "ask_supplement",
    )
    acts = [of_licence.act("give_notice", str(draw(DAY)), foreign_licensee=draw(st.booleans()))]
    acts += [
        of_licence.act(draw(st.sampled_from(kinds)), str(draw(DAY)), again=n) for n in range(draw(st.integers(0, 8)))
    ]
    return list({one.act_id: one for one in acts}.values())


@settings(max_examples=150)
@given(licence_lives(), st.sampled_from([of_licence.TEN_THOUSAND, of_licence.FREE, of_licence.TWO_PERCENT]), DAY, DAY)
def test_a_licence_stands_somewhere_on_any_day(acts: list[LicenceAct], royalty: Any, since: date, until: date) -> None:
    at = of_licence.offer(royalty, in_force_from=since, ended_on=until, patent_last_day=until)
    assert derive_licence(of_licence.facts(*acts), at, CALENDAR).stage


@settings(max_examples=150)
@given(st.lists(DAY, min_size=6, max_size=6), st.sampled_from(["", "zhejiang", "beijing"]), st.booleans())
def test_a_payout_stands_somewhere_on_any_day(on: list[date], region: str, registered: bool) -> None:
    receipt = ReceiptView(receipt_id="r1", received_on=on[0], amount=yuan("10000"))
    at = payouts.surroundings(receipt).but(contract_registered=registered)
    stated = unit(region=region) if region else unit()
    acts = (
        payouts.act("determine", on[1], parent_id=payouts.LICENCE, unit=stated.unit, subject="r1"),
        payouts.act("state_facts", on[2], facts=stated, costs=costs("0")),
        payouts.act("publish", on[3], notice=PAPER),
        payouts.paid(f"person:{P1}", "100.00", on[4], "b1"),
        payouts.pass_day(on[5]),
    )
    assert derive_payout(payouts.facts_of(*acts), at, CALENDAR).stage
