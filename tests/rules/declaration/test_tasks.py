"""What is asked of people about a declaration, and that nothing is left open which nobody can do any more."""

from datetime import date

import pytest

from rules.declaration.position import derive_declaration
from rules.law.calendar import Calendar
from schemas.acts.declaration import DeclarationAct
from schemas.standing.position import DeclarationPosition, Task
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.values.actor import Role
from tests.rules.declaration.declarations import GAZETTE, PAPER, act, announced, day, ended, filed, recorded, submitted

IN_FORCE = (submitted(), filed(), announced())
LAPSED = (ended("2026-01-24"), act("confirm_end", "2026-05-01", role=Role.OFFICE, gazette=GAZETTE))


def derive(*acts: DeclarationAct) -> DeclarationPosition:
    return derive_declaration(recorded(*acts), DeclarationSurroundings(), Calendar.bundled())


def task(position: DeclarationPosition, what: str) -> Task:
    return next(one for one in position.tasks if one.what == what)


def closed(position: DeclarationPosition, what: str) -> tuple[date | None, str | None]:
    found = task(position, what)
    return found.closed_on, found.closed_how


def passed(on: str) -> DeclarationAct:
    return act("pass_day", on, role=Role.TIMER)


def test_nobody_has_to_withdraw_an_offer_whose_right_has_ended() -> None:
    unpaid = act("report_bar", "2026-01-24", bar="E3")
    in_doubt = derive(*IN_FORCE, act("report_bar", "2025-08-01", bar="E3"), ended("2026-01-24"))
    assert closed(in_doubt, "withdraw_promptly_and_tell_licensees") == (None, None)
    final = derive(*IN_FORCE, act("report_bar", "2025-08-01", bar="E3"), *LAPSED)
    assert final.stage == "patent_ended"
    assert closed(final, "withdraw_promptly_and_tell_licensees") == (day("2026-01-24"), "moot")
    assert "withdraw_promptly_and_tell_licensees" not in [one.what for one in derive(*IN_FORCE, unpaid, *LAPSED).tasks]


@pytest.mark.parametrize(
    "before",
    [
        (submitted(),),
        (submitted(), act("return", "2025-01-08", reasons=[{"field": "x", "reason": "y"}])),
        (submitted(), filed()),
    ],
    ids=["submitted", "returned", "filed"],
)
def test_a_declaration_whose_patent_has_ended_waits_for_nothing(before: tuple[DeclarationAct, ...]) -> None:
    position = derive(*before, passed("2025-08-01"), ended("2025-09-01", "abandonment"))
    assert (position.stage, position.ended, position.deadlines) == ("patent_ended", True, ())
    assert [one for one in position.tasks if one.closed_on is None] == []


def test_a_bar_is_answered_when_it_is_gone_and_when_the_office_has_decided() -> None:
    reported = act("report_bar", "2025-02-03", bar="E4")
    assert closed(derive(submitted(), filed(), reported), "answer_bar") == (None, None)
    cleared = derive(submitted(), filed(), reported, act("clear_bar", "2025-02-05", bar="E4"))
    assert closed(cleared, "answer_bar") == (day("2025-02-05"), "done")
    refused = derive(submitted(), filed(), reported, act("refuse", "2025-02-10", role=Role.OFFICE, ground="x"))
    assert closed(refused, "answer_bar") == (day("2025-02-10"), "moot")


def test_a_refused_withdrawal_is_read_when_the_licensor_asks_again() -> None:
    asked, again = (
        act("file_withdrawal", on, role=Role.LICENSOR, ground="legitimate_reason", reason=PAPER)
        for on in ("2025-05-05", "2025-07-01")
    )
    refused = act("refuse_withdrawal", "2025-06-05", role=Role.OFFICE, reasons="理由不足")
    assert closed(derive(*IN_FORCE, asked, refused), "read_refusal") == (None, None)
    assert closed(derive(*IN_FORCE, asked, refused, again), "read_refusal") == (day("2025-07-01"), "done")
    withdrawn = act("announce_withdrawal", "2025-08-01", role=Role.OFFICE, gazette=GAZETTE)
    position = derive(*IN_FORCE, asked, refused, withdrawn)
    assert closed(position, "read_refusal") == (day("2025-08-01"), "moot")
    assert closed(position, "tell_licensees") == (None, None)  # this is for others, and is still to be done


def test_the_patent_s_last_day_ends_a_right_whose_earlier_end_is_still_in_doubt() -> None:
    position = derive(*IN_FORCE, ended("2038-12-01"), passed("2039-01-23"))
    assert position.stage == "patent_ended"
    assert "patent_last_day" not in [one.what for one in position.tasks]


OVERTAKEN = {
    "announced on a day before it was submitted": (submitted(), announced("2025-01-03")),
    "announced without having been filed": (submitted(), announced()),
    "refused without having been filed": (submitted(), act("refuse", "2025-01-20", role=Role.OFFICE, ground="x")),
    "filed, and then announced on an earlier day": (submitted(), filed(), announced("2025-01-08")),
    "announced while it was returned": (
        submitted(),
        act("return", "2025-01-08", reasons=[{"field": "x", "reason": "y"}]),
        announced(),
    ),
}


@pytest.mark.parametrize("acts", OVERTAKEN.values(), ids=OVERTAKEN)
@pytest.mark.parametrize("overdue", [False, True])
def test_what_the_office_has_decided_waits_for_nobody_who_was_to_ask_for_it(
    acts: tuple[DeclarationAct, ...], overdue: bool
) -> None:
    first, *later = acts
    position = derive(first, *([passed("2025-03-01")] if overdue else []), *later)
    still = {one.what for one in position.deadlines} | {one.what for one in position.tasks if one.closed_on is None}
    assert still & {"pre_check", "answer_return", "ask_office"} == set(), position.stage
