"""``audit verify``: nothing that was recorded was changed since; it asks no Temporal."""

import asyncio
from dataclasses import replace
from pathlib import Path

import click

from audit.report import Report
from audit.sealing.folder import CHECKPOINT, LogFolder
from audit.verify.everything import verify as verify_all
from cli.audit.sealed.texts_given import text_of
from cli.audit.shown import progress, progress_ends, put_report
from cli.output import json_option
from cli.reading import pooled
from cli.typed.commands import worded_command
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.refusal import refuse


@worded_command()
@click.option("--checkpoint", "kept", multiple=True, metavar="CHECKPOINT")
@click.option("--key", metavar="KEY")
@click.option("--published", metavar="FOLDER")
@json_option
def verify(kept: tuple[str, ...], key: str | None, published: str | None, as_json: bool) -> int:
    """Hash chains, the log, its checkpoints, documents and parameters."""
    settings = Settings.read()
    if published is not None:
        settings = replace(settings, given_log_folder=Path(published).resolve())
        if LogFolder(settings.log_folder).read(CHECKPOINT) is None:
            raise refuse("nothing_published", "--published", folder=published)
    checkpoints = [text_of(one) for one in kept]

    async def proved() -> Report:
        url = audit_database_url(settings)
        async with pooled(url, "AUDIT_DATABASE_URL") as pool:
            return await verify_all(pool, settings, key=key, kept=checkpoints, progress=progress)

    try:
        report = asyncio.run(proved())
    finally:
        progress_ends()
    return put_report(report, as_json=as_json)
