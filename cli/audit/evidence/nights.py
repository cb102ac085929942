"""``audit nights``: what the audits of the last night found."""

import asyncio

from cli.output import json_option, put_json, put_table
from cli.reading import pooled
from cli.typed.commands import worded_command
from database.evidence.results import KeptResult, last_results
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.canonical import plain


@worded_command()
@json_option
def nights(as_json: bool) -> int:
    """The newest result of each step; exits with 0 only if all agree."""

    async def read() -> list[KeptResult]:
        async with (
            pooled(audit_database_url(Settings.read()), "AUDIT_DATABASE_URL") as pool,
            pool.acquire() as connection,
        ):
            return await last_results(connection)

    found = asyncio.run(read())
    if as_json:
        put_json(plain([vars(one) for one in found]))
    else:
        put_table(
            "nights",
            ("step", "outcome", "since", "at", "version", "differences"),
            [
                (
                    one.step,
                    one.outcome,
                    one.began_at.isoformat(timespec="seconds"),
                    one.ended_at.isoformat(timespec="seconds"),
                    one.code_version,
                    len(one.report.get("differences", ())) or "",
                )
                for one in found
            ],
        )
    return 0 if found and all(one.outcome == "agrees" for one in found) else 1
