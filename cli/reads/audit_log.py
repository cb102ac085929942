"""``audit-log``: who asked for what, also in vain; refusals leave no other trace."""

import asyncio
from dataclasses import asdict

import click

from cli.ids import given_id
from cli.output import json_option, put_json, put_table
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice, Whole
from database.registers.audit_log import AuditEntry, Outcome, read_audit
from runtime.settings import Settings
from texts.words import refusal_json


@worded_command("audit-log")
@click.option("--filing", metavar="FILING")
@click.option("--who", metavar="PARTY")
@click.option("--outcome", type=Choice(["granted", "refused", "fault", "read"]))
@click.option("--after", type=Whole(min=0), default=0, metavar="N")
@click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)
@json_option
def audit_log(
    filing: str | None, who: str | None, outcome: Outcome | None, after: int, limit: int, as_json: bool
) -> None:
    """Who asked for what, and what was refused, oldest first."""
    about = given_id(filing, "--filing") if filing else None
    by = given_id(who, "--who") if who else None

    async def read() -> list[AuditEntry]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            return await read_audit(connection, filing_id=about, who=by, outcome=outcome, after=after, limit=limit)

    found = asyncio.run(read())
    if as_json:
        put_json([asdict(one) | {"refusals": [refusal_json(why) for why in one.refusals]} for one in found])
        return
    put_table(
        f"审计日志 audit log ({len(found)})",
        ("序号 n", "时间 at", "何人 who", "角色 role", "行为 act", "事项 filing", "结果 outcome", "理由 because"),
        [
            (
                one.id,
                one.at.isoformat(timespec="seconds"),
                one.who,
                one.role,
                one.act_kind,
                one.filing_id,
                one.outcome,
                "、".join(why.code for why in one.refusals),
            )
            for one in found
        ],
    )
