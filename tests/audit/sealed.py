"""A record of told stories with its log, for tests: sealed into a folder of the test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from audit.report import Report
from audit.sealing.append import Sealed, seal
from audit.verify.everything import verify
from database.pool import Pool, open_pool, prepare
from database.record.sequencer import sequence
from database.registers.audit_log import write_audit
from database.registers.calendar_tables import approve_calendar, propose_calendar, withdraw_calendar
from database.registers.parties import Party, PartyKind, add_party
from runtime.settings import Settings
from tests.audit.evidence.store import store
from tests.conftest import Database
from tests.histories import golden
from tests.lives.desk import Desk
from tests.lives.telling import Story
from tests.lives.world import World

VERSION, MASTER_KEY = "tests", bytes(32)
_ROWS = (
    """INSERT INTO beneficiary_profiles (party_id, from_on, kind, region, stated_by)
       VALUES ($1, '2026-01-01', 'university', 'guangdong', $1)""",
    """INSERT INTO unmatched_deliveries (delivery_id, source, event_id, type, event)
       SELECT $1, 'bank "one"', 'e 1', 'receipt', '{"amount": 1.50, "名": "x"}'""",
    "INSERT INTO matched_deliveries (delivery_id, act_id, filing_id) VALUES ($1, $1, $1)",
    """INSERT INTO delivered_events (source, event_id, content, act_id, filing_id)
       VALUES ('bank "one"', 'e\\ 行', $1, $1, $1)""",
    """INSERT INTO refused_lines (line_id, origin, file, line, body, reasons)
       VALUES ($1, 'import', 'f.csv', 1, 'a,b', '[]')""",
    "INSERT INTO ended_deliveries (kept_id, ended_by, reason) VALUES ($1, $1, 'told by telephone')",
    """INSERT INTO audit_results (night, step, outcome, report, code_version, began_at)
       VALUES ($1, 'verify', 'agrees', '{"ok": true}', 'tests', clock_timestamp())""",
    "INSERT INTO deliveries_seen_to (kept_id, seen_by, reason) VALUES ($1, $1, 'told by telephone')",
)


@dataclass(frozen=True)
class Record:
    """The database as the engine, the auditor and a superuser have it, and the folder of its log."""

    engine: Pool
    auditor: Pool
    superuser: "asyncpg.Connection[asyncpg.Record]"
    """Somebody with the superuser's password, who switches the triggers off."""
    settings: Settings

    async def tell(self, *stories: Story) -> None:
        for story in stories:
            await story(Desk(self.engine).ask, await World(story.__name__).write(self.engine))

    async def add_rows(self) -> None:
        """Rows of every source that no story leaves behind."""
        async with self.engine.acquire() as connection:
            people = [row["party_id"] for row in await connection.fetch("SELECT party_id FROM parties ORDER BY 1")]
            for number in range(3):
                person = Party(party_id=uuid4(), kind=PartyKind.PERSON, private={"name": f"人 {number}"})
                await add_party(connection, MASTER_KEY, person)
            for number in range(4):
                await write_audit(connection, people[number], "operator", "read_party", "read")
            for year in (2030, 2031):
                await propose_calendar(connection, year, {"year": year}, people[0])
            await approve_calendar(connection, 2030, people[1])
            await withdraw_calendar(connection, 2031, people[0])
            for statement in _ROWS:
                await connection.execute(statement, people[0])
        for name in golden.names()[:2]:
            await store(self.engine, name, golden.read(name).events)

    async def seal(self, version: str = VERSION) -> Sealed:
        async with self.engine.acquire() as connection:
            while await sequence(connection):
                pass
        return await seal(self.engine, self.settings, version)

    async def verify(self, **options: object) -> Report:
        # options are passed on as they come
        return await verify(self.auditor, self.settings, **options)  # type: ignore[arg-type]

    async def found(self) -> dict[str, object]:
        """Where something differs, and what stands there."""
        return {one.where: one.found for one in (await self.verify()).differences}


@asynccontextmanager
async def record_of(database: Database, var: Path, settings: Settings | None = None) -> AsyncIterator[Record]:
    async with await open_pool(database.engine, 4) as engine, await open_pool(database.auditor, 2) as auditor:
        superuser = await asyncpg.connect(database.superuser)
        try:
            await prepare(superuser)
            await superuser.execute("SET session_replication_role = replica")
            yield Record(engine, auditor, superuser, settings or Settings(var=var))
        finally:
            await superuser.close()
