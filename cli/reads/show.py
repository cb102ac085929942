"""``show``: where one filing stands, what it waits for, and who may do what next."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import click
from temporalio.service import RPCError

from cli.ids import given_id
from cli.output import json_option, named, put_json, put_pairs, put_table, stages_named
from cli.reading import reading
from cli.typed.commands import worded_command
from database.reads.read_model import FilingSummary, find_filing, findings_of, tasks_of
from database.record.event_log import chain_of, find_head
from database.record.posting import Finding, Task
from rules.kinds import KINDS
from runtime.connection import MEANINGS, Meaning, connect
from runtime.settings import Settings, SetupError
from schemas.acts.act import FilingKind
from schemas.lifecycle.table import acts_possible
from schemas.standing.position import BasePosition
from schemas.values.actor import Role
from schemas.values.refusal import refuse


@dataclass(frozen=True)
class Shown:
    """Everything about one filing that a person asks for first."""

    summary: FilingSummary
    position: BasePosition
    tasks: list[Task]
    findings: list[Finding]
    events: list[dict[str, Any]]
    acts: dict[str, tuple[str, ...]]
    workflow: str


@worded_command()
@click.argument("filing", metavar="FILING")
@json_option
def show(filing: str, as_json: bool) -> None:
    """Position, deadlines, tasks, findings, events and the next acts of FILING."""
    found = asyncio.run(_found(given_id(filing, "FILING")))
    if as_json:
        put_json(
            {
                **asdict(found.summary),
                "workflow": found.workflow,
                "position": found.position.model_dump(mode="json"),
                "tasks": [asdict(task) for task in found.tasks],
                "findings": [asdict(one) for one in found.findings],
                "events": found.events,
                "acts_possible": found.acts,
            }
        )
    else:
        _put(found)


async def _found(filing_id: UUID) -> Shown:
    settings = Settings.read()
    async with (
        reading(settings) as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        summary, head = await find_filing(connection, filing_id), await find_head(connection, filing_id)
        if summary is None or head is None:
            raise refuse("filing_unknown", "FILING", filing_id=filing_id)
        tasks, findings = await tasks_of(connection, filing_id), await findings_of(connection, filing_id)
        events = [
            {
                "version": link.version,
                "kind": link.kind,
                "legal_on": link.legal_on,
                "recorded_at": link.recorded_at,
                "act_id": link.act_id,
                "by": link.body["act"]["by"],
            }
            async for link in chain_of(connection, filing_id)
        ]
    kind = FilingKind(summary.kind)
    position = KINDS[kind].stored_position(head.position)
    return Shown(
        summary,
        position,
        tasks,
        findings,
        events,
        next_acts(kind, position),
        await _workflow_state(settings, summary.workflow_id),
    )


def next_acts(kind: FilingKind, position: BasePosition) -> dict[str, tuple[str, ...]]:
    """Role -> the acts it can be offered now; what nobody asks for is left out."""
    offered = {
        role.value: acts_possible(KINDS[kind].lifecycle, position.stage, position.tracks.stages(), role)
        for role in Role
        if role is not Role.TIMER
    }
    return {role: acts for role, acts in offered.items() if acts}


async def _workflow_state(settings: Settings, workflow_id: str) -> str:
    try:
        client = await connect(settings)
        described = await client.get_workflow_handle(workflow_id).describe()
    except SetupError:
        return "unreachable"
    except RPCError as error:
        # Temporal forgets closed runs after the retention; the log does not.
        return "not_held" if MEANINGS[error.status] is Meaning.NOT_THERE else "unreachable"
    return described.status.name.lower() if described.status else "unknown"


def _put(found: Shown) -> None:
    summary, position = found.summary, found.position
    stage, tracks = stages_named(summary.kind, position.stage, position.tracks.stages())
    put_pairs(
        f"{summary.kind} {summary.filing_id}",
        {
            "阶段 stage": f"{stage}{' (provisional)' if position.provisional else ''}",
            "分轨 tracks": tracks,
            "上级 parent": summary.parent_id,
            "工作流 workflow": f"{summary.workflow_id} ({found.workflow})",
            "时钟 clock": summary.legal_clock,
            "已过日 passed": position.passed_on,
            "提醒 warnings": ", ".join(position.warnings),
        },
    )
    base = set(BasePosition.model_fields) | {"kind"}
    own = position.model_dump(mode="json", exclude=base)
    put_pairs("内容 content", {name: value for name, value in own.items() if not isinstance(value, list | dict)})
    for name, value in own.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            columns = [column for column in value[0] if not isinstance(value[0][column], list | dict)]
            put_table(name, columns, [[row[column] for column in columns] for row in value])
    if position.deadlines:
        put_table(
            "期限 deadlines",
            ("日 by", "依据 basis", "事项 what", "角色 role", "条款 article"),
            [
                (
                    f"{one.by}{' (provisional: ' + one.because + ')' if one.provisional else ''}",
                    one.basis,
                    one.what,
                    named("roles", one.role),
                    one.article,
                )
                for one in position.deadlines
            ],
        )
    if found.tasks:
        put_table(
            "任务 tasks",
            ("期限 by", "依据 basis", "任务 what", "角色 role", "了结 closed"),
            [(task.by_on, task.basis, task.what, named("roles", task.role), task.closed_how) for task in found.tasks],
        )
    if found.findings:
        put_table(
            "疑点 findings",
            ("产生 opened", "代码 code", "关于 about", "了结 closed"),
            [(one.opened_on, one.code, one.about, one.closed_on) for one in found.findings],
        )
    put_table(
        "事件 events",
        ("v", "法定日 legal day", "种类 kind", "角色 role", "行为 act"),
        [
            (one["version"], one["legal_on"], one["kind"], named("roles", one["by"]["role"]), one["act_id"])
            for one in found.events
        ],
    )
    put_table(
        "可办理 possible now",
        ("角色 role", "行为 acts"),
        [
            (named("roles", role), ", ".join(named("acts", f"{summary.kind}.{act}") for act in acts))
            for role, acts in found.acts.items()
        ],
    )
