"""``pass-day``: lets a day pass for filings whose clock is moved from outside (``legal_clock: acts``)."""

import asyncio
from datetime import date
from uuid import UUID

import click

from cli.ids import given_day, given_id
from cli.output import answer_json, json_option, put_json, put_table
from cli.session import Session, opened
from cli.typed.commands import worded_command
from client.naming import named
from client.together import together
from database.reads.read_model import filings_due, find_filing
from runtime.settings import Settings
from schemas.acts.act import FilingKind, PassDay
from schemas.standing.answer import Answer
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.refusal import Fault, refuse

_BATCH = 500
_TOGETHER = 16


@worded_command()
@click.argument("day", metavar="DAY")
@click.option("--filing", metavar="FILING")
@json_option
def pass_day(day: str, filing: str | None, as_json: bool) -> None:
    """Everything before the end of DAY has happened: opens overdue tasks and ends terms.

    Without --filing, in all filings of the clock "acts" that have a deadline on or before DAY.
    """
    on = given_day(day, "DAY")
    answers = asyncio.run(_pass(on, given_id(filing, "--filing") if filing else None))
    if as_json:
        put_json({"on": on.isoformat(), "passed": [answer_json(answer) for answer in answers]})
    else:
        put_table(
            f"{on} 已过 has passed",
            ("事项 filing", "种类 kind", "阶段 stage", "下一期限 next deadline"),
            [
                (
                    answer.filing_id,
                    answer.filing_kind.value,
                    answer.head.stage,
                    answer.next_deadline and answer.next_deadline.by,
                )
                for answer in answers
            ],
        )


async def _pass(on: date, filing_id: UUID | None) -> list[Answer]:
    async with opened(Settings.read()) as session:
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
    return await session.ask(kind, named(act, filing_id=filing_id))
