"""Identifiers and workflow ids: how they are built and parsed. Nothing personal stands in any of them."""

from uuid import UUID, uuid5

NAMESPACE = UUID("6f2a7d5e-8a0b-5c7e-9a51-0a5de1cece00")
"""Namespace of every derived id of this engine; never changed, since filing ids are made from it."""


def derived_id(*parts: object) -> UUID:
    """An id that is the same wherever and whenever it is made from the same parts."""
    return uuid5(NAMESPACE, "\x1f".join(str(part) for part in parts))


def act_id_of(*natural_key: object) -> UUID:
    """The act id of an act that has a natural key (a bank line, a Gazette row, a certificate number)."""
    return derived_id("act", *natural_key)


def declaration_id_of(first_act_id: UUID) -> UUID:
    """A declaration is named by the act that began it."""
    return derived_id("declaration", first_act_id)


def licence_id_of(declaration_id: UUID, licensee: UUID, n: int) -> UUID:
    """The n-th notice of one licensee under one declaration is one licence."""
    return derived_id("licence", declaration_id, licensee, n)


def receipt_id_of(bank: str, account: str, serial: str, licence_id: UUID | None = None) -> UUID:
    """One bank line is one receipt, over all filings and channels; ``licence_id``: that licence's part of the line."""
    return derived_id("receipt", bank, account, serial, *([licence_id] if licence_id else []))


def payout_id_of(parent_id: UUID, unit: UUID, subject: str) -> UUID:
    """``subject``: the receipt's id, or ``grant`` for the first-grant bonus of a declaration's patent."""
    return derived_id("payout", parent_id, unit, subject)


def settlement_id_of(authority: UUID, scheme: str, year: int) -> UUID:
    """One authority settles one scheme once for each year."""
    return derived_id("settlement", authority, scheme, year)


_PARTS = {"declaration": 1, "licence": 3, "payout": 3, "settlement": 3}


def workflow_id(kind: str, *parts: object) -> str:
    """``licence:<declaration>:<licensee>:<n>``; a colon inside a part would make two ids look alike: refused."""
    texts = [str(part) for part in parts]
    if len(texts) != _PARTS[kind] or any(":" in text or not text for text in texts):
        raise ValueError(f"{kind} workflow ids have {_PARTS[kind]} parts without colons, got {texts}")
    return ":".join((kind, *texts))
