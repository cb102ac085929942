"""How long each list takes with a million filings, made by SQL in a server of their own that is removed again.

python -m benchmarks.lists [FILINGS]        1,000,000 by default; some minutes and 3 GB of disk
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

from benchmarks.machine import machine
from database.migrate import migrate
from database.pool import Pool, open_pool
from runtime.postgres import PostgresServer
from runtime.settings import ROOT
from tests.database.reads.test_plans import Read, lists, ways

_TIMES = 3
_ANSWERED_WITHIN = 60.0
_PARTY = UUID("c4ca4238-a0b9-2382-0dcc-509a6f75849b")  # md5 of '1'
SAMPLES = {
    "kind": "licence", "stage": "in_force", "party": _PARTY, "name": "单位 17", "title": "装置 4711",
    "role": "licensee", "patent_number": "2020100000007", "declaration_number": "KF7", "by": date(2026, 12, 1),
    "legal_clock": "acts", "list_parties.kind": "organisation", "upcoming_until": date(2026, 12, 1),
    "limit": 200, "outcome": "refused",
}  # fmt: skip
"""What is asked for, by the name of the filter; of the others what the test of the plans asks for."""
_DATA = """
INSERT INTO parties (party_id, kind, public_name)
    SELECT md5(n::text)::uuid, 'organisation', '单位 ' || n FROM generate_series(1, {parties}) n;
INSERT INTO patents (patent_number, title, kind, status, source, facts)
    SELECT '202010' || lpad(n::text, 7, '0'), '一种装置 ' || n, 'invention', 'granted', 'benchmark', '{{}}'
    FROM generate_series(1, {declarations}) n;
INSERT INTO offers (declaration_id, patent_number, live, terms, terms_version, licensor, right_end_provisional,
                    regime, warnings, origin)
    SELECT md5('d' || n)::uuid, '202010' || lpad(n::text, 7, '0'), true, '{{}}', 1,
           md5((n % {parties} + 1)::text)::uuid, false, 'statutory', '[]', 'direct'
    FROM generate_series(1, {declarations}) n;
INSERT INTO licences (licence_id, declaration_id, licensee, n, running, open)
    SELECT md5('l' || n)::uuid, md5('d' || (n % {declarations} + 1))::uuid, md5((n % {parties} + 1)::text)::uuid,
           n, false, false FROM generate_series(1, {licences}) n;
INSERT INTO filings (filing_id, kind, workflow_id, parent_id, head, head_hash, stage, position, due_by, legal_clock,
                     updated_at)
    SELECT id, kind, kind || ':' || id, parent, 1, sha256('x'), stage,
           jsonb_build_object('deadlines', jsonb_build_array(
               jsonb_build_object('key', 'a', 'what', 'status_check', 'role', 'operator', 'basis', 'service',
                                  'article', 'D-34', 'by', due, 'provisional', false, 'because', ''),
               jsonb_build_object('key', 'b', 'what', 'annual_fee', 'role', 'licensor', 'basis', 'legal',
                                  'article', 'IR-115', 'by', due + 400, 'provisional', false, 'because', ''))),
           due, CASE WHEN n % 100000 = 0 THEN 'acts' ELSE 'timer' END, now()
    FROM (
        SELECT n, md5('d' || n)::uuid AS id, 'declaration' AS kind, NULL::uuid AS parent,
               (ARRAY['in_force', 'in_force', 'in_force', 'submitted', 'expired'])[n % 5 + 1] AS stage,
               date '2026-11-20' + n % 900 AS due FROM generate_series(1, {declarations}) n
        UNION ALL
        SELECT n, md5('l' || n)::uuid, 'licence', md5('d' || (n % {declarations} + 1))::uuid,
               (ARRAY['effective', 'effective', 'awaiting_payment', 'expired'])[n % 4 + 1],
               date '2026-11-20' + n % 900 FROM generate_series(1, {licences}) n
    ) made;
INSERT INTO tasks (filing_id, key, what, role, basis, article, by_on, provisional, opened_on, closed_on, closed_how)
    SELECT filing_id, 'a', 'status_check', 'operator', 'service', 'D-34', due_by, false, date '2026-11-20',
           CASE WHEN head_hash IS NOT NULL AND due_by > date '2026-12-20' THEN date '2026-12-01' END,
           CASE WHEN head_hash IS NOT NULL AND due_by > date '2026-12-20' THEN 'done' END FROM filings;
INSERT INTO findings (filing_id, key, code, about, opened_on, closed_on)
    SELECT filing_id, 'a', 'announced_without_recorded_filing', '{{}}', due_by, NULL
    FROM filings WHERE due_by < date '2027-02-20';
INSERT INTO identities (what, value, filing_id, act_id, since_on)
    SELECT 'declaration_number', 'KF' || n, md5('d' || n)::uuid, md5('a' || n)::uuid, date '2026-11-20'
    FROM generate_series(1, {declarations}) n;
ANALYZE;
"""
COMMANDS = (
    ("--help",), ("list",), ("list", "--limit", "10000"), ("list", "--patent", "ZL2020100000007"),
    ("list", "--title", "装置 4711"), ("tasks",), ("tasks", "--upcoming", "30"), ("findings",), ("party", "list"),
)  # fmt: skip


async def main() -> None:
    filings = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(_reachable(folder) / "postgres")
        try:
            server.start()
            await migrate(server.url("owner"))
            began = time.perf_counter()
            await _fill(server.url("owner"), filings)
            print(f"{filings} filings made in {time.perf_counter() - began:.0f} s\n", flush=True)
            async with await open_pool(server.url("engine"), 2) as pool:
                await _tell_queries(pool)
            _tell_commands(server.url("engine"))
        finally:
            server.destroy()


def _reachable(folder: str) -> Path:
    path = Path(folder)
    path.chmod(0o711)  # root's Postgres runs as another user, who must get in
    return path


async def _fill(url: str, filings: int) -> None:
    async with await open_pool(url, 1) as pool, pool.acquire() as connection:
        await connection.execute("SET statement_timeout = 0; SET synchronous_commit = off")
        data = _DATA.format(
            declarations=max(1, filings * 7 // 10), licences=filings * 3 // 10, parties=min(10_000, filings)
        )
        for statement in data.split(";\n"):
            if statement.strip():
                await connection.execute(statement, timeout=3_600)


async def _tell_queries(pool: Pool) -> None:
    print("| list | filters | rows | ms |\n|---|---|---|---|")
    for read in lists():
        for way in _ways(read):
            taken = []
            async with pool.acquire() as connection:
                for _ in range(_TIMES):
                    began = time.perf_counter()
                    found = await asyncio.wait_for(read(connection, **way), _ANSWERED_WITHIN)
                    taken.append((time.perf_counter() - began) * 1000)
            filters = ", ".join(name for name in way if name != "limit") or "-"
            rows = found if isinstance(found, int) else len(found)
            print(f"| `{read.__name__}` | {filters} | {rows} | {statistics.median(taken):.1f} |", flush=True)


def _ways(read: Read) -> Iterator[dict[str, object]]:
    """Without filters and with each alone; all at once find nothing here."""
    asked = list(ways(read))
    for way in asked if len(asked) < 3 else asked[:-1]:
        yield {name: SAMPLES.get(f"{read.__name__}.{name}", SAMPLES.get(name, value)) for name, value in way.items()}


def _tell_commands(url: str) -> None:
    print("\n| command | s | CPU s |\n|---|---|---|")
    for command in COMMANDS:
        taken = []
        for _ in range(_TIMES):
            began, before = time.perf_counter(), os.times()
            subprocess.run(
                [sys.executable, "starter.py", *command],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url, "COLUMNS": "120"},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            after = os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            taken.append((time.perf_counter() - began, used))
        seconds, processor = (statistics.median(one) for one in zip(*taken, strict=True))
        print(f"| `{' '.join(command)}` | {seconds:.2f} | {processor:.2f} |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
