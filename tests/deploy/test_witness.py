"""A witness outside cosigns what goes on, and nothing that was set back or written anew; its word is the alarm."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from audit.sealing.folder import LogFolder
from audit.sealing.key import new_key, signing_key
from audit.transparency.checkpoints import checkpoint_of, checkpoint_text
from audit.transparency.notes import Note, proved_by, verifier_of
from database.evidence.log import cosignatures_of
from runtime.settings import ROOT, Settings
from schemas.values.refusal import Refused
from tests.audit.sealed import record_of
from tests.conftest import Database
from tests.lives.stories import a_draft_is_discarded, the_office_refuses

_WITNESS = ROOT / "deploy" / "witness" / "witness.py"


@pytest.fixture
def witnessed(tmp_path: Path) -> Iterator[Settings]:
    """A log's settings with a witness that runs as its own program."""
    settings, key = Settings(var=tmp_path / "var"), tmp_path / "witness.key"
    key.write_text(subprocess.check_output([sys.executable, _WITNESS, "key", "witness.example/w1"], text=True))
    vkey = str(signing_key(settings).verifier)
    command: list[str | Path] = [sys.executable, _WITNESS, "serve", "--key", key, "--state", tmp_path / "seen.json"]
    with subprocess.Popen([*command, "--log", vkey, "--port", "0"], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = program.stdout.readline().strip()
        yield replace(settings, witness=said.removeprefix("OPEN_LICENCE_WITNESS="))
        program.terminate()


def asked(settings: Settings, method: str, path: str, body: str | None = None) -> tuple[int, str, str | None]:
    assert settings.witness is not None
    connection = HTTPConnection(urlsplit(settings.witness.rpartition("@")[2]).netloc, timeout=30)
    try:
        connection.request(method, path, None if body is None else body.encode())
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Content-Type")
    finally:
        connection.close()


async def test_checkpoints_are_cosigned_and_the_note_that_is_published_proves_it(
    fresh_database: Database, witnessed: Settings
) -> None:
    assert witnessed.witness is not None
    key = verifier_of(witnessed.witness.rpartition("@")[0])
    async with record_of(fresh_database, witnessed.var, witnessed) as record:
        for story in (a_draft_is_discarded, the_office_refuses):
            await record.tell(story)
            sealed = (await record.seal()).checkpoint
            assert sealed is not None
            async with record.engine.acquire() as connection:
                assert [one.witness for one in await cosignatures_of(connection, sealed.size)] == [str(key)]
            published = LogFolder(record.settings.log_folder).checkpoint(signing_key(witnessed).verifier)
            assert published is not None
            assert (published.size, proved_by(published.note, [key])) == (sealed.size, [key])
        assert sealed is not None
        report = await record.verify()
        assert report.ok
        assert (report.counts["cosignatures"], report.counts["checkpoints_of_witnesses"]) == (2, 1)
        origin = sha256(signing_key(witnessed).name.encode()).hexdigest()
        status, note, _ = asked(witnessed, "GET", f"/{origin}/checkpoint")
        assert (status, checkpoint_of(note).size) == (200, sealed.size)


async def test_a_database_and_a_folder_that_were_set_back_together_are_told_by_the_witness(
    fresh_database: Database, witnessed: Settings
) -> None:
    async with record_of(fresh_database, witnessed.var, witnessed) as record:
        await record.tell(a_draft_is_discarded)
        first = (await record.seal()).checkpoint
        await record.tell(the_office_refuses)
        second = (await record.seal()).checkpoint
        assert first is not None
        assert second is not None
        await record.superuser.execute("DELETE FROM cosignatures WHERE size > $1", first.size)
        await record.superuser.execute("DELETE FROM log_entries WHERE position >= $1", first.size)
        await record.superuser.execute("DELETE FROM checkpoints WHERE size > $1", first.size)
        LogFolder(record.settings.log_folder).put_checkpoint(first.note, signing_key(witnessed).verifier)
        with pytest.raises(Refused, match="log_set_back"):
            await record.seal()
        assert await record.engine.fetchval("SELECT max(size) FROM checkpoints") == first.size
        assert "log_entries" in await record.found()


async def test_a_witness_that_is_away_stops_nothing_and_is_asked_again(
    fresh_database: Database, witnessed: Settings
) -> None:
    assert witnessed.witness is not None
    away = replace(witnessed, witness=witnessed.witness.rpartition("@")[0] + "@http://127.0.0.1:9")
    async with record_of(fresh_database, witnessed.var, away) as record:
        await record.tell(a_draft_is_discarded)
        assert (await record.seal()).added > 0
        assert (await record.verify()).counts["witnesses_away"] == 1
    async with record_of(fresh_database, witnessed.var, witnessed) as record:
        await record.seal()
        assert (await record.verify()).counts["cosignatures"] == 1


def test_the_witness_says_no_as_the_specification_has_it(witnessed: Settings) -> None:
    signer, other = signing_key(witnessed), new_key()

    def note(origin: str, size: int, root: bytes, *, by: object = signer) -> str:
        text = checkpoint_text(origin, size, root)
        return str(Note(text, (by.sign(text),)))  # type: ignore[attr-defined]  # a Signer

    one = note(signer.name, 1, bytes(32))
    asking = "/add-checkpoint"
    assert asked(witnessed, "POST", asking, "something else")[0] == 400
    assert asked(witnessed, "POST", asking, f"old 2\n\n{one}")[0] == 400
    assert asked(witnessed, "POST", asking, f"old 0\n\n{note(other.name, 1, bytes(32), by=other)}")[0] == 404
    assert asked(witnessed, "POST", asking, f"old 0\n\n{note(signer.name, 1, bytes(32), by=other)}")[0] == 403
    assert asked(witnessed, "POST", asking, f"old 1\n\n{one}") == (409, "0\n", "text/x.tlog.size")
    assert asked(witnessed, "GET", "/0/checkpoint")[0] == 404
    assert asked(witnessed, "POST", asking, f"old 0\n\n{one}")[0] == 200
    assert asked(witnessed, "POST", asking, f"old 1\n\n{one}")[0] == 200
    assert asked(witnessed, "POST", asking, f"old 1\n\n{note(signer.name, 1, bytes(31) + b'x')}")[0] == 422
    assert asked(witnessed, "POST", asking, f"old 1\n\n{note(signer.name, 2, bytes(32))}")[0] == 422
    assert asked(witnessed, "POST", asking, f"old 0\n\n{one}") == (409, "1\n", "text/x.tlog.size")
