"""The claims of a settlement: what each says now, and what districts and officers said about it.

A claim is a dialogue: an officer decides about what was there to be seen, so within one claim facts are looked at in
the order of their recording. Whether a claim is in time is decided by its legal day (R1), and claims do not depend on
each other's order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.corrections import countersigned, fact_behind
from rules.filing.finding import finding
from rules.filing.order import of_kind
from schemas.acts.settlement_claims import ClaimLine, SubmitClaim, SupplementClaim
from schemas.standing.fact import Fact, SettlementFacts
from schemas.standing.position import Finding
from schemas.standing.settlement import ClaimLineState, ClaimStanding, LineState

_DECISIONS: dict[str, LineState] = {"accept_claim": "accepted", "hold_claim": "held", "reject_claim": "rejected"}


class Decided(NamedTuple):
    """What an officer said last about a line as it now stands."""

    state: LineState = "undecided"
    because: str = ""
    on: date | None = None
    answer_by: date | None = None


@dataclass
class Claim:
    """One claim. ``since`` gives each line's first appearance, which decides who claimed a receipt first (D-43)."""

    claim_id: UUID
    content: SubmitClaim | SupplementClaim
    submitted_on: date
    claimed_on: date
    """The day of the latest content: what had to be there by the claim was there by then (D-20)."""
    late: bool
    since: dict[str, tuple[date, datetime]]
    decided: dict[str, Decided]
    claimed_by: list[UUID]
    """The persons who submitted and supplemented; they approve nothing (R5)."""
    withdrawn_on: date | None = None
    recommended: bool | None = None
    declined_because: str = ""
    relations: dict[str, str] = field(default_factory=dict)
    is_second: bool = False
    """The same legal person, or one that was merged into it, has another live claim."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The claimant's own code and those of its predecessors."""
        return (self.content.credit_code, *(one.credit_code for one in self.content.predecessors))

    @property
    def is_live(self) -> bool:
        """Whether it takes part."""
        return not self.late and self.withdrawn_on is None and not self.is_second


def claims_of(ordered: SettlementFacts, last_claim_on: date | None) -> tuple[Claim, ...]:
    """Every claim, by day and id. ``last_claim_on`` None: there is no call, so no claim is late."""
    claims: dict[UUID, Claim] = {}
    for fact in sorted(ordered, key=lambda one: one.version):
        act: Any = fact.act
        if isinstance(act, SubmitClaim):
            claims.setdefault(act.act_id, _submitted(fact, act, last_claim_on))
        elif getattr(act, "claim", None) in claims:
            _heard(claims[act.claim], fact, last_claim_on)
    found = tuple(sorted(claims.values(), key=lambda one: (one.submitted_on, str(one.claim_id))))
    taken: set[str] = set()
    for claim in found:
        if claim.is_live:
            claim.is_second = bool(taken.intersection(claim.codes))
            taken.update(claim.codes)
    return found


def _submitted(fact: Fact[Any], act: SubmitClaim, last_claim_on: date | None) -> Claim:
    keys = [line.key for line in act.lines]
    return Claim(
        act.act_id,
        act,
        act.on,
        act.on,
        last_claim_on is not None and act.on > last_claim_on,
        dict.fromkeys(keys, (act.on, fact.recorded_at)),
        dict.fromkeys(keys, Decided()),
        [act.by.party_id],
    )


def _heard(claim: Claim, fact: Fact[Any], last_claim_on: date | None) -> None:
    act = fact.act
    match act.kind:
        case "supplement_claim":
            _supplemented(claim, fact, act, last_claim_on)
        case "withdraw_claim":
            claim.withdrawn_on = act.on
        case "recommend" | "decline":
            claim.recommended = act.kind == "recommend"
            claim.declined_because = "" if claim.recommended else act.reason
        case "decide_relation":
            claim.relations.update(dict.fromkeys(act.lines, act.decision))
        case _:
            _judged(claim, act)


def _supplemented(claim: Claim, fact: Fact[Any], act: SupplementClaim, last_claim_on: date | None) -> None:
    before = {line.key: line for line in claim.content.lines}
    is_late = last_claim_on is not None and act.on > last_claim_on
    decided = {}
    for line in act.lines:
        decided[line.key] = _after_supplement(line, before.get(line.key), claim.decided.get(line.key), late=is_late)
        claim.since.setdefault(line.key, (act.on, fact.recorded_at))
    claim.content, claim.claimed_on, claim.decided = act, act.on, decided
    claim.claimed_by.append(act.by.party_id)


def _after_supplement(line: ClaimLine, old: ClaimLine | None, decided: Decided | None, *, late: bool) -> Decided:
    if old is None or decided is None:
        return Decided("late", "D-14") if late else Decided()
    if line == old or decided.state == "late":
        return decided
    return Decided()


def _judged(claim: Claim, act: Any) -> None:
    state = _DECISIONS.get(act.kind)
    if state is None:
        return
    because = f"{act.clause}: {act.reason}" if state in ("held", "rejected") else ""
    for key in act.lines or claim.decided:
        if key in claim.decided and claim.decided[key].state != "late":
            claim.decided[key] = Decided(state, because, act.on, getattr(act, "answer_by", None))


def standing_of(
    claim: Claim, lines: Sequence[ClaimLineState], provision: str, last_claim_on: date | None
) -> tuple[ClaimStanding, str]:
    """Where a claim stands, and the clause and reason why it is given nothing or has to wait."""
    if claim.withdrawn_on is not None:
        return "withdrawn", f"{provision}: withdrawn on {claim.withdrawn_on}"
    if claim.late:
        return "late", f"{provision}; D-14: claimed on {claim.submitted_on}, after the last day {last_claim_on}"
    if claim.recommended is False:
        return "declined", f"{provision}: not recommended by the district; {claim.declined_because}"
    if claim.is_second:
        return "rejected", f"{provision}; D-16: another claim of the same legal person stands"
    states = [line.state for line in lines]
    reasons = "; ".join(dict.fromkeys(line.because for line in lines if line.because))
    if not any(state in ("undecided", "accepted", "held") for state in states):
        return "rejected", reasons
    if "undecided" in states:
        return "submitted", reasons
    return ("held" if "held" in states else "accepted"), reasons


def corrected_after_decision(known: SettlementFacts) -> Iterator[Finding]:
    """Corrections of what officers had decided about and have not looked at since, in the order of recording."""
    by_id = {fact.act.act_id: fact.act for fact in known}
    for fact in of_kind(countersigned(known), "correct_fact"):
        claim = fact_behind(fact.act, by_id)
        if not isinstance(claim, SubmitClaim | SupplementClaim):
            continue
        claim_id = claim.act_id if isinstance(claim, SubmitClaim) else claim.claim
        signed = [one.version for one in of_kind(known, "countersign") if one.act.countersigns == fact.act.act_id]
        decided = [one.version for one in of_kind(known, *_DECISIONS) if one.act.claim == claim_id]
        if decided and max(decided) < min(signed):
            yield finding("claim_corrected_after_decision", fact)
