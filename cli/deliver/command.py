"""``deliver``: what authorities, banks and sub-platforms send, each event an act."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import click

from cli.ids import given_id
from cli.output import console, head, json_option, print_refusals, put_json, put_table, sentence
from cli.session import opened
from cli.typed.commands import Command
from cli.typed.kinds import Choice
from cli.typed.mistakes import mistyped
from client.deliver.delivering import Delivered, Deliverer, Outcome
from client.deliver.delivery import read_event
from client.deliver.document import events_in
from client.deliver.types import DELIVERIES
from client.files.raw_lines import raw_lines
from client.files.unreadable import unreadable
from database.registers.deliveries import list_unmatched
from database.registers.parties import require_parties
from rules.licence.receipts import allocations_when_unnamed
from runtime.settings import Settings
from schemas.standing.legal_clock import LegalClock
from texts.lines import Language
from texts.words import refusal_json

_REFUSED = 2
_TITLES = {
    Outcome.MATCHED: "matched",
    Outcome.REPEATED: "repeated",
    Outcome.CONTRADICTING: "contradicting",
    Outcome.UNMATCHED: "unmatched",
    Outcome.REFUSED: "refused",
}


class _Deliver(Command):
    """Explains itself with the types of events that there are."""

    def about(self, path: str, language: Language) -> str:
        """What it does, and the types."""
        return "\n".join([super().about(path, language), "", *(f"  {name}" for name in DELIVERIES)])


@click.command(cls=_Deliver)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--again", is_flag=True)
@click.option("--by", metavar="PARTY")
@click.option("--legal-clock", type=Choice(get_args(LegalClock)))
@json_option
def deliver(file: Path | None, again: bool, by: str | None, legal_clock: LegalClock | None, as_json: bool) -> int:
    """The command; 2 when a line was refused."""
    if (file is None) is not again:
        raise mistyped("options_exclude", "FILE", one="FILE", other="--again")
    party = given_id(by, "--by") if by else None
    done = asyncio.run(_deliver(file, party, legal_clock))
    if as_json:
        put_json(
            {
                "counts": _counts(done),
                "refused_for": dict(_reasons(done)),
                "events": [asdict(one) | _readable(one) for one in done],
            }
        )
    else:
        _print(done)
    return _REFUSED if any(one.outcome is Outcome.REFUSED for one in done) else 0


async def _deliver(file: Path | None, by: UUID | None, legal_clock: LegalClock | None) -> list[Delivered]:
    async with opened(Settings.read(), legal_clock) as session:
        if by is not None:
            async with session.pool.acquire() as connection:
                await require_parties(connection, by)
        deliverer = Deliverer(session.pool, session.ask, allocations_when_unnamed, by, file.name if file else "-")
        if file is None:
            async with session.pool.acquire() as connection:
                kept = await list_unmatched(connection, limit=10_000)
            return await deliverer.deliver_events([read_event(one.event, n, by) for n, one in enumerate(kept, start=1)])
        try:
            stream = file.open("rb")
        except OSError as error:
            raise unreadable(file, error) from error
        with stream:
            batch = events_in(stream, str(file))
            if batch is not None:
                return await deliverer.deliver_batch(batch)
            return await deliverer.deliver(raw_lines(stream))


def _counts(done: Sequence[Delivered]) -> dict[str, int]:
    return {outcome.value: sum(one.outcome is outcome for one in done) for outcome in Outcome}


def _reasons(done: Sequence[Delivered]) -> list[tuple[str, int]]:
    """Code -> how many events were refused for it."""
    refused = [one for one in done if one.outcome is Outcome.REFUSED]
    return Counter(code for one in refused for code in {reason.code for reason in one.refusals}).most_common()


def _readable(one: Delivered) -> dict[str, Any]:
    return {"refusals": [refusal_json(reason) for reason in one.refusals]}


def _print(done: Sequence[Delivered]) -> None:
    counts = _counts(done)
    put_table("deliveries", ("outcome", "events_2"), [(head(_TITLES[one]), counts[one.value]) for one in Outcome])
    if reasons := _reasons(done):
        put_table("refused_for", ("reason", "events_2"), reasons)
    for outcome in (Outcome.CONTRADICTING, Outcome.UNMATCHED):
        listed = [one for one in done if one.outcome is outcome]
        if listed:
            put_table(
                _TITLES[outcome],
                ("line_2", "source", "event", "type", "filing", "findings"),
                [
                    (one.line, one.source, one.event_id, one.type, one.filing_id, ", ".join(one.findings))
                    for one in listed
                ],
            )
    for one in done:
        if one.refusals:
            console(error=True).print(f"{sentence('line', n=one.line)}: {one.event_id or ''} {one.type or ''}")
            print_refusals(one.refusals, as_json=False)
