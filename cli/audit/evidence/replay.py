"""``audit replay``: stored histories through today's code, payload by payload against the event log."""

import asyncio
import os
from datetime import datetime, time

import click

from audit.code_version import code_version
from audit.replay.code_of import code_in, code_of
from audit.replay.run import Replayed, Replaying, Which, ours, replay_new
from cli.audit.evidence.progress import Line
from cli.audit.shown import put_report
from cli.ids import given_day, given_id
from cli.output import json_option, put_table
from cli.reading import pooled, reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.mistakes import mistyped
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.model import SHANGHAI


@worded_command()
@click.argument("filings", nargs=-1, metavar="[FILING…]")
@click.option("--all", "every", is_flag=True)
@click.option("--since", metavar="DAY")
@click.option("--sample", type=Whole(min=1), metavar="N")
@click.option("--seed", type=Whole(min=0), default=0, show_default=True)
@click.option("--new", "is_new", is_flag=True)
@click.option("--code", metavar="VERSION")
@click.option("--image", metavar="IMAGE")
@click.option("--processes", type=Whole(1, 256), metavar="N")
@json_option
def replay(
    filings: tuple[str, ...],
    every: bool,
    since: str | None,
    sample: int | None,
    seed: int,
    is_new: bool,
    code: str | None,
    image: str | None,
    processes: int | None,
    as_json: bool,
) -> int:
    """Replays stored histories and compares their payloads with the event log."""
    if not (filings or every or since or sample or is_new):
        raise mistyped("replay_of_what")
    if is_new and (filings or every or since or sample or code or image):
        raise mistyped("option_alone", "--new", option="--new")
    which = Which(
        filings=tuple(given_id(one, "FILING") for one in filings),
        since=datetime.combine(given_day(since, "--since"), time(), SHANGHAI) if since else None,
        sample=sample,
        seed=seed,
    )

    async def run() -> Replayed:
        settings, version = Settings.read(), code_version()
        other = code_in(image) if image else code_of(code, settings.var) if code else None
        with Line() as line:
            if other is not None:
                children = other.processes(processes or os.cpu_count() or 1)
                async with pooled(audit_database_url(settings), "AUDIT_DATABASE_URL") as pool:
                    replaying = Replaying(pool, other.version, children, line.told, payloads=ours(processes))
                    return await replaying.replay(which)
            if is_new:
                async with reading(settings) as pool:
                    return await replay_new(pool, version, ours(processes), line.told)
            async with pooled(audit_database_url(settings), "AUDIT_DATABASE_URL") as pool:
                return await Replaying(pool, version, ours(processes), line.told).replay(which)

    report = asyncio.run(run())
    ended = put_report(report, as_json=as_json)
    if report.failures and not as_json:
        put_table(
            "not_replayed",
            ("filing", "run", "history_event", "code_line", "why", "passed_with"),
            [(one.filing_id, one.run_id, one.event, one.line, one.why, one.passed_with) for one in report.failures],
        )
    return ended
