"""One line of a delivery file: an event read, its form checked, and the act it becomes for a filing that was found."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from client.deliver.cloud_event import CloudEvent, Reference
from client.deliver.types import DELIVERIES, DeliveryType
from client.files.raw_lines import RawLine, bad_bytes
from schemas.acts.act import Act, FilingKind, Origin
from schemas.acts.beginning import filing_id_of, natural_act_id
from schemas.acts.licence import GiveNotice
from schemas.acts.royalty import BookReceipt, ReverseReceipt
from schemas.values.identifiers import act_id_of, derived_id
from schemas.values.refusal import Refusal, Refused, refusal, refuse
from schemas.wire.form import filled
from schemas.wire.json_text import parse_json
from schemas.wire.nearest import near
from schemas.wire.reading import kind_of

_LATER = UUID(int=0)
"""Stands for ids that are known once the filing is; with them the form can be checked before."""


@dataclass(frozen=True)
class Delivery:
    """A well-formed event: its envelope, how it names its filing, and the act with ids still to be found."""

    line: int
    event: CloudEvent
    type: DeliveryType
    reference: Reference
    act: Act
    derives: frozenset[str]
    """Fields of the act that the file leaves to us: ``n``, ``payer``, ``allocations``."""
    by_hand: UUID | None = None
    """The filing that a person names, where the event's own names find none."""

    @property
    def delivery_id(self) -> UUID:
        """The same event with the same content, in whichever order its fields stand."""
        content = json.dumps(self.event.model_dump(mode="json"), sort_keys=True)
        return derived_id("delivery", self.event.source, self.event.id, content)

    @property
    def content(self) -> UUID:
        """What it says, however it is written and whoever carries it."""
        said = self.act.model_dump_json(exclude={"by"})
        return derived_id("event content", self.event.type, self.reference.model_dump_json(), said)

    def under_its_own_name(self, act: Act) -> Act:
        """The act under the event's name: what contradicts a known act is a fact of its own."""
        return act.but(act_id=act_id_of("event", self.event.source, self.event.id))

    def act_for(self, filing_id: UUID, **found: Any) -> Act:
        """The act on that filing, with what was found for it; its id is its natural key, else the event's name."""
        act = self.act.but(filing_id=filing_id, **found)
        if isinstance(act, GiveNotice):
            act = act.but(filing_id=filing_id_of(act))
        gazette = self.reference.gazette
        return act.but(
            act_id=natural_act_id(act)
            or (
                act_id_of(act.kind, act.filing_id, gazette.issue, gazette.item)
                if gazette
                else act_id_of("event", self.event.source, self.event.id)
            )
        )


def read_line(line: RawLine, by: UUID | None) -> Delivery:
    """The event of a line; raises Refused with every defect of its form. ``by``: the party of events that name none."""
    if line.cut:
        raise refuse("line_too_long", f"{line.number}", line=line.number, size=len(line.body) - 1)
    try:
        text = line.body.decode("utf-8-sig" if line.number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise refuse(
            "bytes_unreadable",
            f"{line.number}",
            line=line.number,
            offset=line.offset + error.start,
            bytes=bad_bytes(error),
            encoding="UTF-8",
        ) from error
    return read_event(parse_json(text.rstrip("\r\n"), f"{line.number}", first_line=line.number), line.number, by)


def read_event(given: Any, line: int, by: UUID | None) -> Delivery:
    """The same from an event that is already parsed."""
    if not isinstance(given, dict):
        raise refuse("not_an_object", f"{line}", found=kind_of(given))
    event = filled(CloudEvent, given)
    kind = DELIVERIES.get(event.type)
    if kind is None:
        raise refuse("event_type_unknown", "type", type=event.type, known="、".join(DELIVERIES))
    party = event.partyid or by
    if party is None:
        raise refuse("event_party_missing", "partyid")
    event = event.but(partyid=party)  # so that it says so itself when it is kept and tried again
    fields, named = _parted(event, kind)
    derived: dict[str, Any] = {}
    if kind.model is GiveNotice:
        derived = {"declaration_id": _LATER, "n": 1}
    elif kind.model is BookReceipt:
        derived = {"payer": _LATER, "allocations": [{"obligation": "credit", "amount": fields.get("amount")}]}
    elif kind.model is ReverseReceipt:
        derived = {"receipt_id": _LATER}
    refusals: list[Refusal] = []
    reference, act = None, None
    try:
        reference = filled(Reference, named)
    except Refused as refused:
        refusals += refused.refusals
    try:
        act = filled(
            kind.model,
            {
                **derived,
                **fields,
                "act_id": _LATER,
                "filing_id": _LATER,
                "origin": Origin.FEED,
                "by": {"role": kind.role, "party_id": party},
            },
        )
    except Refused as refused:
        # What we fill in ourselves is wrong only where the field it comes from is.
        refusals += [one for one in refused.refusals if one.where.split(".")[0] not in set(derived) - set(fields)]
    if reference is None or act is None:
        # A field that names the filing and belongs to the act as well is wrong once.
        raise Refused(*dict.fromkeys(one.but(where=f"data.{one.where}") for one in refusals))
    if reference == Reference(gazette=reference.gazette):
        raise Refused(refusal("reference_missing", "data", names=_NAMES[kind.kind]))
    return Delivery(line, event, kind, reference, act, frozenset(derived) - set(fields))


def named_in(body: bytes) -> tuple[str | None, str | None]:
    """Source and id of an event, also of one whose form is wrong; None where it does not say them."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        return None, None
    if not isinstance(given, dict):
        return None, None
    source, event_id = (one if isinstance(one, str) else None for one in (given.get("source"), given.get("id")))
    return source, event_id


_NAMES = {
    FilingKind.DECLARATION: "declaration_number, patent_number, declaration_id",
    FilingKind.LICENCE: "receipt_number, payment_reference, licence_id, recordal_number, registration_number, "
    "patent_number + licensee",
    FilingKind.PAYOUT: "payout_id",
    FilingKind.SETTLEMENT: "settlement_id, scheme + year (+ authority)",
}
_SUBJECT = {
    FilingKind.DECLARATION: "patent_number",
    FilingKind.LICENCE: "payment_reference",
    FilingKind.PAYOUT: "payout_id",
    FilingKind.SETTLEMENT: "settlement_id",
}
_OURS = frozenset({"act_id", "filing_id", "by", "origin", "kind"})
"""Fields of the act that no sender writes."""


def _parted(event: CloudEvent, kind: DeliveryType) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of the act and the names of the filing; some are both."""
    names = set(Reference.model_fields)
    if kind.kind in (FilingKind.PAYOUT, FilingKind.SETTLEMENT):
        names.discard("line")  # there it is the list's line, not the bank's
    own = set(kind.model.model_fields) - _OURS
    fields = {name: value for name, value in event.data.items() if name in own or name not in names}
    named = {name: value for name, value in event.data.items() if name in names}
    unknown = sorted(name for name in fields if name in _OURS)
    if unknown:
        raise Refused(*(refusal("field_unknown", f"data.{name}", nearest=near(name, own)) for name in unknown))
    if event.subject and not set(named) - {"gazette", "line"} - own:
        named.setdefault(_SUBJECT[kind.kind], event.subject)
    return fields, named
