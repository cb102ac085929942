"""The lists of others beside our record: what each side has alone, and what differs of what both have."""

from datetime import date
from typing import Any

from audit.questions.outside import Outside, compare_bank, compare_gazette, compare_registrations, compare_treasury
from database.pool import Pool
from schemas.statements.outside import BankEntry, GazetteEntry, RegistrationEntry, TreasuryEntry
from schemas.wire.form import filled
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES

ARRIVED = date(2026, 4, 21)


def _bank(line: int, **fields: Any) -> BankEntry:
    usual = {"bank": "bank", "account": "account inventors_are_paid", "serial": "licensee 1 1", "on": "2026-04-21"}
    return filled(BankEntry, {"line": line, **usual, "yuan": "10,000.00 元", **fields})


def _differences(found: Outside) -> list[tuple[str, str, str]]:
    return [(one.field, one.theirs, one.ours) for one in found.differing]


async def test_a_statement_agrees_with_what_was_booked_however_its_numbers_are_written(
    tell: Tell, auditor: Pool
) -> None:
    await tell(STORIES["inventors_are_paid"])
    found = await compare_bank(
        auditor, [_bank(2, serial="ＬＩＣＥＮＳＥＥ 1 1", counterparty="licensee inventors_are_paid")]
    )
    assert (found.ok, found.counts) == (True, {"theirs": 1, "ours": 1, "both": 1})


async def test_amount_day_and_party_are_told_where_they_differ_and_lines_that_one_side_has_alone(
    tell: Tell, auditor: Pool
) -> None:
    await tell(STORIES["inventors_are_paid"])
    other = _bank(2, yuan="9,000.00", on="2026-04-22", counterparty="somebody")
    found = await compare_bank(auditor, [other, _bank(3, serial="unknown"), _bank(4)])
    assert _differences(found) == [
        ("amount", "9000.00", "10000.00"),
        ("day", "2026-04-22", "2026-04-21"),
        ("party", "somebody", "licensee inventors_are_paid"),
    ]
    assert [one.line for one in found.only_theirs] == [3]
    assert [one.line for one in found.twice] == [4]
    lines = [_bank(2, serial="x", on="2026-04-01"), _bank(3, serial="y", on="2026-04-30")]
    missed = await compare_bank(auditor, lines)
    assert [(one.on, str(one.amount)) for one in missed.only_ours] == [(ARRIVED, "10000.00")]
    elsewhere = await compare_bank(auditor, [_bank(2, account="another")])
    assert elsewhere.only_ours == (), "an account that the statement is not of"


async def test_what_went_out_is_known_by_the_banks_serial(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["inventors_are_paid"])
    rows = await auditor.fetch(
        "SELECT body #>> '{act,bank_serial}' AS serial, legal_on, body #>> '{act,amount}' AS fen "
        "FROM events WHERE kind = 'payout:paid' ORDER BY version"
    )
    paid = [
        _bank(place, serial=row["serial"], on=row["legal_on"].isoformat(), yuan=f"-{int(row['fen']) // 100}.00")
        for place, row in enumerate(rows, start=2)
    ]
    assert paid
    found = await compare_bank(auditor, paid)
    assert (found.only_theirs, found.differing) == ((), ())


async def test_a_treasury_that_paid_another_amount_or_code_is_told(tell: Tell, auditor: Pool) -> None:
    worlds = await tell(STORIES["a_subsidy_is_claimed_and_paid"])
    code = worlds["a_subsidy_is_claimed_and_paid"].credit_code("unit")
    row = await auditor.fetchrow(
        "SELECT bank_serial, legal_on FROM subsidy_payments s JOIN events e USING (act_id) WHERE NOT came_back"
    )
    assert row is not None
    line = {
        "line": 2,
        "serial": row["bank_serial"],
        "on": row["legal_on"].isoformat(),
        "yuan": "500",
        "credit_code": code,
    }
    assert (await compare_treasury(auditor, [filled(TreasuryEntry, line)])).ok
    found = await compare_treasury(auditor, [filled(TreasuryEntry, {**line, "yuan": "501"})])
    assert _differences(found) == [("amount", "501.00", "500.00")]


async def test_the_gazette_is_compared_by_declaration_number_and_what_it_announced(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["a_withdrawal_is_refused_and_then_announced"])
    row = await auditor.fetchrow(
        """SELECT position ->> 'declaration_number' AS number, in_force_from, ended_on, patent_number
           FROM filings JOIN offers ON offers.declaration_id = filing_id"""
    )
    assert row is not None
    announced = {
        "line": 2,
        "declaration_number": row["number"],
        "on": row["in_force_from"].isoformat(),
        "what": "公告",
        "patent": row["patent_number"],
    }
    withdrawn = {**announced, "line": 3, "on": row["ended_on"].isoformat(), "what": "撤回"}
    assert (await compare_gazette(auditor, [filled(GazetteEntry, one) for one in (announced, withdrawn)])).ok
    found = await compare_gazette(
        auditor, [filled(GazetteEntry, announced), filled(GazetteEntry, {**withdrawn, "what": "终止"})]
    )
    assert [one.key.split()[-1] for one in (*found.only_theirs, *found.only_ours)] == ["terminated", "withdrawn"]


async def test_a_registry_is_compared_by_number_amount_and_licensee(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["inventors_are_paid"])
    row = await auditor.fetchrow(
        "SELECT position ->> 'registration_number' AS number, position ->> 'registered_on' AS on FROM filings "
        "WHERE kind = 'licence'"
    )
    assert row is not None
    line = {"line": 2, "registration_number": row["number"], "on": row["on"], "contract_amount": "10000"}
    assert (await compare_registrations(auditor, [filled(RegistrationEntry, line)])).ok
    found = await compare_registrations(auditor, [filled(RegistrationEntry, {**line, "licensee": "another"})])
    assert _differences(found) == [("party", "another", "licensee inventors_are_paid")]


async def test_an_empty_list_says_nothing_against_us(auditor: Pool) -> None:
    assert (await compare_bank(auditor, [])).ok
