"""The list of a settlement as it would be paid now, and the list that was locked."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from rules.filing.order import of_kind, passed_on
from rules.schemes.catalogue import find_scheme
from rules.schemes.settling import Note, previous_of, settle_year
from rules.schemes.yearly import version_of
from rules.settlement.automatic import automatic_claims
from rules.settlement.claims import Claim, claims_of, standing_of
from rules.settlement.conditions import SchemeYear
from rules.settlement.items import PreparedClaim, codes_of, prepared
from schemas.acts.settlement import Call, OpenYear, TakeOverSettlement
from schemas.lifecycle.stages.settlement import AFTER_LOCK
from schemas.schemes.inputs import CallInputs, CallWindow
from schemas.standing.fact import SettlementFacts
from schemas.standing.listed import LineKey
from schemas.standing.settlement import ClaimStanding
from schemas.standing.surroundings import SettlementSurroundings
from schemas.values.canonical import canonical
from schemas.values.determination import Determination
from schemas.values.money import ZERO, Money
from schemas.values.refusal import Refused


class Calculation(NamedTuple):
    """Everything as now known. ``determination`` None: there was no call yet, or the scheme has no amount."""

    scheme_year: SchemeYear
    call: Call | None
    prepared: tuple[PreparedClaim, ...]
    determination: Determination | None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, also those that take no part."""
        return tuple(one.claim for one in self.prepared)

    def standing(self, one: PreparedClaim) -> tuple[ClaimStanding, str]:
        """Where a claim stands, and why it is given nothing or has to wait."""
        last_claim_on = self.call.last_claim_on if self.call else None
        return standing_of(one.claim, one.lines, self.scheme_year.version.cite.provision, last_claim_on)

    @property
    def hash(self) -> str | None:
        return list_hash(self.determination) if self.determination else None

    @property
    def unknown(self) -> tuple[str, ...]:
        return self.determination.unknown if self.determination else ()

    @property
    def called_window(self) -> CallWindow | None:
        """The window of the call, where the scheme leaves it to the call."""
        return self.scheme_year.window if self.scheme_year.version.window.span == "call" else None


def calculation_of(
    ordered: SettlementFacts, begun: OpenYear | TakeOverSettlement, surroundings: SettlementSurroundings
) -> Calculation:
    """The list of all claims that take part. Raises Refused where the scheme says nothing of the year."""
    scheme = find_scheme(begun.scheme)
    version = version_of(scheme, begun.year)
    call = call_of(ordered)
    claims = claims_of(ordered, call.last_claim_on if call else None)
    scheme_year = SchemeYear(
        scheme, version, begun.year, call.window if call else None, surroundings, passed_on(ordered)
    )
    asked: tuple[str, ...] = ()
    if call is not None and version.application == "automatic":
        by_themselves, asked = automatic_claims(begun.filing_id, call.last_claim_on, scheme_year, claims)
        claims = (*claims, *by_themselves)
    ready = tuple(prepared(claim, scheme_year) for claim in claims)
    now = Calculation(scheme_year, call, ready, None)
    if call is not None and version.amount is not None:
        taking_part = [one for one in ready if one.facts is not None]
        facts = tuple(one.facts for one in taking_part if one.facts is not None)
        asked = (*asked, *(name for one in ready for name in one.unknown))
        sure = {str(one.claim.claim_id): one.sure for one in taking_part}
        carried, notes = _carried(claims, surroundings), _notes(now)
        claimed = CallInputs(budget=call.budget, claims=facts) if facts else None
        try:
            made = settle_year(scheme, begun.year, claimed, sure, carried, call.last_claim_on, asked, notes)
        except Refused as refused:
            # Inputs that contradict each other across lines: nothing is listed before somebody says which is true.
            contradictions = tuple(f"{one.where}.{one.code}" for one in refused.refusals)
            asked = (*asked, *contradictions)
            made = settle_year(scheme, begun.year, None, {}, carried, call.last_claim_on, asked, notes)
        return now._replace(determination=made)
    return now


def _notes(now: Calculation) -> tuple[Note, ...]:
    """Why whom is given nothing or less: every claim that takes no part, and every line that waits or was rejected."""
    notes = []
    for one in now.prepared:
        state, because = now.standing(one)
        code = one.claim.content.credit_code
        if one.facts is None:
            notes.append(Note(code, f"claim {one.claim.claim_id}", state, because))
        else:
            notes += [
                Note(code, f"line {line.key}", line.state, line.because)
                for line in one.lines
                if line.state not in ("accepted", "undecided")
            ]
    return tuple(notes)


def call_of(ordered: SettlementFacts) -> Call | None:
    """The call; there is one."""
    calls = [fact.act for fact in of_kind(ordered, "call")]
    return calls[0] if calls else None


def list_hash(determination: Determination) -> str | None:
    """What publicity shows, approvers approve and the lock locks: every line, and the scheme's text; in hex."""
    if determination.unknown:
        return None
    lines = sorted([line.name, line.amount.fen] for line in determination.result)
    return sha256(canonical([lines, determination.parameter_hash])).hexdigest()


def calculated(
    ordered: SettlementFacts, wanted: str | None, *, made_now: bool = True
) -> tuple[date, Determination | None] | None:
    """The latest calculation that made the list of this hash; None where nobody has calculated it.

    A fact that is just being recorded keeps nothing yet: it sees what is known now, if the list is ``made_now``.
    """
    for fact in reversed(of_kind(ordered, "calculate")):
        made = fact.made.determinations
        if wanted is not None and (list_hash(made[0]) == wanted if made else made_now):
            return fact.act.on, made[0] if made else None
    return None


class LockedList(NamedTuple):
    """``made``: the list that was locked; None for a settlement that was made elsewhere."""

    on: date
    made: Determination | None
    hash: str | None


def locked_lists(
    ordered: SettlementFacts, begun: OpenYear | TakeOverSettlement, now: Calculation
) -> tuple[LockedList, ...]:
    """The list that was locked, and after it the supplementary ones, each of which names the one that it adds to."""
    supplements = {list_hash(made): made for made in _made(ordered) if previous_of(made) is not None}
    locks = {fact.act.preview_hash: fact.act.on for fact in of_kind(ordered, "lock")}
    first = [(shown, on) for shown, on in locks.items() if shown not in supplements]
    if not first:
        elsewhere = isinstance(begun, TakeOverSettlement) and begun.stage in AFTER_LOCK
        return (LockedList(begun.on, None, None),) if elsewhere else ()
    shown, on = first[-1]
    made = calculated(ordered, shown, made_now=False)
    found = [LockedList(on, (made[1] if made else None) or now.determination, shown)]
    following = {_hash_before(made): (shown, made) for shown, made in supplements.items() if shown in locks}
    while found[-1].hash in following:
        shown, made_next = following[found[-1].hash]
        found.append(LockedList(locks[shown or ""], made_next, shown))
    return tuple(found)


def _made(ordered: SettlementFacts) -> Iterator[Determination]:
    for fact in of_kind(ordered, "calculate"):
        yield from fact.made.determinations


def _hash_before(made: Determination) -> str | None:
    before = previous_of(made)
    return list_hash(before) if before else None


def _carried(claims: Sequence[Claim], surroundings: SettlementSurroundings) -> dict[LineKey, Money]:
    """Adjustments by beneficiary and payer; those of a merged claimant go to its successor (D-16)."""
    successors = codes_of(claims)
    sums: dict[LineKey, Money] = {}
    for one in surroundings.carried:
        claim = successors.get(one.credit_code)
        key = LineKey(claim.content.credit_code if claim else one.credit_code, one.payer)
        sums[key] = sums.get(key, ZERO) + one.amount
    return {key: amount for key, amount in sorted(sums.items()) if amount}
