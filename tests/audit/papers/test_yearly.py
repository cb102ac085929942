"""The yearly report: every figure is what its filings make it, and the same report gives the same bytes."""

import json
from datetime import date
from pathlib import Path

import pytest

from audit.papers.yearly.figures import Figure, Section, YearlyReport
from audit.papers.yearly.gathering import Gathered, LicenceFacts, gather
from audit.papers.yearly.statistics import statistics
from audit.papers.yearly.writing import as_paper, document, write_report
from cli.demo.filings.filing import tell as told
from database.pool import Pool
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.lives.world import World
from texts.lines import line_rows


def _figure(report: YearlyReport, key: str) -> Figure:
    found = report.figure(key)
    assert found is not None, key
    return found


async def _report(auditor: Pool, year: int) -> YearlyReport:
    return statistics(await gather(auditor, year, lambda: None), year)


async def test_every_figure_leads_to_the_filings_that_it_counts(tell: Tell, auditor: Pool) -> None:
    names = ("inventors_are_paid", "a_subsidy_is_claimed_and_paid", "a_late_withdrawal_makes_a_licence_void")
    worlds = await tell(*(STORIES[name] for name in names))
    report = await _report(auditor, 2026)
    assert all(one.value == len(one.filings) for one in report.figures() if one.unit == "count")
    assert _figure(report, "declarations.announced").value == 3
    assert (_figure(report, "licences.noticed").value, _figure(report, "licences.effective").value) == (3, 2)
    paid = _figure(report, "money.rewarded")
    payout = await auditor.fetchval("SELECT filing_id FROM filings WHERE kind = 'payout' AND stage = 'tax_recorded'")
    assert (paid.shown, paid.filings) == ("5000.00", (payout,))
    arrived = await auditor.fetchval("SELECT sum(fen - reversed_fen) FROM receipts")
    assert _figure(report, "money.arrived").value == arrived
    by_month = [one for one in report.figures() if one.key.startswith("arrived_by_month.")]
    assert (len(by_month), sum(one.value for one in by_month)) == (12, arrived)
    assert _figure(await _report(auditor, 2025), "declarations.announced").value == 0
    assert worlds


async def test_where_a_party_sits_is_what_was_recorded_by_the_end_of_the_year(engine: Pool, auditor: Pool) -> None:
    desk, world = Desk(engine), await World("seats").write(engine)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world, FREE)))
    await told(desk.ask, licence, licence.give_notice())
    for since, region in (("2020-01-01", "hubei.wuhan"), ("2027-01-01", "guangdong.shenzhen")):
        await engine.execute(
            """INSERT INTO beneficiary_profiles (party_id, from_on, kind, region, stated_by)
               VALUES ($1, $2, 'enterprise', $3, $1)""",
            world.party("licensee"),
            date.fromisoformat(since),
            region,
        )
    report = await _report(auditor, 2026)
    assert _figure(report, "licences_by_region.hubei.wuhan").filings == (licence.filing_id,)
    assert _figure(report, "announced_by_region.not_stated").filings == (licence.declaration.filing_id,)
    assert _figure(report, "licences.free").filings == (licence.filing_id,)


def _licence(effective_on: str, ends_on: str) -> LicenceFacts:
    begun = date.fromisoformat(effective_on)
    return LicenceFacts(
        filing_id=World("terms").id(effective_on, ends_on),
        declaration=None,
        region="not_stated",
        stands=True,
        received_on=begun,
        effective_on=begun,
        recorded_on=None,
        registered_on=None,
        term_ends_on=date.fromisoformat(ends_on),
        ended_on=None,
        receipts=(),
        arrived={},
    )


@pytest.mark.parametrize(
    ("ends_on", "term"),
    [
        ("2027-03-14", "under_one_year"),
        ("2027-03-15", "one_to_three_years"),
        ("2031-03-14", "three_to_five_years"),
        ("2031-03-15", "five_years_and_more"),
    ],
)
def test_a_term_of_years_ends_on_the_corresponding_day(ends_on: str, term: str) -> None:
    found = statistics(Gathered(0, "", (), (_licence("2026-03-15", ends_on),), (), ()), 2026)
    assert _figure(found, f"licences_by_term.{term}").value == 1


def test_a_time_counts_in_the_year_in_which_it_ended_and_its_longest_names_its_filing() -> None:
    licences = tuple(_licence(f"2026-03-{day}", "2031-03-15") for day in ("10", "12", "20"))
    noticed = tuple(
        LicenceFacts(**{**vars(one), "received_on": date(2026, 3, 10)})  # ten days at most
        for one in licences
    )
    report = statistics(Gathered(0, "", (), noticed, (), ()), 2026)
    key = "time_per_stage.noticed_to_effective"
    assert [_figure(report, f"{key}.{what}").value for what in ("median", "mean", "longest")] == [2, 4, 10]
    assert _figure(report, f"{key}.longest").filings == (licences[2].filing_id,)


async def test_the_files_are_the_same_however_often_they_are_made(tell: Tell, auditor: Pool, tmp_path: Path) -> None:
    await tell(STORIES["inventors_are_paid"])
    report = await _report(auditor, 2026)
    first = write_report(report, tmp_path / "first", "zh")
    second = write_report(await _report(auditor, 2026), tmp_path / "second", "zh")
    assert [one.suffix for one in first] == [".json", ".pdf", ".xlsx"]
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in second]
    assert first[1].read_bytes().startswith(b"%PDF-")
    assert as_paper(report, "en") != as_paper(report, "zh")
    said = json.loads(document(report))
    figures = {one["key"]: one for section in said["sections"] for one in section["figures"]}
    assert figures["money.arrived"]["value"] == "10000.00"
    # the figure is there, or the test fails
    assert figures["licences.effective"]["filings"] == [str(report.figure("licences.effective").filings[0])]  # type: ignore[union-attr]
    with pytest.raises(FileExistsError):
        write_report(report, tmp_path / "first", "zh")


def test_what_stands_in_a_name_is_text_and_never_markup() -> None:
    figure = Figure(key="x", label='#panic("markup") $x$ *b* \\ "', unit="yuan", value=1, filings=())
    section = Section(key="subsidies_by_scheme", drawn="bars", figures=(figure,))
    assert as_paper(YearlyReport(year=2026, until_number=0, until_at="", sections=(section,)), "zh")


async def test_every_label_has_its_text_in_both_languages(tell: Tell, auditor: Pool) -> None:
    await tell(*(STORIES[name] for name in ("inventors_are_paid", "a_free_licence_runs_its_term")))
    report = await _report(auditor, 2026)
    known = line_rows("heads")
    named = [one for section in report.sections for one in (section.key, *(each.label for each in section.figures))]
    assert [one for one in named if one not in known and not one.startswith("2026-")] == []
