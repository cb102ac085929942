"""``list``, ``tasks`` and ``findings``: what the read model shows of many filings."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TypeVar

import click

from cli.ids import given_day, given_id, given_patent, given_text
from cli.output import json_option, named, put_json, put_table
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice, Whole
from database.pool import Connection
from database.reads.lists import list_due, list_filings
from database.reads.read_model import open_findings
from runtime.settings import Settings
from schemas.acts.act import FilingKind
from texts.lines import Said
from texts.words import closing_text, finding_text, task_text

T = TypeVar("T")
_LIMIT = click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)


@worded_command("list")
@click.option("--kind", type=Choice([kind.value for kind in FilingKind]))
@click.option("--stage")
@click.option("--patent", metavar="PATENT")
@click.option("--parent", metavar="FILING")
@click.option("--after", metavar="FILING")
@_LIMIT
@json_option
def list_(
    kind: str | None,
    stage: str | None,
    patent: str | None,
    parent: str | None,
    after: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Filings with their stage and next day."""
    above = given_id(parent, "--parent") if parent else None
    last = given_id(after, "--after") if after else None
    number = given_patent(patent, "--patent") if patent else None
    where = given_text(stage, "--stage") if stage else None
    found = _read(
        lambda connection: list_filings(
            connection, kind=kind, stage=where, parent_id=above, after=last, patent_number=number, limit=limit
        )
    )
    if as_json:
        put_json([asdict(one) for one in found])
    else:
        put_table(
            f"事项 filings ({len(found)})",
            ("事项 filing", "种类 kind", "阶段 stage", "期限 due by", "版本 version"),
            [
                (
                    one.filing_id,
                    named("kinds", one.kind),
                    named("stages", f"{one.kind}.{one.stage}"),
                    one.due_by,
                    one.head,
                )
                for one in found
            ],
        )


@worded_command()
@click.option("--role")
@click.option("--by", "by", metavar="DAY")
@_LIMIT
@json_option
def tasks(role: str | None, by: str | None, limit: int, as_json: bool) -> None:
    """Open tasks, each with its legal day or its service day."""
    until = given_day(by, "--by") if by else None
    whose = given_text(role, "--role") if role else None
    found = _read(lambda connection: list_due(connection, role=whose, by=until, limit=limit))
    if as_json:
        put_json([asdict(task) for task in found])
    else:
        put_table(
            f"任务 tasks ({len(found)})",
            ("期限 by", "依据 basis", "事项 filing", "任务 what", "角色 role", "条款 article"),
            [
                (
                    f"{task.by_on or ''}{' (provisional)' if task.provisional else ''}",
                    task.basis,
                    task.filing_id,
                    _told(task.what, task_text(task.what)),
                    named("roles", task.role),
                    task.article,
                )
                for task in found
            ],
        )


@worded_command()
@_LIMIT
@json_option
def findings(limit: int, as_json: bool) -> None:
    """Open contradictions between what authorities say and what we have."""
    found = _read(lambda connection: open_findings(connection, limit))
    if as_json:
        put_json([{"filing_id": filing_id, **asdict(one), "closed_by": _closing(one.code)} for filing_id, one in found])
    else:
        put_table(
            f"疑点 findings ({len(found)})",
            ("产生 opened", "事项 filing", "疑点 finding", "关于 about"),
            [
                (
                    finding.opened_on,
                    filing_id,
                    _told(finding.code, finding_text(finding.code)) + _told("\n→", closing_text(finding.code)),
                    "、".join(map(str, (finding.about.get("act_id", ""), *finding.about.get("filings", ())))),
                )
                for filing_id, finding in found
            ],
        )


def _closing(code: str) -> dict[str, str] | None:
    said = closing_text(code)
    return said._asdict() if said else None


def _told(code: str, text: Said | None) -> str:
    """The code, and what it says; a code that an older release recorded may have no text any more."""
    return f"{code}\n{text.zh}\n{text.en}" if text else code


def _read(question: Callable[[Connection], Awaitable[list[T]]]) -> list[T]:
    async def asked() -> list[T]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            return await question(connection)

    return asyncio.run(asked())
