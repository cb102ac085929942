"""Event logs that tools for process mining read: valid by the schema of OCEL 2.0, and well-formed XES."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft7Validator, FormatChecker

from audit.papers.process import event_types, write_ocel, write_xes
from database.pool import Pool
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES

RELATED = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["objectId", "qualifier"],
        "properties": {"objectId": {"type": "string"}, "qualifier": {"type": "string"}},
    },
}
VALUE = {"type": ["string", "number", "boolean"]}
TYPES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["name", "attributes"],
        "properties": {
            "name": {"type": "string"},
            "attributes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["name", "type"],
                    "properties": {
                        "name": {"type": "string"},
                        "type": {"enum": ["string", "time", "integer", "float", "boolean"]},
                    },
                },
            },
        },
    },
}
OCEL = {
    "type": "object",
    "required": ["eventTypes", "objectTypes", "events", "objects"],
    "properties": {
        "eventTypes": TYPES,
        "objectTypes": TYPES,
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type", "time"],
                "properties": {
                    "id": {"type": "string"},
                    "type": {"type": "string"},
                    "time": {"type": "string", "format": "date-time"},
                    "attributes": {
                        "type": "array",
                        "items": {"type": "object", "required": ["name", "value"], "properties": {"value": VALUE}},
                    },
                    "relationships": RELATED,
                },
            },
        },
        "objects": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type"],
                "properties": {
                    "id": {"type": "string"},
                    "type": {"type": "string"},
                    "relationships": RELATED,
                    "attributes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name", "value", "time"],
                            "properties": {"value": VALUE, "time": {"type": "string", "format": "date-time"}},
                        },
                    },
                },
            },
        },
    },
}
"""What the specification of OCEL 2.0 says of its JSON, as far as it concerns us."""
SPACED = {"x": "http://www.xes-standard.org/"}


async def test_the_log_is_valid_and_every_relation_leads_to_an_object(
    tell: Tell, auditor: Pool, tmp_path: Path
) -> None:
    await tell(STORIES["inventors_are_paid"], STORIES["a_subsidy_is_claimed_and_paid"])
    counts = await write_ocel(auditor, tmp_path / "log.json")
    log = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    assert list(Draft7Validator(OCEL, format_checker=FormatChecker()).iter_errors(log)) == []
    assert (len(log["objects"]), len(log["events"])) == (counts["objects"], counts["events"])
    ids = {one["id"] for one in log["objects"]}
    assert {related["objectId"] for one in (*log["events"], *log["objects"]) for related in one["relationships"]} <= ids
    assert {one["type"] for one in log["events"]} <= {one["name"] for one in log["eventTypes"]}
    declared = {one["name"]: {each["name"] for each in one["attributes"]} for one in log["eventTypes"]}
    assert all({each["name"] for each in one["attributes"]} <= declared[one["type"]] for one in log["events"])
    assert len({one["id"] for one in log["events"]}) == await auditor.fetchval("SELECT count(*) FROM events")


async def test_each_filing_is_a_trace_with_its_events_in_their_order(tell: Tell, auditor: Pool, tmp_path: Path) -> None:
    await tell(STORIES["inventors_are_paid"])
    counts = await write_xes(auditor, tmp_path / "log.xes")
    root = ElementTree.parse(tmp_path / "log.xes").getroot()  # noqa: S314  # our own file
    traces = root.findall("x:trace", SPACED)
    assert len(traces) == counts["traces"] == 3
    for trace in traces:
        at = [one.get("value", "") for one in trace.findall("x:event/x:date[@key='time:timestamp']", SPACED)]
        assert at == sorted(at)
    names = {one.get("value") for one in root.findall("x:trace/x:event/x:string[@key='concept:name']", SPACED)}
    assert names <= set(event_types())
    with pytest.raises(FileExistsError):
        await write_xes(auditor, tmp_path / "log.xes")


async def test_a_log_of_nothing_is_a_log(auditor: Pool, tmp_path: Path) -> None:
    assert await write_ocel(auditor, tmp_path / "log.json") == {"objects": 0, "events": 0}
    assert json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))["events"] == []
    assert await write_xes(auditor, tmp_path / "log.xes") == {"traces": 0, "events": 0}
    # what is parsed was written by this test
    assert ElementTree.parse(tmp_path / "log.xes").getroot().findall("x:trace", SPACED) == []  # noqa: S314
