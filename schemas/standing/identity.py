"""What a filing says is its own of the outside world, and what another filing says is its own as well."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from schemas.values.model import Model


class IdentityKind(StrEnum):
    """Things of which there is one, whichever filing speaks of it."""

    LIVE_DECLARATION = "live_declaration"
    """Of a patent number (D-33)."""
    UNFINISHED_LICENCE = "unfinished_licence"
    """Of a licensee under a declaration (D-07)."""
    VOUCHER = "voucher"
    """A payer's paper, by its content hash: it pays once (D-09)."""
    DECLARATION_NUMBER = "declaration_number"
    OFFICE_RECEIPT_NUMBER = "office_receipt_number"
    RECORDAL_NUMBER = "recordal_number"
    REGISTRATION_NUMBER = "registration_number"
    PERMIT_NUMBER = "permit_number"
    GAZETTE_ITEM = "gazette_item"
    """An issue and an item: the Gazette prints one thing of one declaration there."""


class Identity(Model):
    """One such thing, in its normal form; ``act_id`` says so. Its days are those on which it is the filing's."""

    what: IdentityKind
    value: str
    act_id: UUID
    since_on: date
    until_on: date | None = None


class SharedIdentity(Model):
    """Another filing says the same of itself, of days that overlap; ``on`` is the first day of both."""

    what: IdentityKind
    value: str
    filing_id: UUID
    """The other filing."""
    on: date
    was_first: bool
    """The other filing was recorded to have it before this one."""
