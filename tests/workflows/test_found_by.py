"""In Temporal's Web UI a run is found by its filing's id, whoever began it; where that is unknown it begins too."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from cli.acts.settlement import schedule_opening, unschedule
from cli.demo.filings.filing import tell
from client.found_by import FoundBy
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import Stack
from schemas.standing.workflow import Opening
from tests.conftest import Database
from tests.faults.proofs import main_road
from tests.lives.declarations import DeclarationLife
from tests.lives.office import Office, opened
from tests.lives.settlements import SCHEME, SettlementLife
from tests.lives.stories_of_money import inventors_are_paid
from workflows.options import FILING_ID

_WITHIN = 60.0
"""Seconds for the list of runs, which follows the runs, to be there on a busy machine."""


async def found(client: Client, filing_id: object) -> str:
    """The workflow id of the one run that is listed for the filing."""
    async with asyncio.timeout(_WITHIN):
        # the list of Temporal is asked until it has it
        while not (listed := [one.id async for one in client.list_workflows(f"FilingId = '{filing_id}'")]):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    (one,) = listed
    return one


async def test_every_run_of_a_life_is_found_by_the_id_of_its_filing(office: Office) -> None:
    world = await office.world("found by its id")
    await inventors_are_paid(office.ask, world)
    for life in main_road(world):
        assert await found(office.client, life.filing_id) == life.workflow_id


async def test_a_payout_that_its_licence_begins_is_found_too(office: Office) -> None:
    world = await office.world("found as a child")
    declaration, licence, payout = main_road(world)
    await tell(office.ask, declaration, *declaration.announced())
    await tell(office.ask, licence, *licence.recorded(), licence.book_receipt())
    assert await found(office.client, payout.filing_id) == payout.workflow_id


async def test_a_settlement_that_a_schedule_opens_is_found_too(office: Office) -> None:
    world = await office.world("found as scheduled")
    opening = Opening(authority=world.party("authority"), scheme=SCHEME, legal_clock="acts")
    name = await schedule_opening(office.client, opening, task_queue=office.asker.task_queue)
    settlement = SettlementLife(world, datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).year - 1)
    try:
        await office.client.get_schedule_handle(name).trigger()
        assert await found(office.client, settlement.filing_id) == settlement.workflow_id
    finally:
        await unschedule(office.client, opening)


@pytest.fixture
async def unregistered(stack: Stack, fresh_database: Database) -> Client:
    """A client to a namespace in which nobody registered the attribute."""
    namespace = fresh_database.name.replace("_", "-")
    client = await connect(Settings(var=stack.home), replace(stack.addresses(), temporal_namespace=namespace))
    await client.workflow_service.register_namespace(
        RegisterNamespaceRequest(namespace=namespace, workflow_execution_retention_period=Duration(seconds=86_400))
    )
    async with asyncio.timeout(_WITHIN):  # a server knows a new namespace some seconds later
        while True:
            with suppress(RPCError):
                await client.count_workflows("")
                return client
            await asyncio.sleep(0.1)


async def test_where_nobody_registered_it_a_whole_life_goes_on_without(
    unregistered: Client, fresh_database: Database
) -> None:
    async with opened(unregistered, fresh_database) as office:
        world = await office.world("not registered")
        await inventors_are_paid(office.ask, world)
        assert not await FoundBy().is_known(unregistered)
        for life in main_road(world):
            assert (await office.run_of(life).describe()).typed_search_attributes.get(FILING_ID) is None


async def test_a_program_goes_on_when_its_temporal_comes_back_without(
    temporal_client: Client, unregistered: Client, fresh_database: Database
) -> None:
    before = FoundBy()
    assert await before.is_known(temporal_client)
    async with opened(unregistered, fresh_database) as office:
        life = DeclarationLife(await office.world("known no more"))
        assert (await replace(office.asker, _found_by=before).ask(life.kind, life.submit())).head.version == 1
