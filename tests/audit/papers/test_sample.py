"""The working paper: the same record, day and seed give the same bytes, and its totals tie to the ledger."""

import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from audit.papers.sample import Sample, draw_sample, write_paper
from database.pool import Pool
from tests.audit.forging import Forger
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES

DAY = date(2026, 12, 1)
TOLD = ("inventors_are_paid", "a_subsidy_is_claimed_and_paid", "a_declaration_is_taken_over_and_corrected")


async def _paper(auditor: Pool, path: Path, seed: int = 1, how_many: int = 3) -> Sample:
    found, of = await draw_sample(auditor, how_many, seed, DAY)
    write_paper(path, found, of, lambda key: key)
    return found


def _cells(path: Path, sheet: int) -> list[tuple[str, str]]:
    """(type, value) of the cells of a sheet, as a spreadsheet program reads them."""
    spaced = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(path) as archive:
        tree = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))  # noqa: S314  # our own file
        assert tree.findall(".//x:f", spaced) == [], "a formula"
    return [(one.get("t", "n"), one.findtext("x:v", "", spaced)) for one in tree.iterfind(".//x:c", spaced)]


async def test_the_same_seed_gives_the_same_paper_and_another_one_other_items(
    tell: Tell, auditor: Pool, tmp_path: Path
) -> None:
    await tell(*(STORIES[name] for name in TOLD))
    first = await _paper(auditor, tmp_path / "1.xlsx")
    assert first == await _paper(auditor, tmp_path / "2.xlsx")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    assert first.ties
    assert first.population_size == 5
    others = [await _paper(auditor, tmp_path / f"{seed}.xlsx", seed, 1) for seed in range(3, 12)]
    assert len({one.chosen[0].item.key for one in others}) > 1
    numbers = {value for kind, value in _cells(tmp_path / "1.xlsx", 2) if kind == "n"}
    assert {str(one.item.money).removesuffix(".00") for one in first.chosen} <= numbers, "an amount is a number"
    assert all(one.ask for one in first.chosen)


async def test_what_speaks_against_a_filing_makes_its_items_likelier(tell: Tell, auditor: Pool) -> None:
    worlds = await tell(STORIES["inventors_are_paid"], STORIES["a_reversal_after_payment_waits_for_a_decision"])
    assert worlds
    _, of = await draw_sample(auditor, 3, 1, DAY)
    with_override = [one for one in of.items if "overridden" in one.factors]
    assert {one.filing_kind for one in with_override} == {"payout"}
    assert all(one.size == abs(one.money.fen) * (1 + one.points) for one in of.items)
    _, plain = await draw_sample(auditor, 3, 1, DAY, by_risk=False)
    assert {one.points for one in plain.items} == {0}
    assert plain.hash != of.hash


async def test_a_ledger_that_says_something_else_is_told(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    await tell(STORIES["inventors_are_paid"])
    await tampering.execute("DELETE FROM filings WHERE kind = 'payout'")
    found, _ = await draw_sample(auditor, 3, 1, DAY)
    assert not found.ties
