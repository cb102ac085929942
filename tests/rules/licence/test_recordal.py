"""The recordal of a licence (IR-15, IR-87; Order 62)."""

from datetime import date
from typing import Any

import pytest

from schemas.values.actor import Role
from tests.rules.licence.story import NOTICE, PAID, act, deadline, keys, offer, position, task

FILED = act("file_recordal", "2026-04-01")
RECORDED = act("record", "2026-04-10")
LAPSE = {"ended_on": date(2026, 6, 1), "right_ended_on": date(2026, 6, 1)}


def test_a_recordal_is_due_three_months_after_the_effect_moved_by_the_patent_calendar() -> None:
    found = position(NOTICE, act("pay", "2026-03-20"))
    due = deadline(found, "recordal")
    # 2026-06-20 lies in the Dragon Boat rest of 2026-06-19 to 21.
    assert (found.tracks.recordal, due.by, due.basis, due.provisional) == ("due", date(2026, 6, 22), "legal", False)
    assert due.article.startswith("IR-15")


def test_a_recordal_due_in_a_year_without_table_is_provisional() -> None:
    due = deadline(position(act("give_notice", "2026-11-02"), act("pay", "2026-11-13")), "recordal")
    assert (due.by, due.provisional, due.because) == (date(2027, 2, 15), True, "unknown_year")


def test_a_missed_recordal_is_a_task_that_keeps_its_day_and_can_still_be_filed() -> None:
    missed = position(NOTICE, PAID, act("pass_day", "2026-06-10"))
    assert (missed.tracks.recordal, task(missed, "recordal").by) == ("overdue", date(2026, 6, 10))
    late = position(NOTICE, PAID, act("pass_day", "2026-06-10"), act("file_recordal", "2026-07-01"))
    assert (late.tracks.recordal, task(late, "recordal").closed_how) == ("filed", "done_late")
    assert late.recordal_due_by == date(2026, 6, 10)


def test_a_filing_in_time_that_was_told_late_meets_its_day() -> None:
    found = position(NOTICE, PAID, act("pass_day", "2026-06-10"), FILED)
    assert "recordal" in found.met
    assert "recordal" not in keys(found.tasks)


def test_the_office_has_seven_working_days_from_the_filing_or_the_supplement() -> None:
    assert deadline(position(NOTICE, PAID, FILED), "recordal_decision").by == date(2026, 4, 13)
    asked = act("ask_supplement", "2026-04-07", answer_by="2026-04-30")
    waiting = position(NOTICE, PAID, FILED, asked)
    assert "recordal_decision" not in keys(waiting.deadlines)
    assert deadline(waiting, f"recordal_supplement:{asked.act_id}").by == date(2026, 4, 30)
    supplied = position(NOTICE, PAID, FILED, asked, act("supplement", "2026-04-13"))
    assert deadline(supplied, "recordal_decision").by == date(2026, 4, 22)


def test_the_office_records_with_number_and_day() -> None:
    found = position(NOTICE, PAID, FILED, RECORDED)
    assert (found.tracks.recordal, found.recordal_number, found.recorded_on) == (
        "recorded",
        "X2026980000001",
        date(2026, 4, 10),
    )
    assert found.findings == ()


def test_a_certificate_without_our_filing_is_taken_and_is_a_finding() -> None:
    found = position(NOTICE, PAID, RECORDED)
    assert found.tracks.recordal == "recorded"
    assert [one.code for one in found.findings] == ["recorded_without_filing"]


def test_filing_and_certificate_of_one_day_are_recorded_in_either_order() -> None:
    filed = act("file_recordal", "2026-04-10")
    assert position(NOTICE, PAID, RECORDED, filed).tracks.recordal == "recorded"


def test_a_refused_recordal_can_be_filed_again_and_its_day_still_runs() -> None:
    refused = (NOTICE, PAID, FILED, act("refuse_recordal", "2026-04-10"))
    found = position(*refused)
    assert (found.tracks.recordal, deadline(found, "recordal").by) == ("refused", date(2026, 6, 10))
    again = position(*refused, act("file_recordal", "2026-04-20"))
    assert again.tracks.recordal == "filed"
    assert "recordal" in again.met


def test_the_recordal_is_cancelled_within_thirty_days_of_the_end() -> None:
    found = position(NOTICE, PAID, FILED, RECORDED, act("terminate", "2026-07-01"))
    assert (found.stage, deadline(found, "cancel_recordal").by) == ("terminated", date(2026, 7, 31))
    assert not found.ended


def test_a_party_asks_for_the_cancellation_and_the_office_makes_it() -> None:
    before = (NOTICE, PAID, FILED, RECORDED, act("terminate", "2026-07-01"))
    asked = act("cancel_recordal", "2026-07-10", role=Role.LICENSOR)
    waiting = position(*before, asked, act("pass_day", "2026-07-31"))
    assert waiting.tracks.recordal == "recorded"
    assert "cancel_recordal" in waiting.met
    assert position(*before, asked, act("cancel_recordal", "2026-07-20")).tracks.recordal == "cancelled"


@pytest.mark.parametrize(
    ("at", "stage"),
    [(offer(**LAPSE), "patent_ended"), (offer(ended_on=date(2026, 3, 2), ended_how="withdrawn"), "void")],
)
def test_a_recordal_is_cancelled_promptly_once_the_right_is_gone_or_the_licence_void(at: Any, stage: Any) -> None:
    found = position(NOTICE, PAID, FILED, RECORDED, at=at)
    asked = task(found, "cancel_recordal_promptly")
    assert (found.stage, asked.basis, asked.by, asked.closed_on) == (stage, "service", None, None)


def test_a_recordal_that_was_gone_before_the_right_need_not_be_cancelled() -> None:
    revoked = act("revoke_recordal", "2026-04-20")
    found = position(NOTICE, PAID, FILED, RECORDED, revoked, at=offer(**LAPSE))
    assert found.stage == "patent_ended"
    assert "cancel_recordal_promptly" not in keys(found.tasks)


def test_nothing_is_cancelled_while_the_end_of_the_right_is_provisional() -> None:
    found = position(NOTICE, PAID, FILED, RECORDED, at=offer(right_end_provisional=True, **LAPSE))
    assert "cancel_recordal_promptly" not in keys(found.tasks)


def test_the_recordal_goes_when_the_licence_turns_out_void() -> None:
    found = position(NOTICE, PAID, at=offer(ended_on=date(2026, 3, 2), ended_how="withdrawn"))
    assert found.tracks.recordal == "none"
    assert "recordal" not in keys(found.deadlines)


def test_the_office_can_revoke_a_recordal() -> None:
    found = position(NOTICE, PAID, FILED, RECORDED, act("revoke_recordal", "2026-09-01"))
    assert found.tracks.recordal == "revoked"


def test_a_new_party_asks_for_a_change_of_the_recordal() -> None:
    successor = act("substitute_party", "2026-08-01", side="licensee", successor=NOTICE.by.party_id, proof="c" * 64)
    asked = f"change_recordal:{successor.act_id}"
    assert task(position(NOTICE, PAID, FILED, RECORDED, successor), asked).closed_on is None
    changed = position(NOTICE, PAID, FILED, RECORDED, successor, act("change_recordal", "2026-08-20"))
    assert task(changed, asked).closed_on == date(2026, 8, 20)
    withdrawn_before = offer(ended_on=date(2026, 3, 2), ended_how="withdrawn")
    void = position(NOTICE, PAID, FILED, RECORDED, successor, at=withdrawn_before)
    assert f"change_recordal:{successor.act_id}" not in keys(void.tasks)  # it is to be cancelled, not changed


def test_a_missed_recordal_is_given_up_when_the_licence_is_over() -> None:
    found = position(NOTICE, PAID, act("pass_day", "2026-07-01"), act("terminate", "2026-07-01"))
    assert (task(found, "recordal").closed_how, found.tracks.recordal) == ("moot", "overdue")


def test_an_effect_before_the_period_was_law_has_no_invented_deadline() -> None:
    old = offer(in_force_from=date(2009, 1, 1))
    found = position(act("give_notice", "2009-03-01"), act("pay", "2009-03-02"), at=old)
    assert found.effective_on == date(2009, 3, 2)
    assert found.recordal_due_by is None
