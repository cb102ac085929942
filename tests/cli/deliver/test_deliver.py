"""Events of authorities, banks and sub-platforms find their filings, once, in any order."""

import json
import random
from pathlib import Path

from client.deliver.delivering import Outcome
from database.registers.deliveries import list_unmatched
from schemas.acts.act import FilingKind
from schemas.standing.answer import Answer
from schemas.values.money import Money
from tests.cli.deliver.deliveries import Platform, a_life, announcement, bank_line, event, notice, outcomes
from tests.cli.shell import Shell
from tests.lives.declarations import INSTALMENTS, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World


async def test_a_file_carries_a_life_and_again_changes_nothing(platform: Platform) -> None:
    life = await platform.filed("straight")
    first = await platform.deliver(*a_life(life))
    assert {Outcome.MATCHED, Outcome.CONTRADICTING} >= set(outcomes(first)), first
    licence = await platform.licence(LicenceLife(life))
    assert (licence.stage, licence.tracks.recordal, licence.tracks.registration) == (
        "effective",
        "recorded",
        "registered",
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
        ends.append(
            (
                (await platform.position(life))["stage"],
                licence.stage,
                licence.tracks,
                licence.effective_on,
                licence.term_ends_on,
                licence.obligations,
                [one.net for one in licence.receipts],
                licence.deadlines,
            )
        )
    assert ends[1] == ends[0]
    assert ends[2] == ends[0]


async def test_a_bank_line_is_allocated_in_due_order_and_the_rest_is_a_credit(platform: Platform) -> None:
    life = await platform.filed("instalments", royalty=INSTALMENTS)
    licence = LicenceLife(life)
    payment = event(
        life,
        "bank.payment",
        "p",
        "bank",
        licence_id=str(licence.filing_id),
        on="2026-04-20",
        amount="6000.00",
        voucher=life.world.paper("voucher"),
    )
    await platform.deliver(
        announcement(life),
        notice(life),
        payment,
        bank_line(licence, "1", "7000.00"),
        bank_line(licence, "2", "4000.00", on="2026-05-02"),
    )
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
        bank_line(licence, "1", "1.00", payment_reference=f"回执号{answer.receipt_number}，许可费")
    )
    assert [(one.outcome, one.filing_id) for one in done] == [(Outcome.MATCHED, licence.filing_id)]


async def test_a_reversal_finds_the_licence_by_the_bank_line(platform: Platform) -> None:
    life = await platform.filed("reversal")
    licence = LicenceLife(life)
    line = {"bank": "BOC", "account": life.world.seed, "serial": "1"}
    reversal = event(life, "bank.reversed", "v", "bank", line=line, amount="400.00", on="2026-04-25", reason="错汇")
    done = await platform.deliver(reversal, announcement(life), notice(life), bank_line(licence, "1", "10000.00"))
    assert set(outcomes(done)) == {Outcome.MATCHED}
    assert str((await platform.licence(licence)).receipts[0].net) == "9600.00"


async def test_a_row_for_an_unknown_patent_is_kept_until_its_declaration_is_there(
    platform: Platform, shell: Shell
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
        (Outcome.CONTRADICTING, ("announced_without_recorded_filing",))
    ]


async def test_another_patent_under_our_declaration_number_is_a_finding(platform: Platform) -> None:
    life = await platform.filed("printed")
    other = await platform.filed("printed otherwise")
    await platform.deliver(announcement(life))
    wrong = announcement(
        life,
        patent_number=other.world.patent_number,
        on="2026-04-02",
        declaration_id=str(life.filing_id),
        declaration_number="K-other",
    )
    said_before = await platform.deliver(wrong)  # under the id of the first announcement
    assert [(one.outcome, one.refusals[0].code) for one in said_before] == [(Outcome.REFUSED, "event_told_otherwise")]
    wrong["id"] += " other"
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
        LicenceLife(life).filing_id,
        LicenceLife(life, n=2).filing_id,
        LicenceLife(life).filing_id,
    ]


async def test_two_licences_in_one_payment_reference_are_a_question_for_a_person(platform: Platform) -> None:
    life = await platform.filed("two")
    second = str(life.world.party("second_licensee"))
    await platform.deliver(announcement(life), notice(life), notice(life, "n2", licensee=second))
    both = f"{LicenceLife(life).filing_id} {LicenceLife(life, 'second_licensee').filing_id}"
    done = await platform.deliver(bank_line(LicenceLife(life), "1", "1.00", payment_reference=both))
    assert outcomes(done) == [Outcome.UNMATCHED]


async def test_who_states_a_file_is_remembered_with_what_was_unmatched(
    platform: Platform, tmp_path: Path, shell: Shell
) -> None:
    world = await World("stated").write(platform.session.pool)
    row = announcement(DeclarationLife(world))
    office = row.pop("partyid")
    path = tmp_path / "gazette.jsonl"
    path.write_text(json.dumps(row))
    nobody = await shell("deliver", path, "--json")
    assert [one["code"] for one in nobody.json["events"][0]["refusals"]] == ["event_party_missing"]
    kept = await shell("deliver", path, "--by", office, "--json")
    assert (kept.code, kept.json["counts"]["unmatched"]) == (0, 1)
    await platform.filed("stated")
    again = await shell("deliver", "--again", "--json")
    assert (again.code, again.json["counts"]["matched"]) == (0, 1)
    assert (await shell("unmatched", "--json")).json == []
