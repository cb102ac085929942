"""Register evidence, calendars loaded by two people, the audit log, and lists of filings."""

from datetime import date
from uuid import uuid4

import asyncpg
import pytest

from database.pool import Pool
from database.reads.lists import list_filings
from database.registers.audit_log import read_audit, write_audit
from database.registers.calendar_tables import CalendarTable, approve_calendar, list_calendars, propose_calendar
from database.registers.patents import Patent, find_patent, put_patents, versions_of
from schemas.values.refusal import Refused, refusal
from tests.database.record.filings import record
from tests.database.registers.people import somebody


async def test_what_is_not_in_the_register_has_no_row(engine: Pool) -> None:
    number = str(uuid4())
    patent = Patent(number, "一种装置", "invention", date(2019, 1, 23), None, "granted", "gazette", {"owner": "某大学"})
    async with engine.acquire() as connection:
        assert await find_patent(connection, number) is None
        clerk = await somebody(connection)
        await put_patents(connection, [patent], clerk)
        lapsed = Patent(**{**vars(patent), "status": "lapsed"})
        await put_patents(connection, [lapsed], clerk)
        assert await find_patent(connection, number) == lapsed


async def test_every_version_of_register_evidence_is_kept_with_who_brought_it_and_when(engine: Pool) -> None:
    number = str(uuid4())
    patent = Patent(number, "一种装置", "invention", date(2019, 1, 23), None, "granted", "gazette", {})
    lapsed = Patent(**{**vars(patent), "status": "lapsed"})
    async with engine.acquire() as connection:
        clerk = await somebody(connection)
        with pytest.raises(Refused, match="party_unknown"):
            await put_patents(connection, [patent], uuid4())
        for one in (patent, patent, lapsed):
            await put_patents(connection, [one], clerk)
        known = await versions_of(connection, number, date(2199, 12, 31))
        assert [(one.evidence, one.brought_by) for one in known] == [(lapsed, clerk), (patent, clerk)]
        assert await versions_of(connection, number, date(2020, 1, 1)) == [], "nobody knew it then"
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute("DELETE FROM patent_versions WHERE patent_number = $1", number)


async def test_a_calendar_is_in_use_when_a_second_person_approved_it(fresh_engine: Pool) -> None:
    async with fresh_engine.acquire() as connection:
        first, second = await somebody(connection), await somebody(connection)
        with pytest.raises(Refused, match="party_unknown"):
            await propose_calendar(connection, 2027, {}, uuid4())
        await propose_calendar(connection, 2027, {"rest": [date(2027, 1, 1)]}, first)
        proposed = CalendarTable(2027, {"rest": ["2027-01-01"]}, first, None)
        assert await list_calendars(connection) == [proposed]
        with pytest.raises(Refused, match="same_person"):
            await approve_calendar(connection, 2027, first)
        with pytest.raises(Refused, match="party_unknown"):
            await approve_calendar(connection, 2027, uuid4())
        approved = await approve_calendar(connection, 2027, second)
        assert approved == CalendarTable(2027, {"rest": ["2027-01-01"]}, first, second)
        assert await list_calendars(connection) == [approved]
        with pytest.raises(Refused, match="no_proposed_calendar_table"):
            await approve_calendar(connection, 2027, second)
        with pytest.raises(Refused, match="calendar_table_exists"):
            await propose_calendar(connection, 2027, {}, first)


async def test_the_audit_log_tells_who_asked_in_vain(engine: Pool) -> None:
    who, filing_id, act_id = uuid4(), uuid4(), uuid4()
    no = refusal("filing_unknown", "filing_id", filing_id=filing_id)
    async with engine.acquire() as connection:
        first = await write_audit(
            connection,
            who,
            "licensee",
            "give_notice",
            "refused",
            act_id=act_id,
            filing_id=filing_id,
            legal_on=date(2026, 3, 2),
            refusals=[no],
        )
        second = await write_audit(connection, who, "operator", "read_party", "read")
        entries = await read_audit(connection, who=who)
        assert [entry.id for entry in entries] == [first, second]
        assert entries[0].refusals == (no,)
        assert (entries[0].act_id, entries[0].outcome, entries[0].legal_on) == (act_id, "refused", date(2026, 3, 2))
        assert entries[1].legal_on is None, "a read has no legal day"
        assert await read_audit(connection, filing_id=filing_id) == entries[:1]
        assert await read_audit(connection, who=who, outcome="read") == entries[1:]
        assert await read_audit(connection, who=who, after=second) == []


async def test_filings_are_listed_by_kind_stage_and_parent(fresh_engine: Pool) -> None:
    declaration, *licences = (uuid4() for _ in range(4))
    await record(fresh_engine, declaration)
    for licence in licences:
        await record(fresh_engine, licence, kind="licence", stage="noticed", parent_id=declaration)
    async with fresh_engine.acquire() as connection:
        below = await list_filings(connection, kind="licence", parent_id=declaration)
        assert [one.filing_id for one in below] == sorted(licences)
        assert await list_filings(connection, after=below[0].filing_id, kind="licence", limit=1) == [below[1]]
        assert [one.filing_id for one in await list_filings(connection, stage="submitted")] == [declaration]
