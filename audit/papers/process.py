"""All filings as event logs for process mining: OCEL 2.0 in JSON, and XES; written as they are read.

OCEL: an event belongs to its filing, and to the filing above it; a filing to the one above and to its patent. XES: a
trace is a filing. Persons are ids; amounts are whole fen, since both formats have only floats beside whole numbers.
"""

import html
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import IO, Any

from audit.questions.moment import Step, no_step, one_moment
from database.pool import Connection, Pool
from database.questions.stream import LoggedEvent, logged_events, standing_filings
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES

_OBJECT_ATTRIBUTES = {"stage": "string", "versions": "integer"}
_EVENT_ATTRIBUTES = {
    "legal_day": "string",
    "role": "string",
    "person": "string",
    "version": "integer",
    "origin": "string",
    "amount_fen": "integer",
}


async def write_ocel(pool: Pool, path: Path, step: Step = no_step) -> dict[str, int]:
    """How many objects and events; raises OSError, also where the file is there already."""
    counts = {"objects": 0, "events": 0}
    with path.open("x", encoding="utf-8") as file:
        async with one_moment(pool) as connection:
            file.write('{"objectTypes": ')
            _put(file, [_type(one, _OBJECT_ATTRIBUTES) for one in (*FilingKind, "patent")])
            file.write(',\n"eventTypes": ')
            _put(file, [_type(one, _EVENT_ATTRIBUTES) for one in event_types()])
            file.write(',\n"objects": [')
            counts["objects"] = await _put_each(file, _objects(connection, step))
            file.write('],\n"events": [')
            counts["events"] = await _put_each(file, _events(connection))
            file.write("]}\n")
    return counts


def event_types() -> list[str]:
    """Every event that the lifecycle tables have, whether it ever came or not."""
    return sorted(
        {lifecycle.event(row.act) for lifecycle in LIFECYCLES.values() for row in lifecycle.rows if not row.derived}
    )


def _type(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {"name": str(name), "attributes": [{"name": one, "type": kind} for one, kind in attributes.items()]}


async def _objects(connection: Connection, step: Step) -> AsyncIterator[dict[str, Any]]:
    patents: set[str] = set()
    async for filing in standing_filings(connection):
        step()
        offer = filing.position.get("offer") if filing.kind == "declaration" else None
        related = [_related(str(filing.parent_id), "under")] if filing.parent_id else []
        if offer:
            patent = f"patent {offer['patent_number']}"
            if patent not in patents:  # as many as there are declarations, at most
                patents.add(patent)
                yield {"id": patent, "type": "patent", "attributes": [], "relationships": []}
            related.append(_related(patent, "of"))
        at = filing.updated_at.isoformat()
        yield {
            "id": str(filing.filing_id),
            "type": filing.kind,
            "attributes": [
                {"name": "stage", "time": at, "value": filing.stage},
                {"name": "versions", "time": at, "value": filing.head},
            ],
            "relationships": related,
        }


async def _events(connection: Connection) -> AsyncIterator[dict[str, Any]]:
    async for event in logged_events(connection):
        related = [_related(str(event.filing_id), "of")]
        if event.parent_id is not None:
            related.append(_related(str(event.parent_id), "under"))
        yield {
            "id": str(event.act_id),
            "type": event.kind,
            "time": event.recorded_at.isoformat(),
            "attributes": [{"name": name, "value": value} for name, value in _said(event).items()],
            "relationships": related,
        }


def _said(event: LoggedEvent) -> dict[str, str | int]:
    said: dict[str, str | int] = {
        "legal_day": event.legal_on.isoformat(),
        "role": event.role,
        "person": str(event.who),
        "version": event.version,
        "origin": event.act["origin"],
    }
    amount = event.act.get("amount")
    return said | {"amount_fen": amount} if isinstance(amount, int) else said


def _related(object_id: str, qualifier: str) -> dict[str, str]:
    return {"objectId": object_id, "qualifier": qualifier}


def _put(file: IO[str], value: Any) -> None:
    json.dump(value, file, ensure_ascii=False)


async def _put_each(file: IO[str], values: AsyncIterator[dict[str, Any]]) -> int:
    count = 0
    async for one in values:
        file.write("\n" if count == 0 else ",\n")
        _put(file, one)
        count += 1
    return count


_XES_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
    <string key="lifecycle:transition" value="complete"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
"""


async def write_xes(pool: Pool, path: Path, step: Step = no_step) -> dict[str, int]:
    """How many traces and events; raises OSError, also where the file is there already."""
    counts = {"traces": 0, "events": 0}
    filing = None
    with path.open("x", encoding="utf-8") as file:
        file.write(_XES_HEAD)
        async with one_moment(pool) as connection:
            async for event in logged_events(connection):
                if event.filing_id != filing:
                    file.write("  </trace>\n" if filing else "")
                    filing = event.filing_id
                    counts["traces"] += 1
                    file.write("  <trace>\n")
                    file.writelines(_attributes({"concept:name": str(filing), "kind": event.filing_kind}, 4))
                    step()
                counts["events"] += 1
                file.write("    <event>\n")
                file.writelines(_attributes(_of_event(event), 6))
                file.write(f'      <date key="time:timestamp" value="{event.recorded_at.isoformat()}"/>\n')
                file.write("    </event>\n")
        file.write("  </trace>\n" if filing else "")
        file.write("</log>\n")
    return counts


def _of_event(event: LoggedEvent) -> dict[str, str | int]:
    said = _said(event)
    return {
        "concept:name": event.kind,
        "lifecycle:transition": "complete",
        "org:resource": said.pop("person"),
        "org:role": said.pop("role"),
        **said,
    }


def _attributes(said: dict[str, str | int], indent: int) -> Iterable[str]:
    for key, value in said.items():
        tag = "int" if isinstance(value, int) else "string"
        yield f'{" " * indent}<{tag} key="{html.escape(key)}" value="{html.escape(str(value))}"/>\n'
