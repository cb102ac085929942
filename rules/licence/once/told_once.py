"""What was told twice of one licence counts once: a bank line, a payer's voucher, a reversal (D-09, D-13)."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from schemas.acts.beginning import natural_act_id
from schemas.acts.licence import Pay
from schemas.acts.royalty import BookReceipt, ReverseReceipt
from schemas.standing.fact import Fact, LicenceFacts
from schemas.standing.identity import IdentityKind, SharedIdentity
from schemas.standing.position import Finding

_TOLD_AGAIN = {
    "book_receipt": "receipt_booked_twice",
    "pay": "voucher_told_twice",
    "reverse_receipt": "reversal_told_twice",
}


class ToldOnce(NamedTuple):
    """``counting``: the facts without those that say again what another says; what contradicts is told of."""

    counting: LicenceFacts
    findings: tuple[Finding, ...]


def told_once(ordered: LicenceFacts) -> ToldOnce:
    """Of several facts that tell one thing, that which carries the thing's own key counts, else the first by day."""
    first: dict[tuple[object, ...], Fact[Any]] = {}
    for fact in sorted(of_kind(ordered, *_TOLD_AGAIN), key=_by_its_own_name):
        first.setdefault(_thing(fact.act), fact)
    counting, findings = [], []
    for fact in ordered:
        code = _TOLD_AGAIN.get(fact.act.kind)
        if code is not None and first[_thing(fact.act)] is not fact:
            findings.append(finding(code, fact))
        else:
            counting.append(fact)
    return ToldOnce(tuple(counting), (*findings, *_alike(counting)))


def books_line(facts: LicenceFacts, act: BookReceipt) -> bool:
    """Whether this is the booking of its line, and not one that says again what is booked; no correction undoes it."""
    bookings = sorted(of_kind(facts, "book_receipt"), key=_by_its_own_name)
    first: UUID = next(one.act.act_id for one in bookings if _thing(one.act) == _thing(act))
    return first == act.act_id


def paid_here(counting: LicenceFacts, shared: Iterable[SharedIdentity]) -> LicenceFacts:
    """A voucher that another licence had first pays there, and nothing here."""
    elsewhere = {one.value for one in shared if one.what is IdentityKind.VOUCHER and one.was_first}
    return tuple(one for one in counting if not (isinstance(one.act, Pay) and one.act.voucher in elsewhere))


def _by_its_own_name(fact: Fact[Any]) -> tuple[bool, Any, str]:
    # What carries the thing's own key was told first; what contradicts it came under another name.
    return natural_act_id(fact.act) != fact.act.act_id, fact.act.on, str(fact.act.act_id)


def _thing(act: Any) -> tuple[object, ...]:
    if isinstance(act, Pay):
        return act.kind, act.voucher
    if isinstance(act, ReverseReceipt):
        return act.kind, act.receipt_id, act.key
    return act.kind, act.line.receipt_id


def _alike(counting: Iterable[Fact[Any]]) -> Iterable[Finding]:
    """Two reversals that differ in nothing but the words of their reason are perhaps one: somebody looks."""
    seen: set[tuple[object, ...]] = set()
    for fact in counting:
        if isinstance(fact.act, ReverseReceipt) and fact.act.bank_serial is None:
            alike = (fact.act.receipt_id, fact.act.on, fact.act.amount)
            if alike in seen:
                yield finding("reversal_perhaps_told_twice", fact)
            seen.add(alike)
