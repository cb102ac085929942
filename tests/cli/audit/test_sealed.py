"""An auditor verifies on the command line, with Temporal gone; whoever is outside proves one event without us."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from audit.sealing.folder import LogFolder
from audit.sealing.key import new_key
from tests.audit.sealed import Record, record_of
from tests.audit.sealing.authority import serving
from tests.cli.shell import Shell
from tests.conftest import Database
from tests.faults.set_back import copy_of
from tests.lives.stories import a_draft_is_discarded, an_offer_is_revoked, the_office_refuses


@pytest.fixture
async def sealed(
    surroundings: str, monkeypatch: pytest.MonkeyPatch, fresh_database: Database, tmp_path: Path
) -> AsyncIterator[Record]:
    """A sealed record that the commands use; nothing answers where Temporal should be."""
    secret = new_key().secret()
    monkeypatch.setenv("OPEN_LICENCE_LOG_KEY", secret)
    monkeypatch.setenv("OPEN_LICENCE_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")
    async with record_of(fresh_database, tmp_path) as record:
        settings = replace(record.settings, given_log_key=secret)
        told = replace(record, settings=settings)
        await told.tell(a_draft_is_discarded)
        await told.seal()
        await told.tell(the_office_refuses)
        await told.seal()
        yield told


async def test_a_record_that_nobody_changed_verifies_and_a_changed_one_exits_with_one(
    sealed: Record, shell: Shell
) -> None:
    whole = await shell("audit", "verify", "--json")
    assert (whole.code, whole.json["differences"]) == (0, [])
    await sealed.superuser.execute("UPDATE patent_versions SET status = 'lapsed' WHERE id = 1")
    changed = await shell("audit", "verify", "--json")
    assert changed.code == 1
    [difference] = changed.json["differences"]
    assert difference["where"] == "patent_versions.1.hash"
    assert len(difference["between"]) == 2
    for language, said in (("zh", "不一致"), ("en", "differs")):
        assert said in (await shell("audit", "verify", "--lang", language)).out


async def test_an_event_is_proved_by_a_file_and_a_key_alone(sealed: Record, shell: Shell, tmp_path: Path) -> None:
    filing = await sealed.engine.fetchval("SELECT filing_id FROM filings ORDER BY filing_id LIMIT 1")
    hashed = await sealed.engine.fetchval("SELECT hash FROM events WHERE filing_id = $1 AND version = 1", filing)
    key = (await shell("audit", "log-key", "--json")).json["key"]
    proof = await shell("audit", "proof", filing, "1")
    assert proof.code == 0, proof.err
    file = tmp_path / "event.tlog-proof"
    file.write_text(proof.out, encoding="utf-8")
    proved = (await shell("audit", "check-proof", file, "--key", key, "--json")).json
    assert (proved["hash"], proved["key"]) == (hashed.hex(), [str(filing), 1])
    for broken, code in (
        (proof.out.replace("index 0", "index 1", 1), "proof_wrong"),
        (proof.out[:100], "note_broken"),
        (proof.out.replace("\n\n", "\n", 1), "note_broken"),
    ):
        file.write_text(broken, encoding="utf-8")
        if broken != proof.out:
            refused = await shell("audit", "check-proof", file, "--key", key, "--json")
            assert (refused.code, refused.json["refused"][0]["code"]) in ((2, code), (2, "proof_broken"))
    file.write_text(proof.out, encoding="utf-8")
    other = await shell("audit", "check-proof", file, "--key", new_key().verifier, "--json")
    assert (other.code, other.json["refused"][0]["code"]) == (2, "checkpoint_of_another_log")


async def test_a_kept_checkpoint_shows_that_database_and_folder_were_written_anew(
    sealed: Record, shell: Shell, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes((sealed.settings.log_folder / "checkpoint").read_bytes())
    assert (await shell("audit", "verify", "--checkpoint", kept, "--json")).code == 0
    for table in ("cosignatures", "checkpoints", "log_entries"):
        await sealed.superuser.execute(f"DELETE FROM {table}")
    await sealed.superuser.execute("DELETE FROM acts WHERE act_id IN (SELECT act_id FROM events WHERE version > 1)")
    await sealed.superuser.execute("DELETE FROM sequence_numbers WHERE version > 1")
    await sealed.superuser.execute("DELETE FROM events WHERE version > 1")
    anew = replace(sealed, settings=replace(sealed.settings, given_log_folder=tmp_path / "anew"))
    await anew.seal()
    found = await shell("audit", "verify", "--published", tmp_path / "anew", "--checkpoint", kept, "--json")
    assert found.code == 1
    assert [one for one in found.json["differences"] if one["where"].startswith(("outside.", "log_entries"))]


async def test_an_older_log_is_proved_to_be_the_beginning_of_todays(sealed: Record, shell: Shell) -> None:
    sizes = [row["size"] for row in await sealed.engine.fetch("SELECT size FROM checkpoints ORDER BY size")]
    told = (await shell("audit", "consistency", sizes[0], "--json")).json
    assert (told["old_size"], len(told["proof"]) > 0) == (sizes[0], True)
    late = await shell("audit", "consistency", sizes[-1] + 1, "--json")
    assert (late.code, late.json["refused"][0]["code"]) == (2, "log_was_never_that_size")
    tile = next((sealed.settings.log_folder / "tile" / "0").rglob(str(sizes[-1] % 256)))
    tile.write_bytes(tile.read_bytes()[:-1])
    clipped = await shell("audit", "consistency", sizes[0], "--json")
    assert (clipped.code, clipped.json["refused"][0]["code"]) == (2, "log_file_clipped")


async def test_what_seals_the_log_is_a_command_too_and_mends_a_clipped_file(sealed: Record, shell: Shell) -> None:
    tile = next((sealed.settings.log_folder / "tile" / "entries").rglob("*.p/*"))
    tile.unlink()
    [missing] = (await shell("audit", "verify", "--json")).json["differences"]
    assert missing["where"].startswith("published.tile/entries/")
    assert (await shell("audit", "seal", "--again", "--json")).code == 0
    assert (await shell("audit", "verify", "--json")).json["differences"] == []


async def test_a_new_key_is_made_for_a_database_of_ones_own(surroundings: str, shell: Shell) -> None:
    made = (await shell("audit", "log-key", "--new", "--json")).json["secret"]
    assert made.startswith("PRIVATE+KEY+open-licence/")
    without = await shell("audit", "seal", "--json")
    assert without.code == 1
    assert "OPEN_LICENCE_LOG_KEY" in json.dumps(without.json)


async def test_the_published_checkpoint_is_stamped_by_a_command(sealed: Record, shell: Shell, tmp_path: Path) -> None:
    without = await shell("audit", "stamp", "--json")
    assert (without.code, without.json["refused"][0]["code"]) == (64, "option_needs")
    with serving() as authority:
        (tmp_path / "roots.pem").write_bytes(authority.roots)
        asked = ("audit", "stamp", "--authority", authority.url, "--roots", tmp_path / "roots.pem")
        done = await shell(*asked, "--json")
        assert done.code == 0, done.err
        assert (done.json["log_size"], done.json["stamped_anew"]) == (LogFolder(tmp_path / "log").stamped()[0], True)
        assert "stamped now" in (await shell(*asked, "--lang", "en")).out
        await sealed.tell(an_offer_is_revoked)
        await sealed.seal()
        authority.mood = "refuses"
        refused = await shell(*asked, "--json")
        assert (refused.code, refused.json["refused"][0]["code"]) == (2, "stamp_refused")


async def test_a_log_whose_database_was_set_back_is_gone_on_with_by_a_command_that_says_who_and_why(
    sealed: Record, fresh_database: Database, shell: Shell
) -> None:
    who = str(await sealed.engine.fetchval("SELECT party_id FROM parties ORDER BY party_id LIMIT 1"))
    asked = ("audit", "take-back", "--by", who, "--reason", "the disk had failed")
    nothing = await shell(*asked, "--json")
    assert (nothing.code, nothing.json["entries_taken_back"]) == (0, 0)
    copy = await copy_of(fresh_database)
    await sealed.tell(an_offer_is_revoked)
    await sealed.seal()
    await copy.set_back()
    stopped = await shell("audit", "seal", "--json")
    assert (stopped.code, stopped.json["refused"][0]["code"]) == (2, "log_set_back")
    assert (await shell("audit", "verify", "--json")).code == 1
    licensor = await shell(*asked, "--role", "licensor", "--json")
    assert (licensor.code, licensor.json["refused"][0]["code"]) == (2, "role_not_allowed")
    taken = await shell(*asked, "--json")
    assert taken.code == 0, taken.err
    assert taken.json["entries_taken_back"] > 0
    assert (await shell("audit", "seal", "--json")).code == 0
    verified = await shell("audit", "verify", "--json")
    assert (verified.code, verified.json["set_backs"][0]["reason"]) == (0, "the disk had failed")
    lines = (await shell("audit", "log", "--act", "take-back-log", "--json")).json
    assert [one["outcome"] for one in lines][-2:] == ["refused", "granted"]
