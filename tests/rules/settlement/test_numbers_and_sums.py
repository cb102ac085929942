"""A settlement of a scheme that counts, adds up, or asks for some of several criteria: what it pays and holds."""

from uuid import UUID

import pytest

from rules.recompute import differences, recompute
from schemas.standing.surroundings import ClaimedReceipt
from tests.rules.settlement.facts import Run, claim_of, given, paid
from tests.rules.settlement.people import MARCH, line, receipt, with_scheme

OTHER_COMPANY, LICENCES = UUID(int=990), [UUID(int=991 + place) for place in range(3)]


def licensed(name: str, licence: int, **changes: object) -> ClaimedReceipt:
    return receipt(name, "1000", MARCH, licence_id=LICENCES[licence], **changes)


def settled(scheme: str, *receipts: ClaimedReceipt, **stated: str) -> Run:
    run = Run(scheme, 2025, *receipts).called()
    run.accepted(run.claim(*(line(f"r{place}", **stated) for place in range(len(receipts)))))
    return run


def test_the_platform_knows_who_the_licensees_are(monkeypatch: pytest.MonkeyPatch) -> None:
    clause = "thresholds: [{per: year, count_of: counterparty, count_at_least: 2}]"
    scheme = with_scheme(monkeypatch, "T-TWO", clause)
    same = [licensed("r0", 0), licensed("r1", 1)]
    assert given(settled(scheme, *same, counterparty="whoever is stated")) == ("0.00", "0.00")
    run = settled(scheme, licensed("r0", 0), licensed("r1", 1, licensee=OTHER_COMPANY))
    assert paid(run) == ["200.00"]
    made = next(fact.made.determinations[0] for fact in run.locked().facts if fact.made.determinations)
    assert differences(made, recompute(made)) == ()


def test_a_line_that_is_held_reserves_what_the_number_of_contracts_would_bring(monkeypatch: pytest.MonkeyPatch) -> None:
    clauses = (
        'items: [{fact: registered, one_of: ["yes"]}]',
        "thresholds: [{per: year, count_of: contract, count_at_least: 2}]",
    )
    scheme = with_scheme(monkeypatch, "T-CONTRACTS", *clauses)
    waits = {"registered": "no", "registered_not_yet": True, "registered_on": None, "registered_class": None}
    waits |= {"registered_amount": None, "contract_registered_amount": None}
    run = settled(scheme, licensed("r0", 0), licensed("r1", 1, **waits))
    assert given(run) == ("0.00", "200.00")  # alone the first is one contract
    run.knows(licensed("r0", 0), licensed("r1", 1))
    assert given(run) == ("200.00", "0.00")


def test_a_sum_of_parts_is_paid_within_the_caps_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = (
        'amount: {sum: [{rate: "0.10", caps: [{per: year, amount: "150"}]}, '
        '{base: {measure: count, count_of: contract}, each: "40", caps: [{per: year, amount: "100"}]}]}'
    )
    scheme = with_scheme(monkeypatch, "T-SUM", parts)
    run = settled(scheme, *(licensed(f"r{place}", place) for place in range(3)))
    assert paid(run) == ["250.00"]  # 150 of 300, and 100 of 120


def test_criteria_of_items_reject_the_line_with_their_clause_and_hold_it_while_they_are_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = '{fact: exploited, one_of: ["yes"]}, {fact: patent_kind, one_of: [design]}'
    among = f"{known}, {{fact: other.batch, one_of: [first]}}"
    scheme = with_scheme(monkeypatch, "T-TWO-OF-THREE", f"criteria: [{{met: 2, items: [{among}]}}]")
    run = settled(scheme, licensed("r0", 0))
    assert (claim_of(run).state, given(run)) == ("held", ("0.00", "100.00"))
    assert claim_of(run).lines[0].because == "art. 1: other.batch is first; other.batch is not known"
    run = settled(scheme, licensed("r0", 0), exploited="no")
    assert claim_of(run).state == "rejected"
    assert "0 of at least 2 of: exploited is yes" in claim_of(run).lines[0].because
