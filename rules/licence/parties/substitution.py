"""Who is licensor and licensee on which day: whoever comes into a party's place does so from a legal day on.

A receipt belongs to who was licensor on the day it arrived, so a substitution that is recorded late moves the receipts
since its day, and one that is corrected moves them back. By merger and rename the successor also carries on what was
begun for its predecessor (Civil Code 67); by an assignment of the patent it does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.filing.watch import at_once
from schemas.acts.licence import SubstituteParty
from schemas.standing.fact import Fact, LicenceFacts
from schemas.standing.parties import LicensorSpan, PartySpan
from schemas.standing.position import Finding, LicencePosition, Task
from schemas.standing.surroundings import LicenceSurroundings, OwnerView, PatenteeChange, Succession
from schemas.statements.offer import OwnerPart, ShareBasis
from schemas.values.actor import Role


class Parties(NamedTuple):
    """Both sides, by day, and the substitutions that put nobody anywhere."""

    licensors: tuple[LicensorSpan, ...]
    licensees: tuple[PartySpan, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]


def parties_of(
    ordered: LicenceFacts, licensee: UUID, surroundings: LicenceSurroundings, over_on: date | None
) -> Parties:
    """Both sides from the facts that count; those of one day follow from who was there, not from their order.

    ``over_on`` is the day since which the licence is over; None while it is not.
    """
    told = of_kind(ordered, "substitute_party")
    first = [
        LicensorSpan(party_id=one.party_id, is_person=one.is_person, share=one.share)
        for one in surroundings.offer.owners
    ]
    persons = {one.party_id for one in surroundings.offer.owners if one.is_person} | {*surroundings.persons}
    licensors, found = _followed(first, [one for one in told if one.act.side == "licensor"])
    licensees, more = _followed([PartySpan(party_id=licensee)], [one for one in told if one.act.side == "licensee"])
    tasks = [
        at_once(f"state_ground:{one.act.act_id}", "state_ground", Role.LICENSOR, "Civil Code 67; D-16", one.act.on)
        for one in told
        if one.act.side == "licensor" and one.act.ground is None and one not in found
    ]
    counting = [one for one in told if one.act.side == "licensor" and one not in found]
    tasks += _untold(counting, surroundings.offer.patentee_changes, over_on)
    return Parties(
        tuple(one.but(is_person=one.party_id in persons) for one in licensors),
        tuple(licensees),
        tuple(tasks),
        tuple(finding("substituted_nobody", one) for one in (*found, *more)),
    )


def _untold(
    told: Iterable[Fact[SubstituteParty]], changes: Iterable[PatenteeChange], over_on: date | None
) -> Iterator[Task]:
    """Changes of the patentee while the licence ran, each answered by one substitution of its day or before.

    The law looks at the day of the merger, which comes before the office enters it; so a later day answers nothing.
    Patentee and office tell of the same change, so one substitution answers both.
    """
    told, answered = sorted(told, key=lambda one: (one.act.on, str(one.act.act_id))), set[tuple[Role, UUID]]()
    for change in changes:
        free = [one for one in told if (change.told_by, one.act.act_id) not in answered]
        answer = next((one for one in free if _answers(one.act, change)), None)
        if answer is not None:
            answered.add((change.told_by, answer.act.act_id))
        if over_on is None or change.on < over_on:
            key, done_on = f"state_substitution:{change.act_id}", change.on if answer is not None else None
            yield at_once(key, "state_substitution", Role.LICENSOR, "GL-9; Civil Code 67", change.on, done_on)


def _answers(act: SubstituteParty, change: PatenteeChange) -> bool:
    return act.on <= change.on and act.ground in (None, change.ground)


def owners_on(position: LicencePosition, surroundings: LicenceSurroundings, day: date) -> tuple[OwnerView, ...]:
    """The licensors of a day with their parts."""
    if not any(one.instead_of for one in position.licensors):
        return surroundings.offer.owners
    return tuple(one.view for one in position.licensors if one.holds(day))


def successions_of(position: LicencePosition) -> tuple[Succession, ...]:
    """The licensors whose rights and duties went over as a whole; where nobody said why, that is assumed."""
    return tuple(
        Succession(predecessor=one.instead_of, successor=one.party_id, on=one.from_on)
        for one in position.licensors
        if one.instead_of is not None and one.from_on is not None and one.ground != "assignment"
    )


def sides_on(position: LicencePosition, surroundings: LicenceSurroundings, act: Any) -> dict[Role, frozenset[UUID]]:
    """Whose act it can be on its legal day, by role; who takes a place, or leaves it, says so on that very day."""
    day = act.on
    licensors = {one.party_id for one in owners_on(position, surroundings, day)}
    ever = {one.party_id for one in surroundings.offer.owners}
    ever |= {one.party_id for one in position.licensors if one.from_on is None or one.from_on <= day}
    licensees = {position.licensee_on(day)}
    if isinstance(act, SubstituteParty):
        licensors |= ever | ({act.successor} if act.side == "licensor" else set())
        licensees |= {one.party_id for one in position.licensees}
        licensees |= {act.successor} if act.side == "licensee" else set()
    # Finance still has to do with receipts that arrived before somebody else came.
    return {Role.LICENSOR: frozenset(licensors), Role.FINANCE: frozenset(ever), Role.LICENSEE: frozenset(licensees)}


def _followed(first: list[Any], told: Sequence[Fact[Any]]) -> tuple[list[Any], list[Fact[Any]]]:
    """The spans after all substitutions, and those that found nobody to come after."""
    spans, lost = first, []
    for day in sorted({one.act.on for one in told}):
        waiting = [one for one in told if one.act.on == day]
        # Who is named goes first; of one day's acts one may need what another one did.
        waiting.sort(key=lambda one: one.act.predecessor is None)
        while waiting:
            ready = next((one for one in waiting if _place(spans, one.act) is not None), None)
            if ready is None:
                lost += waiting
                break
            waiting.remove(ready)
            spans = _replaced(spans, ready.act)
    return spans, lost


def _place(spans: Iterable[Any], act: SubstituteParty) -> Any:
    """The span that the act ends; None where it does not say which of several, or names nobody who is there."""
    here = [one for one in spans if one.until_on is None]
    if act.predecessor is None:
        return here[0] if len(here) == 1 else None
    return next((one for one in here if one.party_id == act.predecessor), None)


def _replaced(spans: Sequence[Any], act: SubstituteParty) -> list[Any]:
    place = _place(spans, act)
    if place.party_id == act.successor:
        return list(spans)  # the same party under another name
    there = next((one for one in spans if one.until_on is None and one.party_id == act.successor), None)
    came = {"party_id": act.successor, "from_on": act.on, "ground": act.ground, "instead_of": place.party_id}
    ended = [one.but(until_on=act.on) if one in (place, there) else one for one in spans]
    comes = place.but(**came)
    if there is not None:
        ended, comes = _with_both_parts(ended, place, there, comes)
    return [*ended, comes]


def _with_both_parts(spans: list[Any], place: Any, there: Any, comes: Any) -> tuple[list[Any], Any]:
    """A co-owner that takes another's place has both parts; parts that nobody stated are equal ones (D-10)."""
    here = [one for one in spans if one.until_on is None] + [place, there]
    parts = dict(_parts(here))
    both = parts[place.party_id] + parts[there.party_id]
    stated = [one.but(share=_part(parts[one.party_id])) if one.until_on is None else one for one in spans]
    return stated, comes.but(share=None if both == 1 else _part(both))


def _parts(here: Sequence[Any]) -> Iterator[tuple[UUID, Fraction]]:
    weights = [one.share.fraction if one.share else Fraction(1) for one in here]
    for one, weight in zip(here, weights, strict=True):
        yield one.party_id, weight / sum(weights)


def _part(fraction: Fraction) -> OwnerPart:
    return OwnerPart(numerator=fraction.numerator, denominator=fraction.denominator, basis=ShareBasis.AGREEMENT)
