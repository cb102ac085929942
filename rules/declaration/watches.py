"""The days a declaration waits for: the platform's service days and the law's (rule 115; Guidelines V-9; D-34)."""

from collections.abc import Iterator
from datetime import date, timedelta

from rules.declaration.right import RightEnd
from rules.filing.order import is_open, last, of_kind
from rules.filing.watch import Watch
from rules.law.calendar import Calendar, corresponding_day
from rules.law.law import Law
from rules.law.service import STATUS_EVIDENCE_IN_FORCE_DAYS, service_day
from schemas.acts.declaration import DeclarationAct
from schemas.lifecycle.stages.declaration import LIVE, OFFERED, DeclarationStage
from schemas.standing.fact import DeclarationFacts, Fact
from schemas.statements.bars import Bar
from schemas.statements.offer import Offer, PatentEndCause
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.due import DueDay


def declaration_watches(
    ordered: DeclarationFacts,
    stage: DeclarationStage,
    offer: Offer,
    announced_on: date | None,
    right: RightEnd | None,
    patent_last_day: date,
    calendar: Calendar,
) -> Iterator[Watch]:
    """Every watch of the declaration; those of a stage that is over are moot."""
    yield from _service(ordered, stage, calendar)
    if announced_on is not None:
        stands = stage in OFFERED
        if offer.offer_ends_on is not None:
            yield Watch(
                "offer_end",
                "offer_end",
                Role.TIMER,
                DueDay(by=offer.offer_ends_on),
                "legal",
                "IR-85(4)",
                moot=not stands,
            )
        yield from _annual_fees(ordered, offer, announced_on, patent_last_day, calendar, stands)
        yield _status(ordered, announced_on, stands)
    if stage in LIVE:
        last = DueDay(by=patent_last_day)
        yield Watch("patent_last_day", "patent_last_day", Role.TIMER, last, "legal", "PL-42; L-06")
    if right is not None and right.provisional and stage not in (DeclarationStage.ABANDONED, DeclarationStage.REFUSED):
        yield _remedy(right, calendar)


def _service(ordered: DeclarationFacts, stage: DeclarationStage, calendar: Calendar) -> Iterator[Watch]:
    """What the platform's people are to do in a stage; moot where another act has led out of it, or its day is none.

    An office that announces what nobody told it of has overtaken whoever was to check, to answer or to ask.
    """
    stages, given_up = DeclarationStage, stage == DeclarationStage.ABANDONED
    submitted = last(ordered, "submit", "resubmit")
    if submitted is not None:
        decided = [fact.act.on for fact in of_kind(ordered, "mark_filed", "return", "announce")]
        decided_on = min((day for day in decided if day >= submitted.act.on), default=None)
        moot = given_up or (stage != stages.SUBMITTED and decided_on is None)
        yield _served("pre_check", Role.OPERATOR, submitted, calendar, decided_on, moot)
    returned = last(ordered, "return")
    if returned is not None:
        returns = [fact.act.on for fact in of_kind(ordered, "return")]
        answers = [fact.act.on for fact in of_kind(ordered, "resubmit")]
        answered = [day for day in answers if day >= returned.act.on]
        answered_on = None if is_open(returns, answers) else min(answered, default=None)
        moot = given_up or (stage != stages.RETURNED and answered_on is None)
        yield _served("answer_return", Role.LICENSOR, returned, calendar, answered_on, moot)
    filed = last(ordered, "mark_filed")
    if filed is not None:
        heard = [fact.act.on for fact in of_kind(ordered, "announce", "refuse", "take_back_filing")]
        heard_on = min((max(day, filed.act.on) for day in heard), default=None)
        moot = stage != stages.FILED and heard_on is None
        yield _served("ask_office", Role.OPERATOR, filed, calendar, heard_on, moot)


def _served(
    what: str, role: Role, since: Fact[DeclarationAct], calendar: Calendar, done_on: date | None, moot: bool
) -> Watch:
    """A service day of the platform that begins with a fact."""
    on = since.act.on
    return Watch(f"{what}:{on}", what, role, service_day(what, on, calendar), "service", "platform", done_on, moot)


def _annual_fees(
    ordered: DeclarationFacts, offer: Offer, announced_on: date, patent_last_day: date, calendar: Calendar, stands: bool
) -> Iterator[Watch]:
    """One watch per annual fee that falls due while the offer stands: somebody must see that it was paid (bar E3)."""
    checked = [
        answer.checked_on
        for fact in of_kind(ordered, "check_status")
        for answer in fact.act.bars
        if answer.bar is Bar.E3 and answer.answer is Answer3.NO and answer.checked_on is not None
    ]
    for year in range(2, 26):
        anniversary = corresponding_day(offer.filed_on, years=year - 1)
        if anniversary > patent_last_day:
            return
        if anniversary <= announced_on:
            continue
        due = calendar.patent_period(offer.filed_on, years=year - 1)
        seen = min((day for day in checked if day >= anniversary), default=None)
        yield Watch(
            f"annual_fee:{year}",
            "annual_fee",
            Role.LICENSOR,
            due,
            "legal",
            "IR-115; GL V-9-4.2",
            done_on=seen,
            moot=not stands and seen is None,
        )


def _status(ordered: DeclarationFacts, announced_on: date, stands: bool) -> Watch:
    looked = max(
        (fact.act.on for fact in of_kind(ordered, "check_status") if fact.act.on >= announced_on), default=announced_on
    )
    return Watch(
        f"status:{looked}",
        "status_check",
        Role.OPERATOR,
        DueDay(by=looked + timedelta(days=STATUS_EVIDENCE_IN_FORCE_DAYS)),
        "service",
        "D-34",
        moot=not stands,
    )


def _remedy(right: RightEnd, calendar: Calendar) -> Watch:
    noticed_on = right.noticed_on or right.on
    name, article = (
        ("national.restoration_period", "IR-6; L-08")
        if right.cause is PatentEndCause.LAPSE
        else ("national.invalidation_suit_period", "PL-46")
    )
    law, key = Law(noticed_on), f"remedy:{right.cause.value}:{right.on}"
    if law.holds(name):
        due = calendar.patent_period(noticed_on, months=law.whole(name))
        return Watch(key, "ask_whether_end_is_final", Role.OPERATOR, due, "legal", article)
    # The period of that time is not known, and none may be invented (R6): then only a service day asks.
    due = service_day("ask_remedy", noticed_on, calendar)
    return Watch(key, "ask_whether_end_is_final", Role.OPERATOR, due, "service", "platform")
