"""The base of every model of ours, and the small types that all of them share."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from schemas.values.cells import days
from schemas.values.cells.characters import refuse_private_use
from schemas.values.cells.reading import are_read
from schemas.values.outside import storable, written

EARLIEST_DAY = date(1985, 4, 1)  # the first Patent Law took effect; no legal day of a patent lies before it
LATEST_DAY = date(2199, 12, 31)
SHANGHAI = days.SHANGHAI
"""Where days begin and end."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _no_nul(value: str, info: ValidationInfo) -> str:
    # Postgres cannot store U+0000, so it must be stopped at the edge and not inside a transaction.
    if "\x00" in value:
        raise PydanticCustomError("nul_character", "U+0000 is not text; remove it")
    if are_read(info):
        refuse_private_use(value)
    return value


def _is_written_as_a_day(value: Any, info: ValidationInfo) -> Any:
    if are_read(info):
        if isinstance(value, datetime):
            value = value.isoformat()
        if isinstance(value, str):
            return days.day_of(value)
    # pydantic also reads a number, and digits alone, as seconds since 1970.
    if isinstance(value, int | float) or (isinstance(value, str) and not _DAY.fullmatch(value)):
        raise PydanticCustomError("not_a_day", "a day is written like 2026-11-20")
    return value


def _is_possible(day: date) -> date:
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise PydanticCustomError(
            "impossible_day",
            "a legal day lies between {first} and {last}",
            {"first": EARLIEST_DAY.isoformat(), "last": LATEST_DAY.isoformat()},
        )
    return day


class Model(BaseModel):
    """Frozen, and closed to unknown fields: a field we do not know is an error, never silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    def but(self, **changes: Any) -> Self:
        """The same model with some fields changed, validated again."""
        return type(self).model_validate({**dict(self), **changes})


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000),
    AfterValidator(_no_nul),
    storable(lines=True),
]
ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_no_nul),
    storable(lines=False),
]


def _says_something(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty_text", "blanks alone say nothing", {"least": 1})
    return value


Filled = Annotated[
    str,
    Field(min_length=1, strict=True, json_schema_extra={"pattern": r"\S"}),
    AfterValidator(_says_something),
    storable(lines=True),
]
"""A text of a file that somebody writes: a title, a provision, a value; never blanks alone."""
BankName = Annotated[ShortText, written("bank")]
AccountNumber = Annotated[ShortText, written("account")]
BankSerial = Annotated[ShortText, written("bank_serial")]
"""The bank's or treasury's own number of a line."""
ReceiptNumber = Annotated[ShortText, written("receipt_number")]
OfficeNumber = Annotated[ShortText, written("office_number")]
"""The number that an office, a registrar or a department gave: of a declaration, a filing, a recordal, a contract."""
GazettePlace = Annotated[ShortText, written("gazette")]
ContractName = Annotated[ShortText, written("contract")]
CounterpartyName = Annotated[ShortText, written("counterparty")]
ProjectName = Annotated[ShortText, written("project")]
Reason = Annotated[ShortText, written("reason")]
HASH_PATTERN = r"^[0-9a-f]{64}$"
Sha256 = Annotated[str, StringConstraints(pattern=HASH_PATTERN)]
NAMES_DOCUMENT = "names a document"
ContentHash = Annotated[Sha256, written("document_hash"), NAMES_DOCUMENT]
"""SHA-256 of a document, in hex; documents never travel, their hashes do. The marker tells these hashes from others."""
NAMES_PARTY = "names a party"
PartyId = Annotated[UUID, NAMES_PARTY]
"""A person or an organisation, written before an act names it; the marker tells it from ids of filings and acts."""
Day = Annotated[date, BeforeValidator(_is_written_as_a_day), AfterValidator(_is_possible)]
"""A legal day in Asia/Shanghai."""
