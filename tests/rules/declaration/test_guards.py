"""What a declaration is refused for, field by field (rules 85, 86; Guidelines V-11-3, 4)."""

from datetime import date
from typing import Any

import pytest

from rules.declaration.guards import guard_declaration
from rules.declaration.position import derive_declaration
from rules.filing.scene import Verdict
from rules.law.calendar import Calendar
from schemas.acts.declaration import DeclarationAct
from schemas.standing.surroundings import DeclarationSurroundings, RegisterView
from schemas.statements.bars import Bar
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from tests.rules.declaration.declarations import LICENSOR, PAPER, UTILITY_MODEL, act, announced, filed, offer, recorded
from texts.words import refusal_text

CALENDAR = Calendar.bundled()
PARTNER, AGENCY = derived_id("test", "partner"), derived_id("test", "agency")
TITLE = "一种信息处理方法"
BOTH = [{"party_id": LICENSOR}, {"party_id": PARTNER}]
AGREED = [{**one, "consent": f"{n}b" * 32} for n, one in enumerate(BOTH)]
BY_AGENCY = {"party_id": AGENCY, "code": "11111", "power_of_attorney": PAPER}
MODEL = {"patent_number": UTILITY_MODEL, "filed_on": "2020-06-03", "granted_on": "2021-02-02"}
OLD: dict[str, Any] = {"patent_number": "02139508.X", "filed_on": "2002-08-21", "granted_on": "2005-01-05"}


def report(conclusion: str, issued_on: str = "2024-03-01") -> dict[str, Any]:
    return {"document": PAPER, "issued_on": issued_on, "conclusion": conclusion}


def register(number: str = "201910065946.9", **row: Any) -> DeclarationSurroundings:
    seen = {"patent_number": number, "kind": "invention", "status": "granted", "source": "office", **row}
    return DeclarationSurroundings(register_row=RegisterView.model_validate(seen))


def judged(asked: DeclarationAct, *before: DeclarationAct, at: DeclarationSurroundings | None = None) -> Verdict:
    at, facts = at or register(), recorded(*before)
    position = derive_declaration(facts, at, CALENDAR) if facts else None
    return guard_declaration(asked, position, facts, at, CALENDAR)


def refused(asked: DeclarationAct, *before: DeclarationAct, at: DeclarationSurroundings | None = None) -> list[str]:
    return [one.code for one in judged(asked, *before, at=at).refusals]


def submit(on: str = "2025-01-06", bars: tuple[Any, ...] = (), **changes: Any) -> DeclarationAct:
    return act("submit", on, role=Role.LICENSOR, offer=offer(**changes), bars=bars)


def answers(on: str, **answered: str) -> list[dict[str, Any]]:
    return [
        {
            "bar": bar,
            "answer": answered.get(bar.value, "no"),
            "evidence": PAPER,
            "checked_on": on,
            **({"since": on} if answered.get(bar.value) == "yes" else {}),
        }
        for bar in Bar
    ]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"patentees": BOTH}, ["consent_missing", "consent_missing"]),
        ({"patentees": AGREED}, []),
        ({"patentees": BOTH, "co_owner_agreement": PAPER}, []),
        ({"patentees": [{"party_id": LICENSOR, "domicile": "foreign"}]}, ["agency_mandatory"]),
        ({"patentees": [{"party_id": LICENSOR, "domicile": "hong_kong_macao_taiwan"}]}, ["agency_mandatory"]),
        ({"agency": BY_AGENCY}, ["agency_needs_consents"]),
        ({"agency": BY_AGENCY, "patentees": AGREED}, []),
        ({"commitments": False}, ["commitments_missing"]),
        ({"regime": "pilot"}, ["pilot_not_declared"]),
        ({"term": {"form": "fixed_end", "ends_on": "2039-01-24"}}, ["term_beyond_patent"]),
        ({"term": {"form": "fixed_end", "ends_on": "2039-01-23"}}, []),
        ({"fee_explanation": "行业第一，稳赚"}, ["advertising_words"]),
        (MODEL, ["evaluation_report_missing"]),
        ({**MODEL, "evaluation_report": report("conditions_met")}, []),
        ({**MODEL, "evaluation_report": report("conditions_not_met")}, ["evaluation_report_negative"]),
        ({"filed_on": "2020-01-24"}, ["number_year_differs"]),
        ({**MODEL, "evaluation_report": {**report("conditions_met"), "issued_on": "2025-01-06"}}, []),
        (
            {**MODEL, "evaluation_report": {**report("conditions_met"), "issued_on": "2025-01-07"}},
            ["paper_of_the_future"],
        ),
        ({"patentees": [{**one, "consent": PAPER} for one in BOTH]}, ["paper_twice"]),
        (
            {"patentees": BOTH, "co_owner_agreement": PAPER, **MODEL, "evaluation_report": report("conditions_met")},
            ["paper_twice"],
        ),
        ({"fee_explanation": "略"}, ["fee_explanation_short"]),
        ({"fee_explanation": "……"}, ["fee_explanation_short"]),
        ({"fee_explanation": "免费许可"}, []),
    ],
)
def test_a_declaration_is_complete_and_within_the_law(changes: dict[str, Any], codes: list[str]) -> None:
    number = changes.get("patent_number", "201910065946.9")
    assert refused(submit(**changes), at=register(number)) == codes


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"status": "pending"}, ["patent_pending"]),
        ({"status": "refused"}, ["application_refused"]),
        ({"status": "lapsed"}, ["right_ended"]),
        ({"status": "lapsed", "ended_on": "2025-01-06"}, ["right_ended"]),
        ({"status": "lapsed", "ended_on": "2025-01-07"}, []),
        ({"status": "invalidated"}, ["right_invalidated"]),
        ({"filed_on": "2019-01-23"}, ["differs_from_register"]),
        ({"granted_on": "2021-03-05", "title": TITLE}, ["differs_from_register"]),
        ({"title": "另一种方法"}, ["differs_from_register"]),
        ({"status": "unknown"}, []),
    ],
)
def test_what_the_register_says_of_the_patent_counts(row: dict[str, Any], codes: list[str]) -> None:
    assert refused(submit(), at=register(**row)) == codes


@pytest.mark.parametrize(
    "typed",
    [
        "一种LED灯(带散热)",
        "一种ＬＥＤ灯（带散热）",
        "一种LED灯 （带散热）",
        "一种LED灯\n（带散热）",
        "一种LED\u200b灯（带散热）",
    ],
)
def test_a_title_is_the_registers_however_it_is_written(typed: str) -> None:
    at = register(title="一种LED灯（带散热）")
    assert "differs_from_register" not in refused(submit(title=typed), at=at)
    assert "differs_from_register" in refused(submit(title="一种LED灯（不带散热）"), at=at)


def test_a_patent_that_the_register_does_not_know_is_refused() -> None:
    assert refused(submit(), at=DeclarationSurroundings()) == ["patent_not_in_register"]


def test_a_declaration_before_the_grant_is_refused() -> None:
    assert refused(submit(granted_on="2025-01-07")) == ["declared_before_grant"]


@pytest.mark.parametrize(("on", "codes"), [("2022-08-19", []), ("2022-08-20", []), ("2022-08-21", ["patent_expired"])])
def test_an_old_number_of_eight_digits_is_declared_until_the_last_day_of_its_twenty_years(
    on: str, codes: list[str]
) -> None:
    asked = submit(on, **OLD, term={"form": "until_patent_ends"})
    assert refused(asked, at=register(OLD["patent_number"])) == codes


def test_a_utility_model_with_an_old_number_has_been_over_for_long() -> None:
    asked = submit(
        **{**OLD, "patent_number": "02239508.3"},
        evaluation_report=report("conditions_met"),
        term={"form": "until_patent_ends"},
    )
    assert "patent_expired" in refused(asked, at=register("02239508.3"))


@pytest.mark.parametrize(
    ("royalty", "warned"),
    [
        ({"form": "lump_sum", "amount": "20000000.00"}, []),
        ({"form": "lump_sum", "amount": "20000000.01"}, ["fixed_fee_above_cap"]),
        ({"form": "running", "base": "net_sales", "rates": [{"from_year": 1, "percent": "20"}], "period": "year"}, []),
        (
            {"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": "40.1"}], "period": "year"},
            ["running_rate_above_cap"],
        ),
        (
            {"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": "0.03"}], "period": "year"},
            ["running_rate_as_fraction"],
        ),
    ],
)
def test_caps_are_warnings_and_never_refusals(royalty: dict[str, Any], warned: list[str]) -> None:
    verdict = judged(submit(royalty=royalty))
    assert (verdict.refusals, [one.code for one in verdict.warnings]) == ((), warned)


def test_a_declaration_with_a_bar_that_exists_is_refused_with_its_article() -> None:
    asked = judged(submit(bars=tuple(answers("2025-01-06", E3="yes"))))
    assert [one.code for one in asked.refusals] == ["bar_exists"]
    assert "86(3)" in refusal_text(asked.refusals[0]).article


@pytest.mark.parametrize(
    ("looked_on", "answered", "codes"),
    [
        ("2025-01-10", {}, []),
        ("2024-12-11", {}, []),
        ("2024-12-10", {}, ["bar_unknown"] * 7),  # E7 and E8 are no questions for an invention
        ("2025-01-10", {"E4": "unknown"}, ["bar_unknown"]),
        ("2025-01-10", {"E1": "yes"}, ["bar_exists"]),
    ],
)
def test_nothing_is_filed_with_a_bar_or_with_evidence_older_than_thirty_days(
    looked_on: str, answered: dict[str, str], codes: list[str]
) -> None:
    bars = answers(looked_on, **answered)
    asked = act("mark_filed", "2025-01-10", role=Role.OPERATOR, office_receipt_number="R-1", bars=bars)
    assert refused(asked, submit()) == codes


def test_drafts_and_resubmissions_come_in_turn_and_stay_with_their_patent() -> None:
    draft = act("save_draft", "2025-01-02", role=Role.LICENSOR, offer=offer(), revision=2)
    assert refused(draft) == ["round_out_of_order"]
    back = act("return", "2025-01-07", reasons=[{"field": "fee_explanation", "reason": "x"}])
    again = act("resubmit", "2025-01-08", role=Role.LICENSOR, offer=offer(), round=1)
    assert refused(again, submit(), back) == []
    assert refused(again.but(round=2), submit(), back) == ["round_out_of_order"]
    other = act(
        "resubmit",
        "2025-01-08",
        role=Role.LICENSOR,
        round=1,
        offer=offer(**MODEL, evaluation_report=report("conditions_met")),
    )
    assert refused(other, submit(), back, at=register(UTILITY_MODEL)) == ["other_patent"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"ground": "legitimate_reason", "reason": PAPER}, []),
        ({"ground": "legitimate_reason"}, ["withdrawal_reason_missing"]),
        ({"ground": "legitimate_reason", "reason": PAPER, "condition": "if paid"}, ["withdrawal_conditional"]),
        ({"ground": "bar"}, ["withdrawal_without_bar"]),
    ],
)
def test_a_withdrawal_has_a_ground_and_no_condition(fields: dict[str, Any], codes: list[str]) -> None:
    asked = act("file_withdrawal", "2025-05-05", role=Role.LICENSOR, **fields)
    assert refused(asked, submit(), filed(), announced()) == codes


def test_a_bar_is_a_ground_to_withdraw_only_while_it_is_there() -> None:
    since, until = act("report_bar", "2025-04-01", bar="E3"), act("clear_bar", "2025-05-04", bar="E3")
    asked = act("file_withdrawal", "2025-05-05", role=Role.LICENSOR, ground="bar")
    assert refused(asked, submit(), filed(), announced(), since) == []
    assert refused(asked, submit(), filed(), announced(), since, until) == ["withdrawal_without_bar"]


def test_all_co_owners_consent_to_a_withdrawal() -> None:
    life = submit(patentees=AGREED), filed(), announced(), act("report_bar", "2025-04-01", bar="E2")
    asked = act("file_withdrawal", "2025-05-05", role=Role.LICENSOR, ground="bar", consents=[PAPER])
    assert refused(asked, *life) == ["withdrawal_consents_missing"]
    assert refused(asked.but(consents=(PAPER, "cd" * 32)), *life) == []


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"stage": "in_force", "announced_on": "2025-02-14"}, []),
        ({"stage": "in_force"}, ["announcement_day_missing"]),
        ({"stage": "submitted", "regime": "pilot"}, ["regimes_differ"]),
        ({"stage": "submitted", "regime": "pilot", "offer": offer(regime="pilot")}, []),
        ({"stage": "in_force", "regime": "pilot", "offer": offer(regime="pilot")}, ["pilot_never_in_force"]),
    ],
)
def test_what_is_taken_over_is_consistent_and_a_pilot_listing_never_in_force(
    fields: dict[str, Any], codes: list[str]
) -> None:
    asked = act("take_over", "2025-03-01", evidence=[PAPER], **{"offer": offer(), "regime": "statutory", **fields})
    assert refused(asked) == codes


def test_under_the_old_rules_the_terms_are_not_measured_by_the_new_ones() -> None:
    early = submit("2023-06-01", royalty={"form": "lump_sum", "amount": "30000000.00"})
    assert judged(early) == Verdict()
    assert date(2024, 1, 20) > early.on
