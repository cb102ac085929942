"""Where a licence stands: the right and its three tracks, from the set of its facts."""

from collections.abc import Sequence
from datetime import date

from rules.filing.corrections import correction_findings
from rules.filing.order import is_open, last, legal_order, of_kind, otherwise_findings, passed_on
from rules.filing.shared import shared_findings, shared_tasks
from rules.filing.watch import at_once, unless_over, watched
from rules.law.calendar import ONE_DAY, Calendar
from rules.licence.obligations import DECIDE_PURSUIT, royalties_of
from rules.licence.once.identities import identities_of
from rules.licence.once.told_once import paid_here, told_once
from rules.licence.parties.substitution import parties_of
from rules.licence.parties.treatment import treatment_findings
from rules.licence.recordal import given_up, recordal_of
from rules.licence.registration.track import registration_of
from rules.licence.reports import determination_of_report
from rules.licence.right import Right, notice_of, received_on_of, right_of
from schemas.acts.licence import LICENCE_ACT, GiveNotice, LicenceAct
from schemas.acts.royalty import CorrectReport, ReportSales
from schemas.lifecycle.stages.licence import LicenceStage, RecordalStage
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.dues import ReceiptState
from schemas.standing.fact import LicenceFacts
from schemas.standing.position import Deadline, LicencePosition, Task
from schemas.standing.surroundings import LicenceSurroundings, OfferView
from schemas.standing.tracks import Tracks
from schemas.statements.bars import Bar
from schemas.statements.offer import PatentEndCause
from schemas.values.actor import Role
from schemas.values.determination import Determination

_REVIEW = "review_paid_period"
_KEEP_NOTHING_OPEN = (_REVIEW, DECIDE_PURSUIT, "state_ground", "state_substitution")
"""Tasks that nobody has to do: what they ask about stays as it is until somebody decides otherwise."""
WARNED_BARS = (Bar.E1, Bar.E2, Bar.E3, Bar.E4, Bar.E9)
"""Bars under which a notice is accepted, dated and warned of (D-05)."""


def derive_licence(facts: LicenceFacts, surroundings: LicenceSurroundings, calendar: Calendar) -> LicencePosition:
    """The position of a licence; the same for every order of recording, and for every order of the acts of one day.

    Total: facts that contradict each other are findings, never errors. The facts contain a notice or a taking over; one
    that nobody has countersigned yet has no effect, and the stage is then nothing at all.
    """
    once = told_once(legal_order(facts, LICENCE_ACT))
    ordered = paid_here(once.counting, surroundings.shared)
    begun = notice_of(ordered)
    if begun is None:
        return _not_countersigned(facts)
    passed = passed_on(ordered)
    offer = surroundings.offer
    right = right_of(ordered, begun, offer, passed, calendar)
    # A voucher that pays elsewhere is claimed here all the same, else nobody would be told when it no longer does.
    identities = tuple(identities_of(once.counting, right))
    recordal = recordal_of(ordered, right, passed, calendar)
    registration = registration_of(ordered, right, calendar)
    registered = registration.registered
    royalties = royalties_of(ordered, right, passed, calendar)
    parties = parties_of(
        ordered, begun.act.licensee, surroundings, right.ended_on if right.stage.phase is Phase.OVER else None
    )
    seen = watched((*recordal.watches, *registration.watches, *royalties.watches), passed)
    deadlines = (*seen.deadlines, *_turning_points(right, offer))
    tasks = (
        *(given_up(one, right) for one in seen.tasks),
        *recordal.tasks,
        *registration.tasks,
        *royalties.tasks,
        *_material_tasks(ordered, right),
        *_review_of_paid_period(right, royalties.receipts),
        *parties.tasks,
        *shared_tasks(surroundings.shared, identities),
    )
    over = right.stage.phase is Phase.OVER and recordal.stage not in (RecordalStage.RECORDED, RecordalStage.FILED)
    return LicencePosition(
        licence_id=begun.act.filing_id,
        stage=right.stage,
        tracks=Tracks(recordal=recordal.stage, registration=registration.stage, royalty=royalties.stage),
        passed_on=passed,
        provisional=right.provisional,
        deadlines=deadlines,
        tasks=tasks,
        findings=(
            *right.findings,
            *recordal.findings,
            *registration.findings,
            *royalties.findings,
            *parties.findings,
            *treatment_findings(ordered, royalties.obligations, surroundings.elsewhere),
            *once.findings,
            *shared_findings(surroundings.shared, identities),
            *correction_findings(facts, LICENCE_ACT),
            *otherwise_findings(facts, LICENCE_ACT),
        ),
        money=royalties.money,
        met=seen.met,
        warnings=_warnings(right, offer),
        ended=over
        and not deadlines
        and all(one.closed_on is not None or one.what in _KEEP_NOTHING_OPEN for one in tasks),
        licensee=begun.act.licensee,
        licensors=parties.licensors,
        licensees=parties.licensees,
        n=begun.act.n,
        sub_platform=begun.act.sub_platform if isinstance(begun.act, GiveNotice) else None,
        received_on=right.received_on,
        terms_version=right.terms.version if right.terms else 0,
        payment_condition=right.condition,
        effective_on=right.effective_on,
        term_ends_on=right.term_ends_on,
        ended_on=right.ended_on,
        identities=identities,
        receipt_number=begun.made.receipt_number,
        paid=right.paid,
        first_due=right.first.amount,
        obligations=royalties.obligations,
        receipts=royalties.receipts,
        credit=royalties.credit,
        recordal_number=recordal.number,
        recorded_on=recordal.recorded_on,
        recordal_due_by=recordal.due_by,
        registration_number=registration.number,
        registration_regime=registration.regime,
        registered_on=registered.on if registered else None,
        registered_class=registered.contract_class if registered else None,
        class_decision=registered.decision if registered else None,
        registrations=tuple(one.span for one in registration.certificates if one.span is not None),
        contract_amount=registered.contract_amount if registered else None,
        technology_transaction_amount=registered.technology_transaction_amount if registered else None,
        open_amounts=registration.open_amounts,
        disputed=_disputed(ordered),
    )


def determinations_of(
    act: LicenceAct, facts: LicenceFacts, surroundings: LicenceSurroundings, calendar: Calendar
) -> tuple[Determination, ...]:
    """The determinations that recording this act makes; ``facts`` contain it. Only reports of sales make any."""
    ordered = legal_order(facts, LICENCE_ACT)
    begun = notice_of(ordered)
    if begun is None or not isinstance(act, ReportSales | CorrectReport):
        return ()
    right = right_of(ordered, begun, surroundings.offer, passed_on(ordered), calendar)
    made = determination_of_report(act, right)
    return (made,) if made else ()


def bars_on(offer: OfferView, received_on: date) -> tuple[Bar, ...]:
    """The bars of which whoever gave notice on that day had to be warned, in their order."""
    found = [
        span.bar
        for span in offer.bars
        if span.bar in WARNED_BARS and span.since_on <= received_on <= (span.until_on or received_on)
    ]
    return tuple(dict.fromkeys(sorted(found)))


def _not_countersigned(facts: LicenceFacts) -> LicencePosition:
    begun = min(of_kind(facts, "take_over"), key=lambda one: str(one.act.act_id))
    return LicencePosition(
        licence_id=begun.act.filing_id,
        stage=LicenceStage.NOTHING,
        licensee=begun.act.licensee,
        n=begun.act.n,
        received_on=received_on_of(begun),
        terms_version=0,
        tasks=(at_once(f"countersign:{begun.act.act_id}", "countersign", begun.act.by.role, "R7", begun.act.on),),
    )


def _turning_points(right: Right, offer: OfferView) -> tuple[Deadline, ...]:
    """Days on which the stage changes by itself, so that somebody looks at the licence then."""
    points = []
    if right.stage.phase is Phase.OPEN and offer.ended_on is not None and offer.ended_on != offer.right_ended_on:
        last_day = offer.ended_on - ONE_DAY
        points.append(
            Deadline(
                key="offer_ends",
                what="complete_payment",
                role=Role.LICENSEE,
                by=last_day,
                basis="legal",
                article="PL-50-2; D-02",
            )
        )
    if right.stage == LicenceStage.EFFECTIVE and right.term_ends_on is not None:
        points.append(
            Deadline(
                key="term_ends",
                what="term_ends",
                role=Role.TIMER,
                by=right.term_ends_on,
                basis="legal",
                article="Civil Code 202, 865; D-06",
            )
        )
    return tuple(points)


def _material_tasks(ordered: LicenceFacts, right: Right) -> tuple[Task, ...]:
    claims = of_kind(ordered, "claim_missing")
    delivered = [one.act.on for one in of_kind(ordered, "deliver_material")]
    tasks = [
        at_once(
            f"deliver_material:{one.act.act_id}",
            "deliver_material",
            Role.LICENSOR,
            "Civil Code 866",
            one.act.on,
            min((day for day in delivered if day >= one.act.on), default=None),
        )
        for one in claims
    ]
    over = right.ended_on if right.stage.phase is Phase.OVER else None
    return unless_over(tasks, over)


def _review_of_paid_period(right: Right, receipts: Sequence[ReceiptState]) -> tuple[Task, ...]:
    """The right ended inside a term that was paid for: nothing goes back by itself, somebody looks (PL-47, D-21).

    Nobody has to answer, so it keeps no licence open.
    """
    if right.stage != LicenceStage.PATENT_ENDED or right.ended_on is None:
        return ()
    if not (right.paid or any(one.net for one in receipts)):
        return ()
    invalidated = right.offer.right_ended_how in (PatentEndCause.TOTAL_INVALIDATION, None)
    article = "PL-47; D-21" if invalidated else "Civil Code 865; D-21"
    return (at_once(f"{_REVIEW}:{right.ended_on}", _REVIEW, Role.LICENSOR, article, right.ended_on),)


def _warnings(right: Right, offer: OfferView) -> tuple[str, ...]:
    codes = ["notice_under_bar"] if bars_on(offer, right.received_on) else []
    act = right.begun.act
    if getattr(act, "affiliate_of_licensor", False):
        codes.append("licensee_is_affiliate")
    if any(owner.party_id == act.licensee for owner in offer.owners):
        codes.append("licensee_is_co_owner")
    return tuple(codes)


def _disputed(ordered: LicenceFacts) -> str | None:
    opened = of_kind(ordered, "open_dispute")
    if not is_open([one.act.on for one in opened], [one.act.on for one in of_kind(ordered, "decide")]):
        return None
    latest = last(opened, "open_dispute")
    return latest.act.freezes if latest else None
