"""``audit show``: a filing as known on one day and effective on another, from the event log alone."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from audit.known.facts import Known
from audit.known.view import KnownFiling, LaterFact, known_filing
from cli.audit.event_names import event_named
from cli.ids import given_day
from cli.output import head, json_option, named, put_json, put_pairs, put_table, put_under, sentence, stages_named
from cli.reading import pooled
from cli.reads.closing.told import finding_said
from cli.reads.content import in_words
from cli.reads.due import provisional, said_in_short
from cli.reads.recorded import path_said, recorded
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from cli.typed.mistakes import Mistyped, mistyped
from client.meant import filing_meant
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.standing.position import BasePosition, DeclarationPosition, LicencePosition, PayoutPosition
from schemas.values.model import SHANGHAI
from texts.citations import article_in

_VERSION = re.compile(r"v?([0-9]{1,9})")
_NAMES = ("key", "what", "receipt_id", "claim_id")
_SAID_ELSEWHERE = ("identities", "met")
"""Changes that follow from others; the JSON has them."""


@worded_command()
@click.argument("filing", metavar="FILING")
@click.option("--known-on", metavar="TEXT")
@click.option("--effective-on", metavar="DAY")
@click.option("--diff", is_flag=True)
@json_option
def show(filing: str, known_on: str | None, effective_on: str | None, diff: bool, as_json: bool) -> None:
    """One filing as it was known by then and effective on that day."""
    known = given_known(known_on, "--known-on") if known_on else None
    on = given_day(effective_on, "--effective-on") if effective_on else None
    found = asyncio.run(_found(filing, known, on, diff))
    if as_json:
        put_json(_json(found))
    else:
        _put(found)


def given_known(text: str, where: str) -> Known:
    """A version, a day, or an instant (of Shanghai where it names no zone); raises Mistyped."""
    if (version := _VERSION.fullmatch(text.strip())) is not None:
        return int(version[1])
    try:
        return given_day(text, where)
    except Mistyped:
        try:
            instant = datetime.fromisoformat(text.strip())
        except ValueError:
            raise mistyped("known_unclear", where, given=text) from None
        return instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)


async def _found(text: str, known: Known | None, on: date | None, diff: bool) -> KnownFiling:
    async with (
        pooled(audit_database_url(Settings.read()), "AUDIT_DATABASE_URL") as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        filing_id, _ = await filing_meant(connection, text)
        return await known_filing(connection, filing_id, known, on, diff=diff)


def _json(found: KnownFiling) -> dict[str, Any]:
    return {
        "filing_id": found.filing_id,
        "kind": found.kind.value,
        "known_version": found.asked.version,
        "known_at": found.known_at,
        "effective_on": found.asked.effective_on,
        "exists": found.position is not None,
        "position": found.position and found.position.model_dump(mode="json"),
        "counted": found.counted,
        "snapshot_version": found.snapshot,
        "accounts": {account: str(amount) for account, amount in found.accounts.items()},
        "later": [_later_json(one) for one in found.later],
    }


def _later_json(one: LaterFact) -> dict[str, Any]:
    changed = None if one.changed is None else [asdict(change) for change in one.changed]
    return {**asdict(one), "changed": changed}


def _put(found: KnownFiling) -> None:
    position, kind = found.position, found.kind.value
    at = found.known_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    asked = {
        "known_on": sentence("known_version", version=found.asked.version, at=at),
        "effective_on": found.asked.effective_on,
        "counted": ", ".join(map(str, found.counted)),
        "snapshot": found.snapshot,
    }
    if position is None:
        put_pairs(f"{named('kinds', kind)} {found.filing_id}", asked)
        put_under(0, sentence("known_nothing"))
    else:
        stage, tracks = stages_named(kind, position.stage, position.tracks.stages())
        put_pairs(
            f"{named('kinds', kind)} {found.filing_id}",
            {**asked, "stage": f"{stage}{provisional(position.provisional)}", "tracks": tracks},
        )
        _put_position(position)
    if found.accounts:
        put_table(
            "accounts",
            ("account", "yuan"),
            [(recorded("account", account), amount) for account, amount in found.accounts.items()],
        )
    _put_later(found.later)


def _put_position(position: BasePosition) -> None:
    due = [
        (f"{one.by}{provisional(one.provisional)}", head(one.basis), said_in_short(one.what),
         named("roles", one.role), article_in(one.article, spoken()))
        for one in sorted(position.deadlines, key=lambda one: one.by)
    ]  # fmt: skip
    if due:
        put_table("deadlines", ("due", "basis", "what", "role", "article"), due, leaves=("basis", "article"))
    duties = list(_duties(position))
    if duties:
        put_table("to_fulfil", ("what", "yuan", "due"), duties)
    if position.tasks:
        put_table(
            "tasks",
            ("due", "what", "role", "article"),
            [
                (one.by, said_in_short(one.what), named("roles", one.role), article_in(one.article, spoken()))
                for one in position.tasks
            ],
            leaves=("article",),
        )
    if position.findings:
        put_table(
            "findings",
            ("opened", "finding", "about"),
            [(one.opened_on, finding_said(one.code), in_words(one.about)) for one in position.findings],
        )


def _duties(position: BasePosition) -> Iterator[tuple[object, ...]]:
    """What is owed: bars to be seen to, dues of a licensee, lines of a payout."""
    if isinstance(position, DeclarationPosition):
        yield from ((one.bar, None, one.until_on or one.since_on) for one in position.duties)
    if isinstance(position, LicencePosition):
        yield from ((recorded("key", one.key), one.open_amount, one.due_by) for one in position.obligations)
    if isinstance(position, PayoutPosition):
        yield from ((recorded("key", one.key), one.owed, one.tax_record_by) for one in position.lines)


def _put_later(later: tuple[LaterFact, ...]) -> None:
    if not later:
        put_under(0, sentence("known_all"))
        return
    put_table(
        "later_facts",
        ("version", "legal_day", "kind", "recorded_at", "because_of"),
        [
            (
                one.version,
                one.legal_on,
                event_named(one.kind),
                one.recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
                head("legal_day_later" if one.is_known else "recorded_later"),
            )
            for one in later
        ],
    )
    rows = [
        (one.version, path_said(change.field), _short(change.was), _short(change.now))
        for one in later
        for change in one.changed or ()
        if not change.field.startswith(_SAID_ELSEWHERE)
    ]
    if rows:
        put_table("changed", ("version", "field", "was", "now"), rows)


def _short(value: Any) -> str | None:
    """A value for a cell: what has a key is named by its field already."""
    if isinstance(value, dict):
        told = {name: one for name, one in value.items() if name not in _NAMES and one not in ("", "0.00", False)}
        return in_words(told)
    return None if value is None else in_words(value)
