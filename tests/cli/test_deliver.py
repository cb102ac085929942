"""Events of authorities, banks and sub-platforms find their filings, once, in any order."""

import io
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from temporalio.client import Client

from cli.ask import Asker
from cli.delivering import Delivered, Deliverer, Outcome
from cli.delivery import read_event
from cli.delivery_types import DELIVERIES
from cli.raw_lines import raw_lines
from cli.session import Session
from database.deliveries import list_unmatched
from database.event_log import find_head
from database.pool import Pool
from schemas.act import FilingKind
from schemas.answer import Answer
from schemas.lifecycle.all import LIFECYCLES
from schemas.money import STORED, Money
from schemas.position import LicencePosition
from tests.cli.conftest import Shell
from tests.lives.declarations import INSTALMENTS, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World

GAZETTE, BANK = "urn:office:gazette", "urn:bank:statements"


@dataclass(frozen=True)
class Platform:
    """A session of the test, and the lives in it."""

    session: Session

    async def filed(self, seed: str, **terms: Any) -> DeclarationLife:
        life = DeclarationLife(await World(seed).write(self.session.pool), **terms)
        for act in (life.submit(), life.mark_filed()):
            await self.session.ask(FilingKind.DECLARATION, act)
        return life

    async def deliver(self, *events: dict[str, Any] | bytes) -> list[Delivered]:
        lines = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in events]
        return await Deliverer(self.session).deliver(raw_lines(io.BytesIO(b"\n".join(lines) + b"\n")))

    async def position(self, life: DeclarationLife | LicenceLife) -> dict[str, Any]:
        async with self.session.pool.acquire() as connection:
            head = await find_head(connection, life.filing_id)
        assert head is not None
        return head.position

    async def licence(self, life: LicenceLife) -> LicencePosition:
        return LicencePosition.model_validate(await self.position(life), context=STORED)


@pytest.fixture
async def platform(served: None, surroundings: str, pool: Pool, temporal_client: Client) -> Platform:
    asker = Asker(temporal_client, pool, legal_clock="acts", task_queue=surroundings)
    return Platform(Session(asker, pool, temporal_client))


def event(life: DeclarationLife, kind: str, event_id: object, party: str, **data: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0", "id": f"{life.world.seed}-{event_id}", "source": f"urn:{party}",
        "type": f"cn.open-licence.{kind}", "partyid": str(life.world.party(party)), "data": data,
    }


def announcement(life: DeclarationLife, **changes: Any) -> dict[str, Any]:
    data = {
        "patent_number": f"ZL{life.world.patent_number}", "declaration_number": f"K-{life.world.seed}",
        "gazette": {"issue": "42-13", "item": "7"}, "on": "2026-04-01", **changes,
    }
    return event(life, "gazette.announcement", "a", "office", **data)


def notice(life: DeclarationLife, event_id: str = "n", **changes: Any) -> dict[str, Any]:
    data = {
        "patent_number": life.world.patent_number, "licensee": str(life.world.party("licensee")), "on": "2026-04-15",
        **changes,
    }
    return event(life, "sub-platform.notice", event_id, "operator", **data)


def bank_line(life: LicenceLife, serial: str, yuan: str, on: str = "2026-04-21", **changes: Any) -> dict[str, Any]:
    data = {
        "line": {"bank": "BOC", "account": life.world.seed, "serial": serial}, "amount": yuan, "on": on,
        "paid_on": "2026-04-20", "payment_reference": f"许可费 {life.filing_id} 请查收", **changes,
    }
    return event(life.declaration, "bank.line", f"l{serial}", "bank", **data)


def a_life(life: DeclarationLife) -> list[dict[str, Any]]:
    """What others tell about one declaration and one licence, from the announcement to the registration."""
    licence = LicenceLife(life)
    named = {"licence_id": str(licence.filing_id)}
    return [
        announcement(life),
        notice(life),
        event(life, "bank.payment", "p", "bank", **named, on="2026-04-20", amount="10000.00",
              voucher=life.world.paper("voucher")),
        bank_line(licence, "1", "10000.00"),
        event(life, "recordal.recorded", "r", "office", patent_number=life.world.patent_number,
              licensee=str(life.world.party("licensee")), on="2026-05-15", recordal_number=f"B-{life.world.seed}"),
        event(life, "registration.registered", "g", "registrar", **named, on="2026-05-29", contract_class="licence",
              registration_number=f"H-{life.world.seed}", contract_amount="10000.00",
              technology_transaction_amount="10000.00"),
        event(life, "gazette.withdrawal", "w", "office", declaration_number=f"K-{life.world.seed}", on="2026-08-01",
              gazette={"issue": "42-30", "item": "2"}),
    ]


def outcomes(done: list[Delivered]) -> list[Outcome]:
    return [one.outcome for one in done]


async def test_a_file_carries_a_life_and_again_changes_nothing(platform: Platform) -> None:
    life = await platform.filed("straight")
    first = await platform.deliver(*a_life(life))
    assert {Outcome.MATCHED, Outcome.CONTRADICTING} >= set(outcomes(first)), first
    licence = await platform.licence(LicenceLife(life))
    assert (licence.stage, licence.tracks["recordal"], licence.tracks["registration"]) == (
        "effective", "recorded", "registered",
    )
    assert (licence.obligations[0].state, licence.credit) == ("paid", Money(0))
    assert (await platform.position(life))["stage"] == "withdrawn"

    again = await platform.deliver(*a_life(life))
    assert set(outcomes(again)) == {Outcome.REPEATED}
    assert [one.act_id for one in again] == [one.act_id for one in first]
    assert await platform.licence(LicenceLife(life)) == licence


async def test_a_shuffled_and_repeated_file_ends_in_the_same_state(platform: Platform) -> None:
    ends = []
    for seed in range(3):
        life = await platform.filed(f"shuffled {seed}")
        events = a_life(life)
        if seed:
            events = events * 2
            random.Random(seed).shuffle(events)
        done = await platform.deliver(*events)
        assert not {Outcome.UNMATCHED, Outcome.REFUSED} & set(outcomes(done)), done
        assert len({one.act_id for one in done}) == len(a_life(life))
        licence = await platform.licence(LicenceLife(life))
        ends.append((
            (await platform.position(life))["stage"], licence.stage, licence.tracks, licence.effective_on,
            licence.term_ends_on, licence.obligations, [one.net for one in licence.receipts], licence.deadlines,
        ))
    assert ends[1] == ends[0]
    assert ends[2] == ends[0]


async def test_a_bank_line_is_allocated_in_due_order_and_the_rest_is_a_credit(platform: Platform) -> None:
    life = await platform.filed("instalments", royalty=INSTALMENTS)
    licence = LicenceLife(life)
    payment = event(life, "bank.payment", "p", "bank", licence_id=str(licence.filing_id), on="2026-04-20",
                    amount="6000.00", voucher=life.world.paper("voucher"))
    await platform.deliver(announcement(life), notice(life), payment,
                           bank_line(licence, "1", "7000.00"), bank_line(licence, "2", "4000.00", on="2026-05-02"))
    position = await platform.licence(licence)
    allocated = [(one.key, str(one.allocated)) for one in position.obligations]
    assert allocated == [("due:1", "6000.00"), ("due:2", "4000.00")]
    assert str(position.credit) == "1000.00"


async def test_the_receipt_number_of_the_notice_names_the_licence(platform: Platform) -> None:
    life = await platform.filed("receipt number")
    await platform.deliver(announcement(life))
    licence = LicenceLife(life)
    answer: Answer = await platform.session.ask(FilingKind.LICENCE, licence.give_notice())
    done = await platform.deliver(
        bank_line(licence, "1", "1.00", payment_reference=f"回执号{answer.receipt_number}，许可费"),
    )
    assert [(one.outcome, one.filing_id) for one in done] == [(Outcome.MATCHED, licence.filing_id)]


async def test_a_reversal_finds_the_licence_by_the_bank_line(platform: Platform) -> None:
    life = await platform.filed("reversal")
    licence = LicenceLife(life)
    line = {"bank": "BOC", "account": life.world.seed, "serial": "1"}
    reversal = event(life, "bank.reversed", "v", "bank", line=line, amount="400.00", on="2026-04-25", reason="错汇")
    done = await platform.deliver(
        reversal, announcement(life), notice(life), bank_line(licence, "1", "10000.00"),
    )
    assert set(outcomes(done)) == {Outcome.MATCHED}
    assert str((await platform.licence(licence)).receipts[0].net) == "9600.00"


async def test_a_row_for_an_unknown_patent_is_kept_until_its_declaration_is_there(
    platform: Platform, shell: Shell,
) -> None:
    life = DeclarationLife(World("unknown"))
    row = announcement(life)
    assert outcomes(await platform.deliver(row, row)) == [Outcome.UNMATCHED] * 2
    listed = await shell("unmatched", "--json")
    assert [(one["event_id"], one["event"]["data"]) for one in listed.json] == [(row["id"], row["data"])]

    await platform.filed("unknown")
    ended = await shell("deliver", "--again", "--json", "--legal-clock", "acts")
    assert (ended.code, ended.json["counts"]["matched"]) == (0, 1)
    assert (await platform.position(life))["stage"] == "in_force"
    async with platform.session.pool.acquire() as connection:
        assert await list_unmatched(connection) == []


async def test_what_contradicts_us_is_recorded_and_counted(platform: Platform) -> None:
    life = DeclarationLife(await World("contradiction").write(platform.session.pool))
    await platform.session.ask(FilingKind.DECLARATION, life.submit())
    done = await platform.deliver(announcement(life))
    assert [(one.outcome, one.findings) for one in done] == [
        (Outcome.CONTRADICTING, ("announced_without_recorded_filing",)),
    ]


async def test_another_patent_under_our_declaration_number_is_a_finding(platform: Platform) -> None:
    life = await platform.filed("printed")
    other = await platform.filed("printed otherwise")
    await platform.deliver(announcement(life))
    wrong = announcement(life, patent_number=other.world.patent_number, on="2026-04-02",
                         declaration_id=str(life.filing_id), declaration_number="K-other")
    done = await platform.deliver(wrong)
    assert [one.outcome for one in done] == [Outcome.CONTRADICTING]
    assert "printed_number_differs" in done[0].findings
    assert (await platform.position(other))["stage"] == "filed"


async def test_a_licensee_that_left_can_come_again_and_old_notices_stay_repeats(platform: Platform) -> None:
    life = await platform.filed("renewal")
    await platform.deliver(announcement(life), notice(life))
    await platform.session.ask(FilingKind.LICENCE, LicenceLife(life).retract())
    done = await platform.deliver(notice(life), notice(life, "n2", on="2026-06-01"), notice(life))
    assert outcomes(done) == [Outcome.REPEATED, Outcome.MATCHED, Outcome.REPEATED]
    assert [one.filing_id for one in done] == [
        LicenceLife(life).filing_id, LicenceLife(life, n=2).filing_id, LicenceLife(life).filing_id,
    ]


async def test_two_licences_in_one_payment_reference_are_a_question_for_a_person(platform: Platform) -> None:
    life = await platform.filed("two")
    second = str(life.world.party("second_licensee"))
    await platform.deliver(announcement(life), notice(life), notice(life, "n2", licensee=second))
    both = f"{LicenceLife(life).filing_id} {LicenceLife(life, 'second_licensee').filing_id}"
    done = await platform.deliver(bank_line(LicenceLife(life), "1", "1.00", payment_reference=both))
    assert outcomes(done) == [Outcome.UNMATCHED]


async def test_malformed_lines_are_named_and_the_others_go_on(
    platform: Platform, tmp_path: Path, shell: Shell,
) -> None:
    life = await platform.filed("malformed")
    good = announcement(life)
    path = tmp_path / "deliveries.jsonl"
    lines = [
        b'{"specversion": "1.0", "id": ',
        json.dumps({**good, "specversion": "0.3"}).encode(),
        json.dumps({**good, "type": "cn.open-licence.gazette.unheard"}).encode(),
        json.dumps({**good, "data": {**good["data"], "grace": 1, "on": "2026-13-01"}}).encode(),
        json.dumps({**good, "data": {"on": "2026-04-01"}}).encode(),
        json.dumps(bank_line(LicenceLife(life), "1", 12.5)).encode(),  # type: ignore[arg-type]
        b'{"id": "' + "专利".encode("gb18030") + b'"}',
        b"[]",
        b'{"id": "' + b"x" * 1_100_000 + b'"}',
        b"",
        json.dumps(good).encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    ended = await shell("deliver", path, "--json")
    assert ended.code == 2
    found = {one["line"]: one for one in ended.json["events"]}
    codes = {
        line: {(reason["code"], reason["where"]) for reason in one["refusals"]} for line, one in found.items()
    }
    assert codes == {
        1: {("json_malformed", "1")},
        2: {("not_a_choice", "specversion")},
        3: {("event_type_unknown", "type")},
        4: {("field_unknown", "data.grace"), ("not_a_day", "data.on")},
        5: {("field_missing", "data.declaration_number"), ("field_missing", "data.gazette")},
        6: {("not_money", "data.amount")},
        7: {("bytes_unreadable", "7")},
        8: {("not_an_object", "8")},
        9: {("line_too_long", "9")},
        11: set(),
    }
    assert found[11]["outcome"] == "matched"
    [bad] = found[7]["refusals"]
    offset = sum(len(one) + 1 for one in lines[:6]) + lines[6].index(b"\xc0")
    assert f"the bytes C0 at offset {offset} " in bad["en"]


async def test_a_refused_notice_is_listed_with_its_article_and_ends_with_2(
    platform: Platform, tmp_path: Path, shell: Shell,
) -> None:
    life = await platform.filed("too early")
    path = tmp_path / "deliveries.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (announcement(life), notice(life, on="2026-03-01"))))
    ended = await shell("deliver", path)
    assert ended.code == 2
    assert "offer_not_in_force" in ended.err
    assert "line 2" in ended.err


def test_every_type_of_event_is_an_act_that_its_sender_may_state() -> None:
    for name, delivery in DELIVERIES.items():
        kind = delivery.model.model_fields["kind"].default
        rows = LIFECYCLES[delivery.kind].rows_of(kind)
        assert any(delivery.role in row.roles for row in rows), name


def test_every_line_of_the_example_is_well_formed() -> None:
    lines = Path("examples/deliveries.jsonl").read_text().splitlines()
    read = [read_event(json.loads(line), n, by=UUID(int=1)) for n, line in enumerate(lines, start=1)]
    assert [one.type for one in read] == [DELIVERIES[one.event.type] for one in read]
