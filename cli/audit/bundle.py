"""``audit bundle``: all that proves a filing in one ZIP, and the check of such a ZIP."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from errno import ENOENT
from pathlib import Path
from uuid import UUID

import click

from audit.bundle.record import Extraction, FilingRecord, read_record
from audit.bundle.verifier.whole import as_json as told_json
from audit.bundle.verifier.whole import report, verify
from audit.bundle.writing import bundle_of
from audit.code_version import code_version
from audit.sealing.folder import LogFolder
from audit.transparency.notes import verifier_of
from audit.verify.everything import verifier_known
from cli.files.given import unwritable
from cli.ids import given_id
from cli.output import json_option, put_json, put_pairs
from cli.reading import pooled, reading
from cli.registers.writing import role_option
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped, only_with
from client.files.unreadable import unreadable
from client.meant import filing_meant
from database.registers.audit_log import write_audit
from database.registers.parties import require_parties
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.refusal import refuse


@worded_command()
@click.argument("filing", metavar="FILING", required=False)
@click.option("-o", "--out", "target", type=click.Path(path_type=Path))
@click.option("--by", metavar="PARTY")
@role_option
@click.option("--without-documents", is_flag=True)
@click.option("--with-related", is_flag=True)
@click.option("--check", type=click.Path(path_type=Path))
@click.option("--key", metavar="TEXT")
@json_option
def bundle(
    filing: str | None,
    target: Path | None,
    by: str | None,
    role: str,
    without_documents: bool,
    with_related: bool,
    check: Path | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Writes everything that proves FILING into one ZIP, which anybody can check without us."""
    if check is not None:
        return _checked(check, key, as_json)
    if filing is None or target is None:
        raise mistyped("option_needs", "--out", one="FILING", other="--out")
    only_with(("--by",), "--role")
    who = given_id(by, "--by") if by else None
    records = asyncio.run(_records(filing, who, with_documents=not without_documents, with_related=with_related))
    documents = sum(document.body is not None for one in records for document in one.documents)
    if documents and who is None:
        raise refuse("documents_taken_by_nobody", "--by", documents=documents)
    if who is not None:
        asyncio.run(_told(who, role, [one.filing.filing_id for one in records]))
    record, *related = records
    made = bundle_of(record, related)
    try:
        target.write_bytes(made)
    except OSError as error:
        raise unwritable(target, error) from error
    found = {
        "file": target,
        "filing": record.filing.filing_id,
        "version": record.filing.head,
        "events": len(record.links),
        "documents": documents,
        "related": len(related),
        "bytes": len(made),
    }
    if as_json:
        put_json(found)
    else:
        put_pairs("bundle", found)
    return 0


async def _records(filing: str, who: UUID | None, *, with_documents: bool, with_related: bool) -> list[FilingRecord]:
    """The filing's record, then those of related filings, all of one snapshot."""
    settings, extraction = Settings.read(), Extraction(datetime.now(UTC), who, code_version())
    verifier = verifier_known(settings)
    published = None if verifier is None else (LogFolder(settings.log_folder), verifier)
    async with (
        pooled(audit_database_url(settings), "AUDIT_DATABASE_URL") as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        filing_id, _ = await filing_meant(connection, filing)
        first = await read_record(connection, filing_id, extraction, published, with_documents=with_documents)
        others = first.related if with_related else ()
        return [
            first,
            *[
                await read_record(connection, one.filing_id, extraction, published, with_documents=with_documents)
                for one in others
            ],
        ]


async def _told(who: UUID, role: str, filings: Sequence[UUID]) -> None:
    """Into the audit log, before anything is taken out: documents may hold what is personal, and go out of our sight.

    The auditor's role can only read, so the engine's writes the lines.
    """
    async with reading(Settings.read()) as pool, pool.acquire() as connection, connection.transaction():
        await require_parties(connection, who)
        for one in filings:
            await write_audit(connection, who, role, "bundle", "read", filing_id=one)


def _checked(file: Path, key: str | None, as_json: bool) -> int:
    if not file.exists():
        raise unreadable(file, FileNotFoundError(ENOENT, ""))
    if key is not None:
        verifier_of(key)  # one that is no key would be told as the key of somebody else
    told = verify(file, key)
    if as_json:
        put_json(told_json(told))
    else:
        print(report(told, ("zh", "en").index(spoken())))
    return told.code
