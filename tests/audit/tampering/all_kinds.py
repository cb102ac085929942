"""All ways to tamper, and how one is tried: done, verified and taken back within one transaction, or file by file."""

import random
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from audit.report import Report
from audit.verify.everything import verify
from database.pool import Pool
from rules.law.loader import PARAMETERS
from tests.audit.sealed import Record
from tests.audit.tampering import events, histories, log, rows
from tests.audit.tampering.kind import Tampering

WAYS: dict[str, Tampering] = {
    one.__name__: one
    for one in (
        rows.a_changed_row,
        rows.a_removed_row,
        rows.an_inserted_row,
        rows.two_rows_exchanged,
        rows.two_documents_exchanged,
        rows.a_key_taken_away,
        events.events_in_another_order,
        events.a_truncated_tail,
        events.a_removed_event,
        events.a_changed_column_of_an_event,
        events.a_fact_with_all_its_hashes,
        events.a_forged_event,
        histories.a_history_with_an_edited_payload,
        log.a_changed_entry,
        log.a_row_and_its_entry,
        log.a_removed_entry,
        log.a_log_cut_off,
        log.a_changed_checkpoint,
    )
}
FILES = ("a_changed_parameter", "a_removed_parameter", "a_changed_published_file", "a_clipped_published_file")


class _Only:
    """A pool of one connection, so that what a transaction has done is what the verification sees."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Any]:
        yield self._connection


async def tried(record: Record, way: str, chance: random.Random) -> tuple[str, Report]:
    """Tampers that way and verifies: where it has to be found, and what was found. Everything is as before then."""
    if way in FILES:
        with _tampered_files(record, way, chance) as (place, options, settings):
            return place, await verify(record.auditor, settings, **options)
    transaction = record.superuser.transaction(isolation="repeatable_read")
    await transaction.start()
    try:
        place = await WAYS[way](record.superuser, chance)
        return place, await verify(cast(Pool, _Only(record.superuser)), record.settings)
    finally:
        await transaction.rollback()


def is_found(place: str, report: Report) -> bool:
    """Whether one of the differences is at that place, or at one of several with a bar between."""
    places = tuple(place.split("|"))
    return any(f"{one.where}.".startswith(places) or _whole(one).startswith(places) for one in report.differences)


def _whole(one: Any) -> str:
    """With its filing, where a version alone does not say which event."""
    table, _, rest = one.where.partition(".")
    return f"{table}.{one.filing_id} {rest}"


@contextmanager
def _tampered_files(record: Record, way: str, chance: random.Random) -> Iterator[tuple[str, dict[str, Any], Any]]:
    home = record.settings.var / "tampered"
    of = PARAMETERS if "parameter" in way else record.settings.log_folder
    shutil.copytree(of, home)
    try:
        files = sorted(one for one in home.rglob("*") if one.is_file() and one.name != "key")
        file = chance.choice([one for one in files if one.suffix == ".yaml"] if of is PARAMETERS else files)
        _harm(file, way, chance)
        path = file.relative_to(home).as_posix()
        if of is PARAMETERS:
            yield f"parameters.{path}", {"parameters": home}, record.settings
        else:
            yield _place_of(path), {}, replace(record.settings, given_log_folder=home)
    finally:
        shutil.rmtree(home)


def _place_of(path: str) -> str:
    return f"published.{path}" + ("|log_entries." if path.startswith("tile/entries/") else "")


def _harm(file: Path, way: str, chance: random.Random) -> None:
    body = bytearray(file.read_bytes())
    if way == "a_removed_parameter":
        file.unlink()
    elif way == "a_clipped_published_file":
        file.write_bytes(bytes(body[: chance.randrange(len(body))]))
    else:
        place = chance.randrange(len(body))
        body[place] = (body[place] + 1) % 128
        file.write_bytes(bytes(body))
