"""What changes after the lock: the origin year restated under its own rule, cap and pro rata (D-13; lines 4 to 8).

adjustment = restated - settled, by payer: each payer gives more, or gets back, what it would have given (line 8). The
next run of the scheme takes it; what is demanded back, was paid twice, or was carried on by a run that would have been
negative, is part of it, so that it is taken exactly once.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from rules.filing.order import of_kind
from rules.schemes.funding import by_payer
from rules.schemes.settling import restate, supplement
from rules.settlement.calculation import Calculation
from rules.settlement.items import PreparedClaim
from schemas.standing.fact import SettlementFacts
from schemas.standing.listed import NOTHING_LISTED, ClaimantAmounts, LineKey, given_to
from schemas.standing.settlement import AdjustmentState, SettlementLine
from schemas.values.actor import Role
from schemas.values.determination import Determination
from schemas.values.money import ZERO, Money, total

END_PROVISIONAL = "licence_end_provisional"
"""The end of a licence can still be undone: what was locked stays as it is, and is not paid meanwhile (D-22)."""
_DEMANDING = (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER)


class Restated(NamedTuple):
    """One claimant of a locked settlement as now known, by payer; ``frozen``: nobody can say, so it stays as locked.

    ``freed``: what of it was reserved and is free now, of ``claim``; a supplementary list pays it.
    """

    by_payer: Mapping[str, Money]
    frozen: tuple[str, ...] = ()
    freed: Money = ZERO
    claim: PreparedClaim | None = None


class Demand(NamedTuple):
    """What officer and both approvers demanded back on one line."""

    line: LineKey
    amount: Money
    on: date
    ground: str


def restated_by(locked: Determination, now: Calculation) -> dict[str, Restated]:
    """Credit code -> what the origin year gives it now."""
    settled = given_to(locked)
    claims = {one.claim.content.credit_code: one for one in now.prepared if one.claim.is_live}
    return {
        code: _restated(settled.get(code, NOTHING_LISTED), claims.get(code), locked, now)
        for code in dict.fromkeys([*settled, *claims])
    }


def without_fraud(restated: Mapping[str, Restated], demands: Sequence[Demand]) -> dict[str, Restated]:
    """What was got by fraud was never due, whatever the receipts say; it is demanded back as a whole (art. 47).

    Nothing of a reserve is free for whom it was demanded of; what is due stands against the demand.
    """
    taken: dict[LineKey, Money] = {}
    for demand in demands:
        if demand.ground == "fraud":
            taken[demand.line] = taken.get(demand.line, ZERO) + demand.amount
    return {
        code: one._replace(
            by_payer={
                payer: max(amount - taken.get(LineKey(code, payer), ZERO), ZERO)
                for payer, amount in one.by_payer.items()
            },
            freed=ZERO if any(line.credit_code == code for line in taken) else one.freed,
        )
        for code, one in restated.items()
    }


def _restated(
    before: ClaimantAmounts, claim: PreparedClaim | None, locked: Determination, now: Calculation
) -> Restated:
    under, as_locked = now.scheme_year, Restated(before.by_payer)
    if claim is not None and claim.provisional:
        return as_locked._replace(frozen=(END_PROVISIONAL,))
    if claim is not None and claim.class_undecided:
        return as_locked._replace(frozen=("registered_class",))
    if claim is None or claim.facts is None:
        return Restated(by_payer(under.version, ZERO))
    made = restate(under.scheme, locked, claim.facts, claim.sure)
    if made.amount is None or claim.unknown:
        return as_locked._replace(frozen=(*claim.unknown, *made.made.unknown))
    return Restated(by_payer(under.version, made.amount), freed=made.freed, claim=claim)


def supplement_of(locked: Determination, restated: Mapping[str, Restated], now: Calculation) -> Determination | None:
    """The next supplementary list, from the reserve of the year itself; None where nothing of it is free (D-15)."""
    claims = [one.claim for one in restated.values() if one.freed and one.claim is not None]
    facts = [one.facts for one in claims if one.facts is not None]
    sure = {str(one.claim.claim_id): one.sure for one in claims}
    return supplement(now.scheme_year.scheme, locked, facts, sure) if facts else None


def adjustments_of(
    listed: Determination,
    restated: Mapping[str, Restated],
    lines: Sequence[SettlementLine],
    ordered: SettlementFacts,
    now: Calculation,
) -> tuple[AdjustmentState, ...]:
    """Every beneficiary and payer for whom something is, or was, to be adjusted by the next run of the scheme.

    ``listed``: what was locked, with what a supplementary list is going to pay from its reserve.
    """
    settled, claimants = given_to(listed), claimants_of(now)
    amounts: dict[LineKey, Money] = {}
    for code, one in restated.items():
        before = settled.get(code, NOTHING_LISTED).by_payer
        for payer in dict.fromkeys([*before, *one.by_payer]):
            amounts[LineKey(code, payer)] = one.by_payer.get(payer, ZERO) - before.get(payer, ZERO)
    for known in lines:
        listed_now = settled.get(known.credit_code, NOTHING_LISTED).by_payer.get(known.payer, ZERO)
        line = known.but(settled=listed_now)
        amounts[line.line] = amounts.get(line.line, ZERO) + line.carried_on - line.overpaid
    demanded, recovered = demands_of(ordered), of_kind(ordered, "recovered")
    taken = {LineKey(one.credit_code, one.payer): one.amount for one in now.scheme_year.surroundings.taken}
    found = []
    for key, amount in sorted(amounts.items()):
        back = total(one.amount for one in demanded if one.line == key)
        serials = {fact.act.bank_serial: fact.act.amount for fact in recovered if LineKey.read(fact.act.line) == key}
        state = AdjustmentState(
            key=str(key),
            credit_code=key.credit_code,
            claimant=claimants.get(key.credit_code),
            payer=key.payer,
            amount=amount + back,
            taken=taken.get(key, ZERO),
            demanded=back,
            recovered=total(serials.values()),
        )
        if state.amount or state.taken or state.demanded or state.recovered:
            found.append(state)
    return tuple(found)


def claimants_of(now: Calculation) -> dict[str, UUID | None]:
    """Credit code -> the party that is paid."""
    carried: dict[str, UUID | None] = {one.credit_code: one.claimant for one in now.scheme_year.surroundings.carried}
    return {**carried, **{one.content.credit_code: one.content.claimant for one in now.claims}}


def demands_of(ordered: SettlementFacts) -> tuple[Demand, ...]:
    """Demands that an officer and both approvers, three people, have made in the same words."""
    return tuple(_demands(ordered))


def _demands(ordered: SettlementFacts) -> Iterator[Demand]:
    asked: dict[tuple[str, int, str, str], dict[Role, tuple[UUID, date]]] = {}
    for fact in of_kind(ordered, "demand_back"):
        act = fact.act
        signed = asked.setdefault((act.line, act.amount.fen, act.ground, act.decision), {})
        if act.by.party_id not in [who for who, _ in signed.values()]:
            signed.setdefault(act.by.role, (act.by.party_id, act.on))
    for (line, fen, ground, _), signed in sorted(asked.items()):
        if all(role in signed for role in _DEMANDING):
            yield Demand(LineKey.read(line), Money(fen), max(on for _, on in signed.values()), ground)
