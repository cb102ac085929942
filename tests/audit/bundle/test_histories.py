"""A bundle has what Temporal had, and an act or an answer that was edited in it is found."""

import base64
import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from temporalio.api.history.v1 import History

from audit.bundle.verifier.whole import verify
from audit.bundle.writing import bundle_of
from audit.evidence.copying import Copier
from audit.sealing.append import seal
from audit.sealing.folder import LogFolder
from audit.sealing.key import signing_key
from database.record.sequencer import sequence
from runtime.settings import Settings
from tests.audit.bundle.bundles import changed, record_of
from tests.lives.office import Office
from tests.lives.stories import sales_are_reported_and_corrected


@pytest.fixture
async def bundle(office: Office, tmp_path: Path) -> Path:
    """Of a licence whose runs were copied, with Temporal asked for nothing more."""
    filing_id = await _copied(office)
    file = tmp_path / "bundle.zip"
    file.write_bytes(bundle_of(await record_of(office.pool, filing_id)))
    return file


async def _copied(office: Office) -> UUID:
    await sales_are_reported_and_corrected(office.ask, await office.world("histories"))
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    filing_id: UUID = await office.pool.fetchval("SELECT filing_id FROM filings WHERE kind = 'licence'")
    return filing_id


@pytest.fixture
async def sealed(office: Office, tmp_path: Path) -> Path:
    """The same, of a record that was sealed."""
    filing_id, settings = await _copied(office), Settings(var=tmp_path)
    async with office.pool.acquire() as connection:
        while await sequence(connection):
            pass
    await seal(office.pool, settings, "tests")
    published = LogFolder(settings.log_folder), signing_key(settings).verifier
    file = tmp_path / "sealed.zip"
    file.write_bytes(bundle_of(await record_of(office.pool, filing_id, published=published)))
    return file


def _edited(bundle: Path, edit: Callable[[dict[str, Any]], bool]) -> list[str]:
    """What is wrong once the first payload that ``edit`` changes is another one, in a bundle that is listed again."""
    with zipfile.ZipFile(bundle) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    index = json.loads(files["data/histories/index.json"])
    path = index[0]["file"]
    history = json.loads(files[path])
    assert any(_edit(payload, edit) for event in history["events"] for payload in _payloads(event))
    changed(bundle, bundle, {path: json.dumps(history).encode()})
    return [code for level, code, _ in verify(bundle).found if level == "wrong"]


def _payloads(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = value["payloads"] if isinstance(value.get("payloads"), list) else []
        return [*own, *(found for one in value.values() for found in _payloads(one))]
    return [found for one in value for found in _payloads(one)] if isinstance(value, list) else []


def _edit(payload: dict[str, Any], edit: Callable[[dict[str, Any]], bool]) -> bool:
    said = json.loads(base64.b64decode(payload["data"]))
    if not isinstance(said, dict) or not edit(said):
        return False
    payload["data"] = base64.b64encode(json.dumps(said).encode()).decode()
    return True


async def test_the_histories_of_a_filing_agree_with_its_events(bundle: Path) -> None:
    told = verify(bundle)
    assert told.code == 0
    (facts,) = [facts for _, code, facts in told.found if code == "histories"]
    assert facts["runs"] == 1
    assert facts["acts"] == facts["answers"] > 0


async def test_an_amount_that_was_edited_in_an_act_of_a_history_is_found(bundle: Path) -> None:
    def more(said: dict[str, Any]) -> bool:
        is_it = said.get("kind") == "report_sales"
        if is_it:
            said["sales"]["net_sales"] = "200000.01"
        return is_it

    assert _edited(bundle, more) == ["history_wrong", "history_wrong"]  # of the event, and of Temporal's own bytes


async def test_an_amount_that_was_edited_in_an_answer_of_a_history_is_found(bundle: Path) -> None:
    def more(said: dict[str, Any]) -> bool:
        is_it = "content_hash" in said and bool(said["determinations"])
        if is_it:
            said["determinations"][0]["result"][0]["amount"] = "6000.01"
        return is_it

    assert set(_edited(bundle, more)) == {"history_wrong"}


async def test_the_history_of_each_run_is_proved_to_be_in_the_tree_of_the_signed_checkpoint(sealed: Path) -> None:
    told = verify(sealed)
    assert told.code == 0
    codes = {code for _, code, _ in told.found}
    assert {"histories", "inclusion"} <= codes
    assert "history_not_sealed" not in codes
    with zipfile.ZipFile(sealed) as archive:
        proofs = [name for name in archive.namelist() if "/data/log/proofs/history-" in name]
    assert len(proofs) == 1


async def test_another_history_than_the_log_has_is_found_though_its_hashes_were_made_to_agree(
    sealed: Path, tmp_path: Path
) -> None:
    """Somebody leaves an act out of Temporal's bytes and the JSON, and writes the hash of the rest everywhere."""
    with zipfile.ZipFile(sealed) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    index = json.loads(files["data/histories/index.json"])
    (run,) = index
    history = json.loads(files[run["file"]])
    last = History.FromString(files[run["bytes_file"]])
    del history["events"][-1], last.events[-1]
    raw = last.SerializeToString()
    run["bytes_hash"] = run["history_hash"] = sha256(raw).hexdigest()
    forged = {run["file"]: json.dumps(history).encode(), run["bytes_file"]: raw}
    outside = {**forged, "data/histories/index.json": json.dumps(index).encode()}
    target = tmp_path / "forged.zip"
    assert ("wrong", "history_wrong", {"run": run["run_id"], "what": "data/log"}) in verify(
        changed(sealed, target, outside)
    ).found
    run["row"]["history_hash"] = run["history_hash"]
    inside = {**forged, "data/histories/index.json": json.dumps(index).encode()}
    assert ("wrong", "history_wrong", {"run": run["run_id"], "what": "data/log"}) in verify(
        changed(sealed, target, inside)
    ).found


async def test_a_history_that_was_copied_after_the_checkpoint_is_said_to_be_unproved(
    office: Office, tmp_path: Path
) -> None:
    await sales_are_reported_and_corrected(office.ask, await office.world("histories"))
    settings = Settings(var=tmp_path)
    await seal(office.pool, settings, "tests")
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    filing_id = await office.pool.fetchval("SELECT filing_id FROM filings WHERE kind = 'licence'")
    published = LogFolder(settings.log_folder), signing_key(settings).verifier
    file = tmp_path / "bundle.zip"
    file.write_bytes(bundle_of(await record_of(office.pool, filing_id, published=published)))
    told = verify(file)
    assert told.code == 0
    assert "history_not_sealed" in {code for level, code, _ in told.found if level == "unproved"}
