"""CloudEvents 1.0 as others send them: whatever the specification lets a sender write is read."""

import io
import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from client.deliver.delivery import Delivery, read_event
from client.deliver.document import events_in
from client.deliver.types import DELIVERIES, PREFIX
from schemas.acts.act import FilingKind
from schemas.values.refusal import Refused

DATA = {"declaration_number": "K-1", "gazette": {"issue": "42-1"}, "on": "2026-11-29"}
EVENT: dict[str, Any] = {
    "specversion": "1.0",
    "id": "1",
    "source": "urn:test",
    "type": "cn.open-licence.gazette.withdrawal",
    "partyid": str(UUID(int=1)),
    "data": DATA,
}
NAMES: dict[FilingKind, dict[str, Any]] = {
    FilingKind.DECLARATION: {"patent_number": "201910065946.9"},
    FilingKind.LICENCE: {"licence_id": str(UUID(int=2))},
    FilingKind.PAYOUT: {"payout_id": str(UUID(int=2))},
    FilingKind.SETTLEMENT: {"scheme": "SZ-2021-UNIV-5PCT", "year": 2026},
}


def read(**changes: Any) -> Delivery:
    return read_event({**EVENT, **changes}, 1, None)


def codes(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as error:
        read(**changes)
    return [(one.code, one.where) for one in error.value.refusals]


@pytest.mark.parametrize(
    "kind",
    [
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8; profile=x",
        "Application/JSON",
        "text/json",
        "application/vnd.gazette+json",
        "application/cloudevents+json ; x=y",
        None,
    ],
)
def test_data_is_json_under_every_name_of_it(kind: str | None) -> None:
    assert read(datacontenttype=kind).delivery_id == read().delivery_id


@pytest.mark.parametrize("kind", ["application/xml", "json", "application/json-seq", "", 3])
def test_data_of_another_type_is_refused(kind: object) -> None:
    assert codes(datacontenttype=kind) == [("not_a_choice", "datacontenttype")]


@pytest.mark.parametrize(
    "name", ["traceparent", "a" * 40, "KnativeArrivalTime", "x_y", "comexampleextension1", "ce-x", "扩展"]
)
def test_an_extension_of_somebody_else_is_passed_over(name: str) -> None:
    assert read(**{name: {"any": ["thing"]}}).delivery_id == read().delivery_id


def test_optional_attributes_can_be_null() -> None:
    absent = dict.fromkeys(("subject", "time", "dataschema", "datacontenttype"))
    assert read(**absent).delivery_id == read().delivery_id


def test_data_can_be_carried_as_bytes() -> None:
    carried = b64encode(json.dumps(DATA).encode()).decode()
    assert read(data=None, data_base64=carried).delivery_id == read().delivery_id
    assert codes(data=None, data_base64="%") == [("not_base64", "")]
    assert codes(data=None, data_base64=b64encode(b"{").decode()) == [("json_malformed", "data_base64")]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (json.dumps([EVENT, EVENT]), 2),
        ("\ufeff\n" + json.dumps([EVENT], indent=2), 1),
        (json.dumps(EVENT, indent=2) + "\n", 1),
        ("[]", 0),
        (json.dumps(EVENT), None),
        (json.dumps(EVENT) + "\n" + json.dumps(EVENT) + "\n", None),
        ('{"specversion": \n' + json.dumps(EVENT) + "\n", None),
        ("", None),
    ],
)
def test_a_batch_and_an_event_over_several_lines_are_documents(body: str, count: int | None) -> None:
    found = events_in(io.BytesIO(body.encode()), "file")
    assert (None if found is None else len(found)) == count


def test_a_broken_batch_is_told_with_its_place() -> None:
    with pytest.raises(Refused) as error:
        events_in(io.BytesIO(b'[{"a": 1},\n {"a": }]'), "file")
    (no,) = error.value.refusals
    assert (no.code, no.facts["line"], no.facts["column"]) == ("json_malformed", "2", "8")


ACTS: Sequence[tuple[str, dict[str, Any]]] = [
    ("register.pledge", {}),
    ("register.bar", {"bar": "E2"}),
    ("register.bar-cleared", {"bar": "E3"}),
    ("register.checked", {"bars": [{"bar": "E5", "answer": "no"}]}),
    ("register.patentee-changed", {"cause": "merger"}),
    ("court.bar", {"bar": "E2"}),
    ("court.bar-cleared", {"bar": "E2"}),
    ("court.right-restored", {}),
    ("court.decision-annulled", {}),
    ("court.decision", {"decision": "a" * 64}),
    ("court.termination", {"ground": "court"}),
    ("permit.needed", {}),
    ("permit.issued", {"number": "P-1"}),
    ("permit.refused", {}),
    ("treasury.paid", {"line": "x:authority", "amount": "1.00", "bank_serial": "1"}),
    ("treasury.returned", {"line": "x:authority", "bank_serial": "1"}),
    ("treasury.recovered", {"line": "x:authority", "amount": "1.00", "bank_serial": "2"}),
]


@pytest.mark.parametrize(("name", "fields"), ACTS)
def test_authorities_state_the_acts_that_are_there(name: str, fields: dict[str, Any]) -> None:
    known = DELIVERIES[PREFIX + name]
    made = read(type=PREFIX + name, data={"on": "2026-11-29", **NAMES[known.kind], **fields})
    assert type(made.act) is known.model
    assert made.act.by.role is known.role


def test_a_settlement_is_named_by_itself_or_by_its_scheme_and_year() -> None:
    fields = {"on": "2026-11-29", "line": "x:authority", "amount": "1.00", "bank_serial": "1"}
    paid = PREFIX + "treasury.paid"
    assert codes(type=paid, data=fields) == [("reference_missing", "data")]
    assert read(type=paid, data=fields, subject=str(UUID(int=4))).reference.settlement_id == UUID(int=4)


def test_what_an_event_says_is_hashed_without_the_names_that_came_later() -> None:
    assert "settlement_id" not in read().reference.model_dump_json()
