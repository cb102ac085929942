"""An example of each event that can be delivered, and the JSON Schema of its data."""

from typing import Any

from client.deliver.cloud_event import Reference
from client.deliver.types import DELIVERIES
from schemas.acts.act import FilingKind
from schemas.acts.licence import GiveNotice
from schemas.acts.royalty import BankLine, BookReceipt, ReverseReceipt
from schemas.examples.bodies import OURS, examples_of, schema_of
from schemas.examples.samples import COMPANY, DAY, FILING, PATENT, SCHEME, UNIVERSITY, YEAR, sample

_NAMED: dict[FilingKind, dict[str, Any]] = {
    FilingKind.DECLARATION: {"patent_number": PATENT},
    FilingKind.LICENCE: {"patent_number": PATENT, "licensee": COMPANY},
    FilingKind.PAYOUT: {"payout_id": FILING},
    FilingKind.SETTLEMENT: {"scheme": SCHEME, "year": YEAR, "authority": UNIVERSITY},
}
_DERIVED: dict[type, tuple[str, ...]] = {
    GiveNotice: ("declaration_id", "n"),
    BookReceipt: ("payer", "allocations"),
    ReverseReceipt: ("receipt_id",),
}
"""Fields of an act that follow from what the event names."""


def event_example(name: str) -> dict[str, Any]:
    """One event of that type, whole."""
    known = DELIVERIES[name]
    body = next(iter(examples_of(known.model).values()))
    data = {"on": DAY} | {key: value for key, value in body.items() if key not in _DERIVED.get(known.model, ())}
    if known.model is ReverseReceipt:
        data["line"] = sample(BankLine)
    return {
        "specversion": "1.0",
        "id": f"{name.rpartition('.')[2]}-1",
        "source": "urn:example:sender",
        "type": name,
        "partyid": UNIVERSITY,
        "data": {**_NAMED[known.kind], **data},
    }


def data_schema(name: str) -> dict[str, Any]:
    """The shape of what an event of that type says: the legal day, the papers, and the act's own fields."""
    known = DELIVERIES[name]
    return schema_of(known.model, OURS - {"on", "evidence"} | set(_DERIVED.get(known.model, ())))


def event_schema(name: str) -> dict[str, Any]:
    """The shape of the data of an event: the names of the filing, and what it says of it."""
    own, names = data_schema(name), schema_of(Reference, frozenset())
    shapes = {**names.get("$defs", {}), **own.get("$defs", {})}
    return own | {"properties": {**names["properties"], **own["properties"]}} | ({"$defs": shapes} if shapes else {})
