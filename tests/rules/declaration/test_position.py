"""Where a declaration stands: the rows of its table and the pairs that arrive in the wrong order, as sentences."""

from typing import Any

import pytest

from schemas.acts.declaration import DeclarationAct
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from tests.rules.declaration.declarations import (
    GAZETTE,
    IN_FORCE,
    PAPER,
    UTILITY_MODEL,
    act,
    announced,
    day,
    derive,
    ended,
    filed,
    offer,
    passed,
    submitted,
)

ANOTHER = derived_id("test", "another operator")


ROAD = [
    ((act("save_draft", "2025-01-03", role=Role.LICENSOR, offer=offer()),), "draft"),
    ((act("save_draft", "2025-01-03", role=Role.LICENSOR, offer=offer()), act("discard", "2025-01-04")), "abandoned"),
    ((submitted(),), "submitted"),
    ((submitted(), act("return", "2025-01-07", reasons=[{"field": "title", "reason": "错字"}])), "returned"),
    ((submitted(), act("take_back", "2025-01-07", role=Role.LICENSOR)), "abandoned"),
    ((submitted(), filed()), "filed"),
    ((submitted(), filed(), act("refuse", "2025-02-01", role=Role.OFFICE, ground="rule 85")), "refused"),
    ((submitted(), filed(), act("take_back_filing", "2025-02-01", role=Role.OFFICE)), "abandoned"),
    (IN_FORCE, "in_force"),
    (
        (*IN_FORCE, act("file_withdrawal", "2025-05-05", role=Role.LICENSOR, ground="legitimate_reason", reason=PAPER)),
        "withdrawal_filed",
    ),
    ((*IN_FORCE, act("announce_withdrawal", "2025-06-06", role=Role.OFFICE, gazette=GAZETTE)), "withdrawn"),
    ((*IN_FORCE, act("terminate", "2025-06-06", role=Role.OFFICE)), "terminated"),
    ((*IN_FORCE, act("revoke", "2025-06-06", role=Role.OFFICE, ground="虚假材料")), "revoked"),
    ((*IN_FORCE, ended("2026-01-24")), "patent_ended_provisional"),
    ((*IN_FORCE, ended("2026-01-24", "abandonment")), "patent_ended"),
    (
        (*IN_FORCE, ended("2026-01-24"), act("confirm_end", "2026-05-01", role=Role.OFFICE, gazette=GAZETTE)),
        "patent_ended",
    ),
    ((*IN_FORCE, ended("2026-01-24"), act("restore_right", "2026-06-01", role=Role.OFFICE)), "in_force"),
    (
        (*IN_FORCE, ended("2026-01-24", "total_invalidation"), act("annul_decision", "2026-09-01", role=Role.COURT)),
        "in_force",
    ),
    ((submitted(offer_ends_on="2025-12-31"), filed(), announced(), passed("2025-12-31")), "expired"),
    ((*IN_FORCE, passed("2039-01-23")), "patent_ended"),
]


@pytest.mark.parametrize(("acts", "stage"), ROAD, ids=[f"{stage}-{len(acts)}" for acts, stage in ROAD])
def test_each_row_of_the_table_leads_to_its_stage(acts: tuple[DeclarationAct, ...], stage: str) -> None:
    assert derive(*acts).stage == stage


def test_a_withdrawal_that_is_refused_leaves_the_offer_in_force_and_a_task_for_the_licensor() -> None:
    asked = act("file_withdrawal", "2025-05-05", role=Role.LICENSOR, ground="legitimate_reason", reason=PAPER)
    refused = act("refuse_withdrawal", "2025-06-05", role=Role.OFFICE, reasons="理由不足")
    position = derive(*IN_FORCE, asked, refused)
    assert position.stage == "in_force"
    assert "read_refusal" in [task.what for task in position.tasks]


def test_the_offer_no_longer_stands_on_the_day_of_the_withdrawal_itself() -> None:
    position = derive(*IN_FORCE, act("announce_withdrawal", "2025-06-06", role=Role.OFFICE, gazette=GAZETTE))
    assert position.offer is not None
    assert (position.offer.in_force_from, position.offer.ended_on) == (day("2025-02-14"), day("2025-06-06"))


def test_an_announcement_without_a_recorded_filing_is_accepted_and_found() -> None:
    position = derive(submitted(), announced())
    assert position.stage == "in_force"
    assert [one.code for one in position.findings] == ["announced_without_recorded_filing"]


def test_an_announcement_after_a_recorded_refusal_stands_and_is_found() -> None:
    position = derive(submitted(), filed(), act("refuse", "2025-02-01", role=Role.OFFICE, ground="x"), announced())
    assert position.stage == "in_force"
    assert [one.code for one in position.findings] == ["announced_after_refusal"]


@pytest.mark.parametrize(("printed", "found"), [("ZL 2019 1 0065946.9", []), ("ZL201", ["printed_number_differs"])])
def test_a_number_printed_in_another_form_is_the_same_number(printed: str, found: list[str]) -> None:
    announcement = announced().but(printed_patent_number=printed)
    assert [one.code for one in derive(submitted(), filed(), announcement).findings] == found


def test_a_restored_right_is_as_if_it_had_never_ended() -> None:
    position = derive(*IN_FORCE, ended("2026-01-24"), act("restore_right", "2026-06-01", role=Role.OFFICE))
    assert position.offer is not None
    assert position.offer.right_ended_on is None
    assert position.offer == derive(*IN_FORCE).offer


def test_a_second_lapse_after_a_restoration_ends_the_right_again() -> None:
    restored = act("restore_right", "2026-06-01", role=Role.OFFICE)
    position = derive(*IN_FORCE, ended("2026-01-24"), restored, ended("2027-01-24"))
    assert position.stage == "patent_ended_provisional"


def test_a_lapse_begins_the_two_months_in_which_it_can_be_restored() -> None:
    position = derive(*IN_FORCE, ended("2026-01-24", noticed_on="2026-08-31"))
    remedy = next(one for one in position.deadlines if one.what == "ask_whether_end_is_final")
    assert (remedy.by, remedy.basis) == (day("2026-11-02"), "legal")  # 10-31 is a Saturday, so Monday


@pytest.mark.parametrize("cause", ["lapse", "total_invalidation"])
def test_an_end_before_the_known_law_is_asked_about_by_service_alone(cause: str) -> None:
    old = (
        submitted("2012-05-07", filed_on="2010-01-25", granted_on="2011-03-02", patent_number="201010137731.2"),
        announced("2012-06-07"),
        ended("2013-01-25", cause),
    )
    remedy = next(one for one in derive(*old).deadlines if one.what == "ask_whether_end_is_final")
    assert (remedy.basis, remedy.article) == ("service", "platform")


def test_an_open_bar_is_a_duty_without_a_number_of_days_and_does_not_stop_the_offer() -> None:
    position = derive(*IN_FORCE, act("report_bar", "2026-02-01", bar="E3"))
    assert position.stage == "in_force"
    assert [(one.bar, one.since_on) for one in position.duties] == [("E3", day("2026-02-01"))]
    task = next(one for one in position.tasks if one.what == "withdraw_promptly_and_tell_licensees")
    assert (task.by, task.closed_on) == (None, None)
    assert "bar_open_E3" in position.warnings


def test_a_bar_cleared_in_the_grace_period_closes_its_duty() -> None:
    opened, cleared = act("report_bar", "2026-02-01", bar="E3"), act("clear_bar", "2026-03-01", bar="E3")
    for acts in ((opened, cleared), (cleared, opened)):
        position = derive(*IN_FORCE, *acts)
        assert position.offer is not None
        assert [(span.since_on, span.until_on) for span in position.offer.bars] == [
            (day("2026-02-01"), day("2026-03-01"))
        ]
        assert position.warnings == ()


def test_a_pledge_with_consent_is_no_bar() -> None:
    with_consent = act("report_pledge", "2026-02-01", role=Role.LICENSOR, consent=PAPER)
    assert derive(*IN_FORCE, with_consent).duties == ()
    without = act("report_pledge", "2026-02-01", role=Role.PLEDGEE)
    assert [one.bar for one in derive(*IN_FORCE, without).duties] == ["E4"]


def test_a_mere_rename_opens_no_duty() -> None:
    renamed = act("report_patentee_change", "2026-02-01", role=Role.LICENSOR, cause="rename", evidence=[PAPER])
    assert derive(*IN_FORCE, renamed).duties == ()
    assert "ask_office_of_rename" in [task.what for task in derive(*IN_FORCE, renamed).tasks]
    merged = act("report_patentee_change", "2026-02-01", role=Role.LICENSOR, cause="merger", evidence=[PAPER])
    assert [one.bar for one in derive(*IN_FORCE, merged).duties] == ["patentee_change"]


@pytest.mark.parametrize(
    ("ended_on", "codes"), [("2026-02-01", []), ("2026-02-02", ["report_transfer_without_withdrawal"])]
)
def test_a_transfer_after_the_end_of_the_offer_is_no_transfer_without_a_withdrawal(ended_on: str, codes: Any) -> None:
    ended = act("terminate", ended_on, role=Role.OFFICE)
    transferred = act("report_transfer", "2026-02-01", role=Role.OFFICE, evidence=[PAPER])
    for told in ((ended, transferred), (transferred, ended)):
        assert [one.code for one in derive(*IN_FORCE, *told).findings] == codes


def test_licences_see_that_another_patentee_came_and_not_that_one_has_another_name() -> None:
    told = [
        act("report_patentee_change", on, role=Role.OFFICE, cause=cause, evidence=[PAPER])
        for on, cause in (("2026-02-03", "succession"), ("2026-02-02", "rename"), ("2026-02-01", "merger"))
    ]
    transferred = act("report_transfer", "2026-02-02", role=Role.OFFICE, evidence=[PAPER])
    position = derive(*IN_FORCE, *told, transferred)
    assert position.offer is not None
    assert [(str(one.on), one.ground) for one in position.offer.patentee_changes] == [
        ("2026-02-01", "merger"),
        ("2026-02-02", "assignment"),
        ("2026-02-03", "merger"),
    ]


def test_a_corrected_announcement_makes_a_second_version_of_the_terms() -> None:
    corrected = act(
        "correct_announcement",
        "2025-03-03",
        role=Role.OFFICE,
        old_text=PAPER,
        royalty={"form": "lump_sum", "amount": "3000"},
        term={"form": "until_patent_ends"},
    )
    position = derive(*IN_FORCE, corrected)
    assert position.offer is not None
    assert [(one.version, one.from_on) for one in position.offer.terms] == [
        (1, day("2025-02-14")),
        (2, day("2025-03-03")),
    ]


def test_a_pilot_listing_is_never_in_force() -> None:
    taken = act(
        "take_over", "2024-01-10", evidence=[PAPER], stage="submitted", offer=offer(regime="pilot"), regime="pilot"
    )
    signed = act("countersign", "2024-01-11", by=ANOTHER, countersigns=taken.act_id)
    position = derive(taken, signed, announced())
    assert position.stage == "submitted"
    assert "pilot_listing_announced" in [one.code for one in position.findings]


def test_what_was_taken_over_counts_only_with_a_second_person() -> None:
    taken = act(
        "take_over",
        "2025-02-14",
        evidence=[PAPER],
        stage="in_force",
        offer=offer(),
        regime="statutory",
        announced_on="2025-02-14",
        declaration_number="KF-9",
    )
    assert derive(taken).stage == "-"
    alone = act("countersign", "2025-02-15", countersigns=taken.act_id)
    assert derive(taken, alone).stage == "-"
    position = derive(taken, act("countersign", "2025-02-15", by=ANOTHER, countersigns=taken.act_id))
    assert (position.stage, position.declaration_number) == ("in_force", "KF-9")


def test_a_corrected_day_of_announcement_moves_the_offer() -> None:
    wrong = announced("2025-02-24")
    correction = act(
        "correct_fact", "2025-04-01", corrects=wrong.act_id, replacement={"on": "2025-02-14"}, reason=PAPER
    )
    second = act("countersign", "2025-04-02", by=ANOTHER, countersigns=correction.act_id)
    before, after = (
        derive(submitted(), filed(), wrong, correction),
        derive(submitted(), filed(), wrong, correction, second),
    )
    assert before.offer is not None
    assert after.offer is not None
    assert (before.offer.in_force_from, after.offer.in_force_from) == (day("2025-02-24"), day("2025-02-14"))


def test_a_correction_of_a_correction_wins() -> None:
    wrong = announced("2025-02-24")
    first = act("correct_fact", "2025-04-01", corrects=wrong.act_id, replacement={"on": "2025-02-14"}, reason=PAPER)
    again = act(
        "correct_fact",
        "2025-05-01",
        corrects=first.act_id,
        replacement={"replacement": {"on": "2025-02-15"}},
        reason=PAPER,
    )
    signed = [
        act("countersign", "2025-05-02", n, by=ANOTHER, countersigns=one.act_id) for n, one in enumerate((first, again))
    ]
    position = derive(submitted(), filed(), wrong, first, again, *signed)
    assert position.offer is not None
    assert position.offer.in_force_from == day("2025-02-15")


def test_every_annual_fee_of_a_long_life_is_watched_exactly_once() -> None:
    position = derive(*IN_FORCE, passed("2038-12-31"))
    years = [task.key for task in position.tasks if task.what == "annual_fee"]
    # Announced in patent year 7 (began 2025-01-24), so the fees of years 8 to 20 fell due while it stood.
    assert years == [f"annual_fee:{year}" for year in range(8, 21)]


def test_a_utility_model_lives_ten_years() -> None:
    position = derive(submitted(patent_number=UTILITY_MODEL, filed_on="2020-06-03", granted_on="2021-02-02"))
    assert position.offer is not None
    assert position.offer.patent_last_day == day("2030-06-02")


@pytest.mark.parametrize("cause", ["lapse", "total_invalidation", "abandonment", "expiry"])
def test_licences_are_told_why_the_right_ended(cause: str) -> None:
    view = derive(*IN_FORCE, ended("2026-01-24", cause)).offer
    assert view is not None
    assert (view.right_ended_how, view.right_ended_on) == (cause, day("2026-01-24"))
    assert view.invalidated_on == (day("2026-01-24") if cause == "total_invalidation" else None)


def test_an_invalidation_is_told_although_the_right_had_lapsed_before_it() -> None:
    lapse, decided = ended("2026-01-24"), ended("2026-08-03", "total_invalidation")
    view = derive(*IN_FORCE, lapse, decided).offer
    assert view is not None
    assert (view.right_ended_how, view.right_ended_on) == ("lapse", day("2026-01-24"))
    assert (view.invalidated_on, view.invalidation_provisional) == (day("2026-08-03"), True)
    lifted = derive(*IN_FORCE, lapse, decided, act("annul_decision", "2026-11-01", role=Role.COURT)).offer
    assert lifted is not None
    assert lifted.invalidated_on is None
