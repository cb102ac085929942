"""Where a declaration stands (Patent Law 50; rules 85, 86; Guidelines V-11)."""

from datetime import date
from typing import Any, NamedTuple, assert_never

from rules.declaration.bar_duties import bar_spans, bar_tasks, duties_of
from rules.declaration.identities import identities_of
from rules.declaration.patentees import patentee_changes
from rules.declaration.right import RightEnd, invalidation, right_end
from rules.declaration.tasks import over_on, tasks_after_the_offer, tasks_before_the_end
from rules.declaration.terms import corrected_terms
from rules.declaration.watches import declaration_watches
from rules.filing.corrections import correction_findings
from rules.filing.finding import finding
from rules.filing.order import is_open, last, legal_order, of_kind, otherwise_findings, passed_on
from rules.filing.shared import shared_findings, shared_tasks
from rules.filing.watch import unless_over, watched
from rules.law.calendar import ONE_DAY, Calendar
from rules.law.patent_life import last_day
from schemas.acts.act import TakeOver
from schemas.acts.declaration import DECLARATION_ACT, TakeOverDeclaration
from schemas.lifecycle.stages.declaration import LIVE, DeclarationStage, OfferEndStage
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.fact import DeclarationFacts, Fact
from schemas.standing.position import DeclarationPosition, Finding, Particulars
from schemas.standing.surroundings import BarSpan, DeclarationSurroundings, OfferView, OwnerView
from schemas.statements.offer import Offer, Regime, TermsVersion
from schemas.values.patent_number import is_printed_as


class OfferEnd(NamedTuple):
    """What ended an offer: the stage it leads to and the first day on which the offer no longer stands."""

    stage: OfferEndStage
    on: date


def derive_declaration(
    facts: DeclarationFacts, surroundings: DeclarationSurroundings, calendar: Calendar
) -> DeclarationPosition:
    """The position of a declaration from the set of its facts; of ``surroundings`` only what is shared matters."""
    ordered = legal_order(facts, DECLARATION_ACT)
    passed = passed_on(ordered)
    offer = _offer(ordered)
    taken_over = last(ordered, "take_over")
    if offer is None:
        return DeclarationPosition(
            stage=DeclarationStage.ABANDONED if last(ordered, "discard") else DeclarationStage.NOTHING
        )
    announced_on = _announced_on(ordered, offer)
    patent_last_day = _patent_last_day(ordered, offer)
    right = right_end(ordered)
    end = _offer_end(ordered, offer, announced_on, passed)
    stage = _stage(ordered, announced_on, end, right, patent_last_day, passed)
    spans = bar_spans(ordered)
    stands_until = _stands_until(ordered, offer, right, patent_last_day)
    duties = duties_of(ordered, spans, announced_on, stands_until) if announced_on else ()
    watches = watched(
        declaration_watches(ordered, stage, offer, announced_on, right, patent_last_day, calendar), passed
    )
    identities = tuple(identities_of(ordered, offer, stage))
    ended_on = end.on if end else None
    asked = (*bar_tasks(duties, ended_on), *tasks_before_the_end(ordered, announced_on))
    tasks = (
        *watches.tasks,
        *unless_over(asked, over_on(ordered, stage, ended_on, right, patent_last_day)),
        *tasks_after_the_offer(ordered, end.stage if end else None, ended_on),
        *shared_tasks(surroundings.shared, identities),
    )
    numbered = last(ordered, "announce") or taken_over
    filed = last(ordered, "mark_filed")
    return DeclarationPosition(
        stage=stage,
        passed_on=passed,
        provisional=stage == DeclarationStage.PATENT_ENDED_PROVISIONAL,
        deadlines=watches.deadlines,
        tasks=tasks,
        met=watches.met,
        findings=(
            *_findings(ordered, offer),
            *corrected_terms(facts, ordered, _source(ordered)),
            *shared_findings(surroundings.shared, identities),
            *correction_findings(facts, DECLARATION_ACT),
            *otherwise_findings(facts, DECLARATION_ACT),
        ),
        identities=identities,
        warnings=tuple(dict.fromkeys(f"bar_open_{span.bar.value}" for span in spans if span.until_on is None)),
        ended=stage.phase is Phase.OVER and not watches.deadlines,
        offer=_view(ordered, offer, announced_on, right, patent_last_day, stands_until, end, spans),
        particulars=Particulars.of(offer),
        declaration_number=numbered.act.declaration_number if numbered else None,
        office_receipt_number=filed.act.office_receipt_number if filed else None,
        duties=duties,
    )


def _offer(ordered: DeclarationFacts) -> Offer | None:
    source = _source(ordered)
    offer: Offer | None = source.act.offer if source else None
    return offer


def _source(ordered: DeclarationFacts) -> Fact[Any] | None:
    """The fact whose offer stands."""
    resubmitted = of_kind(ordered, "resubmit")
    drafts = of_kind(ordered, "save_draft")
    return (
        max(resubmitted, key=lambda fact: fact.act.round, default=None)
        or last(ordered, "submit", "take_over")
        or max(drafts, key=lambda fact: (fact.act.revision, fact.act.on), default=None)
    )


def _announced_on(ordered: DeclarationFacts, offer: Offer) -> date | None:
    if offer.regime is Regime.PILOT:
        return None
    announced = [fact.act.on for fact in of_kind(ordered, "announce")]
    announced += [day for fact in of_kind(ordered, "take_over") if (day := fact.act.announced_on) is not None]
    return min(announced, default=None)


def _patent_last_day(ordered: DeclarationFacts, offer: Offer) -> date:
    compensations = of_kind(ordered, "report_term_compensation")
    days = max((fact.act.days for fact in compensations), default=0)
    return last_day(offer.patent_kind, offer.filed_on, days if offer.patent_kind.value == "invention" else 0)


_ENDING: dict[str, OfferEndStage] = {
    "announce_withdrawal": DeclarationStage.WITHDRAWN,
    "terminate": DeclarationStage.TERMINATED,
    "revoke": DeclarationStage.REVOKED,
}


def _mildness(stage: OfferEndStage) -> int:
    match stage:
        case DeclarationStage.REVOKED:
            return 0
        case DeclarationStage.TERMINATED:
            return 1
        case DeclarationStage.WITHDRAWN:
            return 2
        case DeclarationStage.EXPIRED:
            return 3
        case _:
            assert_never(stage)


def _offer_end(
    ordered: DeclarationFacts, offer: Offer, announced_on: date | None, passed: date | None
) -> OfferEnd | None:
    """The earliest end of the offer; of one day's ends the gravest."""
    if announced_on is None:
        return None
    ends = [OfferEnd(_ENDING[fact.act.kind], max(fact.act.on, announced_on)) for fact in of_kind(ordered, *_ENDING)]
    if offer.offer_ends_on is not None and passed is not None and passed >= offer.offer_ends_on:
        ends.append(OfferEnd(DeclarationStage.EXPIRED, max(offer.offer_ends_on + ONE_DAY, announced_on)))
    return min(ends, key=lambda end: (end.on, _mildness(end.stage)), default=None)


def _stage(
    ordered: DeclarationFacts,
    announced_on: date | None,
    end: OfferEnd | None,
    right: RightEnd | None,
    patent_last_day: date,
    passed: date | None,
) -> DeclarationStage:
    before = _stage_before_right_end(ordered, announced_on, end)
    if before in LIVE:
        if passed is not None and passed >= patent_last_day:
            return DeclarationStage.PATENT_ENDED  # whatever becomes of an earlier end
        if right is not None:
            return DeclarationStage.PATENT_ENDED_PROVISIONAL if right.provisional else DeclarationStage.PATENT_ENDED
    elif end is not None and right is not None and right.on < end.on and not right.provisional:
        return DeclarationStage.PATENT_ENDED
    return before


def _stage_before_right_end(
    ordered: DeclarationFacts, announced_on: date | None, end: OfferEnd | None
) -> DeclarationStage:
    if end is not None:
        return end.stage
    if announced_on is not None:
        asked = [fact.act.on for fact in of_kind(ordered, "file_withdrawal")]
        refused = [fact.act.on for fact in of_kind(ordered, "refuse_withdrawal")]
        return DeclarationStage.WITHDRAWAL_FILED if is_open(asked, refused) else DeclarationStage.IN_FORCE
    if last(ordered, "discard", "take_back", "take_back_filing"):
        return DeclarationStage.ABANDONED
    if last(ordered, "refuse"):
        return DeclarationStage.REFUSED
    if last(ordered, "mark_filed"):
        return DeclarationStage.FILED
    if last(ordered, "submit"):
        returned = [fact.act.on for fact in of_kind(ordered, "return")]
        answered = [fact.act.on for fact in of_kind(ordered, "resubmit")]
        return DeclarationStage.RETURNED if is_open(returned, answered) else DeclarationStage.SUBMITTED
    taken_over = last(ordered, "take_over")
    # A stage that is none of ours can only come from a correction, and then it says nothing.
    known = taken_over is not None and taken_over.act.stage in DeclarationStage.known()
    return DeclarationStage(taken_over.act.stage) if taken_over is not None and known else DeclarationStage.DRAFT


def _stands_until(ordered: DeclarationFacts, offer: Offer, right: RightEnd | None, patent_last_day: date) -> date:
    """First day on which the offer no longer stands, as far as known; half-open (D-01)."""
    ends = [fact.act.on for fact in of_kind(ordered, *_ENDING)]
    if offer.offer_ends_on is not None:
        ends.append(offer.offer_ends_on + ONE_DAY)
    if right is not None:
        ends.append(right.on)
    first: date = min((*ends, patent_last_day + ONE_DAY))
    return first


def _view(
    ordered: DeclarationFacts,
    offer: Offer,
    announced_on: date | None,
    right: RightEnd | None,
    patent_last_day: date,
    stands_until: date,
    end: OfferEnd | None,
    spans: tuple[BarSpan, ...],
) -> OfferView:
    terms = [TermsVersion(version=1, from_on=announced_on or offer.granted_on, royalty=offer.royalty, term=offer.term)]
    for version, fact in enumerate(of_kind(ordered, "correct_announcement"), start=2):
        terms.append(TermsVersion(version=version, from_on=fact.act.on, royalty=fact.act.royalty, term=fact.act.term))
    invalidated = invalidation(ordered)
    return OfferView(
        declaration_id=ordered[0].act.filing_id,
        patent_number=offer.patent_number,
        patent_kind=offer.patent_kind,
        granted_on=offer.granted_on,
        regime=offer.regime,
        owners=tuple(
            OwnerView(party_id=one.party_id, is_person=one.is_person, share=one.share) for one in offer.patentees
        ),
        terms=tuple(terms),
        in_force_from=announced_on,
        ended_on=stands_until,
        ended_how=end.stage if end else None,
        right_ended_on=right.on if right else None,
        right_end_provisional=right.provisional if right else False,
        right_ended_how=right.cause if right else None,
        invalidated_on=invalidated.on if invalidated else None,
        invalidation_provisional=invalidated.provisional if invalidated else False,
        patent_last_day=patent_last_day,
        bars=spans,
        patentee_changes=patentee_changes(ordered),
    )


def _findings(ordered: DeclarationFacts, offer: Offer) -> tuple[Finding, ...]:  # noqa: C901  # one test each
    found = []
    announced = of_kind(ordered, "announce")
    for fact in announced:
        act = fact.act
        codes = []
        if not of_kind(ordered, "mark_filed", "take_over"):
            codes.append("announced_without_recorded_filing")
        if of_kind(ordered, "refuse"):
            codes.append("announced_after_refusal")
        if of_kind(ordered, "discard", "take_back", "take_back_filing"):
            codes.append("announced_after_taking_back")
        if offer.regime is Regime.PILOT:
            codes.append("pilot_listing_announced")
        if act.printed_patent_number is not None and not is_printed_as(offer.patent_number, act.printed_patent_number):
            codes.append("printed_number_differs")
        if act.printed_royalty is not None and act.printed_royalty != offer.royalty:
            codes.append("printed_royalty_differs")
        if act.printed_term is not None and act.printed_term != offer.term:
            codes.append("printed_term_differs")
        if act.on < offer.granted_on:
            codes.append("announced_before_grant")
        if any(other.act.on < act.on for other in announced):
            codes.append("announced_twice")
        found += [(code, fact) for code in codes]
    for fact in of_kind(ordered, "report_transfer", "report_abandonment"):
        if not any(ending.act.on <= fact.act.on for ending in of_kind(ordered, *_ENDING)):
            found.append((f"{fact.act.kind}_without_withdrawal", fact))
    if not announced and not _taken_over(ordered):
        later = of_kind(ordered, *_ENDING, "refuse_withdrawal", "correct_announcement")
        found += [("never_announced", fact) for fact in later]
    for fact in of_kind(ordered, "refuse_withdrawal"):
        if not any(other.act.on <= fact.act.on for other in of_kind(ordered, "file_withdrawal")):
            found.append(("no_withdrawal_filed", fact))
    for fact in of_kind(ordered, "restore_right", "annul_decision", "confirm_end"):
        if not any(other.act.on <= fact.act.on for other in of_kind(ordered, "report_patent_end")):
            found.append(("no_patent_end_reported", fact))
    return tuple(finding(code, fact) for code, fact in found)


def _taken_over(ordered: DeclarationFacts) -> bool:
    return any(isinstance(fact.act, TakeOver | TakeOverDeclaration) for fact in ordered)
