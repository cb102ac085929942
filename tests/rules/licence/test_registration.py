"""The technology-contract registration of a licence (L-20 to L-22)."""

from datetime import date
from typing import Any

import pytest

from tests.rules.licence.story import FREE, NOTICE, PAID, TWO_PERCENT, act, deadline, keys, offer, position, task, terms

APPLIED = act("apply", "2026-04-01")
ACCEPTED = act("accept", "2026-04-07")
REGISTERED = act("register", "2026-04-20", contract_amount="10000.00", technology_transaction_amount="10000.00")


def test_nobody_is_bound_to_register_and_the_desk_day_is_a_service_day() -> None:
    found = position(NOTICE, PAID)
    desk = deadline(found, "registration")
    assert (found.tracks.registration, desk.basis, desk.by) == ("not_applied", "service", date(2026, 4, 9))


def test_a_free_licence_has_nothing_to_register() -> None:
    found = position(NOTICE, at=offer(FREE))
    assert (found.tracks.registration, "registration" in keys(found.deadlines)) == ("none", False)


@pytest.mark.parametrize(("applied_on", "regime"), [("2026-02-28", "2001"), ("2026-03-01", "2026")])
def test_the_regime_is_the_one_of_the_application_day(applied_on: Any, regime: Any) -> None:
    found = position(act("give_notice", "2026-02-02"), act("pay", "2026-02-03"), act("apply", applied_on))
    assert (found.tracks.registration, found.registration_regime) == ("applied", regime)


def test_the_old_regime_decides_in_thirty_days_from_acceptance() -> None:
    found = position(
        act("give_notice", "2026-02-02"),
        act("pay", "2026-02-03"),
        act("apply", "2026-02-25"),
        act("accept", "2026-03-03"),
    )
    assert deadline(found, "registration_decision").by == date(2026, 4, 2)


@pytest.mark.parametrize(("amount", "by"), [("4999999.99", date(2026, 4, 28)), ("5000000.00", date(2026, 5, 21))])
def test_the_new_regime_decides_in_working_days_by_size_and_only_provisionally(amount: Any, by: Any) -> None:
    paid = act("pay", "2026-03-10", amount=amount)
    found = position(NOTICE, paid, APPLIED, ACCEPTED, at=offer(terms("lump_sum", amount=amount)))
    decision = deadline(found, "registration_decision")
    assert (found.tracks.registration, decision.by, decision.because) == ("accepted", by, "unconfirmed_value")


def test_the_desk_registers_with_a_number() -> None:
    found = position(NOTICE, PAID, APPLIED, ACCEPTED, REGISTERED)
    assert (found.tracks.registration, found.registration_number, found.open_amounts) == (
        "registered",
        "2026440000000001",
        False,
    )


def test_a_registration_with_open_amounts_is_flagged_until_they_are_supplemented() -> None:
    before = (
        NOTICE,
        APPLIED,
        act("register", "2026-04-20"),
        act("book_receipt", "2026-08-01", allocations=({"obligation": "credit", "amount": "10000.00"},)),
    )
    found = position(*before, at=offer(TWO_PERCENT))
    assert found.open_amounts
    assert task(found, "supplement_amounts").opened_on == date(2026, 8, 1)
    supplied = position(*before, act("supplement_amounts", "2026-08-10"), at=offer(TWO_PERCENT))
    assert not supplied.open_amounts


def test_a_refused_registration_can_be_applied_for_again() -> None:
    refused = (NOTICE, PAID, APPLIED, act("refuse_registration", "2026-04-15"))
    assert position(*refused).tracks.registration == "not_registered"
    assert position(*refused, act("apply", "2026-05-01")).tracks.registration == "applied"


@pytest.mark.parametrize(("kind", "stage"), [("cancel_registration", "cancelled"), ("revoke_registration", "revoked")])
def test_a_registration_ends_by_cancellation_or_revocation(kind: Any, stage: Any) -> None:
    found = position(NOTICE, PAID, APPLIED, REGISTERED, act(kind, "2026-09-01"))
    assert (found.tracks.registration, found.registration_number) == (stage, None)


def test_a_registration_nobody_applied_for_is_taken_and_is_a_finding() -> None:
    found = position(NOTICE, PAID, REGISTERED)
    assert found.tracks.registration == "registered"
    assert [one.code for one in found.findings] == ["no_application"]


def test_a_foreign_licensee_registers_the_export_within_sixty_days_of_effect() -> None:
    foreign = act("give_notice", "2026-03-02", foreign_licensee=True)
    assert deadline(position(foreign, PAID), "export_registration").by == date(2026, 5, 9)


def test_the_export_of_a_running_royalty_is_registered_from_its_first_base() -> None:
    foreign = act("give_notice", "2026-03-02", foreign_licensee=True)
    assert "export_registration" not in keys(position(foreign, at=offer(TWO_PERCENT)).deadlines)
    report = act("report_sales", "2026-06-10", period=1, sales={"net_sales": "1.00"})
    found = position(foreign, report, at=offer(TWO_PERCENT))
    assert deadline(found, "export_registration").by == date(2026, 8, 10)
