"""``unmatched`` and ``refused-lines``: what was delivered or imported and became no act, and how each of them ends."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict
from typing import Any, TypeVar
from uuid import UUID

import click

from cli.ids import given_id, given_text
from cli.output import (
    head,
    json_option,
    json_text,
    print_refusals,
    put_command,
    put_json,
    put_table,
    put_under,
    sentence,
)
from cli.reading import reading
from cli.registers.writing import writing
from cli.session import opened
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped, only_with
from client.deliver.by_hand import book_by_hand
from client.deliver.delivering import Delivered, Outcome
from database.pool import Connection
from database.registers.deliveries import list_unmatched
from database.registers.refused_lines import RefusedLine, SeenTo, list_refused, list_seen_to, see_to
from rules.licence.receipts import allocations_when_unnamed
from runtime.settings import Settings
from schemas.values.actor import Actor, Role
from schemas.values.refusal import Refusal
from texts.words import refusal_in, refusal_json

_REFUSED = 2
T = TypeVar("T")
_LIMIT = click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)


_BOOKED_OR_SEEN = ("--book", "--seen-to")


@worded_command()
@_LIMIT
@click.option("--book", metavar="ID")
@click.option("--filing", metavar="FILING")
@click.option("--seen-to", metavar="ID")
@click.option("--reason", metavar="TEXT")
@click.option("--by", metavar="PARTY")
@json_option
def unmatched(
    limit: int,
    book: str | None,
    filing: str | None,
    seen_to: str | None,
    reason: str | None,
    by: str | None,
    as_json: bool,
) -> int:
    """Delivered events that name nothing we know; 2 when one that is booked is refused, or finds no place there."""
    only_with(("--book",), "--filing")
    only_with(_BOOKED_OR_SEEN, "--reason", "--by")
    if book is not None and seen_to is not None:
        raise mistyped("options_exclude", "--book", one="--book", other="--seen-to")
    if book is not None:
        return _booked(book, filing, reason, by, as_json=as_json)
    if seen_to is not None:
        return _seen_to(seen_to, reason, by, as_json=as_json)
    found, waits = _read(lambda connection: list_unmatched(connection, limit=limit))
    if as_json:
        put_json([asdict(one) | _seen_by(waits.get(one.delivery_id)) for one in found])
        return 0
    put_table(
        f"{head('unmatched')} ({len(found)})",
        ("id", "received", "source", "event", "type", "data"),
        [
            (one.delivery_id, one.received_at, one.source, one.event_id, one.type, json_text(one.event["data"]))
            for one in found
        ],
    )
    _put_waiting("unmatched", (waits.get(one.delivery_id) for one in found))
    return 0


@worded_command()
@_LIMIT
@click.option("--seen-to", metavar="ID")
@click.option("--reason", metavar="TEXT")
@click.option("--by", metavar="PARTY")
@json_option
def refused_lines(limit: int, seen_to: str | None, reason: str | None, by: str | None, as_json: bool) -> int:
    """Lines that import and deliver refused, with their reasons, until they are taken or somebody has seen to them."""
    only_with(("--seen-to",), "--reason", "--by")
    if seen_to is not None:
        return _seen_to(seen_to, reason, by, as_json=as_json)
    found, waits = _read(lambda connection: list_refused(connection, limit))
    if as_json:
        put_json([_readable(one) | _seen_by(waits.get(one.line_id)) for one in found])
        return 0
    put_table(
        f"{head('refused_lines')} ({len(found)})",
        ("id", "file", "line_2", "reasons"),
        [(one.line_id, one.file, one.line, "\n".join(_reason(each) for each in one.reasons)) for one in found],
    )
    _put_waiting("refused-lines", (waits.get(one.line_id) for one in found))
    return 0


def _readable(one: RefusedLine) -> dict[str, Any]:
    return asdict(one) | {"reasons": [refusal_json(each) for each in one.reasons]}


def _reason(one: Refusal) -> str:
    return "\n".join(filter(None, (f"{one.where} {one.code}".strip(), refusal_in(one, spoken()).what)))


def _seen_by(one: SeenTo | None) -> dict[str, Any]:
    return {"seen_to": None if one is None else {"by": one.seen_by, "reason": one.reason, "at": one.seen_at}}


def _put_waiting(command: str, waiting: Iterable[SeenTo | None]) -> None:
    """What one person has seen to already, and what the second one types."""
    for one in waiting:
        if one is not None:
            put_under(0, sentence("seen_to_waits", id=one.kept_id, who=one.seen_by, reason=one.reason))
            put_command(1, f"starter.py {command} --seen-to {one.kept_id} --by SECOND_PERSON")


def _read(question: Callable[[Connection], Awaitable[list[T]]]) -> tuple[list[T], dict[UUID, SeenTo]]:
    """What is kept, and what of it one person has seen to."""

    async def asked() -> tuple[list[T], list[SeenTo]]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            return await question(connection), await list_seen_to(connection)

    found, waiting = asyncio.run(asked())
    return found, {one.kept_id: one for one in waiting}


def _needed(text: str | None, option: str, beside: str) -> str:
    if text is None:
        raise mistyped("option_needs", beside, one=beside, other=option)
    return text


def _seen_to(kept: str, reason: str | None, by: str | None, *, as_json: bool) -> int:
    kept_id = given_id(kept, "--seen-to")
    why = None if reason is None else given_text(reason, "--reason")
    who = given_id(_needed(by, "--by", "--seen-to"), "--by")

    async def seen() -> bool:
        async with writing("see_to_delivery", Actor(role=Role.OPERATOR, party_id=who)) as connection:
            return await see_to(connection, kept_id, who, why)

    has_ended = asyncio.run(seen())
    if as_json:
        put_json({"id": kept_id, "seen_by": who, "reason": why, "ended": has_ended})
    elif has_ended:
        put_under(0, sentence("seen_to_ended", id=kept_id))
    else:
        put_under(0, sentence("seen_to_needs_second", id=kept_id))
        put_command(1, f"starter.py unmatched --seen-to {kept_id} --by SECOND_PERSON")
    return 0


def _booked(kept: str, filing: str | None, reason: str | None, by: str | None, *, as_json: bool) -> int:
    delivery_id = given_id(kept, "--book")
    filing_id = given_id(_needed(filing, "--filing", "--book"), "--filing")
    who = given_id(_needed(by, "--by", "--book"), "--by")
    done = asyncio.run(_book(delivery_id, filing_id, who, given_text(reason or f"booked on {filing_id}", "--reason")))
    if as_json:
        put_json(asdict(done) | {"refusals": [refusal_json(one) for one in done.refusals]})
    else:
        put_table("delivery", ("outcome", "filing"), [(done.outcome.value, done.filing_id)])
        print_refusals(done.refusals, as_json=False)
    return _REFUSED if done.outcome in (Outcome.REFUSED, Outcome.UNMATCHED) else 0


async def _book(delivery_id: UUID, filing_id: UUID, who: UUID, reason: str) -> Delivered:
    async with opened(Settings.read(), None) as session:
        return await book_by_hand(
            session.pool, session.ask, allocations_when_unnamed, delivery_id, filing_id, who, reason
        )
