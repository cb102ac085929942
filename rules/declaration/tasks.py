"""Tasks of a declaration without a statutory deadline, and when they lapse (R6)."""

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from rules.declaration.right import RightEnd
from rules.filing.order import last, of_kind
from rules.filing.watch import at_once
from rules.law.calendar import ONE_DAY
from schemas.lifecycle.stages.declaration import DeclarationStage, OfferEndStage
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.fact import DeclarationFacts
from schemas.standing.position import Task
from schemas.values.actor import Role


def over_on(
    ordered: DeclarationFacts,
    stage: DeclarationStage,
    offer_ended_on: date | None,
    right: RightEnd | None,
    patent_last_day: date,
) -> date | None:
    """The day since which nothing more comes of the declaration; None while something can."""
    if stage.phase is not Phase.OVER:
        return None
    if stage == DeclarationStage.PATENT_ENDED:
        expired_on = patent_last_day + ONE_DAY
        return min(right.on, expired_on) if right is not None else expired_on
    if offer_ended_on is not None:
        return offer_ended_on
    given_up = last(ordered, "discard", "take_back", "take_back_filing", "refuse", "take_over")
    return given_up.act.on if given_up is not None else None


def tasks_after_the_offer(
    ordered: DeclarationFacts, ended_how: OfferEndStage | None, ended_on: date | None
) -> tuple[Task, ...]:
    """What is left to do for others although the offer is over."""
    tasks = []
    if ended_on is not None and ended_how is not None and _office_ended(ended_how):
        tasks.append(at_once(f"tell_licensees:{ended_on}", "tell_licensees", Role.LICENSOR, "GL-2(2)", ended_on))
    if ended_on is not None and ended_how is DeclarationStage.REVOKED:
        tasks.append(
            at_once(f"review_benefits:{ended_on}", "review_benefits", Role.OPERATOR, "IR-88, IR-100", ended_on)
        )
    tasks += [
        at_once(f"tell_correction:{fact.act.act_id}", "tell_correction", Role.OPERATOR, "GL V-8-1.3.2.17", fact.act.on)
        for fact in of_kind(ordered, "correct_announcement")
    ]
    return tuple(tasks)


def _office_ended(how: OfferEndStage) -> bool:
    """Whether licensees learn of it from nobody else; a fixed end they read in the terms."""
    match how:
        case DeclarationStage.WITHDRAWN | DeclarationStage.TERMINATED | DeclarationStage.REVOKED:
            return True
        case DeclarationStage.EXPIRED:
            return False
        case _:
            assert_never(how)


def tasks_before_the_end(ordered: DeclarationFacts, announced_on: date | None) -> tuple[Task, ...]:
    """Tasks that lapse when the offer ends."""
    tasks = [
        at_once(f"ask_office_of_rename:{fact.act.act_id}", "ask_office_of_rename", Role.OPERATOR, "D-28", fact.act.on)
        for fact in of_kind(ordered, "report_patentee_change")
        if fact.act.cause == "rename"
    ]
    asked_again = [fact.act.on for fact in of_kind(ordered, "file_withdrawal")]
    tasks += [
        at_once(
            f"read_refusal:{fact.act.act_id}",
            "read_refusal",
            Role.LICENSOR,
            "GL-4",
            fact.act.on,
            min((day for day in asked_again if day > fact.act.on), default=None),
        )
        for fact in of_kind(ordered, "refuse_withdrawal")
    ]
    tasks += [
        at_once(f"review_claims:{fact.act.act_id}", "review_claims", Role.LICENSOR, "GL V-8-1.3.2.11", fact.act.on)
        for fact in of_kind(ordered, "report_partial_invalidation")
    ]
    if announced_on is None:  # in force a bar is a duty, which has its own task
        tasks += _bars(ordered)
    return tuple(tasks)


def _bars(ordered: DeclarationFacts) -> Iterable[Task]:
    for fact in of_kind(ordered, "report_bar"):
        cleared = [one.act.on for one in of_kind(ordered, "clear_bar") if one.act.bar is fact.act.bar]
        yield at_once(
            f"answer_bar:{fact.act.act_id}",
            "answer_bar",
            Role.LICENSOR,
            "IR-86",
            fact.act.on,
            min((day for day in cleared if day >= fact.act.on), default=None),
        )
