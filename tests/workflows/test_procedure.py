"""What a workflow does with acts: refusals, repeats, races, a head that is behind, runs that end and begin again."""

import asyncio
from datetime import timedelta
from secrets import token_bytes
from typing import Any

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from database.pool import Pool
from database.registers.audit_log import read_audit
from database.registers.parties import Party, PartyKind, add_party
from runtime.plugin import open_licence_plugin
from runtime.temporal_server import NAMESPACE
from schemas.standing.answer import Answer
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk, Life
from tests.lives.licences import LicenceLife
from tests.lives.office import Office, opened
from tests.lives.payouts import PayoutLife
from tests.lives.stories import announced
from tests.lives.stories_of_money import booked
from tests.lives.telling import tell
from tests.lives.world import MARKED_ON


async def _versions(pool: Pool, life: Life) -> list[int]:
    rows = await pool.fetch("SELECT version FROM events WHERE filing_id = $1 ORDER BY version", life.filing_id)
    return [row["version"] for row in rows]


async def _status(office: Office, life: Life) -> WorkflowExecutionStatus | None:
    return (await office.run_of(life).describe()).status


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


async def test_a_first_act_that_is_refused_leaves_no_running_workflow_and_no_filing(office: Office) -> None:
    life = DeclarationLife(await office.world("refused"), offer_changes={"commitments": False})
    with pytest.raises(Refused) as refused:
        await office.ask(life, life.submit())
    assert _codes(refused) == ["commitments_missing"]
    await office.run_of(life).result()
    assert await _status(office, life) is WorkflowExecutionStatus.COMPLETED
    assert await _versions(office.pool, life) == []
    mended = DeclarationLife(life.world)
    await office.ask(mended, mended.submit())
    assert await _status(office, mended) is WorkflowExecutionStatus.RUNNING


async def test_a_refusal_stands_in_the_audit_log_of_who_asked(office: Office) -> None:
    life = DeclarationLife(await office.world("audited"))
    await office.ask(life, life.submit())
    with pytest.raises(Refused):
        await office.ask(life, life.announce().but(by=life.world.by(life.submit().by.role)))
    async with office.pool.acquire() as connection:
        lines = await read_audit(connection, filing_id=life.filing_id)
    assert [(one.act_kind, one.outcome) for one in lines] == [("announce", "refused")]


async def test_an_act_that_was_refused_is_judged_afresh_when_it_is_sent_again(office: Office) -> None:
    life = await announced(office.ask, DeclarationLife(await office.world("afresh"), FREE))
    licence = LicenceLife(life, "late_licensee")
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            await office.ask(licence, licence.give_notice())
        assert _codes(refused) == ["party_unknown"]
    async with office.pool.acquire() as connection:
        unknown = Party(
            party_id=life.world.party("late_licensee"), kind=PartyKind.ORGANISATION, public_name="late licensee"
        )
        await add_party(connection, token_bytes(32), unknown)
    assert (await office.ask(licence, licence.give_notice())).head.stage == "effective"


async def test_another_body_under_a_known_act_id_is_refused(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("another body"))))
    await tell(office.ask, licence, licence.give_notice(), licence.pay(Money.of("1.00")))
    with pytest.raises(Refused) as refused:
        await office.ask(licence, licence.pay(Money.of("2.00")))
    assert _codes(refused) == ["act_id_reused"]


async def test_one_act_sent_ten_times_at_once_is_one_fact_with_one_answer(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("repeated"), FREE)))
    answers = await asyncio.gather(*(office.ask(licence, licence.give_notice()) for _ in range(10)))
    assert {one.receipt_number for one in answers} == {answers[0].receipt_number}
    assert answers[0].receipt_number is not None
    assert await _versions(office.pool, licence) == [1]


async def test_a_repeat_is_answered_as_the_first_time_after_the_run_has_ended(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("closed"))))
    first = await office.ask(licence, licence.give_notice())
    await office.ask(licence, licence.retract())
    await office.run_of(licence).result()
    assert await office.ask(licence, licence.give_notice()) == first
    assert await _versions(office.pool, licence) == [1, 2]


async def test_a_late_fact_begins_a_new_run_that_knows_the_whole_filing(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("late"))))
    await tell(office.ask, licence, licence.give_notice(), licence.retract())
    await office.run_of(licence).result()
    late = await office.ask(licence, licence.book_receipt())
    assert late.head.version == 3
    assert await _versions(office.pool, licence) == [1, 2, 3]


async def test_two_licensees_do_not_wait_for_each_other_and_their_acts_all_count(office: Office) -> None:
    declaration = await announced(office.ask, DeclarationLife(await office.world("two"), FREE))
    licences = [LicenceLife(declaration), LicenceLife(declaration, "second_licensee")]
    await asyncio.gather(
        *(
            tell(office.ask, one, one.give_notice(), one.file_recordal(payment_proof="free"), one.record())
            for one in licences
        )
    )
    assert [await _versions(office.pool, one) for one in licences] == [[1, 2, 3], [1, 2, 3]]


async def test_acts_of_one_filing_sent_together_are_recorded_one_after_the_other(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("together"))))
    await office.ask(licence, licence.give_notice())
    answers = await asyncio.gather(
        *(office.ask(licence, licence.pay(Money.of("10.00"), again=number)) for number in range(20))
    )
    assert sorted(one.head.version for one in answers) == list(range(2, 22))


async def test_a_workflow_that_is_behind_takes_the_newest_head_over_and_loses_nothing(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("behind"))))
    await office.ask(licence, licence.give_notice())
    other = Desk(office.pool)  # another writer: a second run, or an act committed just before a crash
    await tell(other.ask, licence, *(licence.pay(Money.of("1.00"), again=number) for number in range(3)))
    answer = await office.ask(licence, licence.pay(Money.of("9997.00"), again="the rest"))
    assert (answer.head.version, answer.head.stage) == (5, "effective")
    assert await _versions(office.pool, licence) == [1, 2, 3, 4, 5]


async def test_a_booked_receipt_begins_a_payout_that_outlives_its_licence_s_run(office: Office) -> None:
    payout = await booked(office.ask, await office.world("child"))
    assert await _status(office, payout) is WorkflowExecutionStatus.RUNNING
    assert await _versions(office.pool, payout) == [1]
    await office.run_of(payout.parent).terminate("a test")
    assert (await office.ask(payout, payout.state_facts())).head.stage == "determined"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("another filing's act", "filing_unknown"),
        ("another role's act", "role_not_allowed"),
        ("an act out of order", "act_not_allowed_now"),
    ],
)
async def test_an_act_that_cannot_be_granted_is_refused_and_the_log_stays_as_it_was(
    sent: str, code: str, office: Office
) -> None:
    life = DeclarationLife(await office.world(sent))
    await office.ask(life, life.submit())
    act: Any = {
        "another filing's act": life.mark_filed().but(filing_id=life.world.id("other")),
        "another role's act": life.mark_filed().but(by=life.announce().by),
        "an act out of order": life.file_withdrawal(MARKED_ON),
    }[sent]
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await office.run_of(life).execute_update("perform", act, result_type=Answer)
    cause: BaseException | None = refused.value.cause
    while cause is not None and not isinstance(cause, ApplicationError):
        cause = cause.__cause__
    assert isinstance(cause, ApplicationError)
    assert cause.type == code
    assert await _versions(office.pool, life) == [1]


async def test_a_workflow_that_is_behind_the_log_still_grants_what_the_log_allows(office: Office) -> None:
    # A crash between commit and answer, after which the client never came back: the run does not know of the filing.
    life = DeclarationLife(await office.world("behind and lawful"))
    await office.ask(life, life.submit())
    desk = Desk(office.pool)
    await desk.ask(life, life.mark_filed())
    assert (await office.ask(life, life.refuse())).head.stage == "refused"


async def test_a_payout_whose_beginning_was_lost_in_a_crash_begins_with_the_next_act(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("lost beginning"))))
    await tell(office.ask, licence, *licence.recorded()[:2])
    await Desk(office.pool).ask(licence, licence.book_receipt())  # committed, and its answer never reached the run
    payout = PayoutLife(licence)
    assert await _versions(office.pool, payout) == []
    await office.ask(licence, licence.file_recordal())
    async with asyncio.timeout(30):
        while not await _versions(office.pool, payout):  # noqa: ASYNC110  (another process writes it; nothing tells us)
            await asyncio.sleep(0.05)
    assert await _status(office, payout) is WorkflowExecutionStatus.RUNNING


async def test_what_is_no_act_at_all_is_refused_and_the_filing_goes_on(office: Office) -> None:
    life = DeclarationLife(await office.world("nonsense"))
    await office.ask(life, life.submit())
    with pytest.raises(WorkflowUpdateFailedError):
        await office.run_of(life).execute_update("perform", {"kind": "nonsense"}, result_type=Answer)
    assert (await office.ask(life, life.mark_filed())).head.stage == "filed"


async def test_a_run_is_continued_as_new_and_loses_no_act(new_stack: Any, fresh_database: Database) -> None:
    server = new_stack(continue_as_new_after=60).temporal
    server.start()
    client = await Client.connect(server.address, namespace=NAMESPACE, plugins=[open_licence_plugin()])
    async with opened(client, fresh_database) as office:
        licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("long"))))
        first = await office.ask(licence, licence.give_notice())
        begun = (await office.run_of(licence).describe()).run_id
        payments = [licence.pay(Money.of("1.00"), again=number) for number in range(80)]
        few = asyncio.Semaphore(8)

        async def pay(number: int) -> Answer:
            async with few:
                return await office.ask(licence, payments[number])

        answers = await asyncio.gather(*(pay(number) for number in range(80)))
        assert sorted(one.head.version for one in answers) == list(range(2, 82))
        assert await _versions(office.pool, licence) == list(range(1, 82))
        assert (await office.run_of(licence).describe()).run_id != begun
        assert await office.ask(licence, licence.give_notice()) == first
        assert await pay(3) == answers[3]
        head = await office.run_of(licence).query("head", rpc_timeout=timedelta(seconds=10))
        assert head["version"] == 81
