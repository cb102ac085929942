"""A bundle of what was sealed proves that its events are in the log, and in no other."""

import json
import zipfile
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from audit.bundle.record import Extraction, FilingRecord, read_record
from audit.bundle.verifier.signature import is_signed
from audit.bundle.verifier.whole import verify
from audit.bundle.writing import bundle_of
from audit.sealing.folder import LogFolder
from audit.sealing.key import new_key
from audit.transparency.notes import COSIGNATURE, Signature, Verifier
from audit.transparency.proofs import proof_of
from audit.verify.everything import verifier_known
from database.evidence.log import add_cosignature
from tests.audit.bundle.bundles import TAKEN, changed
from tests.audit.sealed import Record
from tests.audit.sealed import record_of as sealed_record
from tests.conftest import Database
from tests.lives.stories import sales_are_reported_and_corrected
from tests.lives.stories_of_money import inventors_are_paid


@pytest.fixture
async def sealed(fresh_database: Database, tmp_path: Path) -> AsyncIterator[Record]:
    async with sealed_record(fresh_database, tmp_path) as record:
        await record.tell(inventors_are_paid)
        await record.seal()
        yield record


async def _payout(sealed: Record) -> FilingRecord:
    return await _filing(sealed, "payout:determined")


async def _filing(sealed: Record, event: str) -> FilingRecord:
    """The filing that has an event of that kind."""
    verifier = verifier_known(sealed.settings)
    assert verifier is not None
    async with (
        sealed.auditor.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        filing_id = await connection.fetchval("SELECT filing_id FROM events WHERE kind = $1", event)
        published = LogFolder(sealed.settings.log_folder), verifier
        return await read_record(connection, filing_id, Extraction(TAKEN, None, "tests"), published)


def _written(record: FilingRecord, target: Path) -> Path:
    target.write_bytes(bundle_of(record))
    return target


def _codes(file: Path, level: str, key: str | None = None) -> list[str]:
    return [code for one, code, _ in verify(file, key).found if one == level]


async def test_every_event_and_document_is_proved_to_be_in_the_tree_of_the_signed_checkpoint(
    sealed: Record, tmp_path: Path
) -> None:
    record = await _payout(sealed)
    assert record.log is not None
    assert len(record.log.proofs) == len(record.links) + len(record.documents)
    bundle = _written(record, tmp_path / "bundle.zip")
    told = verify(bundle, str(record.log.verifier))
    assert told.code == 0
    facts = {code: facts for _, code, facts in told.found}
    assert facts["inclusion"]["entries"] == len(record.log.proofs)
    assert {"checkpoint", "key_given"} <= facts.keys()
    assert "no_log" not in facts


async def test_what_was_recorded_after_the_checkpoint_is_said_to_be_unproved(sealed: Record, tmp_path: Path) -> None:
    await sealed.tell(sales_are_reported_and_corrected)
    record = await _filing(sealed, "licence:sales_reported")
    assert record.log is not None
    assert record.log.unsealed == tuple(range(1, record.filing.head + 1))
    bundle = _written(record, tmp_path / "bundle.zip")
    assert _codes(bundle, "wrong") == []
    assert "not_sealed" in _codes(bundle, "unproved")
    (tmp_path / "log").rename(tmp_path / "lost")
    nowhere = await _filing(sealed, "licence:sales_reported")
    assert nowhere.log is None
    assert "no_log" in _codes(_written(nowhere, tmp_path / "bundle.zip"), "unproved")


async def test_another_key_and_another_log_are_told_apart_from_what_still_holds(sealed: Record, tmp_path: Path) -> None:
    record = await _payout(sealed)
    bundle, stranger = _written(record, tmp_path / "bundle.zip"), new_key()
    assert _codes(bundle, "wrong", str(stranger.verifier)) == ["key_wrong"]
    note = f"{stranger.name}\n{7}\n{'A' * 43}=\n"
    other = {"data/log/checkpoint": f"{note}\n{stranger.sign(note).line()}".encode()}
    wrong = _codes(changed(bundle, tmp_path / "other.zip", other), "wrong")
    assert set(wrong) == {"inclusion_wrong"}
    with_key = {**other, "data/log/key.txt": f"{stranger.verifier}\n".encode()}
    strange = changed(bundle, tmp_path / "stranger.zip", with_key)
    assert set(_codes(strange, "wrong")) == {"inclusion_wrong"}
    assert {"files", "events", "answers", "ledger"} <= set(_codes(strange, "proved"))


async def test_an_event_that_was_written_again_with_its_whole_bundle_is_in_no_tree(
    sealed: Record, tmp_path: Path
) -> None:
    bundle = _written(await _payout(sealed), tmp_path / "bundle.zip")
    with zipfile.ZipFile(bundle) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    chain, previous = json.loads(files["data/events/chain.json"]), bytes(32)
    answers, filing = json.loads(files["data/events/answers.json"]), json.loads(files["data/filing.json"])
    for row in chain:
        files[row["file"]] = files[row["file"]].replace(b'"3000.00"', b'"3001.00"').replace(b":300000", b":300100")
        body = files[row["file"]]
        row["previous_hash"], previous = previous.hex(), sha256(previous + body).digest()
        row["hash"] = filing["head_hash"] = previous.hex()
        answers[row["act_id"]]["content_hash"] = sha256(body).hexdigest()
    forged = {
        "data/events/chain.json": json.dumps(chain).encode(),
        "data/events/answers.json": json.dumps(answers).encode(),
        "data/filing.json": json.dumps(filing).encode(),
    }
    events = {row["file"]: files[row["file"]] for row in chain}
    wrong = _codes(changed(bundle, tmp_path / "forged.zip", {**events, **forged}), "wrong")
    assert "inclusion_wrong" in wrong
    assert "event_wrong" not in wrong  # the forger has kept the chain in order


async def test_a_cosignature_of_a_witness_is_checked(sealed: Record, tmp_path: Path) -> None:
    witness, at = new_key(), 1_790_000_000
    public = Verifier(witness.name, COSIGNATURE, witness.verifier.public)
    folder = LogFolder(sealed.settings.log_folder)
    text = (folder.read("checkpoint") or b"").decode().partition("\n\n")[0] + "\n"
    body = witness.sign(f"cosignature/v1\ntime {at}\n{text}").body
    line = Signature(witness.name, public.key_id, at.to_bytes(8, "big") + body).line()
    async with sealed.engine.acquire() as connection:
        await add_cosignature(connection, int(text.split("\n")[1]), str(public), line)
    (folder.place / "checkpoint").write_bytes((folder.read("checkpoint") or b"") + line.encode())
    record = await _payout(sealed)
    assert record.log is not None
    assert record.log.witnesses == (str(public),)
    assert "cosigned" in _codes(_written(record, tmp_path / "bundle.zip"), "proved")


async def test_the_signature_of_another_text_or_key_is_none(sealed: Record) -> None:
    record = await _payout(sealed)
    assert record.log is not None
    note = proof_of(next(iter(record.log.proofs.values()))).checkpoint.note
    (signature,) = note.signatures
    public, text = record.log.verifier.public, note.text.encode()
    assert is_signed(public, text, signature.body)
    assert not is_signed(public, text + b" ", signature.body)
    assert not is_signed(new_key().verifier.public, text, signature.body)
    for place in range(0, 64, 7):
        changed = bytearray(signature.body)
        changed[place] ^= 1
        assert not is_signed(public, text, bytes(changed))
