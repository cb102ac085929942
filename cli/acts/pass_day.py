"""``pass-day``: lets a day pass for filings whose clock is moved from outside (``legal_clock: acts``)."""

import asyncio
import sys
from dataclasses import asdict
from datetime import date
from uuid import UUID

import click

from cli.ids import given_day, given_id
from cli.output import answer_json, head, json_option, named, put_json, put_table, sentence
from cli.reading import reading
from cli.registers.writing import role_option
from cli.session import Session, opened
from cli.typed.commands import worded_command
from cli.typed.mistakes import mistyped
from client.naming import named as act_named
from client.today import today
from client.together import together
from database.reads.falling_due import FallingDue, falling_due
from database.reads.read_model import filings_due, find_filing
from database.registers.audit_log import write_audit
from database.registers.parties import require_parties
from runtime.settings import Settings
from schemas.acts.act import FilingKind, PassDay
from schemas.lifecycle.registers import check_writer
from schemas.standing.answer import Answer
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.refusal import Fault, Refused, refusal, refuse

_BATCH = 500
_TOGETHER = 16


@worded_command()
@click.argument("day", metavar="DAY")
@click.option("--by", required=True, metavar="PARTY")
@role_option
@click.option("--filing", metavar="FILING")
@click.option("--yes", "is_confirmed", is_flag=True)
@json_option
def pass_day(day: str, by: str, role: str, filing: str | None, is_confirmed: bool, as_json: bool) -> None:
    """Opens overdue tasks and ends terms, after showing what falls due; nobody takes it back."""
    on, who = given_day(day, "DAY"), Actor(role=Role(role), party_id=given_id(by, "--by"))
    filing_id = given_id(filing, "--filing") if filing else None
    asyncio.run(_allowed(on, who, filing_id))
    due = asyncio.run(_falling_due(on, filing_id))
    if not as_json:
        _put_due(on, due)
    if not is_confirmed and not _confirmed(on, as_json):
        raise mistyped("not_confirmed", "--yes", count=sum(one.count for one in due), on=on)
    answers = asyncio.run(_pass(on, who, filing_id))
    if as_json:
        falls_due = [asdict(one) for one in due]
        put_json({"on": on.isoformat(), "falls_due": falls_due, "passed": [answer_json(answer) for answer in answers]})
        return
    put_table(
        f"{on} {head('has_passed')} ({len(answers)})",
        ("filing", "kind", "stage", "next_deadline"),
        [
            (
                answer.filing_id,
                named("kinds", answer.filing_kind.value),
                named("stages", f"{answer.filing_kind.value}.{answer.head.stage}"),
                answer.next_deadline and answer.next_deadline.by,
            )
            for answer in answers
        ],
    )


def _put_due(on: date, due: list[FallingDue]) -> None:
    put_table(
        f"{head('falls_due')} ({on})",
        ("kind", "deadline", "number"),
        [(named("kinds", one.kind), one.what, one.count) for one in due],
    )


def _confirmed(on: date, as_json: bool) -> bool:
    """Whether a person at a terminal types the day once more."""
    if as_json or not sys.stdin.isatty():
        return False
    return input(sentence("confirm_day", on=on)).strip() == on.isoformat()


async def _allowed(on: date, who: Actor, filing_id: UUID | None) -> None:
    """Raises Refused for a day that has not come, and for who may not; the no stands in the audit log."""
    settings = Settings.read()
    no = check_writer("pass_day", who.role)
    if no is None and on > today() and settings.legal_clock != "acts":
        no = refusal("day_not_come", "DAY", on=on, today=today())
    async with reading(settings) as pool, pool.acquire() as connection:
        await require_parties(connection, who.party_id)
        if no is not None:
            await write_audit(
                connection,
                who.party_id,
                who.role.value,
                "pass_day",
                "refused",
                filing_id=filing_id,
                legal_on=on,
                refusals=[no],
            )
            raise Refused(no)


async def _falling_due(on: date, filing_id: UUID | None) -> list[FallingDue]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        if filing_id is not None and await find_filing(connection, filing_id) is None:
            raise refuse("filing_unknown", "--filing", filing_id=filing_id)
        return await falling_due(connection, on, None if filing_id else "acts", filing_id)


async def _pass(on: date, who: Actor, filing_id: UUID | None) -> list[Answer]:
    async with opened(Settings.read()) as session:
        async with session.pool.acquire() as connection:
            # Before the first act: of a day that half passed it stands there too who asked.
            await write_audit(
                connection, who.party_id, who.role.value, "pass_day", "granted", filing_id=filing_id, legal_on=on
            )
        if filing_id is None:
            return await pass_all(session, on)
        async with session.pool.acquire() as connection:
            found = await find_filing(connection, filing_id)
        if found is None:
            raise refuse("filing_unknown", "FILING", filing_id=filing_id)
        return [await _pass_one(session, on, FilingKind(found.kind), filing_id)]


async def pass_all(session: Session, on: date) -> list[Answer]:
    """Passes the day in every filing that waits for it, in the order of their deadlines.

    An act can give another filing a deadline that has passed already, so it looks again until there is none.
    """
    answers: dict[UUID, Answer] = {}
    while True:
        async with session.pool.acquire() as connection:
            due = await filings_due(connection, on, "acts", _BATCH)
        new = [found for found in due if found.filing_id not in answers]
        if due and not new:
            stuck = ", ".join(str(found.filing_id) for found in due[:3])
            raise Fault("ours", f"the deadlines of {stuck} stay before {on} although the day has passed", retry=False)
        if not new:
            return list(answers.values())
        passed = await together(
            _TOGETHER, lambda found: _pass_one(session, on, FilingKind(found.kind), found.filing_id), new
        )
        answers |= dict(zip((found.filing_id for found in new), passed, strict=True))


async def _pass_one(session: Session, on: date, kind: FilingKind, filing_id: UUID) -> Answer:
    act = PassDay(act_id=filing_id, filing_id=filing_id, on=on, by=Actor(role=Role.TIMER, party_id=ENGINE))
    return await session.ask(kind, act_named(act, filing_id=filing_id))
