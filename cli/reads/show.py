"""``show``: where one filing stands, what it waits for, and who may do what next."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import click

from cli.output import (
    head,
    json_option,
    named,
    put_command,
    put_json,
    put_pairs,
    put_table,
    put_under,
    sentence,
    stages_named,
    value_text,
)
from cli.reading import reading
from cli.reads.closing.told import finding_json, finding_said, put_closing
from cli.reads.content import ids_in, in_words, own_fields, put_content
from cli.reads.due import provisional, said_in_short
from cli.reads.run_state import run_state
from cli.reads.second_person import Waits, waiting_for_second
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from client.meant import filing_meant
from database.reads.lists import ListedFiling, list_filings
from database.reads.read_model import findings_of, tasks_of
from database.record.event_log import ChainLink, chain_of, find_head
from database.record.posting import Finding, Task
from database.registers.parties import public_names
from runtime.settings import Settings
from schemas.acts.act import FilingKind
from schemas.lifecycle.of_kind import lifecycle_of
from schemas.lifecycle.table import acts_possible
from schemas.standing.position import BasePosition, DeclarationPosition
from schemas.standing.positions import stored_position
from schemas.standing.surroundings import OfferView
from schemas.values.actor import Role
from schemas.values.refusal import refuse
from texts.citations import article_in


@dataclass(frozen=True)
class Shown:
    """Everything about one filing that a person asks for first."""

    listed: ListedFiling
    others: tuple[UUID, ...]
    """Filings that the number could mean as well."""
    position: BasePosition
    tasks: list[Task]
    findings: list[Finding]
    events: list[dict[str, Any]]
    acts: dict[str, tuple[str, ...]]
    waits: list[Waits]
    closing: dict[str, list[str]]
    """The commands that close each open finding, by its key."""
    names: dict[UUID, str]
    workflow: str
    link: str | None


@worded_command()
@click.argument("filing", metavar="FILING")
@json_option
def show(filing: str, as_json: bool) -> None:
    """Position, deadlines, tasks, findings, events and the next acts of one filing, by its id or a number of it."""
    found = asyncio.run(_found(filing))
    if as_json:
        put_json(
            {
                **asdict(found.listed),
                "workflow": found.workflow,
                "workflow_link": found.link,
                "others_of_that_number": found.others,
                "position": found.position.model_dump(mode="json"),
                "tasks": [asdict(task) for task in found.tasks],
                "findings": [finding_json(one, found.closing) for one in found.findings],
                "events": found.events,
                "acts_possible": found.acts,
                "waits_for_second_person": [one._asdict() for one in found.waits],
            }
        )
    else:
        _put(found)


async def _found(text: str) -> Shown:
    settings = Settings.read()
    async with (
        reading(settings) as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        filing_id, others = await filing_meant(connection, text)
        listed, head = await list_filings(connection, filing_id=filing_id), await find_head(connection, filing_id)
        if not listed or head is None:
            raise refuse("filing_unknown", "filing", filing_id=filing_id)
        tasks, findings = await tasks_of(connection, filing_id), await findings_of(connection, filing_id)
        links = [link async for link in chain_of(connection, filing_id)]
        kind = FilingKind(listed[0].kind)
        position = stored_position(kind, head.position)
        names = await public_names(connection, tuple({*_parties(position), *ids_in(own_fields(position))}))
    events = [
        {
            "version": link.version,
            "kind": link.kind,
            "legal_on": link.legal_on,
            "recorded_at": link.recorded_at,
            "act_id": link.act_id,
            "act": link.body["act"]["kind"],
            "by": link.body["act"]["by"],
        }
        for link in links
    ]
    closing = _closing(findings, kind, listed[0], links)
    state, link = await run_state(settings, listed[0].workflow_id)
    return Shown(
        listed[0],
        others,
        position,
        tasks,
        findings,
        events,
        next_acts(kind, position),
        waiting_for_second(kind.value, filing_id, (one.body["act"] for one in links)),
        closing,
        names,
        state,
        link,
    )


def _parties(position: BasePosition) -> Iterator[UUID]:
    if isinstance(position, DeclarationPosition) and position.offer is not None:
        yield from (owner.party_id for owner in position.offer.owners)


def _party(party_id: UUID | None, names: dict[UUID, str]) -> str | None:
    if party_id is None:
        return None
    return f"{names[party_id]}  {party_id}" if party_id in names else str(party_id)


def _offer(offer: OfferView, names: dict[UUID, str]) -> Iterator[tuple[str, object]]:
    """Owners and terms, as a person reads them."""
    yield "owners", "\n".join(str(_party(owner.party_id, names)) for owner in offer.owners)
    yield "granted_on", offer.granted_on
    yield "patent_last_day", offer.patent_last_day
    yield "in_force_from", offer.in_force_from
    yield "ended_on", offer.ended_on
    now = offer.terms[-1]
    yield "terms", f"{now.version} ({now.from_on})"
    yield "royalty", in_words(now.royalty.model_dump(mode="json", exclude_none=True))
    yield "term", in_words(now.term.model_dump(mode="json", exclude_none=True))


def _about(one: Finding) -> Iterator[object]:
    for value in one.about.values():
        yield from value if isinstance(value, list) else (value,)


def next_acts(kind: FilingKind, position: BasePosition) -> dict[str, tuple[str, ...]]:
    """Role -> the acts it can be offered now; what nobody asks for is left out."""
    offered = {
        role.value: acts_possible(lifecycle_of(kind), position.stage, position.tracks.stages(), role)
        for role in Role
        if role is not Role.TIMER
    }
    return {role: acts for role, acts in offered.items() if acts}


def _closing(
    findings: Sequence[Finding], kind: FilingKind, listed: ListedFiling, links: Sequence[ChainLink]
) -> dict[str, list[str]]:
    still_open = [one for one in findings if one.closed_on is None]
    if not still_open:
        return {}
    from cli.reads.closing.commands import Whose, acts_by_id, commands_closing  # knows all acts: half a second

    acts = acts_by_id(kind, [one.body for one in links])
    whose = Whose(kind, listed.filing_id, listed.parent_id, acts)
    return {one.key: commands_closing(one, whose) for one in still_open}


def _put(found: Shown) -> None:
    summary, position = found.listed, found.position
    stage, tracks = stages_named(summary.kind, position.stage, position.tracks.stages())
    put_pairs(
        f"{named('kinds', summary.kind)} {summary.filing_id}",
        {
            "patent": summary.patent_number,
            "title": summary.title,
            "declaration_number": summary.declaration_number,
            "party": _party(summary.party, found.names) or summary.party_name,
            "stage": f"{stage}{provisional(position.provisional)}",
            "tracks": tracks,
            "parent": summary.parent_id,
            "others_of_that_number": "\n".join(map(str, found.others)),
            "workflow": f"{summary.workflow_id} ({value_text('workflow', found.workflow)})",
            "page": found.link,
            "clock": value_text("clock", summary.legal_clock),
            "passed": position.passed_on,
            "warnings": "; ".join(value_text("warnings", one) for one in position.warnings),
        },
    )
    for one in found.waits:
        put_under(0, sentence("waits_for_second", act=named("acts", f"{summary.kind}.{one.kind}")))
        put_command(1, one.command)
    if isinstance(position, DeclarationPosition) and position.offer is not None:
        put_pairs("offer", dict(_offer(position.offer, found.names)))
    put_content(position, found.names)
    if position.deadlines:
        put_table(
            "deadlines",
            ("due", "basis", "what", "role", "article"),
            [
                (
                    f"{one.by}{provisional(one.provisional)}",
                    head(one.basis),
                    said_in_short(one.what),
                    named("roles", one.role),
                    article_in(one.article, spoken()),
                )
                for one in sorted(position.deadlines, key=lambda one: one.by)
            ],
            leaves=("basis", "article"),
        )
    if found.tasks:
        put_table(
            "tasks",
            ("due", "basis", "what", "role", "closed"),
            [
                (
                    task.by_on,
                    head(task.basis),
                    said_in_short(task.what),
                    named("roles", task.role),
                    value_text("closed_how", task.closed_how),
                )
                for task in found.tasks
            ],
            leaves=("basis",),
        )
    if found.findings:
        put_table(
            "findings",
            ("opened", "finding", "closed", "about"),
            [
                (one.opened_on, finding_said(one.code), one.closed_on, "\n".join(map(str, _about(one))))
                for one in found.findings
            ],
            leaves=("about",),
            below=("about",),
        )
        put_closing(found.findings, found.closing)
    put_table(
        "events",
        ("version", "legal_day", "act", "role", "act_id"),
        [
            (
                one["version"],
                one["legal_on"],
                named("acts", f"{summary.kind}.{one['act']}"),
                named("roles", one["by"]["role"]),
                one["act_id"],
            )
            for one in found.events
        ],
        leaves=("role",),
    )
    put_table(
        "possible_now",
        ("role", "acts"),
        [
            (named("roles", role), ", ".join(named("acts", f"{summary.kind}.{act}") for act in acts))
            for role, acts in found.acts.items()
        ],
    )
