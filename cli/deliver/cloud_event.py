"""What authorities, banks and sub-platforms deliver: CloudEvents 1.0, one JSON object a line, each of them one act.

``data`` names the filing (one of the fields of ``Reference``), the legal day ``on``, the papers ``evidence``, and the
fields of the act that the event's type stands for, as they are on the wire.
"""

import re
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import model_validator

from schemas.acts.royalty import BankLine
from schemas.statements.offer import Gazette
from schemas.values.model import Model, OfficeNumber, ReceiptNumber, ShortText, Text
from schemas.values.patent_number import PatentNumber

_EXTENSION = re.compile(r"^[a-z0-9]{1,20}$")


class CloudEvent(Model):
    """The envelope. ``source`` and ``id`` together name the event; sent again they mean the same event."""

    specversion: Literal["1.0"]
    id: ShortText
    source: ShortText
    type: ShortText
    subject: ShortText | None = None
    time: datetime | None = None
    """When the event was made. It is no legal day: that one stands in ``data``."""
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: ShortText | None = None
    partyid: UUID | None = None
    """Our extension attribute: the party that states the fact."""
    data: dict[str, Any]

    @model_validator(mode="before")
    @classmethod
    def _without_other_extensions(cls, given: Any) -> Any:
        # The specification lets every intermediary add attributes of its own; only their names are ruled.
        if not isinstance(given, dict):
            return given
        return {
            name: value
            for name, value in given.items()
            if name in cls.model_fields
            or not isinstance(name, str)
            or not _EXTENSION.match(name)
            or name == "data_base64"
        }


class Reference(Model):
    """How an event names the filing it is about; the surest name that is given decides."""

    declaration_id: UUID | None = None
    licence_id: UUID | None = None
    payout_id: UUID | None = None
    receipt_number: ReceiptNumber | None = None
    """The number of the receipt that the licensee got for its notice."""
    payment_reference: Text | None = None
    """What the payer wrote: a receipt number or a licence id somewhere in it."""
    line: BankLine | None = None
    declaration_number: OfficeNumber | None = None
    recordal_number: OfficeNumber | None = None
    registration_number: OfficeNumber | None = None
    patent_number: PatentNumber | None = None
    licensee: UUID | None = None
    gazette: Gazette | None = None
    """Where the office printed it: the natural key of what it prints."""
