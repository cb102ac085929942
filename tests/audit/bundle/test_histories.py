"""A bundle has what Temporal had, and an act or an answer that was edited in it is found."""

import base64
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audit.bundle.bag import bag, packed
from audit.bundle.verifier.whole import verify
from audit.bundle.writing import bundle_of
from audit.evidence.copying import Copier
from tests.audit.bundle.bundles import record_of
from tests.lives.office import Office
from tests.lives.stories import sales_are_reported_and_corrected


@pytest.fixture
async def bundle(office: Office, tmp_path: Path) -> Path:
    """Of a licence whose runs were copied, with Temporal asked for nothing more."""
    await sales_are_reported_and_corrected(office.ask, await office.world("histories"))
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    filing_id = await office.pool.fetchval("SELECT filing_id FROM filings WHERE kind = 'licence'")
    file = tmp_path / "bundle.zip"
    file.write_bytes(bundle_of(await record_of(office.pool, filing_id)))
    return file


def _edited(bundle: Path, edit: Callable[[dict[str, Any]], bool]) -> list[str]:
    """What is wrong once the first payload that ``edit`` changes is another one, in a bundle that is listed again."""
    with zipfile.ZipFile(bundle) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    index = json.loads(files["data/histories/index.json"])
    path = index[0]["file"]
    history = json.loads(files[path])
    assert any(_edit(payload, edit) for event in history["events"] for payload in _payloads(event))
    files[path] = json.dumps(history).encode()
    payload = {one.removeprefix("data/"): body for one, body in files.items() if one.startswith("data/")}
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    bundle.write_bytes(packed(bag(payload, {"verify.py": files["verify.py"]}, info), "bundle"))
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
