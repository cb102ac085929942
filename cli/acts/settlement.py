"""``settlement``: every act from the opening of a year to the money, and the yearly schedule."""

import asyncio
from uuid import UUID

import click
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError

from cli.acts.command import act_group
from cli.done import note
from cli.ids import given_id
from cli.output import json_option, put_json, put_pairs, sentence
from cli.reading import reading
from cli.typed.kinds import Whole
from cli.typed.mistakes import mistyped, nearest_first
from client.found_by import FoundBy
from database.registers.parties import require_parties
from rules.schemes.catalogue import bundled_schemes
from runtime.connection import MEANINGS, Meaning, connect, is_passing
from runtime.settings import Settings
from schemas.acts.act import FilingKind
from schemas.acts.settlement import SettlementAct
from schemas.standing.workflow import Opening
from schemas.values.refusal import Fault
from schemas.wire.form import filled
from workflows.options import TASK_QUEUE
from workflows.settlement import OpeningWorkflow

_EVERY_FIRST_OF_JANUARY = "0 0 1 1 *"
_ZONE = "Asia/Shanghai"
settlement = act_group(FilingKind.SETTLEMENT, SettlementAct)


@settlement.command()
@click.argument("scheme")
@click.option("--authority", required=True, metavar="PARTY")
@click.option("--cron", default=_EVERY_FIRST_OF_JANUARY, show_default=True)
@click.option("--years-back", type=Whole(0, 10), default=1, show_default=True)
@click.option("--remove", is_flag=True)
@json_option
def schedule(scheme: str, authority: str, cron: str, years_back: int, remove: bool, as_json: bool) -> None:
    """Opens the settlement of SCHEME every year by itself."""
    if scheme not in bundled_schemes():
        known = ", ".join(nearest_first(scheme, bundled_schemes()))
        raise mistyped("scheme_unknown", "SCHEME", scheme=scheme, known=known)
    opening = filled(
        Opening,
        {
            "authority": given_id(authority, "--authority"),
            "scheme": scheme,
            "years_back": years_back,
            "legal_clock": Settings.read().legal_clock,
        },
    )
    done = asyncio.run(_scheduled(opening, cron, remove=remove))
    if as_json:
        put_json(done)
    else:
        put_pairs("schedule", done)


async def _scheduled(opening: Opening, cron: str, *, remove: bool) -> dict[str, object]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        await require_parties(connection, opening.authority)
    client = await connect(Settings.read())
    name = schedule_id(opening.authority, opening.scheme)
    removed = await unschedule(client, opening) if remove else None
    if not remove:
        await schedule_opening(client, opening, cron)
    note(sentence("done_schedule", id=name), sentence("done_again"))
    return {"schedule": name, "removed": removed} if remove else {"schedule": name, "cron": cron, "zone": _ZONE}


def schedule_id(authority: UUID, scheme: str) -> str:
    """One schedule for each authority and scheme."""
    return f"settlement:{authority}:{scheme}"


async def schedule_opening(
    client: Client, opening: Opening, cron: str = _EVERY_FIRST_OF_JANUARY, task_queue: str = TASK_QUEUE
) -> str:
    """Creates the schedule, or changes the one that is there; its id. Raises Fault for a cron that is none."""
    name = schedule_id(opening.authority, opening.scheme)
    wanted = Schedule(
        action=ScheduleActionStartWorkflow(
            OpeningWorkflow.run,
            opening.but(is_searchable=await FoundBy().is_known(client)),
            id=f"opening:{opening.authority}:{opening.scheme}",
            task_queue=task_queue,
        ),
        spec=ScheduleSpec(cron_expressions=[cron], time_zone_name=_ZONE),
    )

    async def changed(given: ScheduleUpdateInput) -> ScheduleUpdate:
        del given
        return ScheduleUpdate(schedule=wanted)

    try:
        await client.create_schedule(name, wanted)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(name).update(changed)
    except RPCError as error:
        whose, again = ("temporal", True) if is_passing(error) else ("caller", False)
        raise Fault(whose, f"Temporal did not take the schedule: {error.message}", retry=again) from error
    return name


async def unschedule(client: Client, opening: Opening) -> bool:
    """Removes the schedule; False when there was none."""
    try:
        await client.get_schedule_handle(schedule_id(opening.authority, opening.scheme)).delete()
    except RPCError as error:
        if MEANINGS[error.status] is Meaning.NOT_THERE:
            return False
        raise
    return True
