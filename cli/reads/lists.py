"""``list``, ``tasks`` and ``findings``: what the read model shows of many filings."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import TypeVar

import click

from cli.ids import given_day, given_id, given_patent, given_text
from cli.output import head, json_option, named, put_json, put_table, sentence
from cli.reading import reading
from cli.reads.closing.told import finding_said
from cli.reads.due import provisional, said_in_short
from cli.reads.filters import check_declaration_number, check_filing, check_patent
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice, Whole
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped, nearest_first
from client.meant import party_meant
from client.today import today
from database.pool import Connection
from database.reads.lists import Due, ListedFiling, list_due, list_filings
from database.reads.read_model import open_findings
from runtime.settings import Settings
from schemas.acts.act import FilingKind
from schemas.lifecycle.stages.declaration import DeclarationStage
from schemas.lifecycle.stages.licence import LicenceStage
from schemas.lifecycle.stages.payout import PayoutStage
from schemas.lifecycle.stages.settlement import SettlementStage
from schemas.lifecycle.stages.stage import RightStage
from schemas.values.actor import Role
from schemas.values.outside import normal
from texts.citations import article_in
from texts.lines import Said
from texts.words import closing_text

T = TypeVar("T")
_LIMIT = click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)
_STAGES: Mapping[FilingKind, type[RightStage]] = {
    FilingKind.DECLARATION: DeclarationStage,
    FilingKind.LICENCE: LicenceStage,
    FilingKind.PAYOUT: PayoutStage,
    FilingKind.SETTLEMENT: SettlementStage,
}


@worded_command("list")
@click.option("--kind", type=Choice([kind.value for kind in FilingKind]))
@click.option("--stage")
@click.option("--patent", metavar="PATENT")
@click.option("--title", metavar="TEXT")
@click.option("--party", metavar="PARTY")
@click.option("--number", metavar="NUMBER")
@click.option("--parent", metavar="FILING")
@click.option("--after", metavar="FILING")
@_LIMIT
@json_option
def list_(
    kind: str | None,
    stage: str | None,
    patent: str | None,
    title: str | None,
    party: str | None,
    number: str | None,
    parent: str | None,
    after: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Filings with the names they are known by, their stage, and what is due next."""
    _check_stage(kind, stage)
    above = given_id(parent, "--parent") if parent else None
    last = given_id(after, "--after") if after else None
    patent_number = given_patent(patent, "--patent") if patent else None
    words = given_text(title, "--title") if title else None
    office_number = normal("office_number", number) if number else None

    async def asked(connection: Connection) -> list[ListedFiling]:
        await check_filing(connection, above, "--parent")
        await check_filing(connection, last, "--after")
        await check_patent(connection, patent_number, "--patent")
        await check_declaration_number(connection, office_number, "--number")
        return await list_filings(
            connection,
            kind=kind,
            stage=stage,
            parent_id=above,
            after=last,
            patent_number=patent_number,
            title=words,
            party=(await party_meant(connection, party, "--party")).party_id if party else None,
            declaration_number=office_number,
            limit=limit,
        )

    put_filings(_read(asked), as_json=as_json)


def put_filings(found: list[ListedFiling], *, as_json: bool) -> None:
    """The list of filings, wherever one is shown."""
    if as_json:
        put_json([asdict(one) for one in found])
        return
    put_table(
        f"{head('filings')} ({len(found)})",
        ("filing", "stage", "next_day", "what", "patent", "title", "party", "declaration_number", "kind", "version"),
        [
            (
                one.filing_id,
                named("stages", f"{one.kind}.{one.stage}"),
                one.next_by or one.due_by,
                one.next_what and said_in_short(one.next_what),
                one.patent_number,
                one.title,
                one.party_name or one.party,
                one.declaration_number,
                named("kinds", one.kind),
                one.head,
            )
            for one in found
        ],
        leaves=("version", "declaration_number", "kind", "party", "title", "what", "patent"),
        below=("patent", "title", "party", "what"),
    )


def _check_stage(kind: str | None, stage: str | None) -> None:
    """A stage that no such filing can have would give an empty table, as if there were none just now."""
    kinds = [FilingKind(kind)] if kind else list(_STAGES)
    choices = list(dict.fromkeys(one.value for each in kinds for one in _STAGES[each] if one.value != "-"))
    if stage is not None and stage not in choices:
        raise mistyped("not_a_choice", "--stage", given=stage, choices=", ".join(nearest_first(stage, choices)))


@worded_command()
@click.option("--role", type=Choice([role.value for role in Role]))
@click.option("--by", "by", metavar="DAY")
@click.option("--upcoming", type=Whole(0, 3_650), metavar="DAYS")
@_LIMIT
@json_option
def tasks(role: str | None, by: str | None, upcoming: int | None, limit: int, as_json: bool) -> None:
    """Open tasks, each with its legal day or its service day."""
    until = given_day(by, "--by") if by else None
    ahead = None if upcoming is None else today() + timedelta(days=upcoming)
    found = _read(lambda connection: list_due(connection, role=role, by=until, upcoming_until=ahead, limit=limit))
    if as_json:
        put_json([asdict(task) for task in found])
        return
    put_table(
        f"{head('tasks')} ({len(found)})"
        if ahead is None
        else f"{head('tasks_and_deadlines')} – {ahead} ({len(found)})",
        ("due", "what", "filing", "role", "patent", "title", "basis", "article"),
        [
            (
                f"{task.by_on or ''}{provisional(task.provisional)}{_how_late(task)}",
                said_in_short(task.what),
                task.filing_id,
                named("roles", task.role),
                task.patent_number,
                task.title,
                head(task.basis),
                task.article and article_in(task.article, spoken()),
            )
            for task in found
        ],
        leaves=("basis", "article", "title", "patent", "role"),
        below=("role", "patent", "title"),
    )


def _how_late(task: Due) -> str:
    if task.by_on is None or not task.is_open:
        return ""
    days = (today() - task.by_on).days
    return f"\n{sentence('days_late', days=days)}" if days > 0 else ""


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
            f"{head('findings')} ({len(found)})",
            ("opened", "filing", "finding", "about"),
            [
                (
                    finding.opened_on,
                    filing_id,
                    finding_said(finding.code) + _closed_by(closing_text(finding.code)),
                    ", ".join(map(str, (finding.about.get("act_id", ""), *finding.about.get("filings", ())))),
                )
                for filing_id, finding in found
            ],
            leaves=("about", "filing"),
            below=("filing",),
        )


def _closing(code: str) -> dict[str, str] | None:
    said = closing_text(code)
    return said._asdict() if said else None


def _closed_by(text: Said | None) -> str:
    # A blank that does not break: Chinese has none of its own, and the arrow would stand on a line alone.
    return f"\n→\u00a0{getattr(text, spoken())}" if text else ""


def _read(question: Callable[[Connection], Awaitable[list[T]]]) -> list[T]:
    async def asked() -> list[T]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            return await question(connection)

    return asyncio.run(asked())
