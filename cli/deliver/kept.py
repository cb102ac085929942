"""``unmatched`` and ``refused-lines``: what was delivered or imported and became no act, and how each of them ends."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from typing import Any, TypeVar
from uuid import UUID

import click

from cli.deliver.delivering import Delivered, Deliverer, Outcome
from cli.deliver.delivery import read_event
from cli.ids import given_id, given_text
from cli.output import head, json_option, print_refusals, put_json, put_table
from cli.reading import reading
from cli.registers.writing import writing
from cli.session import opened
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.mistakes import mistyped
from database.pool import Connection
from database.registers.deliveries import UnmatchedDelivery, list_unmatched
from database.registers.parties import require_parties
from database.registers.refused_lines import RefusedLine, end_seen_to, list_refused
from runtime.settings import Settings
from schemas.values.actor import Actor, Role
from schemas.values.refusal import refuse
from texts.words import refusal_json, refusal_text

_REFUSED, _MOST = 2, 100_000
T = TypeVar("T")
_LIMIT = click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)


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
    if book is not None:
        return _booked(book, filing, reason, by, as_json=as_json)
    if seen_to is not None:
        return _ended(seen_to, reason, by, as_json=as_json)
    found = _read(lambda connection: list_unmatched(connection, limit))
    if as_json:
        put_json([asdict(one) for one in found])
    else:
        put_table(
            f"{head('unmatched')} ({len(found)})",
            ("id", "received", "source", "event", "type", "data"),
            [
                (one.delivery_id, one.received_at, one.source, one.event_id, one.type, one.event["data"])
                for one in found
            ],
        )
    return 0


@worded_command()
@_LIMIT
@click.option("--seen-to", metavar="ID")
@click.option("--reason", metavar="TEXT")
@click.option("--by", metavar="PARTY")
@json_option
def refused_lines(limit: int, seen_to: str | None, reason: str | None, by: str | None, as_json: bool) -> int:
    """Lines that import and deliver refused, with their reasons, until they are taken or somebody has seen to them."""
    if seen_to is not None:
        return _ended(seen_to, reason, by, as_json=as_json)
    found = _read(lambda connection: list_refused(connection, limit))
    if as_json:
        put_json([_readable(one) for one in found])
    else:
        put_table(
            f"{head('refused_lines')} ({len(found)})",
            ("id", "file", "line_2", "reasons"),
            [(one.line_id, one.file, one.line, "\n".join(_reason(each) for each in one.reasons)) for one in found],
        )
    return 0


def _readable(one: RefusedLine) -> dict[str, Any]:
    return asdict(one) | {"reasons": [refusal_json(each) for each in one.reasons]}


def _reason(one: Any) -> str:
    told = refusal_text(one)
    return f"{one.where} {one.code}\n{told.zh}\n{told.en}"


def _read(question: Callable[[Connection], Awaitable[list[T]]]) -> list[T]:
    async def asked() -> list[T]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            return await question(connection)

    return asyncio.run(asked())


def _needed(text: str | None, option: str, beside: str) -> str:
    if text is None:
        raise mistyped("option_needs", beside, one=beside, other=option)
    return text


def _ended(kept: str, reason: str | None, by: str | None, *, as_json: bool) -> int:
    kept_id = given_id(kept, "--seen-to")
    why = given_text(_needed(reason, "--reason", "--seen-to"), "--reason")
    who = given_id(_needed(by, "--by", "--seen-to"), "--by")

    async def ended() -> None:
        async with writing("see_to_delivery", Actor(role=Role.OPERATOR, party_id=who)) as connection:
            if not await end_seen_to(connection, kept_id, who, why):
                raise refuse("kept_line_unknown", "--seen-to", id=kept_id)

    asyncio.run(ended())
    if as_json:
        put_json({"id": kept_id, "ended_by": who, "reason": why})
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
        async with session.pool.acquire() as connection:
            await require_parties(connection, who)
            kept = await _unmatched(connection, delivery_id)
        delivery = replace(read_event(kept.event, 1, None), by_hand=filing_id)
        (done,) = await Deliverer(session).deliver_events([delivery])
        if done.act_id is not None and done.outcome is not Outcome.REFUSED:
            async with session.pool.acquire() as connection:
                await end_seen_to(connection, delivery_id, who, reason, done.act_id)
        return done


async def _unmatched(connection: Connection, delivery_id: UUID) -> UnmatchedDelivery:
    for one in await list_unmatched(connection, _MOST):
        if one.delivery_id == delivery_id:
            return one
    raise refuse("kept_line_unknown", "--book", id=delivery_id)
