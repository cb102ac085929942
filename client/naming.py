"""Ids of acts and filings: the natural key where an act has one, so that every channel names the same act alike."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from schemas.acts.act import Act, PassDay
from schemas.acts.declaration import Announce, MarkFiled, SaveDraft, Submit, TakeOverDeclaration
from schemas.acts.licence import GiveNotice, PermitIssued, Record, Register, TakeOverLicence
from schemas.acts.payout import Determine, Paid, ReturnedByBank, TakeOverPayout
from schemas.acts.royalty import BookReceipt
from schemas.acts.settlement import OpenYear, PaySubsidy, Recovered, SubsidyReturned, TakeOverSettlement
from schemas.values.identifiers import act_id_of, declaration_id_of, licence_id_of, payout_id_of, settlement_id_of

_NATURAL: dict[type[Act], Callable[[Any], tuple[object, ...]]] = {
    GiveNotice: lambda act: ("notice", act.declaration_id, act.licensee, act.n),
    Determine: lambda act: ("determine", act.filing_id),
    OpenYear: lambda act: ("open_year", act.filing_id),
    PassDay: lambda act: ("pass_day", act.filing_id, act.on),
    MarkFiled: lambda act: ("mark_filed", act.filing_id, act.office_receipt_number),
    Announce: lambda act: ("announce", act.filing_id, act.declaration_number),
    PermitIssued: lambda act: ("permit_issued", act.filing_id, act.number),
    Record: lambda act: ("record", act.filing_id, act.recordal_number),
    Register: lambda act: ("register", act.filing_id, act.registration_number),
    BookReceipt: lambda act: ("book_receipt", act.filing_id, act.line.receipt_id),
    Paid: lambda act: ("paid", act.filing_id, act.line, act.bank_serial),
    ReturnedByBank: lambda act: ("returned_by_bank", act.filing_id, act.line, act.bank_serial),
    PaySubsidy: lambda act: ("pay", act.filing_id, act.line, act.bank_serial),
    SubsidyReturned: lambda act: ("returned", act.filing_id, act.line, act.bank_serial),
    Recovered: lambda act: ("recovered", act.filing_id, act.line, act.bank_serial),
}
"""Without the filing a key would meet the same number in another filing as *act id reused*; the database's own keys
(one bank line, one notice) say better what is wrong."""


def natural_act_id(act: Act) -> UUID | None:
    """The act id of an act with a natural key, from its content and its ``filing_id``; None for all others."""
    key = _NATURAL.get(type(act))
    if key is not None:
        return act_id_of(*key(act))
    gazette = getattr(act, "gazette", None)
    return None if gazette is None else act_id_of(act.kind, act.filing_id, gazette.issue, gazette.item)


def begins(model: type[Act]) -> bool:
    """Whether acts of this kind can be the first of their filing."""
    return issubclass(
        model,
        SaveDraft
        | Submit
        | TakeOverDeclaration
        | GiveNotice
        | TakeOverLicence
        | Determine
        | TakeOverPayout
        | OpenYear
        | TakeOverSettlement,
    )


def named(act: Act, act_id: UUID | None = None, filing_id: UUID | None = None) -> Any:
    """The act with its ids; what is not given is derived from its content, else made anew.

    ``filing_id`` is needed for acts that do not begin a filing, and for a declaration that goes on from its draft.
    """
    if filing_id is None and isinstance(act, SaveDraft | Submit | TakeOverDeclaration):
        act_id = act_id or uuid4()
        filing_id = declaration_id_of(act_id)
    elif isinstance(act, GiveNotice | TakeOverLicence):
        filing_id = licence_id_of(act.declaration_id, act.licensee, act.n)
    elif isinstance(act, Determine | TakeOverPayout):
        filing_id = payout_id_of(act.parent_id, act.unit, act.subject)
    elif isinstance(act, OpenYear | TakeOverSettlement):
        filing_id = settlement_id_of(act.authority, act.scheme, act.year)
    act = act.but(filing_id=filing_id)
    return act.but(act_id=act_id or natural_act_id(act) or uuid4())
