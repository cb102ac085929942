"""What stands against a line of a claim.

A condition of the scheme has four answers. *Yes* counts; *no* rejects the line, with the clause; *unknown* and *not
yet* hold it: it takes part with what it would bring, and that is reserved until somebody knows (D-15).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from rules.schemes.call import open_facts
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.eligibility import (
    awaits_decision,
    conditions_in,
    judged_conditions,
    judged_item,
    met,
    nothing_came,
    rests_on_registration,
    waiting,
    wanted,
    window_of,
)
from rules.schemes.registered import REGISTERED_AMOUNT, counts_registered_amounts
from rules.settlement.claims import Claim
from schemas.acts.settlement_claims import ClaimLine
from schemas.schemes.clauses import Clause
from schemas.schemes.conditions import Condition
from schemas.schemes.inputs import CallWindow, Claimant, SchemeItem
from schemas.schemes.limits import Criteria
from schemas.schemes.scheme import Scheme, Version
from schemas.standing.surroundings import ClaimedReceipt, ClaimElsewhere, SettlementSurroundings
from schemas.values.determination import Answer3

_OF_THE_REGISTRATION = ("registered", "registered_class", "registered_on", REGISTERED_AMOUNT)


class SchemeYear(NamedTuple):
    """What all claims of a settlement have in common."""

    scheme: Scheme
    version: Version
    year: int
    window: CallWindow | None
    surroundings: SettlementSurroundings
    passed_on: date | None = None
    """The last day that is known to have passed."""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and last day that count; None where the call sets them and did not say."""
        return window_of(self.version.window, self.year, self.window)

    def says(self, clause: Clause | None, what: str) -> str:
        """What a clause says of a line, after its provision."""
        return f"{((clause.cite if clause else None) or self.version.cite).provision}: {what}"


class Standing(NamedTuple):
    """What stands against a line: that it does not count, that the scheme says *no*, or what it waits for."""

    without: str = ""
    no: str = ""
    held: tuple[str, ...] = ()


def standing_against(
    claim: Claim,
    line: ClaimLine,
    item: SchemeItem,
    receipt: ClaimedReceipt | None,
    owner: UUID | None,
    under: SchemeYear,
) -> Standing:
    """What stands against a line; empty where nothing does."""
    held = []
    for other in under.surroundings.elsewhere:
        if other.receipt_id == line.receipt_id and other.owner == owner:
            if (other.claimed_on, other.claimed_at) > claim.since[line.key]:
                continue
            rule = _stacking(under, other)
            if rule == "none":
                return Standing(without=f"D-43: claimed first in {other.scheme}, which excludes this scheme")
            if rule != "add":
                held.append(f"D-43: claimed first in {other.scheme}")
    of_claimant, of_item = _of_claimant(claim, item, under), _of_item(claim, line, item, receipt, under)
    provisional = receipt is not None and receipt.provisional
    if provisional:
        held.insert(0, "D-22: the end of the licence is provisional")
    if of_claimant.no or (of_item.no and not (provisional and nothing_came(under.version, item))):
        return Standing(no=of_claimant.no or of_item.no)
    if class_undecided(receipt, under):
        held.append("D-49: registered in a class that its Measures do not have for a licence; two people decide")
    held += _merged(claim, receipt, under) if receipt is not None else ()
    return Standing(held=(*held, *of_claimant.held, *of_item.held))


def _merged(claim: Claim, receipt: ClaimedReceipt, under: SchemeYear) -> Iterator[str]:
    """D-16: whoever was merged by the day of its claim, or in the year, has no cap of its own beside its successor."""
    for one in receipt.successions if under.scheme.beneficiary == "licensor" else ():
        gone = one.on <= claim.submitted_on or under.version.window.year_of(one.on) <= under.year
        if one.predecessor == claim.content.claimant and gone:
            yield f"D-16: merged into {one.successor} on {one.on}, which claims for both"


def class_undecided(receipt: ClaimedReceipt | None, under: SchemeYear) -> bool:
    """Whether two people have to decide about the class of the registration that the receipt would count by (D-49)."""
    return receipt is not None and receipt.class_undecided and rests_on_registration(under.version)


def _of_claimant(claim: Claim, item: SchemeItem, under: SchemeYear) -> Standing:
    """What the conditions on the claimant say; its seat counts on the day of the claim and of the receipt (D-37)."""
    seat = region_condition(under.version)
    stated = stated_claimant(claim, claim.content.facts.region_on(claim.submitted_on))
    said = judged_conditions(_but_the_seat(under.version), stated)
    if said.why_not:
        return Standing(no=under.says(said.clause, said.why_not))
    held = list(_open(_but_the_seat(under.version), waiting(under.version, said.asked), under))
    if seat is not None:
        regions = [claim.content.facts.region_on(day) for day in seat_days(claim, item, under)]
        answers = {met(seat, Claimant(claimant="seat", region=region)) for region in regions}
        if answers == {Answer3.NO}:
            return Standing(no=under.says(seat, f"the seat is {regions[-1]}; {wanted(seat)}"))
        if Answer3.UNKNOWN in answers:
            held.append(under.says(seat, f"{wanted(seat)}; the seat is not known on each day"))
        elif len(answers) > 1:
            held.append("D-37: the seat was not in the region on both days")
    return Standing(held=tuple(held))


def _of_item(
    claim: Claim, line: ClaimLine, item: SchemeItem, receipt: ClaimedReceipt | None, under: SchemeYear
) -> Standing:
    version, days = under.version, under.days
    if days is None:
        return Standing()
    said = judged_item(version, item, days)
    if said.why_not:
        return Standing(no=under.says(said.clause, said.why_not))
    if item.registered is Answer3.NO and counts_registered_amounts(version):
        return Standing(no=under.says(version.base, "registered is no, and what counts is what was registered"))
    asked, held = open_facts(version, item, days), list[str]()
    if awaits_decision(version, item):
        held.append("D-17: a related party, and the scheme is silent")
    if receipt is not None and receipt.registered_not_yet and item.registered is None:
        waits = [fact for fact in asked if fact in _OF_THE_REGISTRATION]
        answer_by = claim.decided[line.key].answer_by
        if waits and answer_by is not None and under.passed_on is not None and under.passed_on >= answer_by:
            return Standing(no=f"D-20: the contract was not registered by {answer_by}")
        if waits:
            held += [next(_open(version.of_items, waits, under), ""), "D-20: the contract is not registered yet"]
        asked = tuple(fact for fact in asked if fact not in waits)
    told = ("related_decision", "registered_class") if class_undecided(receipt, under) else ("related_decision",)
    return Standing(held=(*held, *_open(version.of_items, [one for one in asked if one not in told], under)))


def _open(conditions: Sequence[Condition | Criteria], asked: Sequence[str], under: SchemeYear) -> Iterator[str]:
    """The clause of each fact that is not known."""
    for fact in asked:
        condition = next((one for one in conditions_in(conditions) if one.fact == fact), None)
        if condition is not None:
            yield under.says(condition, f"{wanted(condition)}; {fact} is not known")
        else:
            clause = under.version.window if fact == under.version.window.decided_by else under.version.base
            yield under.says(clause, f"{fact} is not known")


def _but_the_seat(version: Version) -> tuple[Condition | Criteria, ...]:
    return tuple(one for one in version.of_claimant if isinstance(one, Criteria) or one.fact != "region")


def region_condition(version: Version) -> Condition | None:
    """The condition on the claimant's seat, if the scheme has one."""
    return next((one for one in version.claimant if one.fact == "region"), None)


def seat_days(claim: Claim, item: SchemeItem, under: SchemeYear) -> Iterator[date]:
    """The days on which the seat has to lie in the region: of the claim, and of the item."""
    yield claim.submitted_on
    day: date | None = getattr(item, under.version.window.decided_by)
    if day is not None:
        yield day


def _stacking(under: SchemeYear, other: ClaimElsewhere) -> str:
    """What either scheme says of the other; ``silent`` where neither does."""
    other_scheme = bundled_schemes().get(other.scheme)
    theirs = other_scheme.of_year(under.year) if other_scheme else None
    for version, name in ((under.version, other.scheme), (theirs, under.scheme.id)):
        if version is not None and version.stacking is not None and name in version.stacking.among:
            return version.stacking.rule
    return "silent"


def stated_claimant(claim: Claim, region: str | None) -> Claimant:
    """Who claims, as the claim says it, with its seat."""
    stated = claim.content.facts
    return Claimant(
        claimant=claim.content.credit_code,
        kind=stated.kind,
        region=region,
        small_or_medium=stated.small_or_medium,
        good_credit=stated.good_credit,
        other=stated.other,
    )
