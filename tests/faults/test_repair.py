"""After a restore of Postgres, of Temporal, or of both, repair finds what does not agree and makes it agree."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowFailureError

from audit.called_for import payouts_not_begun
from audit.reconcile import reconcile
from cli.demo.filings.filing import tell
from client.keeping.repair import Repairer
from client.keeping.wake import Waker
from schemas.standing.answer import Start
from schemas.standing.workflow import PayoutInput
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from schemas.values.money import Money
from tests.conftest import Database
from tests.faults.proofs import kinds_of, outcome_of, prove
from tests.faults.set_back import copy_of
from tests.faults.temporal_set_back import NewStack, copy_to, own_temporal, set_back
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.payouts import PayoutLife
from tests.lives.stories import announced
from tests.lives.stories_of_money import booked, inventors_are_paid
from workflows.payout import PayoutWorkflow


def repairer(office: Office) -> Repairer:
    return Repairer(Waker(office.asker, lambda: payouts_not_begun(office.pool)))


async def agrees(office: Office) -> None:
    await prove(office.pool)
    assert (await reconcile(office.pool, office.client, task_queue=office.asker.task_queue)).as_json()[
        "differences"
    ] == []
    assert (await repairer(office).survey()).ok


async def test_where_everything_agrees_there_is_nothing_to_repair(office: Office) -> None:
    await inventors_are_paid(office.ask, await office.world("agrees"))
    await office.tell_all()
    assert (await repairer(office).survey()).ok


async def test_what_a_restored_postgres_lost_is_listed_and_asked_again_in_its_order(
    office: Office, fresh_database: Database
) -> None:
    undisturbed, world = await office.world("undisturbed"), await office.world("postgres back")
    await inventors_are_paid(office.ask, undisturbed)
    declaration = DeclarationLife(world)
    copy = await copy_of(fresh_database)
    await inventors_are_paid(office.ask, world)
    granted = await office.pool.fetchval("SELECT count(*) FROM events")
    await copy.set_back("documents")
    survey = await repairer(office).survey()
    assert [one.act.kind for one in survey.lost][:3] == [act.kind for act in declaration.announced()]
    assert declaration.workflow_id in survey.unknown
    assert (await repairer(office).repair(survey)).left, "nothing is told again by itself"
    survey = await repairer(office).survey()
    done = await repairer(office).repair(survey, ask_again=True)
    assert (len(done.asked_again), done.left) == (len(survey.lost), [])
    assert await office.pool.fetchval("SELECT count(*) FROM events") == granted
    await office.tell_all()
    assert await outcome_of(office.pool, world) == await outcome_of(office.pool, undisturbed)
    await agrees(office)


async def test_an_act_that_is_refused_by_now_is_left_for_a_person_with_its_reason(
    office: Office, fresh_database: Database
) -> None:
    declaration = await announced(office.ask, DeclarationLife(await office.world("left"), FREE))
    lost = LicenceLife(declaration)
    copy = await copy_of(fresh_database)
    await tell(office.ask, lost, lost.give_notice(), lost.file_recordal(payment_proof="free"))
    await copy.set_back()
    await office.ask(declaration, declaration.terminate(declaration.announce().on))
    survey = await repairer(office).survey()
    assert [one.act.kind for one in survey.lost] == ["give_notice", "file_recordal"]
    done = await repairer(office).repair(survey, ask_again=True)
    assert done.asked_again == []
    assert str(lost.give_notice().act_id) in done.left[0].what
    assert "offer_not_in_force" in [one.code for one in done.left[0].refusals]


async def test_a_run_that_is_ahead_of_the_log_follows_it_again(office: Office, fresh_database: Database) -> None:
    payout = await booked(office.ask, await office.world("ahead"))
    copy = await copy_of(fresh_database)
    await office.ask(payout, payout.state_facts())
    await copy.set_back()
    survey = await repairer(office).survey()
    assert [(one.filing_id, why) for one, why in survey.astray] == [(payout.filing_id, "ahead")]
    assert [one.act.kind for one in survey.lost] == ["state_facts"]
    done = await repairer(office).repair(survey)
    assert done.woken == [payout.filing_id]
    assert [one.code for one in done.left] == ["not_asked"]
    assert (await reconcile(office.pool, office.client)).ok
    assert (await office.ask(payout, payout.state_facts())).head.stage == "determined"
    await agrees(office)


async def test_a_run_whose_first_act_was_refused_has_lost_nothing(office: Office) -> None:
    world = await office.world("never begun")
    start = Start(
        payout_id=derived_id("test", "payout"),
        parent_id=derived_id("test", "lost licence"),
        unit=world.by(Role.FINANCE).organisation_id or world.by(Role.FINANCE).party_id,
        subject=str(derived_id("test", "receipt")),
        on=date(2026, 3, 2),
    )
    given = PayoutInput(filing_id=start.payout_id, legal_clock="acts", start=start)
    name, queue = f"payout-{office.asker.task_queue}", office.asker.task_queue
    run = await office.client.start_workflow(PayoutWorkflow.run, given, id=name, task_queue=queue)
    with pytest.raises(WorkflowFailureError):
        await run.result()
    assert (await repairer(office).survey()).lost == []


async def test_a_temporal_that_came_back_from_an_older_copy_or_empty_is_mended_by_the_waking_alone(
    new_stack: NewStack, fresh_database: Database, tmp_path: Path
) -> None:
    async with own_temporal(new_stack, fresh_database) as (office, server):
        waker = Waker(office.asker, lambda: payouts_not_begun(office.pool))
        old = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("before the copy"))))
        await tell(office.ask, old, old.give_notice())
        copy_to(server, tmp_path)
        await tell(office.ask, old, old.pay(), old.book_receipt())
        await office.ask(PayoutLife(old), PayoutLife(old).determine())
        await office.tell_all()
        await booked(office.ask, await office.world("after the copy"))
        await office.pool.execute("SELECT sequence_events(1000)")
        set_back(server, tmp_path)
        survey = await repairer(office).survey()
        assert {why for _, why in survey.astray} == {"behind", "gone"}
        assert survey.lost == []
        assert await waker.look() == len(survey.astray)
        await agrees(office)
        set_back(server, None)
        assert await waker.wake_changed() > 0
        await agrees(office)
        assert (await office.ask(old, old.file_recordal())).head.version == 4


async def test_both_servers_from_copies_of_different_moments_agree_after_repair(
    new_stack: NewStack, fresh_database: Database, tmp_path: Path
) -> None:
    async with own_temporal(new_stack, fresh_database) as (office, server):
        licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("both"))))
        await tell(office.ask, licence, licence.give_notice())
        copy = await copy_of(fresh_database)
        await office.ask(licence, licence.pay(Money.of("1.00"), again="between"))
        copy_to(server, tmp_path)
        await office.ask(licence, licence.pay(Money.of("2.00"), again="after both"))
        set_back(server, tmp_path)
        await copy.set_back("documents")
        survey = await repairer(office).survey(since=datetime.now(UTC) - timedelta(days=1))
        assert [(one.filing_id, why) for one, why in survey.astray] == [(licence.filing_id, "ahead")]
        done = await repairer(office).repair(survey, ask_again=True)
        assert [one.act for one in done.asked_again] == [licence.pay(Money.of("1.00"), again="between")]
        assert await kinds_of(office.pool, licence) == ["give_notice", "pay"]
        await agrees(office)
