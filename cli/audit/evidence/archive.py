"""``audit archive``: copies histories into the evidence store; ``--check`` says which it lacks, and changes nothing."""

import asyncio

import click

from audit.code_version import code_version
from audit.evidence.copying import Copied, Copier
from audit.evidence.uncopied import see_copied
from audit.report import Report
from cli.audit.evidence.progress import Line
from cli.audit.shown import put_report
from cli.output import json_option
from cli.reading import pooled
from cli.typed.commands import worded_command
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import addresses
from workflows.options import TASK_QUEUE


@worded_command()
@click.option("--check", is_flag=True)
@json_option
def archive(check: bool, as_json: bool) -> int:
    """Copies what is new of every run; says what is not copied, and how long Temporal still has it."""
    return put_report(asyncio.run(_checked() if check else _copied()), as_json=as_json)


async def _checked() -> Report:
    settings = Settings.read()
    known = addresses(settings)
    async with pooled(known.for_audit(), "AUDIT_DATABASE_URL") as pool:
        return await see_copied(pool, await connect(settings, known), TASK_QUEUE)


async def _copied() -> Report:
    settings = Settings.read()
    known = addresses(settings)
    client = await connect(settings, known)
    with Line() as line:
        async with pooled(known.database_url) as pool:
            copied = await Copier(pool, client, TASK_QUEUE, code_version()).copy(progress=line.told)
            report = await see_copied(pool, client, TASK_QUEUE)
    report.add(as_report(copied))
    return report


def as_report(copied: Copied) -> Report:
    """The counts of a copying; a run that Temporal was set back on is no fault, and is named."""
    report = Report(
        {
            "runs": copied.runs,
            "runs_copied": copied.copied,
            "events_copied": copied.events,
            "bytes_added": copied.bytes,
            "runs_set_back": len(copied.set_back),
        }
    )
    for workflow_id in copied.gone:
        report.compare(None, f"history.{workflow_id}", "copied", "gone")
    return report
