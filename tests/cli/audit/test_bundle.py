"""A bundle at the command line: whoever takes documents out is named in the audit log; ``--check`` judges it."""

import zipfile
from pathlib import Path

import pytest

from audit.sealing.key import new_key
from database.pool import Pool
from tests.cli.shell import Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World


@pytest.fixture
async def payout(surroundings: str, pool: Pool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A filing with documents, of a record that is sealed."""
    monkeypatch.setenv("OPEN_LICENCE_LOG_KEY", new_key().secret())
    monkeypatch.setenv("OPEN_LICENCE_LOG_DIR", str(tmp_path / "log"))
    world = await World("inventors_are_paid").write(pool)
    await STORIES["inventors_are_paid"](Desk(pool).ask, world)
    return str(await pool.fetchval("SELECT filing_id FROM filings WHERE kind = 'payout'"))


@pytest.fixture
async def taker(payout: str, pool: Pool) -> str:
    return str(await pool.fetchval("SELECT party_id FROM parties ORDER BY party_id LIMIT 1"))


async def test_whoever_takes_documents_out_stands_in_the_audit_log_and_nobody_takes_them_unnamed(
    payout: str, taker: str, shell: Shell, tmp_path: Path
) -> None:
    target = tmp_path / "bundle.zip"
    unnamed = await shell("audit", "bundle", payout, "--out", target, "--json")
    assert (unnamed.code, unnamed.json["refused"][0]["code"]) == (2, "documents_taken_by_nobody")
    assert not target.exists()
    assert (await shell("audit", "bundle", payout, "--out", target, "--without-documents", "--json")).code == 0
    assert (await shell("audit", "log", "--act", "bundle", "--json")).json == []
    taken = await shell("audit", "bundle", payout, "--out", target, "--by", taker, "--with-related", "--json")
    assert taken.code == 0, taken.err
    assert taken.json["documents"] > 0
    lines = (await shell("audit", "log", "--act", "bundle", "--json")).json
    assert {(one["who"], one["role"], one["outcome"]) for one in lines} == {(taker, "operator", "read")}
    assert len(lines) == 1 + taken.json["related"]  # each filing whose documents left
    assert [one["filing_id"] for one in lines].count(payout) == 1


async def test_somebody_unknown_takes_nothing_out(payout: str, shell: Shell, tmp_path: Path) -> None:
    stranger = "00000000-0000-4000-8000-000000000000"
    refused = await shell("audit", "bundle", payout, "--out", tmp_path / "bundle.zip", "--by", stranger, "--json")
    assert (refused.code, refused.json["refused"][0]["code"]) == (2, "party_unknown")
    assert not (tmp_path / "bundle.zip").exists()


async def test_a_bundle_is_judged_here_as_its_own_program_judges_it(
    payout: str, taker: str, shell: Shell, tmp_path: Path
) -> None:
    target = tmp_path / "bundle.zip"
    assert (await shell("audit", "seal", "--json")).code == 0
    assert (await shell("audit", "bundle", payout, "--out", target, "--by", taker, "--json")).code == 0
    key = (await shell("audit", "log-key", "--json")).json["key"]
    whole = await shell("audit", "bundle", "--check", target, "--key", key, "--json")
    assert (whole.code, whole.json["holds"]) == (0, True)
    assert {"events", "documents", "checkpoint", "key_given"} <= {one["code"] for one in whole.json["found"]}
    for language, said in (("zh", "结论：可核验的全部相符"), ("en", "Verdict: everything that can be checked holds")):
        assert said in (await shell("audit", "bundle", "--check", target, "--lang", language)).out
    body = bytearray(target.read_bytes())
    body[len(body) // 2] ^= 1
    target.write_bytes(body)
    assert (await shell("audit", "bundle", "--check", target, "--json")).code == 1
    target.write_bytes(b"no bundle")
    assert (await shell("audit", "bundle", "--check", target, "--json")).code == 2
    missing = await shell("audit", "bundle", "--check", tmp_path / "missing.zip", "--json")
    assert missing.code not in (0, 1)


async def test_what_the_last_nights_found_is_in_the_bundle_and_on_its_page(
    payout: str, taker: str, pool: Pool, shell: Shell, tmp_path: Path
) -> None:
    await pool.execute(
        """INSERT INTO audit_results (night, step, outcome, report, code_version, began_at)
           VALUES (gen_random_uuid(), 'recompute', 'agrees', '{"ok": true}', 'tests', clock_timestamp())"""
    )
    target = tmp_path / "bundle.zip"
    assert (await shell("audit", "bundle", payout, "--out", target, "--by", taker, "--json")).code == 0
    with zipfile.ZipFile(target) as archive:
        [nightly] = [archive.read(name) for name in archive.namelist() if name.endswith("data/nightly.json")]
        assert any(name.endswith("data/for-the-court.pdf") for name in archive.namelist())
    assert b'"step": "recompute"' in nightly
