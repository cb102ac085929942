"""An auditor who names what there is not is told so: never silence, and never a difference that is none."""

from uuid import UUID

import pytest

from audit.sealing.key import new_key
from database.pool import Pool
from database.record.sequencer import sequence
from tests.cli.shell import Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World

NOBODY = UUID(int=1)


@pytest.fixture
async def declared(surroundings: str, pool: Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> str:
    """A filing of a sealed record, of which no history was copied."""
    monkeypatch.setenv("OPEN_LICENCE_LOG_KEY", new_key().secret())
    monkeypatch.setenv("OPEN_LICENCE_LOG_DIR", f"{tmp_path}/log")
    await STORIES["an_offer_is_revoked"](Desk(pool).ask, await World("an_offer_is_revoked").write(pool))
    async with pool.acquire() as connection:
        while await sequence(connection):
            pass
    return str(await pool.fetchval("SELECT filing_id FROM filings WHERE kind = 'declaration'"))


async def test_what_there_is_not_is_refused_by_its_name(declared: str, shell: Shell, pool: Pool) -> None:
    head = await pool.fetchval("SELECT head FROM filings WHERE filing_id = $1", UUID(declared))
    assert (await shell("audit", "seal")).code == 0
    for command, code, where in (
        (("history", NOBODY), "filing_unknown", "FILING"),
        (("history", declared), "no_history_kept", "FILING"),
        (("replay", NOBODY), "filing_unknown", "FILING"),
        (("proof", NOBODY), "filing_unknown", "FILING"),
        (("proof", declared, head + 1), "version_not_reached", "VERSION"),
        (("show", NOBODY), "filing_unknown", "filing"),
        (("show", declared, "--known-on", head + 1), "version_not_reached", "--known-on"),
        (("recompute", NOBODY), "filing_unknown", "filing_id"),
        (("conform", NOBODY), "filing_unknown", "filing_id"),
        (("equal", NOBODY), "filing_unknown", "declaration_id"),
    ):
        ended = await shell("audit", *command, "--json")
        assert ended.code == 2, (command, ended)
        assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [(code, where)], command
    assert (await shell("audit", "proof", declared, head)).code == 0
    assert (await shell("audit", "show", declared, "--known-on", head)).code == 0


async def test_a_key_that_is_none_is_not_told_as_somebody_elses(declared: str, shell: Shell, tmp_path: object) -> None:
    target = f"{tmp_path}/bundle.zip"
    assert (await shell("audit", "bundle", declared, "--out", target, "--without-documents")).code == 0
    for key, code in (("nonsense", 2), (new_key().verifier, 1)):
        assert (await shell("audit", "bundle", "--check", target, "--key", key)).code == code
