"""The claims of a call: what is held is reserved, what is sure is paid, and nobody's answer costs another one money."""

from typing import Any

import pytest

from rules.schemes.cases import recompute, run_scheme_case
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Determination
from schemas.values.refusal import Refused
from tests.rules.schemes.scheme_files import LAST_DAY, item, lines, scheme

TEN_PERCENT = scheme(
    amount={"rate": "0.10"}, caps=[{"per": "year", "amount": "1000"}], budget={"when_short": "pro_rata"}
)


def claim(name: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"claim_id": name, "facts": {"items": list(items)}, **more}


def call(*claims: dict[str, Any], of: Scheme = TEN_PERCENT, **facts: Any) -> Determination:
    made = run_scheme_case(of, {"claims": list(claims), **facts}, LAST_DAY)
    assert recompute(made) == made
    return made


def test_a_held_line_is_reserved_and_the_rest_is_paid() -> None:
    made = call(claim("A", item("sure", "3000"), item("held", "1000", held=True)), budget="1000")
    assert lines(made) == {"A.payable": "300.00", "A.reserved": "100.00"}


def test_of_a_short_budget_the_held_line_keeps_its_part() -> None:
    # 400 and 400 claimed, 600 there: 300 each; of A three quarters are sure
    made = call(
        claim("A", item("sure", "3000"), item("held", "1000", held=True)), claim("B", item("B", "4000")), budget="600"
    )
    assert lines(made) == {"A.payable": "225.00", "A.reserved": "75.00", "B.payable": "300.00"}


def test_what_the_cap_would_cut_anyhow_is_not_reserved() -> None:
    made = call(claim("A", item("sure", "12000"), item("held", "1000", held=True)), budget="5000")
    assert lines(made) == {"A.payable": "1000.00"}


def test_a_related_party_that_nobody_decided_on_is_held_where_the_scheme_is_silent() -> None:
    related = item("related", "1000", related="yes")
    assert lines(call(claim("A", item("sure", "3000"), related), budget="1000")) == {
        "A.payable": "300.00",
        "A.reserved": "100.00",
    }
    decided = call(claim("A", item("sure", "3000"), {**related, "related_decision": "excluded"}), budget="1000")
    assert lines(decided) == {"A.payable": "300.00"}


def test_a_claim_of_held_lines_only_is_reserved_whole() -> None:
    made = call(claim("A", item("held", "1000", held=True)), budget="60")
    assert lines(made) == {"A.payable": "0.00", "A.reserved": "60.00"}


def test_a_held_claim_names_no_payer() -> None:
    halves = scheme(
        funding={"parts": [{"payer": "city", "share": "1/2"}, {"payer": "district", "share": "1/2"}], "odd_fen": "city"}
    )
    made = call(claim("A", item("A", "1000"), held=True), claim("B", item("B", "1000.20")), of=halves)
    assert lines(made) == {"A.reserved": "50.00", "B.payable": "50.01", "B.city": "25.01", "B.district": "25.00"}


def test_a_budget_that_nobody_stated_is_asked_for() -> None:
    assert call(claim("A", item("A", "1000"))).unknown == ("budget",)


def test_one_open_question_stops_all_amounts_and_names_the_claim() -> None:
    made = call(claim("A", item("A", "1000")), claim("B", item("B")), budget="10")
    assert made.unknown == ("claims.B.items.B.received",)
    assert made.result == ()


def test_a_condition_that_nobody_answered_is_reserved_and_one_answered_no_is_not() -> None:
    wants = scheme(
        amount={"rate": "0.10"},
        budget={"when_short": "pro_rata"},
        items=[{"fact": "registered", "one_of": ["yes"]}],
        claimant=[{"fact": "kind", "one_of": ["university"]}],
    )

    def who(name: str, *items: dict[str, Any], **claimant: str) -> dict[str, Any]:
        return {"claim_id": name, "facts": {"claimant": {"claimant": name, **claimant}, "items": list(items)}}

    made = call(
        who("A", item("A1", "1000", registered="yes"), item("A2", "3000"), kind="university"),
        who("B", item("B", "2000", registered="yes")),
        who("C", item("C", "9000", registered="no"), kind="university"),
        of=wants,
        budget="300",
    )
    assert lines(made) == {  # 600 claimed, 300 there: half
        "A.payable": "50.00",
        "A.reserved": "150.00",
        "B.reserved": "100.00",
        "C.payable": "0.00",
    }
    assert {name: made.answers[name] for name in made.answers if name.endswith("waits_for")} == {
        "A.waits_for": "items.A2.registered",
        "B.waits_for": "claimant.kind",
    }


def test_first_come_is_by_the_instant_of_receipt_and_then_by_the_name() -> None:
    first_come = scheme(amount={"rate": "1"}, budget={"when_short": "first_come"})
    late = claim("A", item("A", "10"), received_at="2026-03-01T10:00:00+08:00")
    early = claim("C", item("C", "10"), received_at="2026-03-01T01:00:00+00:00")  # nine in the morning
    same = claim("B", item("B", "10"), received_at="2026-03-01T09:00:00+08:00")
    assert lines(call(late, early, same, of=first_come, budget="15")) == {
        "B.payable": "10.00",
        "C.payable": "5.00",
        "A.payable": "0.00",
    }


def test_one_claimant_has_one_claim_since_each_would_get_the_cap() -> None:
    mine = {"claimant": {"claimant": "91420100"}, "items": [item("A", "1000")]}
    with pytest.raises(Refused, match="claim_twice"):
        run_scheme_case(
            TEN_PERCENT, {"claims": [{"claim_id": "A", "facts": mine}, {"claim_id": "B", "facts": mine}]}, LAST_DAY
        )
