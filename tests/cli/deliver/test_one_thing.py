"""What is told again: a repeat is a repeat however it is written; what contradicts is recorded beside it and told."""

from typing import Any

from client.deliver.delivering import Delivered, Outcome
from tests.cli.deliver.deliveries import Platform, announcement, bank_line, event, notice, outcomes
from tests.cli.shell import Shell
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife


async def noticed(platform: Platform, seed: str) -> LicenceLife:
    life = await platform.filed(seed)
    await platform.deliver(announcement(life), notice(life))
    return LicenceLife(life)


def said(done: list[Delivered]) -> list[tuple[Outcome, tuple[str, ...], tuple[str, ...]]]:
    return [(one.outcome, one.findings, tuple(no.code for no in one.refusals)) for one in done]


def again(given: dict[str, Any], name: str, **changes: Any) -> dict[str, Any]:
    return {**given, "id": f"{given['id']} {name}", "data": {**given["data"], **changes}}


async def test_a_bank_line_is_one_line_under_every_event_and_in_every_writing(platform: Platform) -> None:
    licence = await noticed(platform, "in every writing")
    line = bank_line(licence, "42", "10000.00")
    wide = {**line["data"]["line"], "bank": " boc", "serial": "４２\u200b"}
    done = await platform.deliver(line, again(line, "2", line=wide))
    assert outcomes(done) == [Outcome.MATCHED, Outcome.REPEATED]
    assert len((await platform.licence(licence)).receipts) == 1


async def test_a_line_told_with_another_amount_or_for_another_licence_is_told_with_where_it_is_booked(
    platform: Platform,
) -> None:
    licence = await noticed(platform, "told otherwise")
    life = licence.declaration
    await platform.deliver(notice(life, "n2", licensee=str(life.world.party("second_licensee"))))
    other = LicenceLife(life, "second_licensee")
    line = bank_line(licence, "1", "100.00")
    await platform.deliver(line)
    more = again(line, "more", amount="200.00")
    elsewhere = again(line, "elsewhere", payment_reference=f"许可费 {other.filing_id}")
    done = await platform.deliver(more, elsewhere)
    assert said(done) == [(Outcome.CONTRADICTING, ("receipt_booked_twice",), ("bank_line_known",))] * 2
    assert {one.refusals[0].facts["filing_id"] for one in done} == {str(licence.filing_id)}
    assert [str(one.amount) for one in (await platform.licence(licence)).receipts] == ["100.00"]
    assert (await platform.licence(other)).receipts == ()
    assert set(outcomes(await platform.deliver(line, more, elsewhere))) == {Outcome.REPEATED}


async def test_whoever_books_a_known_line_is_told_where_it_is_booked(platform: Platform, shell: Shell) -> None:
    licence = await noticed(platform, "booked by hand")
    await platform.deliver(bank_line(licence, "1", "100.00"))
    parts = {"bank": "BOC", "account": licence.world.seed, "serial": "1"}
    finance, payer = licence.world.party("finance"), licence.world.party("licensee")
    ended = await shell(
        *("licence", "book-receipt", licence.filing_id, "--amount", "300.00", "--paid-on", "2026-04-20"),
        *("--payer", payer, "--by", finance, "--evidence", licence.world.paper("voucher"), "--on", "2026-04-21"),
        *(word for name, value in parts.items() for word in ("--field", f"line.{name}={value}")),
        *("--role", "finance", "--field", 'allocations=[{"obligation": "credit", "amount": "300.00"}]', "--json"),
    )
    (no,) = ended.json["refused"]
    assert (ended.code, no["code"]) == (2, "bank_line_known")
    assert str(licence.filing_id) in no["en"]


async def test_a_reversal_told_twice_takes_back_once_and_two_with_serials_are_two(platform: Platform) -> None:
    licence = await noticed(platform, "taken back")
    line = bank_line(licence, "1", "10000.00")
    back = event(
        licence.declaration,
        *("bank.reversed", "v", "bank"),
        line=line["data"]["line"],
        amount="1000.00",
        on="2026-04-25",
        reason="冲正 RV-77",
    )
    done = await platform.deliver(line, back, again(back, "2", reason="冲正  ＲＶ－77"))
    assert outcomes(done) == [Outcome.MATCHED, Outcome.MATCHED, Outcome.REPEATED]
    assert str((await platform.licence(licence)).receipts[0].net) == "9000.00"
    own = [again(back, name, bank_serial=f"R{name}", on="2026-04-26") for name in ("3", "4")]
    assert outcomes(await platform.deliver(*own)) == [Outcome.MATCHED] * 2
    assert str((await platform.licence(licence)).receipts[0].net) == "7000.00"
    alike = await platform.deliver(again(back, "5", reason="退款"))
    assert said(alike) == [(Outcome.CONTRADICTING, ("reversal_perhaps_told_twice",), ())]


async def test_a_reversal_before_its_money_waits(platform: Platform) -> None:
    licence = await noticed(platform, "before its money")
    line = bank_line(licence, "1", "10000.00")
    back = event(
        licence.declaration,
        *("bank.reversed", "v", "bank"),
        line=line["data"]["line"],
        licence_id=str(licence.filing_id),
        amount="1000.00",
        on="2026-04-25",
        reason="错汇",
    )
    assert said(await platform.deliver(back)) == [(Outcome.UNMATCHED, (), ("reversal_before_money",))]
    assert outcomes(await platform.deliver(line, back)) == [Outcome.MATCHED] * 2
    assert str((await platform.licence(licence)).receipts[0].net) == "9000.00"


async def test_a_number_of_two_declarations_names_neither(platform: Platform) -> None:
    lives = [await platform.filed(f"one number {n}") for n in range(2)]
    number = f"KF {lives[0].world.seed}"
    done = await platform.deliver(*(announcement(one, declaration_number=number) for one in lives))
    assert [code for one in done for code in one.findings] == ["declaration_number_of_another"]

    def withdrawal(name: str, **named: str) -> dict[str, Any]:
        gazette = {"issue": "42-30", "item": "2"}
        return event(lives[0], "gazette.withdrawal", name, "office", on="2026-08-01", gazette=gazette, **named)

    asked = await platform.deliver(withdrawal("w", declaration_number=number.lower()))
    assert said(asked) == [(Outcome.UNMATCHED, (), ("name_of_several",))]
    assert all(str(one.filing_id) in str(asked[0].refusals[0].facts["filings"]) for one in lives)
    found = await platform.deliver(
        withdrawal("w2", declaration_number=number, patent_number=lives[1].world.patent_number)
    )
    assert [one.filing_id for one in found] == [lives[1].filing_id]


async def test_one_event_with_two_contents_is_told_and_recorded_once(platform: Platform) -> None:
    licence = await noticed(platform, "two contents of one event")
    line = bank_line(licence, "1", "100.00")
    other = {**line, "data": {**line["data"], "line": {**line["data"]["line"], "serial": "2"}}}
    done = await platform.deliver(line, line, other)
    assert said(done) == [
        (Outcome.MATCHED, (), ()),
        (Outcome.REPEATED, (), ()),
        (Outcome.REFUSED, (), ("event_told_otherwise",)),
    ]
    assert len((await platform.licence(licence)).receipts) == 1


async def test_a_new_notice_while_a_licence_runs_is_refused_by_every_channel(platform: Platform, shell: Shell) -> None:
    life: DeclarationLife = await platform.filed("notice while it runs")
    first, repeated, new = (
        await platform.deliver(
            announcement(life), notice(life), notice(life, "n1"), notice(life, "n2", on="2026-06-01")
        )
    )[1:]
    assert (first.outcome, repeated.outcome) == (Outcome.MATCHED, Outcome.REPEATED)
    assert first.act_id == repeated.act_id
    assert said([new]) == [(Outcome.REFUSED, (), ("open_licence_exists",))]
    licensee = life.world.party("licensee")
    ended = await shell(
        *("licence", "give-notice", "--declaration", life.filing_id, "--licensee", licensee, "--by", licensee),
        *("--role", "operator", "--on", "2026-06-02", "--evidence", life.world.paper("notice"), "--json"),
    )
    assert [one["code"] for one in ended.json["refused"]] == ["open_licence_exists"]


async def test_one_item_of_the_gazette_told_for_two_declarations_is_told_to_both(platform: Platform) -> None:
    lives = [await platform.filed(f"one item {n}") for n in range(2)]
    issue = {"issue": "42-13", "item": f"{lives[0].world.seed}"}
    wide = {"issue": "４２–１３", "item": f" {lives[0].world.seed}"}
    assert said(await platform.deliver(announcement(lives[0], gazette=issue))) == [(Outcome.MATCHED, (), ())]
    told = await platform.deliver(announcement(lives[1], gazette=wide))
    assert said(told) == [(Outcome.CONTRADICTING, ("gazette_item_of_another",), ())]
