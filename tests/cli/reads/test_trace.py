"""A person goes from a line of the bank to everybody whom its money reached, and from any of them back."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from cli.demo.filings.filing import tell
from cli.screen.table import width_of
from database.pool import Pool
from schemas.values.money import Money
from tests.cli.shell import Shell
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.settlements import SettlementLife
from tests.lives.stories import announced
from tests.lives.stories_of_money import approved, calculated
from tests.lives.world import World

WHOLE = Money.of("18000.00")


@dataclass(frozen=True)
class PayoutOfPart(PayoutLife):
    """Of a licence's part of a line that the first licence knows by its serial."""

    first: LicenceLife | None = None

    @property
    def subject(self) -> str:
        assert self.first is not None
        return str(self.first.line().part_id(self.parent.filing_id))


@dataclass(frozen=True)
class Split:
    """A bank line of 18,000 yuan for two licences: two inventors and a subsidy were paid out of the first's 10,000."""

    world: World
    bank_line: str
    licences: tuple[LicenceLife, LicenceLife]
    payouts: tuple[PayoutOfPart, PayoutOfPart]
    settlement: SettlementLife

    @property
    def first_receipt(self) -> str:
        return self.payouts[0].subject


@pytest.fixture
async def split(surroundings: str, pool: Pool) -> Split:
    world, ask = await World("trace").write(pool), Desk(pool).ask
    declaration = await announced(ask, DeclarationLife(world))
    first, second = licences = LicenceLife(declaration), LicenceLife(declaration, "second_licensee")
    await tell(ask, first, *first.recorded())
    await tell(ask, second, second.give_notice(), second.pay())
    given = {"line": first.line(), "line_amount": WHOLE, "payer_explained": world.paper("decision")}
    await tell(ask, first, first.book_receipt(Money.of("10000.00")).but(**given))
    await tell(ask, second, second.book_receipt(Money.of("8000.00")).but(**given))
    payouts = PayoutOfPart(first, first=first), PayoutOfPart(second, first=first)
    for payout in payouts:
        await ask(payout, payout.determine())
    paid = payouts[0]
    await approved(ask, paid)
    for inventor, amount in (("inventor_1", "3000.00"), ("inventor_2", "2000.00")):
        line = paid.line_of(inventor)
        await tell(ask, paid, paid.instruct(line), paid.paid(line, Money.of(amount)))
    settlement = SettlementLife(world)
    claim = settlement.submit(UUID(paid.subject))
    await tell(ask, settlement, *settlement.called(), claim, settlement.accept(claim))
    shown = await calculated(ask, settlement)
    await tell(ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("500.00")))
    arrived = first.line()
    return Split(world, f"{arrived.bank} {arrived.account} {arrived.serial}", licences, payouts, settlement)


async def test_from_a_bank_line_to_each_inventor_and_subsidy(split: Split, shell: Shell) -> None:
    (line,) = (await shell("trace", split.bank_line, "--json")).json["bank_lines"]
    assert (line["bank_line"], line["amount"]) == (split.bank_line, "18000.00")
    parts = {part["licence_id"]: part for part in line["parts"]}
    assert {licence: part["amount"] for licence, part in parts.items()} == {
        str(split.licences[0].filing_id): "10000.00",
        str(split.licences[1].filing_id): "8000.00",
    }
    receipt = parts[str(split.licences[0].filing_id)]["receipt"]
    assert (receipt["receipt_id"], receipt["amount"], receipt["reversed"]) == (split.first_receipt, "10000.00", "0.00")
    (payout,) = receipt["payouts"]
    assert payout["payout_id"] == str(split.payouts[0].filing_id)
    assert {(one["party"], one["due"], one["paid"], len(one["payments"])) for one in payout["lines"]} == {
        (str(split.world.party("inventor_1")), "3000.00", "3000.00", 1),
        (str(split.world.party("inventor_2")), "2000.00", "2000.00", 1),
    }
    (subsidy,) = receipt["subsidies"]
    assert (subsidy["settlement_id"], subsidy["takes_part"]) == (str(split.settlement.filing_id), True)
    assert (subsidy["settled"], subsidy["paid"]) == ("500.00", "500.00")
    assert [(one["amount"], one["came_back"]) for one in subsidy["payments"]] == [("500.00", False)]
    (waits,) = parts[str(split.licences[1].filing_id)]["receipt"]["payouts"]
    assert (waits["payout_id"], waits["lines"]) == (str(split.payouts[1].filing_id), [])


async def test_back_from_whatever_the_money_went_through(split: Split, shell: Shell) -> None:
    (line,) = (await shell("trace", split.bank_line, "--json")).json["bank_lines"]
    receipt = next(one["receipt"] for one in line["parts"] if one["receipt"]["subsidies"])
    serials = [
        paid["bank_serial"]
        for one in (*receipt["payouts"][0]["lines"], *receipt["subsidies"])
        for paid in one["payments"]
    ]
    assert len(serials) == 3
    world = split.world
    for asked in (
        split.first_receipt,
        *(one.filing_id for one in (*split.licences, split.licences[0].declaration, *split.payouts, split.settlement)),
        *(world.party(name) for name in ("inventor_1", "inventor_2", "licensee", "second_licensee")),
        *serials,
        f" {serials[0].lower()} ",
    ):
        found = await shell("trace", asked, "--json")
        assert found.code == 0, (asked, found.out)
        assert [one["bank_line"] for one in found.json["bank_lines"]] == [split.bank_line], asked


async def test_a_bank_line_is_found_as_people_type_it(split: Split, shell: Shell) -> None:
    line = split.licences[0].line()
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"})
    for typed in (
        line.serial,
        split.bank_line.lower(),
        split.bank_line.translate(wide),
        f"{line.account} {line.serial}",
        f"{line.account[-3:]} {line.serial}",
        f"{line.account} {line.serial[:3]} {line.serial[3:]}",
        f"{line.bank}  {line.account[:2]}-{line.account[2:]}  {line.serial}",
    ):
        found = await shell("trace", typed, "--json")
        assert found.code == 0, (typed, found.out)
        assert [one["bank_line"] for one in found.json["bank_lines"]] == [split.bank_line], typed


async def test_what_means_nothing_or_several_things_is_refused(split: Split, shell: Shell, pool: Pool) -> None:
    world, licence = split.world, split.licences[0]
    line = licence.line()
    other = line.model_copy(update={"bank": "OTHER BANK"})
    await tell(Desk(pool).ask, licence, licence.book_receipt(serial="2", obligation="credit").but(line=other))
    for typed, code, told in (
        (line.serial, "several_bank_lines", "OTHER BANK"),
        (f"{line.serial}9", "nothing_to_trace", split.bank_line),
        (str(uuid4()), "nothing_to_trace", split.bank_line),
        (str(world.party("authority")), "no_bank_line_of_it", ""),
    ):
        ended = await shell("trace", typed, "--json")
        (refused,) = ended.json["refused"]
        assert (ended.code, refused["code"]) == (2, code), typed
        assert told in str(refused)
    assert (await shell("trace", split.bank_line, "--json")).code == 0, "the whole line means one"
    assert (await shell("trace", " ", "--json")).code == 64


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_both_explanations_fit_a_terminal_of_80_columns(
    split: Split, shell: Shell, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("cli.terminal.columns_of_terminal", lambda: 80)
    for arguments in (("trace", split.bank_line), *(("clauses", one.filing_id, "--all") for one in split.payouts)):
        read = await shell(*arguments, "--lang", language)
        assert read.code == 0, read.out
        assert [one for one in read.out.splitlines() if width_of(one) > 80] == []
    read = await shell("trace", split.bank_line, "--lang", language)
    assert str(split.world.party("inventor_1")) in read.out
    assert ("3000.00 yuan" if language == "en" else "3000.00 元") in read.out
