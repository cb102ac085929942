"""A history whose payloads were edited replays without a complaint; against the event log each edit is found."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import UUID

import pytest
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer

from audit.evidence.copying import Copier
from audit.evidence.reading import histories_of
from audit.replay.log import FilingLog
from audit.replay.payloads import Found, compare_payloads
from audit.replay.run import read_logs
from cli.demo.filings.filing import Filing, tell
from runtime.plugin import open_licence_plugin
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.values.refusal import Refused
from tests.audit.replay.edited import ANSWERED, EDITS, continued, edited
from tests.audit.replay.leaves import changes
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.office import Office, opened
from tests.lives.stories_of_money import inventors_are_paid
from worker import WORKFLOWS

Lives = dict[str, tuple[list[HistoryEvent], FilingLog]]


@pytest.fixture(scope="module")
async def lives(temporal_client: Client, database: Database) -> AsyncIterator[Lives]:
    """One history of each kind with the log of its filing, as the store has them."""
    async with opened(temporal_client, database) as office:
        yield await _lives(office)


async def _lives(office: Office) -> Lives:
    asked: set[UUID] = set()

    async def ask(filing: Filing, act: Act) -> Answer:
        asked.add(filing.filing_id)
        return await office.ask(filing, act)

    await inventors_are_paid(ask, await office.world("edited"))
    refused = DeclarationLife(await office.world("refused"))
    await tell(ask, refused, refused.submit())
    with suppress(Refused):
        await ask(refused, refused.mark_filed(bars=()))
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    found: Lives = {}
    async with office.pool.acquire() as connection:
        for filing_id, log in (await read_logs(connection, asked)).items():
            (stored,) = await histories_of(connection, filing_id)
            name = "refused" if filing_id == refused.filing_id else log.kind.value
            found[name] = list(stored.events()), log
    events, log = found["licence"]
    head = log.head(len(log.events))
    assert head is not None
    found["continued"] = continued(events, head.model_dump(mode="json")), log
    return found


def test_what_was_not_edited_agrees(lives: Lives) -> None:
    assert sorted(lives) == ["continued", "declaration", "licence", "payout", "refused"]
    for name, (events, log) in lives.items():
        found = compare_payloads(events, log)
        assert found.differences == [], name
        assert found.counts["payloads"] > 8


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_is_found_and_located(lives: Lives, what: str) -> None:
    kind, edit, where = EDITS[what]
    events, log = lives[kind]
    found = compare_payloads(edited(events, edit), log).differences
    assert [place for place, _, _ in found if where in place], found


def _is_told(found: Found) -> bool:
    """An act that a busy machine asked twice is counted where its second bearer was another: nobody recorded that."""
    return bool(found.differences or found.counts.get("told_again"))


@pytest.mark.parametrize("kind", ["declaration", "licence", "payout", "refused", "continued"])
def test_each_value_of_each_payload_is_proved(lives: Lives, kind: str) -> None:
    """Whichever value is changed, and however little; only of an act that was refused there is nothing to compare."""
    events, log = lives[kind]
    completed = [one.workflow_execution_update_completed_event_attributes for one in events if one.HasField(ANSWERED)]
    refused = tuple(f"{one.accepted_event_id}." for one in completed if one.outcome.HasField("failure"))
    tried = [(one.place, _is_told(compare_payloads(one.events, log))) for one in changes(events)]
    assert len(tried) > 30
    assert [place for place, is_found in tried if not is_found and not place.startswith(refused)] == []


def test_twenty_five_kinds_of_edits_are_tried() -> None:
    assert len(EDITS) >= 25


async def test_the_replayer_alone_finds_no_edited_amount(lives: Lives) -> None:
    """Why payloads are compared: that a history replays proves no amount."""
    events, _ = lives["payout"]
    changed = edited(events, EDITS["an amount in a result"].edit)
    replayer = Replayer(workflows=list(WORKFLOWS), plugins=[open_licence_plugin()])
    name = json.loads(events[0].workflow_execution_started_event_attributes.input.payloads[0].data)["filing_id"]
    assert (await replayer.replay_workflow(WorkflowHistory(f"payout:{name}", changed))).replay_failure is None


def test_an_answer_that_was_edited_in_the_database_is_found(lives: Lives) -> None:
    events, log = lives["payout"]
    at = next(place for place, one in enumerate(log.events) if '"amount"' in (one.answer or ""))
    answer = json.loads(log.events[at].answer or "")
    answer["determinations"][0]["result"][0]["amount"] += 1
    changed = FilingLog.from_bytes(log.as_bytes())
    every = list(changed.events)
    every[at] = every[at]._replace(answer=json.dumps(answer))
    changed = FilingLog(log.filing_id, log.kind, log.workflow_id, log.legal_clock, tuple(every), log.refusals)
    found = compare_payloads(events, changed).differences
    assert [place for place, _, _ in found if place.endswith("determinations.0.result.0.amount")]


def test_a_history_of_another_filing_is_found(lives: Lives) -> None:
    assert compare_payloads(lives["declaration"][0], lives["refused"][1]).differences
