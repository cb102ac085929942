"""A bundle is checked by whoever has a bare Python, and one flipped bit anywhere in it is found."""

import random
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from audit.bundle.single import single_file
from audit.bundle.verifier.whole import verify
from audit.bundle.writing import bundle_of
from database.pool import Pool, open_pool
from tests.audit.bundle.bundles import TAKEN, checked_by_a_stranger, record_of, told
from tests.conftest import Database
from tests.lives.stories import sales_are_reported_and_corrected
from tests.lives.stories_of_money import a_receipt_is_reversed_after_the_lock, inventors_are_paid

CHANCES = 60


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.engine, 2) as pool:
        yield pool


@pytest.fixture
async def auditor(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.auditor, 2) as pool:
        yield pool


@pytest.fixture
async def bundle(engine: Pool, auditor: Pool, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Of a payout whose inventors were paid."""
    filings = await told(engine, inventors_are_paid, f"bundle {request.node.name}")
    file = tmp_path / "案卷.zip"
    file.write_bytes(bundle_of(await record_of(auditor, filings["payout"])))
    return file


@pytest.mark.parametrize(
    "story", [inventors_are_paid, sales_are_reported_and_corrected, a_receipt_is_reversed_after_the_lock]
)
async def test_every_kind_of_filing_is_checked_by_a_stranger_in_less_than_two_seconds(
    story: object, engine: Pool, auditor: Pool, tmp_path: Path
) -> None:
    program = tmp_path / "verify.py"
    program.write_text(single_file(), encoding="utf-8")
    # a story is any of several callables here
    for kind, filing_id in (await told(engine, story, f"stranger {story}")).items():  # type: ignore[arg-type]
        file = tmp_path / f"{kind}.zip"
        file.write_bytes(bundle_of(await record_of(auditor, filing_id)))
        checked = checked_by_a_stranger(program, file)
        assert checked.codes("wrong") == []
        assert checked.code == 0
        assert {"container", "files", "events", "answers", "documents", "ledger"} <= set(checked.codes("proved"))
        assert checked.seconds < 2


def test_an_unpacked_bundle_is_checked_by_the_program_in_it(bundle: Path, tmp_path: Path) -> None:
    program = _unpacked(bundle, tmp_path) / "verify.py"
    assert checked_by_a_stranger(program, program.parent).code == 0
    (program.parent / "data" / "note.txt").write_text("mine", encoding="utf-8")
    assert checked_by_a_stranger(program, program.parent).codes("wrong") == ["file_unlisted"]


async def test_the_same_record_gives_the_same_bytes(engine: Pool, auditor: Pool) -> None:
    filings = await told(engine, inventors_are_paid, "the same bytes")
    first, again = [bundle_of(await record_of(auditor, filings["payout"])) for _ in range(2)]
    assert first == again
    assert bundle_of(await record_of(auditor, filings["payout"], at=TAKEN + timedelta(days=1))) != first


def test_a_flipped_bit_in_any_member_is_found(bundle: Path, tmp_path: Path) -> None:
    folder = _unpacked(bundle, tmp_path)
    chance = random.Random(11)
    for member in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole = member.read_bytes()
        member.write_bytes(_flipped(whole, chance.randrange(8 * len(whole))))
        assert verify(folder).code != 0, member
        member.write_bytes(whole)
    assert verify(folder).code == 0


def test_a_flipped_bit_anywhere_in_the_zip_is_found(bundle: Path) -> None:
    whole, chance = bundle.read_bytes(), random.Random(11)
    bits = {chance.randrange(8 * len(whole)) for _ in range(CHANCES)}
    last = 8 * len(whole)
    for bit in sorted(bits | set(range(last - 8 * 120, last, 7)) | set(range(0, 8 * 60, 5))):
        bundle.write_bytes(_flipped(whole, bit))
        assert verify(bundle).code != 0, bit


def _flipped(body: bytes, bit: int) -> bytes:
    changed = bytearray(body)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _unpacked(bundle: Path, target: Path) -> Path:
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(target / "unpacked")
    (folder,) = (target / "unpacked").iterdir()
    return folder
