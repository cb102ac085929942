"""The right of a licence: when it took effect, how long it runs, whether it still stands (PL-51, GL-6).

Everything follows from days alone: ``effective_on`` is the latest of notice, completed payment and permit, and must lie
in the offer's interval as it is known now. So a fact that comes late gives the same answer as one that came in time.
A licence whose effective day lies where the offer did not stand or the right had ended is *void*; one that has no such
day because it was never complete is *not concluded* once the offer has ended (D-02). A pilot listing has no interval:
its licences are ordinary licences, concluded by notice and payment alone, and only the right's end touches them (R7).
"""

from datetime import date
from itertools import accumulate
from typing import Any, NamedTuple, assert_never

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.law.calendar import ONE_DAY, Calendar
from rules.law.patent_life import term_end
from rules.licence.royalty import Condition, FirstDue, first_due
from schemas.acts.licence import LicenceAct, TakeOverLicence
from schemas.lifecycle.stages.licence import FAILED, RAN_OUT, WAS_EFFECTIVE
from schemas.lifecycle.stages.licence import LicenceStage as S
from schemas.standing.dues import Pursuit
from schemas.standing.fact import Fact, LicenceFacts
from schemas.standing.position import Finding
from schemas.standing.surroundings import OfferView
from schemas.statements.offer import Regime, TermsVersion
from schemas.values.money import Money, total


class Permit(NamedTuple):
    """A permit for restricted technology: whether one is needed, since when it is there, or when it was refused."""

    needed: bool
    issued_on: date | None
    refused_on: date | None


class Right(NamedTuple):
    """Where the right stands. ``ended_on``: the day it ended, or the day nothing could come of it any more."""

    stage: S
    begun: Fact[Any]
    received_on: date
    terms: TermsVersion | None
    first: FirstDue
    paid: Money
    complete_on: date | None
    """The day on which the vouchers add up to the first due; the day of the notice where nothing is due."""
    findings: tuple[Finding, ...]
    offer: OfferView
    effective_on: date | None = None
    term_ends_on: date | None = None
    ended_on: date | None = None
    provisional: bool = False
    lasts_until: date | None = None
    """While the end is provisional: the last day of the licence if nothing comes of that end (D-22)."""

    @property
    def stands(self) -> bool:
        """Whether it is or was valid as far as is known; the provisionally void is frozen, not undone (D-22)."""
        return self.effective_on is not None

    @property
    def failed(self) -> bool:
        """Whether nothing came of it, finally: every amount is zero and what was received goes back."""
        return self.stage in FAILED

    @property
    def last_day(self) -> date | None:
        """The last day for which anything can fall due."""
        match self.stage:
            case S.PATENT_ENDED:
                return self.ended_on - ONE_DAY if self.ended_on else self.term_ends_on
            case S.PATENT_ENDED_PROVISIONAL | S.VOID_PROVISIONAL:
                return self.lasts_until  # what was paid for the time after a provisional end stays until it is final
            case S.TERMINATED | S.EXPIRED:
                return self.ended_on
            case S.NOTHING | S.NOTICED | S.AWAITING_PAYMENT | S.CONDITIONS_PENDING | S.EFFECTIVE:
                return self.term_ends_on
            case S.NOT_CONCLUDED | S.VOID:
                return self.term_ends_on
            case _:
                assert_never(self.stage)

    def pursuit_of(self, earned_on: date) -> Pursuit:
        """Whether an unpaid amount of that day is asked for: not while an end that may have ended it is provisional
        (D-22), and of an invalidated patent only by decision of two people (PL-47, L-10).
        """
        if self.failed:
            return "open"
        may_have_ended = self.provisional and (self.ended_on is None or earned_on >= self.ended_on)
        if may_have_ended or self.offer.invalidation_provisional:
            return "stopped"
        return "open" if self.offer.invalidated_on is None else "by_decision"

    @property
    def condition(self) -> Condition:
        return "paid" if self.first.condition == "due" and self.complete_on is not None else self.first.condition


def notice_of(ordered: LicenceFacts) -> Fact[Any] | None:
    """The fact that began the licence: its notice, or the countersigned taking over."""
    begun = of_kind(ordered, "give_notice", "take_over")
    return begun[0] if begun else None


def received_on_of(begun: Fact[Any]) -> date:
    """The day on which the notice reached the patentee."""
    act = begun.act
    return act.received_on if isinstance(act, TakeOverLicence) else act.on


def terms_on(offer: OfferView, received_on: date) -> TermsVersion | None:
    """The terms as they were printed on the day of the notice (D-36); before the first version, the first."""
    versions = sorted(offer.terms, key=lambda one: (one.from_on, one.version))
    printed = [one for one in versions if one.from_on <= received_on]
    return printed[-1] if printed else versions[0] if versions else None


def outside_offer(offer: OfferView, day: date) -> bool:
    """Whether the offer did not stand on that day for another reason than the end of the right."""
    if offer.regime is Regime.PILOT:
        return False
    if offer.in_force_from is None or day < offer.in_force_from:
        return True
    # The offer's end is the earliest of several; the right's own end may be provisional and is judged apart.
    return offer.ended_on is not None and offer.ended_on != offer.right_ended_on and day >= offer.ended_on


def right_was_over(offer: OfferView, day: date) -> bool:
    """Whether the patent right had ended by that day; the end's own day is the first without it."""
    return offer.right_ended_on is not None and day >= offer.right_ended_on


def offer_is_over(offer: OfferView, passed_on: date | None) -> bool:
    """Whether the offer's end is not only printed but has come."""
    if offer.regime is Regime.PILOT or offer.ended_on is None:
        return False
    if offer.ended_how is not None:
        return True
    if offer.ended_on == offer.right_ended_on:
        return not offer.right_end_provisional
    return passed_on is not None and passed_on >= offer.ended_on - ONE_DAY


def permit_of(ordered: LicenceFacts, act: LicenceAct) -> Permit:
    """The last word of the commerce department; of one day's words the permit."""
    issued = max((one.act.on for one in of_kind(ordered, "permit_issued")), default=None)
    refused = max((one.act.on for one in of_kind(ordered, "permit_refused")), default=None)
    asked = of_kind(ordered, "permit_needed", "permit_issued", "permit_refused")
    needed = bool(asked) or (isinstance(act, TakeOverLicence) and act.stage == S.CONDITIONS_PENDING)
    if issued is not None and refused is not None:
        return Permit(needed, issued, None) if issued >= refused else Permit(needed, None, refused)
    return Permit(needed, issued, refused)


def _complete_on(ordered: LicenceFacts, received_on: date, first: FirstDue) -> date | None:
    if first.condition != "due":
        return received_on
    sums: dict[date, int] = {}
    for fact in of_kind(ordered, "pay"):
        sums[fact.act.on] = sums.get(fact.act.on, 0) + fact.act.amount.fen
    days = sorted(sums)
    so_far = zip(days, accumulate(sums[day] for day in days), strict=True)
    return next((day for day, paid in so_far if paid >= first.amount.fen), None)


def right_of(
    ordered: LicenceFacts, begun: Fact[Any], offer: OfferView, passed_on: date | None, calendar: Calendar
) -> Right:
    """Where the right stands; ``ordered`` are the facts that count, by legal day."""
    received_on, act = received_on_of(begun), begun.act
    terms = terms_on(offer, received_on)
    first = first_due(terms.royalty, received_on, calendar) if terms else FirstDue("not_yet_due", Money(0), None)
    permit = permit_of(ordered, act)
    complete_on = _complete_on(ordered, received_on, first)
    taken_over = act if isinstance(act, TakeOverLicence) else None
    if taken_over and complete_on is None:
        complete_on = taken_over.effective_on or (received_on if taken_over.stage in WAS_EFFECTIVE else None)
    candidate = None
    if terms is not None and complete_on is not None and not (permit.needed and permit.issued_on is None):
        candidate = max(received_on, complete_on, permit.issued_on or received_on)
        if taken_over and taken_over.effective_on:
            candidate = max(taken_over.effective_on, received_on)
    right = Right(
        stage=S.NOTHING,
        begun=begun,
        received_on=received_on,
        terms=terms,
        first=first,
        paid=total(one.act.amount for one in of_kind(ordered, "pay")),
        complete_on=complete_on,
        findings=_findings(ordered, begun, offer, terms, candidate),
        offer=offer,
    )
    stopped_on = min((one.act.on for one in of_kind(ordered, "retract", "close_unpaid")), default=None)
    if taken_over and taken_over.stage in FAILED:
        return right._replace(stage=S(taken_over.stage), ended_on=act.on)
    if candidate is None or (stopped_on is not None and stopped_on < candidate):
        return _incomplete(right, offer, permit, stopped_on, passed_on)
    outside = [day for day in (received_on, candidate) if outside_offer(offer, day)]
    if outside:
        return right._replace(stage=S.VOID, ended_on=outside[0])
    if terms is None or candidate > (ends_on := term_end(terms.term, candidate, offer.patent_last_day)):
        return right._replace(stage=S.VOID, ended_on=candidate)
    known = [day for day in (passed_on, offer.right_ended_on) if day is not None]
    standing = right._replace(effective_on=candidate, term_ends_on=ends_on)
    return _under_the_patent(
        _lasting(standing, candidate, ends_on, ordered, max(known, default=None)), candidate, offer
    )


def _incomplete(
    right: Right, offer: OfferView, permit: Permit, stopped_on: date | None, passed_on: date | None
) -> Right:
    ends = [day for day in (stopped_on, permit.refused_on) if day is not None]
    if outside_offer(offer, right.received_on):
        ends.append(right.received_on)
    elif offer_is_over(offer, passed_on) and offer.ended_on is not None:
        ends.append(offer.ended_on)
    if offer.right_ended_on is not None and not offer.right_end_provisional:
        ends.append(offer.right_ended_on)
    if ends:
        return right._replace(stage=S.NOT_CONCLUDED, ended_on=min(ends))
    waiting = S.NOTICED if right.terms is None else S.AWAITING_PAYMENT
    stage = S.CONDITIONS_PENDING if permit.needed and permit.issued_on is None else waiting
    return right._replace(stage=stage, provisional=offer.right_ended_on is not None)


def _lasting(
    right: Right, effective_on: date, term_ends_on: date, ordered: LicenceFacts, passed_on: date | None
) -> Right:
    """How it stands as long as the patent does; the earliest end counts, and of one day's ends the termination."""
    ends = [(one.act.on, 1, S.TERMINATED) for one in of_kind(ordered, "terminate") if one.act.on >= effective_on]
    act = right.begun.act
    if isinstance(act, TakeOverLicence) and act.stage in RAN_OUT:
        ends.append((max(effective_on, min(act.on, term_ends_on)), 2, S(act.stage)))
    within_term = [end for end in ends if end[0] <= term_ends_on]
    if within_term:
        ended_on, _, stage = min(within_term)
        return right._replace(stage=stage, ended_on=ended_on)
    if ends or (passed_on is not None and passed_on >= term_ends_on):
        return right._replace(stage=S.EXPIRED, ended_on=term_ends_on)
    return right._replace(stage=S.EFFECTIVE)


def _under_the_patent(lasting: Right, effective_on: date, offer: OfferView) -> Right:
    """What the end of the patent makes of it; where two ends meet on one day, that of the patent counts."""
    right_ended_on, lasts_until = offer.right_ended_on, lasting.ended_on or lasting.term_ends_on
    if right_ended_on is None or (lasts_until is not None and right_ended_on > lasts_until):
        return lasting
    provisional, was_over = offer.right_end_provisional, right_was_over(offer, effective_on)
    if was_over and not provisional:
        return lasting._replace(stage=S.VOID, effective_on=None, term_ends_on=None, ended_on=effective_on)
    if was_over:
        return lasting._replace(stage=S.VOID_PROVISIONAL, ended_on=None, provisional=True, lasts_until=lasts_until)
    stage = S.PATENT_ENDED_PROVISIONAL if provisional else S.PATENT_ENDED
    return lasting._replace(stage=stage, ended_on=right_ended_on, provisional=provisional, lasts_until=lasts_until)


def _findings(
    ordered: LicenceFacts, begun: Fact[Any], offer: OfferView, terms: TermsVersion | None, candidate: date | None
) -> tuple[Finding, ...]:
    received_on = received_on_of(begun)
    found = [finding("second_notice", one) for one in of_kind(ordered, "give_notice", "take_over") if one is not begun]
    if terms is None:
        found.append(finding("terms_unknown", begun))
    if outside_offer(offer, received_on):
        found.append(finding("notice_outside_offer", begun))
    if right_was_over(offer, received_on):
        found.append(finding("notice_after_right_ended", begun))
    found += [
        Finding(
            key=f"terms_corrected:{later.version}",
            code="terms_corrected",
            about=offer.declaration_id,
            opened_on=later.from_on,
        )
        for later in offer.terms
        if terms and later.from_on > received_on and (later.royalty, later.term) != (terms.royalty, terms.term)
    ]
    found += [
        finding("stopped_after_effect", one)
        for one in of_kind(ordered, "retract", "close_unpaid")
        if candidate is not None and candidate <= one.act.on
    ]
    found += [
        finding("terminated_without_effect", one)
        for one in of_kind(ordered, "terminate")
        if candidate is None or one.act.on < candidate
    ]
    issued, refused = of_kind(ordered, "permit_issued"), of_kind(ordered, "permit_refused")
    if issued and refused:
        found += [finding("permit_contradicted", one) for one in refused]
    if not of_kind(ordered, "permit_needed"):
        found += [finding("permit_not_asked", one) for one in (*issued, *refused)]
    return tuple(found)
