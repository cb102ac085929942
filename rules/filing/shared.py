"""One thing that two filings say is their own: both carry a finding, and of what only one can be two people decide."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rules.filing.order import of_kind
from rules.filing.watch import at_once
from schemas.acts.act import Act, Countersign
from schemas.acts.declaration import Submit
from schemas.acts.licence import GiveNotice, Pay
from schemas.standing.fact import Fact
from schemas.standing.identity import Identity, IdentityKind, SharedIdentity
from schemas.standing.position import Finding, Task
from schemas.values.actor import AUTHORITIES, Role

_FINDINGS = {
    IdentityKind.LIVE_DECLARATION: "two_live_declarations",
    IdentityKind.UNFINISHED_LICENCE: "two_unfinished_licences",
    IdentityKind.VOUCHER: "voucher_of_another_licence",
    IdentityKind.DECLARATION_NUMBER: "declaration_number_of_another",
    IdentityKind.OFFICE_RECEIPT_NUMBER: "office_receipt_number_of_another",
    IdentityKind.RECORDAL_NUMBER: "recordal_number_of_another",
    IdentityKind.REGISTRATION_NUMBER: "registration_number_of_another",
    IdentityKind.PERMIT_NUMBER: "permit_number_of_another",
    IdentityKind.GAZETTE_ITEM: "gazette_item_of_another",
}
_DECIDED = {IdentityKind.LIVE_DECLARATION: "D-33", IdentityKind.UNFINISHED_LICENCE: "D-07"}
_BEGUN = {Submit: IdentityKind.LIVE_DECLARATION, GiveNotice: IdentityKind.UNFINISHED_LICENCE, Pay: IdentityKind.VOUCHER}


def begun_alone(act: Act, facts: Sequence[Fact[Any]]) -> tuple[IdentityKind, ...]:
    """What a person begins with this act and no other filing may have; facts of authorities ask for nothing (R2).

    A taking over begins with its countersignature (R7); a correction begins nothing.
    """
    if act.by.role in AUTHORITIES:
        return ()
    if isinstance(act, Countersign):
        taken_over = any(one.act.act_id == act.countersigns for one in of_kind(facts, "take_over"))
        return tuple(_DECIDED) if taken_over else ()
    kind = _BEGUN.get(type(act))
    return (kind,) if kind else ()


def shared_findings(shared: Iterable[SharedIdentity], held: Iterable[Identity]) -> Iterator[Finding]:
    """One for each thing and other filing; ``held``: what this filing says is its own."""
    says = {(one.what, one.value): one.act_id for one in held}
    for one in shared:
        if (one.what, one.value) in says:
            yield Finding(
                key=f"{_FINDINGS[one.what]}:{one.value}:{one.filing_id}",
                code=_FINDINGS[one.what],
                about=says[one.what, one.value],
                opened_on=one.on,
                others=(one.filing_id,),
            )


def shared_tasks(shared: Iterable[SharedIdentity], held: Iterable[Identity]) -> Iterator[Task]:
    """Where only one filing can stand, two people look at both and end one of them by the acts that end it."""
    says = {(one.what, one.value) for one in held}
    for one in shared:
        if one.what in _DECIDED and (one.what, one.value) in says:
            key = f"decide_which_stands:{one.filing_id}"
            yield at_once(key, "decide_which_stands", Role.OPERATOR, _DECIDED[one.what], one.on)
