"""Whoever reads is told everything in one language: every reading command over lives that came to money."""

import re
from collections.abc import Iterator

import pytest

from database.pool import Pool
from tests.cli.shell import Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World

TOLD = (
    "inventors_are_paid",
    "a_reversal_after_payment_waits_for_a_decision",
    "a_late_withdrawal_makes_a_licence_void",
    "a_subsidy_is_claimed_and_paid",
)
LISTS = (
    *(("list",), ("tasks",), ("tasks", "--upcoming", "3000"), ("findings",), ("entitlements", "--lines")),
    *(("events",), ("messages",), ("calendar", "list"), ("unmatched",), ("refused-lines",), ("audit", "log")),
    *(("audit", "recompute", "--all"), ("audit", "conform", "--all"), ("audit", "duties"), ("audit", "gaps")),
    *(("audit", "exceptions"), ("audit", "prior", "--year", "2026"), ("audit", "cutoff", "--year", "2026")),
)
OF_A_FILING = (("show",), ("clauses",), ("audit", "show"))
ALIKE = re.compile(
    r"[\u4e00-\u9fff]+〔\d{4}〕\d+号|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{40,}"
    r"|starter\.py.*|^ +--.*|--[a-z-]+|\b(?:declaration|licence|payout|settlement):[\w:]*"
    r"|\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)+\b|\b[A-Z]-\d\d\b|\bK?\d+\b",
    re.MULTILINE,
)
"""What is the same in both: numbers of instruments, ids, hashes, what is typed, names of runs and schemes."""
ENGLISH = re.compile(r"[A-Za-z]{2,}(?:[ _][A-Za-z]{2,})+|\b[a-z]+_[a-z_]+\b")
HAN = re.compile("[\u4e00-\u9fff，。；：（）、]")
ACTS_OF_CLOSINGS = re.compile(r"（[a-z-]+(?:，[a-z-]+)*）")


@pytest.fixture
async def commands(surroundings: str, pool: Pool, shell: Shell) -> list[tuple[str, ...]]:
    """Every command that reads, of everything that there is."""
    for name in TOLD:
        await STORIES[name](Desk(pool).ask, await World(name).write(pool))
    filings = [one["filing_id"] for one in (await shell("list", "--json")).json]
    async with pool.acquire() as connection:
        lines = [row["bank_key"] for row in await connection.fetch("SELECT DISTINCT bank_key FROM bank_lines")]
        cited = await connection.fetch("SELECT DISTINCT provision FROM determined_clauses")
    return [
        *LISTS,
        *((*command, one) for command in OF_A_FILING for one in filings),
        *(("audit", "show", one, "--effective-on", "2026-07-01", "--diff") for one in filings),
        *(("trace", one) for one in lines),
        *(("yuan", "--provision", row["provision"]) for row in cited),
    ]


async def _names(pool: Pool) -> list[str]:
    """How parties, patents and bank lines are called, which is the same in any language."""
    async with pool.acquire() as connection:
        rows = await connection.fetch(
            """SELECT public_name AS name FROM parties WHERE public_name IS NOT NULL
               UNION SELECT title FROM patents UNION SELECT bank_key FROM bank_lines
               UNION SELECT split_part(bank_key, ' ', 2) FROM bank_lines"""
        )
    return sorted((row["name"] for row in rows if row["name"]), key=len, reverse=True)


def _mixed(told: str, language: str, names: list[str]) -> Iterator[str]:
    for name in names:
        told = told.replace(name, "")
    told = ACTS_OF_CLOSINGS.sub("", ALIKE.sub("", told))
    yield from (ENGLISH if language == "zh" else HAN).findall(told)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_is_read_is_told_in_one_language(
    commands: list[tuple[str, ...]], pool: Pool, shell: Shell, language: str
) -> None:
    names = [*await _names(pool), *TOLD]
    found: set[str] = set()
    for command in commands:
        ended = await shell(*command, "--lang", language)
        assert ended.code in (0, 1), (command, ended.err)
        found |= {f"{' '.join(command)}: {one}" for one in _mixed(ended.out, language, names)}
    assert not found, "\n".join(sorted(found))
