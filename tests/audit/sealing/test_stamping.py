"""A checkpoint is stamped by an authority outside; one that refuses, lies or is late is told, and holds up nothing."""

import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from audit.bundle.verifier.stamp import roots_of
from audit.bundle.verifier.whole import verify as verify_bundle
from audit.bundle.writing import bundle_of
from audit.nightly import STEPS, steps_of
from audit.sealing import outside
from audit.sealing.folder import LogFolder
from audit.sealing.key import signing_key
from audit.sealing.stamping import Authority as Asked
from audit.sealing.stamping import authority_of, stamp_published
from audit.transparency.notes import Verifier
from audit.transparency.tree import Frontier, consistency_proof, leaf_hash, node_hash
from runtime.settings import Settings, SetupError
from schemas.values.refusal import Fault, Refused
from tests.audit.bundle.bundles import changed
from tests.audit.bundle.bundles import record_of as taken_out
from tests.audit.sealed import Record, record_of
from tests.audit.sealing.authority import AT, Authority, serving
from tests.conftest import Database
from tests.lives.stories import a_draft_is_discarded, the_office_refuses
from tests.lives.stories_of_money import inventors_are_paid


@pytest.fixture
def authority() -> Iterator[Authority]:
    with serving() as one:
        yield one


@pytest.fixture
async def sealed(fresh_database: Database, tmp_path: Path) -> AsyncIterator[Record]:
    async with record_of(fresh_database, tmp_path) as record:
        await record.tell(a_draft_is_discarded)
        await record.seal()
        yield record


def _log(sealed: Record) -> tuple[LogFolder, Verifier]:
    return LogFolder(sealed.settings.log_folder), signing_key(sealed.settings).verifier


def _asked(authority: Authority) -> Asked:
    return Asked(authority.url, authority.roots)


async def test_a_stamp_is_kept_with_its_checkpoint_and_the_authority_is_asked_once_for_it(
    sealed: Record, authority: Authority
) -> None:
    folder, verifier = _log(sealed)
    first = await stamp_published(folder, verifier, _asked(authority))
    assert (first.at, first.is_new) == (AT, True)
    assert folder.stamped() == [first.size]
    assert folder.stamp(first.size)[0] == folder.read("checkpoint")
    again = await stamp_published(folder, verifier, _asked(authority))
    assert (again.size, again.at, again.is_new, authority.asked) == (first.size, AT, False, 1)
    await sealed.tell(the_office_refuses)
    await sealed.seal()
    assert (await stamp_published(folder, verifier, _asked(authority))).is_new
    report = await sealed.verify()
    assert (report.ok, report.counts["checkpoints_stamped"]) == (True, 2)


@pytest.mark.parametrize(
    ("mood", "said"),
    [
        ("refuses", "stamp_refused"),
        ("other", "stamp_unproved"),
        ("broken", "stamp_broken"),
        ("away", "answers 503"),
        ("late", "does not answer"),
    ],
)
async def test_an_authority_that_gives_no_stamp_is_told_and_the_log_goes_on(
    mood: str, said: str, sealed: Record, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "_TIMEOUT_SECONDS", 0.5)
    authority.mood = mood
    folder, verifier = _log(sealed)
    with pytest.raises((Refused, Fault), match=said):
        await stamp_published(folder, verifier, _asked(authority))
    assert folder.stamped() == []
    await sealed.tell(the_office_refuses)
    assert (await sealed.seal()).added > 0
    assert (await sealed.verify()).ok


async def test_what_another_root_signed_is_no_stamp(sealed: Record, authority: Authority) -> None:
    folder, verifier = _log(sealed)
    with pytest.raises(Refused, match="stamp_unproved"):
        await stamp_published(folder, verifier, Asked(authority.url, Authority().roots))
    with pytest.raises(Refused, match="stamp_unproved"):
        await stamp_published(folder, verifier, Asked(authority.url, b"no certificate"))
    assert folder.stamped() == []


async def test_a_log_that_was_written_anew_does_not_lead_to_what_was_stamped(
    sealed: Record, authority: Authority
) -> None:
    folder, verifier = _log(sealed)
    size = (await stamp_published(folder, verifier, _asked(authority))).size
    for table in ("cosignatures", "checkpoints", "log_entries"):
        await sealed.superuser.execute(f"DELETE FROM {table}")
    await sealed.superuser.execute("UPDATE patent_versions SET title = 'another'")
    await sealed.superuser.execute(
        "INSERT INTO unsealed (source, key) SELECT 'patent_version', '[' || id || ']' FROM patent_versions"
    )
    (folder.place / "checkpoint").unlink()
    await sealed.seal()
    assert any(where.startswith((f"outside.{size}", "log_entries")) for where in await sealed.found())
    (folder.place / "stamps" / f"{size}.tsr").write_bytes(b"another")
    assert f"stamps.{size}.tsr" in await sealed.found()
    (folder.place / "stamps" / str(size)).write_bytes(b"another")
    assert f"stamps.{size}" in await sealed.found()


async def test_a_bundle_has_the_first_stamp_whose_tree_has_all_that_it_proves(
    sealed: Record, authority: Authority, tmp_path: Path
) -> None:
    folder, verifier = _log(sealed)
    draft: UUID = await sealed.engine.fetchval("SELECT filing_id FROM filings LIMIT 1")
    first = await stamp_published(folder, verifier, _asked(authority))
    await sealed.tell(inventors_are_paid)
    await sealed.seal()
    second = await stamp_published(folder, verifier, _asked(authority))
    await sealed.tell(the_office_refuses)
    await sealed.seal()
    later: UUID = await sealed.engine.fetchval("SELECT filing_id FROM filings WHERE kind = 'payout'")
    newest: UUID = await sealed.engine.fetchval("SELECT filing_id FROM events ORDER BY recorded_at DESC LIMIT 1")
    file = tmp_path / "bundle.zip"
    for filing_id, size, has_all in (
        (draft, first.size, True),
        (later, second.size, True),
        (newest, second.size, False),
    ):
        record = await taken_out(sealed.auditor, filing_id, published=(folder, verifier))
        file.write_bytes(bundle_of(record))
        told = verify_bundle(file)
        facts = {code: facts for _, code, facts in told.found}
        assert told.code == 0
        assert facts["stamped_tree"]["old"] == str(size)
        assert (facts["stamped_tree"]["entries"] == facts["inclusion"]["entries"]) == has_all
        assert "openssl ts -verify" in facts["stamped"]["command"]


async def test_a_stamp_of_another_checkpoint_in_a_bundle_is_found(
    sealed: Record, authority: Authority, tmp_path: Path
) -> None:
    folder, verifier = _log(sealed)
    await stamp_published(folder, verifier, _asked(authority))
    await sealed.tell(the_office_refuses)
    await sealed.seal()
    filing_id = await sealed.engine.fetchval("SELECT filing_id FROM filings LIMIT 1")
    file, place = tmp_path / "bundle.zip", "data/log/stamped/checkpoint"
    file.write_bytes(bundle_of(await taken_out(sealed.auditor, filing_id, published=(folder, verifier))))
    with zipfile.ZipFile(file) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    way = files[f"{place}.consistency"].splitlines(keepends=True)
    assert way
    for path, body in (
        (f"{place}.tsr", b"another"),
        (place, files["data/log/checkpoint"]),
        (f"{place}.consistency", b"".join(way[:-1])),
        (f"{place}.consistency", b"".join([*way, way[0]])),
        (f"{place}.consistency", way[0][:2].swapcase() + b"".join(way)[2:]),
    ):
        told = verify_bundle(changed(file, tmp_path / "changed.zip", {path: body}))
        assert {code for level, code, _ in told.found if level == "wrong"} == {"stamp_wrong"}, path


async def test_the_bundles_own_program_proves_every_beginning_of_a_tree() -> None:
    leaves = [leaf_hash(bytes([one])) for one in range(20)]

    async def read(level: int, index: int) -> bytes:
        if level == 0:
            return leaves[index]
        return node_hash(await read(level - 1, 2 * index), await read(level - 1, 2 * index + 1))

    roots, frontier = [], Frontier()
    for one in leaves:
        frontier.append(one)
        roots.append(frontier.root())
    for size in range(1, 21):
        for old in range(1, size + 1):
            way = await consistency_proof(read, old, size)
            assert roots_of(old, size, way, roots[old - 1]) == (roots[old - 1], roots[size - 1])
            for wrong in ([*way, bytes(32)], way[:-1]):
                if wrong != way:
                    with pytest.raises(ValueError, match="length"):
                        roots_of(old, size, wrong, roots[old - 1])


def test_an_authority_without_its_roots_is_no_authority_and_without_one_no_night_asks(tmp_path: Path) -> None:
    assert authority_of(Settings()) is None
    for broken in (
        Settings(timestamp_authority="https://tsa.example/"),
        Settings(timestamp_authority="tsa.example", timestamp_roots=Path(__file__)),
        Settings(timestamp_authority="https://tsa.example/", timestamp_roots=tmp_path / "missing"),
    ):
        with pytest.raises(SetupError, match="OPEN_LICENCE_TIMESTAMP_ROOTS"):
            authority_of(broken)
    assert steps_of(Settings()) == tuple(step for step in STEPS if step != "stamp")
    assert steps_of(Settings(timestamp_authority="https://tsa.example/")) == tuple(STEPS)
