"""What a licence says is its own: to be the licensee's one unfinished licence (D-07), its vouchers and its numbers."""

from collections.abc import Iterator
from datetime import date

from rules.filing.order import last, of_kind
from rules.law.calendar import ONE_DAY
from rules.licence.right import Right
from schemas.lifecycle.stages.licence import LicenceStage
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.fact import LicenceFacts
from schemas.standing.identity import Identity, IdentityKind
from schemas.values.outside import normal

_NUMBERS = (
    (IdentityKind.RECORDAL_NUMBER, "record", "recordal_number"),
    (IdentityKind.REGISTRATION_NUMBER, "register", "registration_number"),
    (IdentityKind.PERMIT_NUMBER, "permit_issued", "number"),
)


def identities_of(ordered: LicenceFacts, right: Right) -> Iterator[Identity]:
    """All of them; ``ordered`` are the facts that count, each told once."""
    last_on = _last_day(right)
    stood_on = last_on is not None and last_on >= right.received_on
    if stood_on or (last_on is None and right.stage.phase is Phase.OPEN):
        yield Identity(
            what=IdentityKind.UNFINISHED_LICENCE,
            value=f"{right.begun.act.declaration_id}:{right.begun.act.licensee}",
            act_id=right.begun.act.act_id,
            since_on=right.received_on,
            until_on=last_on,
        )
    for fact in of_kind(ordered, "pay"):
        yield Identity(what=IdentityKind.VOUCHER, value=fact.act.voucher, act_id=fact.act.act_id, since_on=fact.act.on)
    for what, kind, field in _NUMBERS:
        numbered = last(ordered, kind)
        if numbered is not None:
            value = normal("office_number", getattr(numbered.act, field))
            yield Identity(what=what, value=value, act_id=numbered.act.act_id, since_on=numbered.act.on)


def _last_day(right: Right) -> date | None:
    """The last day on which the licence runs, as far as is known; None where it never ran, or nothing says so yet."""
    if right.effective_on is None:
        return None
    if right.ended_on is None or right.provisional:
        return right.term_ends_on
    return right.ended_on if right.stage == LicenceStage.EXPIRED else right.ended_on - ONE_DAY
