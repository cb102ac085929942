"""What people read in a bundle says the same as the record, and nothing of a person."""

import json
import re
import zipfile
from collections.abc import AsyncIterator, Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from audit.bundle.members import members_of
from audit.bundle.reading import FOR_THE_COURT, reading_of
from audit.bundle.readme import WORKBOOK
from audit.bundle.record import FilingRecord
from audit.bundle.workbook import workbook_of
from audit.bundle.writing import bundle_of
from database.pool import Pool, open_pool
from database.registers.parties import erase
from tests.architecture.sources import ROOT, sources
from tests.audit.bundle.bundles import SECRET, record_of, told
from tests.cli.language import mixed
from tests.conftest import Database
from tests.lives.stories_of_money import a_subsidy_is_claimed_and_paid, inventors_are_paid
from texts.bundle import bundle_rows
from texts.lines import Language


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.engine, 2) as pool:
        yield pool


@pytest.fixture
async def auditor(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.auditor, 2) as pool:
        yield pool


@pytest.fixture
async def payout(engine: Pool, auditor: Pool, request: pytest.FixtureRequest) -> FilingRecord:
    """Of two inventors who were paid; one payment came back and was made again."""
    filings = await told(engine, inventors_are_paid, f"pages {request.node.name}")
    return await record_of(auditor, filings["payout"])


def _sheets(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        return {
            name: archive.read(f"xl/worksheets/sheet{place}.xml").decode() for place, name in enumerate(names, start=1)
        }


async def test_the_amounts_of_the_workbook_are_numbers_that_tie_to_the_ledger(payout: FilingRecord) -> None:
    sheets = _sheets(workbook_of(payout))
    *postings, total = [Decimal(one) for one in _cells(sheets["账目 Ledger"], "G")]
    assert postings == [Decimal(row.fen) / 100 for row in payout.postings]
    assert total == sum(postings) == 0
    *balances, all_of_them = [Decimal(one) for one in _cells(sheets["余额 Accounts"], "C")]
    assert sorted(balances) == sorted([Decimal(5000), Decimal(0), Decimal(0), Decimal(-5000)])
    assert all_of_them == 0
    assert "SUMIF" in sheets["余额 Accounts"]


def _cells(sheet: str, column: str) -> Iterator[str]:
    """The numbers of a column, without those of texts."""
    for attributes, value in re.findall(rf'<c r="{column}\d+"([^>]*)>(?:<f>[^<]*</f>)?<v>([^<]+)</v>', sheet):
        if 't="s"' not in attributes:
            yield value


async def test_the_record_tells_every_event_in_legal_order_and_each_step_of_the_money(payout: FilingRecord) -> None:
    shown = reading_of(payout, "zh")
    assert sorted(one["version"] for one in shown["story"]) == sorted(f"#{link.version}" for link in payout.links)
    assert [one["on"] for one in shown["story"]] == sorted(link.legal_on.isoformat() for link in payout.links)
    assert all(one["article"] for one in shown["story"])
    (first, _) = shown["determinations"]
    assert first["sum"] == "5000.00"
    assert [row["yuan"] for row in first["lines"]] == ["3000.00", "2000.00"]
    assert {row["name"] for row in first["reads"]} == {"国家.报酬最低比例", "国家.净收入扣除的成本"}


async def test_the_page_for_courts_answers_each_factor_in_both_languages(payout: FilingRecord) -> None:
    for language in ("zh", "en"):
        points = reading_of(payout, language, FOR_THE_COURT)["court"]
        assert len(points) == 7
        assert all(len(answer) > 1 for point in points for answer in point["answers"])


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_page_is_told_in_one_language(payout: FilingRecord, language: Language) -> None:
    names = [one.public_name for one in payout.parties if one.public_name]
    names += [value for event in payout.links for value in _texts(event.body)]
    names.append(payout.system.schema)  # the name of a migration, which is typed
    told = "\n".join(_texts(reading_of(payout, language)))
    found = mixed(told, language, sorted(names, key=len, reverse=True))
    assert not found, "\n".join(found)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping | list | tuple):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


async def test_no_chinese_or_english_page_lacks_its_font(payout: FilingRecord) -> None:
    files = members_of(payout, {})
    papers = {path: body for path, body in files.items() if path.endswith(".pdf")}
    assert len(papers) == 4
    for body in papers.values():
        assert body.startswith(b"%PDF-")
        assert b"NotoSansSC" in body
    assert WORKBOOK in files


async def test_nothing_of_a_person_is_in_a_bundle_and_what_was_erased_is_said(engine: Pool, auditor: Pool) -> None:
    filings = await told(engine, a_subsidy_is_claimed_and_paid, "pages erased")
    before = await record_of(auditor, filings["settlement"])
    person = next(one.party_id for one in before.parties if one.kind == "person")
    other = next(one.party_id for one in before.parties if one.kind == "person" and one.party_id != person)
    assert [one.erased_at for one in before.parties] == [None] * len(before.parties)
    async with engine.acquire() as connection:
        assert await erase(connection, person, other, "operator")
    after = await record_of(auditor, filings["settlement"], by=other)
    said = next(one for one in after.parties if one.party_id == person)
    assert (said.erased_by, said.erased_as) == (other, "operator")
    for language in ("zh", "en"):
        (sentence,) = reading_of(after, language)["erased"]
        assert str(person) in sentence
    whole = b"".join(_unpacked(bundle_of(after)))
    assert str(person).encode() in whole
    for word in SECRET.split():
        assert word.encode() not in whole


def _unpacked(bundle: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        for name in archive.namelist():
            yield archive.read(name)


async def test_documents_can_be_left_out_and_the_record_says_so(engine: Pool, auditor: Pool) -> None:
    filings = await told(engine, inventors_are_paid, "pages without documents")
    record = await record_of(auditor, filings["payout"], with_documents=False)
    cards = json.loads(members_of(record, {})["documents/documents.json"])
    assert cards
    assert {card["file"] for card in cards} == {None}
    assert any(str(len(cards)) in one for one in reading_of(record, "en")["limits"])


def test_every_text_of_the_pages_is_shown_somewhere() -> None:
    made = ("rule_", "account_", "origin_", "court_", "outcome_", "related_")
    written = "".join(one.text for one in sources() if one.folder == "audit")
    written += (ROOT / "audit" / "bundle" / "reading.typ").read_text(encoding="utf-8")
    unused = [key for key in bundle_rows() if not key.startswith(made) and not re.search(rf"\b{key}\b", written)]
    assert unused == []
