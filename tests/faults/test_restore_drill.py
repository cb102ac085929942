"""The restore drill: a server came back an hour old, people went on before anybody looked, and repair loses nothing.

What was told once holds: no second receipt number, no payment that is instructed twice, no filing that begins twice.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client

from audit.called_for import payouts_not_begun
from audit.conform import conform_filings
from audit.evidence.copying import Copier
from audit.reconcile import reconcile
from audit.report import Report
from audit.sides.table import by_side
from cli.demo.filings.filing import tell
from client.keeping.repair import Repaired, Repairer
from client.keeping.wake import Waker
from database.record.event_log import Opened, open_filing
from schemas.values.actor import Role
from schemas.values.model import SHANGHAI
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.faults.proofs import kinds_of, prove, prove_once_each
from tests.faults.set_back import copy_of
from tests.faults.temporal_set_back import NewStack, copy_to, own_temporal, set_back
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.life import Life
from tests.lives.office import Office, opened
from tests.lives.payouts import PayoutLife
from tests.lives.stories import noticed
from tests.lives.stories_of_money import approved

_SMALL = Money.of("1.00")
_AT_ONCE = timedelta(0)


async def reconciled(office: Office) -> Report:
    return await reconcile(office.pool, office.client, _AT_ONCE, office.asker.task_queue)


async def repaired(office: Office, **told: Any) -> Repaired:
    repairer = Repairer(Waker(office.asker, lambda: payouts_not_begun(office.pool)))
    done = await repairer.repair(await repairer.survey(), **told)
    await office.tell_all()
    return done


async def agrees(office: Office) -> None:
    await prove(office.pool)
    report = await reconcile(office.pool, office.client, task_queue=office.asker.task_queue)
    assert report.as_json()["differences"] == []


async def told_of(office: Office, lives: Iterable[Life]) -> dict[str, Counter[str]]:
    """Filing -> how often each act stands in its log."""
    return {str(life.filing_id): Counter(await kinds_of(office.pool, life)) for life in lives}


def named_by(report: Report, side: str) -> list[tuple[str, str]]:
    """The filings that a side is ahead on, each with the first two words of what it has alone."""
    found = by_side(report.differences)
    # the report is plain JSON here
    return sorted((str(one.filing_id), ".".join(one.where.split(".")[:2])) for one in found.get(side, []))  # type: ignore[call-overload]


async def paid_out(office: Office, payout: PayoutLife) -> None:
    """From the payout's beginning to the instruction of one inventor."""
    await office.ask(payout, payout.determine())
    await approved(office.ask, payout)
    await office.ask(payout, payout.instruct(payout.line_of("inventor_1")))


async def test_a_postgres_that_came_back_is_brought_together_with_what_was_done_since(
    office: Office, fresh_database: Database
) -> None:
    old = await noticed(office.ask, await office.world("postgres drill"))
    copy = await copy_of(fresh_database)
    later, payout = LicenceLife(old.declaration, "second_licensee"), PayoutLife(old)
    told = await office.ask(later, later.give_notice())
    await tell(office.ask, old, old.pay(), old.book_receipt())
    await paid_out(office, payout)
    before = await told_of(office, (old, later, payout))
    await copy.set_back("documents")

    between = LicenceLife(old.declaration, "agency")
    since = [await office.ask(old, old.pay(_SMALL, again=number)) for number in range(2)]
    assert since[-1].head.version == 3, "the log has as many acts as the run had granted, and others"

    report = await reconciled(office)
    assert named_by(report, "history") == sorted(
        [
            (str(later.filing_id), "history.filing"),
            (str(payout.filing_id), "history.filing"),
            (str(later.filing_id), "history.give_notice"),
            *((str(old.filing_id), f"history.{kind}") for kind in ("pay", "book_receipt")),
            *((str(payout.filing_id), f"history.{kind}") for kind in before[str(payout.filing_id)].elements()),
        ]
    )
    [notice] = [one for one in report.differences if one.where.startswith("history.give_notice")]
    assert (notice.found["head"]["version"], notice.found["log"]) == (1, None)
    [booking] = [one for one in report.differences if one.where.startswith("history.book_receipt")]
    assert (booking.found["head"]["version"], booking.found["log"]["version"]) == (3, 3)

    done = await repaired(office, ask_again=True)
    assert done.left == []
    since.append(await office.ask(between, between.give_notice()))
    assert await told_of(office, (later, payout)) == {
        str(one.filing_id): before[str(one.filing_id)] for one in (later, payout)
    }
    assert await kinds_of(office.pool, old) == ["give_notice", "pay", "pay", "pay", "book_receipt"]
    rows = await office.pool.fetch("SELECT licence_id, receipt_number FROM notice_receipts")
    numbers = {row["licence_id"]: row["receipt_number"] for row in rows}
    assert numbers[later.filing_id] == told.receipt_number
    assert len(set(numbers.values())) == len(numbers) == 3
    await prove_once_each(office.pool, [told, *since])
    await agrees(office)
    assert (await repaired(office, ask_again=True)).asked_again == [], "what is brought together is not done twice"
    await agrees(office)


async def test_a_receipt_number_that_was_told_to_two_is_left_for_a_person(
    office: Office, fresh_database: Database
) -> None:
    old = await noticed(office.ask, await office.world("two numbers"))
    first, second = LicenceLife(old.declaration, "second_licensee"), LicenceLife(old.declaration, "agency")
    copy = await copy_of(fresh_database)
    told = await office.ask(first, first.give_notice())
    await copy.set_back()
    assert (await office.ask(second, second.give_notice())).receipt_number == told.receipt_number
    [left] = (await repaired(office, ask_again=True)).left
    assert str(first.give_notice().act_id) in left.what
    assert left.facts == {"number": told.receipt_number, "licence": str(second.filing_id)}
    again = await office.ask(first, first.give_notice())
    assert again.receipt_number not in (None, told.receipt_number), "told again by its licensee it has one of its own"
    await agrees(office)


async def test_a_temporal_that_came_back_is_brought_together_with_what_was_done_since(
    new_stack: NewStack, fresh_database: Database, tmp_path: Path
) -> None:
    async with own_temporal(new_stack, fresh_database) as (office, server):
        old = await noticed(office.ask, await office.world("temporal drill"))
        later, payout = LicenceLife(old.declaration, "second_licensee"), PayoutLife(old)
        copy_to(server, tmp_path)
        granted = [await office.ask(old, old.pay()), await office.ask(later, later.give_notice())]
        await tell(office.ask, old, old.book_receipt())
        set_back(server, tmp_path)
        granted.append(await office.ask(later, later.retract()))
        granted.append(await office.ask(old, old.file_recordal()))

        new = await noticed(office.ask, await office.world("new since"))
        report = await reconciled(office)
        assert named_by(report, "history") == []
        ahead = named_by(report, "event_log")
        assert {where for _, where in ahead} <= {"workflow.head", f"payout.{payout.filing_id}"}
        assert str(new.filing_id) not in dict(ahead)

        done = await repaired(office, ask_again=True)
        assert (done.left, done.asked_again) == ([], [])
        await paid_out(office, payout)
        assert (await told_of(office, (payout,)))[str(payout.filing_id)]["determine"] == 1
        assert (await told_of(office, (payout,)))[str(payout.filing_id)]["instruct_payment"] == 1
        await prove_once_each(office.pool, granted)
        await agrees(office)


async def test_with_temporal_gone_the_stored_histories_say_what_the_log_lost(
    office: Office, fresh_database: Database
) -> None:
    licence = await noticed(office.ask, await office.world("temporal gone"))
    copy = await copy_of(fresh_database)
    await office.ask(licence, licence.pay(_SMALL))
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    assert (await reconcile(office.pool, None, _AT_ONCE)).as_json()["differences"] == []
    await copy.set_back("documents", "histories", "history_copies", "dictionaries")
    report = await reconcile(office.pool, None, _AT_ONCE)
    assert named_by(report, "history") == [(str(licence.filing_id), "history.pay")]
    assert (report.counts["without_temporal"], report.counts["histories"]) == (2, 2)


async def test_an_act_of_yesterday_is_granted_again_where_an_operator_brings_its_history(
    temporal_client: Client, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(temporal_client, fresh_database, "timer") as office:
        life = DeclarationLife(await office.world("midnight between"))
        today = datetime.now(SHANGHAI).date()
        copy = await copy_of(fresh_database)
        granted = [await office.ask(life, act.but(on=today)) for act in (life.submit(), life.take_back())]
        await copy.set_back("documents")
        _tomorrow(monkeypatch)
        done = await repaired(office, ask_again=True)
        assert done.asked_again == []
        assert "day_not_yours" in [one.code for one in done.left[0].refusals]

        done = await repaired(office, ask_again=True, by=life.world.by(Role.OPERATOR))
        assert done.left == []
        await prove_once_each(office.pool, granted)
        events = await office.pool.fetch("SELECT legal_on, body->'made'->>'granted_at' AS at FROM events")
        assert [row["legal_on"] for row in events] == [today, today]
        assert all(datetime.fromisoformat(row["at"]).astimezone(SHANGHAI).date() == today for row in events)
        assert (await conform_filings(office.pool)).deviations == ()
        other = DeclarationLife(await office.world("not proved"))
        with pytest.raises(Refused, match="day_not_yours"):
            await office.ask(other, other.submit().but(on=today))
        await agrees(office)


def _tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database's clock is a day on."""
    day = timedelta(days=1)

    async def a_day_on(*asked: Any) -> Opened:
        opened_now = await open_filing(*asked)
        return replace(opened_now, present=opened_now.present + day, recorded_at=opened_now.recorded_at + day)

    monkeypatch.setattr("activities.remembered.open_filing", a_day_on)
