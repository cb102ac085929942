"""What authorities, banks and sub-platforms deliver: CloudEvents 1.0, each of them one act.

``data`` names the filing (one of the fields of ``Reference``), the legal day ``on``, the papers ``evidence``, and the
fields of the act that the event's type stands for, as they are on the wire.
"""

import binascii
import re
from base64 import b64decode
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from schemas.acts.royalty import BankLine
from schemas.schemes.clauses import SchemeId
from schemas.statements.offer import Gazette
from schemas.values.calendar import Year
from schemas.values.model import Model, OfficeNumber, ReceiptNumber, ShortText, Text
from schemas.values.patent_number import PatentNumber
from schemas.wire.json_text import decoded, parse_json

_JSON = re.compile(r"\s*[^\s/;]+/(?:[^\s/;]+\+)?json\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
"""Content types of data that is JSON, whatever parameters follow (CloudEvents JSON 3.1)."""


class CloudEvent(Model):
    """The envelope. ``source`` and ``id`` together name the event; sent again they mean the same event.

    What else stands in it is an extension of a sender or an intermediary, under whatever name, and is passed over.
    """

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
    def _as_sent(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        known = {name: value for name, value in given.items() if name in cls.model_fields}
        if known.get("data") is None and isinstance(given.get("data_base64"), str):
            known["data"] = _from_base64(given["data_base64"])
        return known

    @field_validator("datacontenttype", mode="before")
    @classmethod
    def _is_json(cls, given: Any) -> Any:
        # Absent or null it is JSON; kept in one writing, so that an event sent again is the same event.
        return "application/json" if given is None or (isinstance(given, str) and _JSON.fullmatch(given)) else given


def _from_base64(text: str) -> Any:
    try:
        body = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PydanticCustomError("not_base64", "data_base64 is no Base64") from error
    return parse_json(decoded(body, "data_base64"), "data_base64")


_LATER_FIELD = Field(exclude_if=lambda value: value is None)
"""What earlier events do not have is left out, so that an event sent again is what it was."""


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
    settlement_id: Annotated[UUID | None, _LATER_FIELD] = None
    scheme: Annotated[SchemeId | None, _LATER_FIELD] = None
    year: Annotated[Year | None, _LATER_FIELD] = None
    """With ``scheme``, and ``authority`` where several settle the same scheme, the settlement."""
    authority: Annotated[UUID | None, _LATER_FIELD] = None
