"""``audit log``: who asked for what, also in vain; refusals leave no other trace."""

import asyncio
from dataclasses import asdict
from datetime import datetime, time, timedelta

import click

from cli.ids import given_day, given_id
from cli.output import head, json_option, named, put_json, put_table, value_text
from cli.reading import pooled
from cli.reads.filters import check_asked
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice, Whole
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped, nearest_first
from database.registers.audit_log import AuditEntry, Outcome, read_audit
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.lifecycle.registers import OF_ACCOUNTS, OF_WORK, WRITERS
from schemas.values.model import SHANGHAI
from texts.words import name_rows, refusal_in, refusal_json

_OTHERS = ("package", "bundle", *OF_ACCOUNTS, *OF_WORK)
"""What is read and written into the log, and is no act."""
_TOLD = 5
_LAST = 2**63 - 1  # what the number of a line can be


@worded_command()
@click.option("--by", metavar="PARTY")
@click.option("--act", metavar="ACT")
@click.option("--filing", metavar="FILING")
@click.option("--day", metavar="DAY")
@click.option("--outcome", type=Choice(["granted", "refused", "fault", "read"]))
@click.option("--after", type=Whole(0, _LAST), metavar="N")
@click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)
@json_option
def log(
    by: str | None,
    act: str | None,
    filing: str | None,
    day: str | None,
    outcome: Outcome | None,
    after: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """Who asked for what, and what was refused, oldest first."""
    who = given_id(by, "--by") if by else None
    about = given_id(filing, "--filing") if filing else None
    since = datetime.combine(given_day(day, "--day"), time(), SHANGHAI) if day else None

    kind = act.replace("-", "_") if act else None

    async def read() -> list[AuditEntry]:
        url = audit_database_url(Settings.read())
        async with pooled(url, "AUDIT_DATABASE_URL") as pool, pool.acquire() as connection:
            lines = await read_audit(
                connection,
                filing_id=about,
                who=who,
                act_kind=kind,
                outcome=outcome,
                since=since,
                until=since + timedelta(days=1) if since else None,
                after=after,
                limit=limit,
            )
            if not lines:
                _check_act(kind)
                await check_asked(connection, who, about)
            return lines

    found = asyncio.run(read())
    if as_json:
        put_json([asdict(one) | {"refusals": [refusal_json(why) for why in one.refusals]} for one in found])
        return
    put_table(
        f"{head('audit_log')} ({len(found)})",
        ("n", "at", "who", "role", "act", "legal_day", "filing", "outcome", "because"),
        [
            (
                one.id,
                one.at.isoformat(timespec="seconds"),
                one.who,
                named("roles", one.role),
                act_named(one.act_kind),
                one.legal_on,
                one.filing_id,
                one.outcome,
                _because(one),
            )
            for one in found
        ],
    )


def _because(one: AuditEntry) -> str:
    """The codes of what was refused; in Chinese, what they say."""
    if spoken() == "en":
        return ", ".join(why.code for why in one.refusals)
    return "\n".join(refusal_in(why, "zh").what for why in one.refusals)


def act_named(kind: str) -> str:
    """An act by its name, whichever kind of filing it is of; in English as it is typed."""
    if spoken() == "en":
        return kind
    of_filings = (said.zh for act, said in name_rows("acts").items() if act.partition(".")[2] == kind)
    return next(of_filings, value_text("act", kind))


def _check_act(kind: str | None) -> None:
    """An act that nobody can ask for, here or in a register, finds nothing ever; what an older release had is found."""
    from schemas.lifecycle.all import LIFECYCLES  # only whoever finds nothing waits for the tables

    asked = {row.act for table in LIFECYCLES.values() for row in table.rows if not row.derived}
    choices = sorted({*asked, *WRITERS, *_OTHERS})
    if kind is not None and kind not in choices:
        nearest = nearest_first(kind, choices)[:_TOLD]
        raise mistyped("not_a_choice", "--act", given=kind, choices=", ".join(one.replace("_", "-") for one in nearest))
