"""What begins a filing and what names it: the one table from which ids of filings, workflows and acts follow.

A declaration is named by the act that began it; every other filing by fields of its first act, so that two programs
that ask for the same thing mean the same filing.
"""

from operator import attrgetter
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from schemas.acts.act import Act, CorrectFact, FilingKind, PassDay
from schemas.acts.declaration import Announce, MarkFiled, SaveDraft, Submit, TakeOverDeclaration
from schemas.acts.licence import GiveNotice, Pay, PermitIssued, Record, Register, TakeOverLicence
from schemas.acts.payout import Determine, Paid, ReturnedByBank, TakeOverPayout
from schemas.acts.royalty import BookReceipt, ReverseReceipt
from schemas.acts.settlement import OpenYear, PaySubsidy, Recovered, SubsidyReturned, TakeOverSettlement
from schemas.values.identifiers import act_id_of, declaration_id_of, derived_id, workflow_id

A = TypeVar("A", bound=Act)


class Beginning(NamedTuple):
    """How a filing begins with an act."""

    kind: FilingKind
    named_by: tuple[str, ...] = ()
    """The act's fields that name the filing; none: the act itself does."""
    parent: str | None = None
    """The field, one of ``named_by``, that holds the filing above."""


_DECLARATION = Beginning(FilingKind.DECLARATION)
_LICENCE = Beginning(FilingKind.LICENCE, ("declaration_id", "licensee", "n"), "declaration_id")
_PAYOUT = Beginning(FilingKind.PAYOUT, ("parent_id", "unit", "subject"), "parent_id")
_SETTLEMENT = Beginning(FilingKind.SETTLEMENT, ("authority", "scheme", "year"))
BEGINNINGS: dict[type[Act], Beginning] = {
    SaveDraft: _DECLARATION,
    Submit: _DECLARATION,
    TakeOverDeclaration: _DECLARATION,
    GiveNotice: _LICENCE,
    TakeOverLicence: _LICENCE,
    Determine: _PAYOUT,
    TakeOverPayout: _PAYOUT,
    OpenYear: _SETTLEMENT,
    TakeOverSettlement: _SETTLEMENT,
}


_REUSED, _FACT = "act_id_reused", "fact_known"


class NaturalKey(NamedTuple):
    """What makes an act of the outside world one act, whoever tells it: a word and the act's own fields."""

    word: str
    fields: tuple[str, ...]
    known: str = _REUSED
    """The refusal of another content under the same key; all but the first are of facts that are told beside it."""


def _in_its_filing(word: str, *fields: str, known: str = _REUSED) -> NaturalKey:
    # Without the filing a key would meet the same number in another filing as *act id reused*; the database's own keys
    # (one bank line, one notice) say better what is wrong.
    return NaturalKey(word, ("filing_id", *fields), known)


NATURAL_KEYS: dict[type[Act], NaturalKey] = {
    GiveNotice: NaturalKey("notice", _LICENCE.named_by),
    Determine: _in_its_filing("determine"),
    OpenYear: _in_its_filing("open_year"),
    PassDay: _in_its_filing("pass_day", "on"),
    MarkFiled: _in_its_filing("mark_filed", "office_receipt_number", known=_FACT),
    Announce: _in_its_filing("announce", "declaration_number", known=_FACT),
    PermitIssued: _in_its_filing("permit_issued", "number", known=_FACT),
    Record: _in_its_filing("record", "recordal_number", known=_FACT),
    Register: _in_its_filing("register", "registration_number", known=_FACT),
    Pay: _in_its_filing("pay", "voucher", known="voucher_known"),
    BookReceipt: _in_its_filing("book_receipt", "line.receipt_id", known="bank_line_known"),
    ReverseReceipt: _in_its_filing("reverse_receipt", "receipt_id", "key", known=_FACT),
    Paid: _in_its_filing("paid", "line", "bank_serial", known="bank_line_known"),
    ReturnedByBank: _in_its_filing("returned_by_bank", "line", "bank_serial", known="bank_line_known"),
    PaySubsidy: _in_its_filing("pay", "line", "bank_serial", known="bank_line_known"),
    SubsidyReturned: _in_its_filing("returned", "line", "bank_serial", known="bank_line_known"),
    Recovered: _in_its_filing("recovered", "line", "bank_serial", known="bank_line_known"),
}
"""Acts that can be told twice. Beside these, whatever the Gazette prints is named by its issue and item."""
_NEVER_CORRECTED = ("act_id", "filing_id", "kind", "by", "origin")
_IDENTITIES: dict[type[Act], tuple[str, ...]] = {
    BookReceipt: ("line", "line_amount"),
    Paid: ("bank_serial",),
    ReturnedByBank: ("bank_serial",),
    PaySubsidy: ("bank_serial",),
    SubsidyReturned: ("bank_serial",),
    Recovered: ("bank_serial",),
    CorrectFact: ("corrects",),
}
"""What makes a bank's line this line is guarded by the database's unique keys, which see no correction: a line that was
typed wrongly is reversed and booked again."""


def kinds_that_begin(kind: FilingKind) -> tuple[str, ...]:
    """The kinds of acts with which such a filing can begin."""
    return tuple(model.model_fields["kind"].default for model, one in BEGINNINGS.items() if one.kind is kind)


def is_beginning(act: Act) -> bool:
    """Whether the act begins its filing; a declaration submitted from its draft goes on with the draft's filing."""
    beginning = BEGINNINGS.get(type(act))
    return beginning is not None and (bool(beginning.named_by) or act.filing_id == filing_id_of(act))


def filing_id_of(act: Act) -> UUID:
    """The id of the filing that this first act begins; the act's own where others name the filing."""
    beginning = BEGINNINGS.get(type(act))
    if beginning is None:
        return act.filing_id
    if not beginning.named_by:
        return declaration_id_of(act.act_id)
    return derived_id(beginning.kind.value, *(getattr(act, field) for field in beginning.named_by))


def workflow_id_of(act: Act) -> str:
    """The workflow id of the filing that this act begins."""
    beginning = BEGINNINGS[type(act)]
    parts = [getattr(act, field) for field in beginning.named_by] or [act.filing_id]
    return workflow_id(beginning.kind.value, *parts)


def parent_id_of(act: Act) -> UUID | None:
    """The filing above the one that this act begins."""
    beginning = BEGINNINGS.get(type(act))
    parent: UUID | None = getattr(act, beginning.parent) if beginning and beginning.parent else None
    return parent


def natural_act_id(act: Act) -> UUID | None:
    """The act id of an act with a natural key, from its content and its ``filing_id``; None for all others."""
    key = NATURAL_KEYS.get(type(act))
    if key is not None:
        return act_id_of(key.word, *(attrgetter(field)(act) for field in key.fields))
    gazette = getattr(act, "gazette", None)
    return None if gazette is None else act_id_of(act.kind, act.filing_id, gazette.issue, gazette.item)


def known_as(act: Act) -> str:
    """The refusal of another content under the act's id."""
    return _known(act) if natural_act_id(act) == act.act_id else _REUSED


def told_beside_as(act: Act) -> UUID | None:
    """The natural key of a fact of the outside world, which told otherwise under it is a fact of its own; else None."""
    return natural_act_id(act) if _known(act) != _REUSED else None


def _known(act: Act) -> str:
    key = NATURAL_KEYS.get(type(act))
    return _FACT if key is None else key.known  # without a key of its own it is an item of the Gazette


def begun(model: type[A], **fields: Any) -> A:
    """A first act of that kind whose ids follow from its fields: for acts that can be told twice."""
    beginning, key = BEGINNINGS[model], NATURAL_KEYS[model]
    filing_id = derived_id(beginning.kind.value, *(fields[field] for field in beginning.named_by))
    names = {"filing_id": filing_id, **fields}
    return model(act_id=act_id_of(key.word, *(names[field] for field in key.fields)), **names)


def never_corrected(act: Act) -> tuple[str, ...]:
    """Fields that a correction cannot change: with other values it is another act, or an act of another filing."""
    beginning = BEGINNINGS.get(type(act))
    return (*_NEVER_CORRECTED, *(beginning.named_by if beginning else ()), *_IDENTITIES.get(type(act), ()))


def makes_another_act(act: Act, replacement: dict[str, Any]) -> str | None:
    """The field by which the replacement would make another act of this one; None where there is none."""
    named, wire = [name for name in never_corrected(act) if name in replacement], act.model_dump(mode="json")
    return next((name for name in named if replacement[name] != wire[name]), None)
