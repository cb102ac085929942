"""The figures of a year: how many, how much, where, of which kind, on which terms, and how long each step took.

A thing belongs to the year of its legal day. Medians are the lower of two; means are whole days, half a day rounds up.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

from audit.papers.yearly.figures import Figure, Section, YearlyReport, amount, count, days
from audit.papers.yearly.gathering import DeclarationFacts, Gathered, LicenceFacts, Paid, PaidOut

T = TypeVar("T", DeclarationFacts, LicenceFacts)
_TERMS = ((1, "under_one_year"), (3, "one_to_three_years"), (5, "three_to_five_years"))
"""Whole years -> terms shorter than these; five years is where relief of income tax begins."""


class _Amount(NamedTuple):
    filing_id: UUID
    on: date
    fen: int


def statistics(found: Gathered, year: int) -> YearlyReport:
    """All sections, also those without a figure."""
    announced = [one for one in found.declarations if _in(one.announced_on, year)]
    effective = [one for one in found.licences if one.stands and _in(one.effective_on, year)]
    arrived = [
        _Amount(one.filing_id, paid.on, paid.fen)
        for one in found.licences
        for paid in one.receipts
        if _in(paid.on, year)
    ]
    rewarded, subsidised = _paid(found.payouts, year), _paid(found.settlements, year)
    sections = (
        Section(key="overview", drawn="numbers", figures=tuple(_overview(found, year, effective, arrived))),
        Section(
            key="money",
            drawn="numbers",
            figures=(
                _sum("money.arrived", "money_arrived", arrived),
                _sum("money.rewarded", "money_rewarded", rewarded),
                _sum("money.subsidised", "money_subsidised", subsidised),
            ),
        ),
        _by("announced_by_kind", announced, lambda one: one.patent_kind),
        _by("announced_by_form", announced, lambda one: one.form),
        _by("announced_by_region", announced, lambda one: one.region),
        _by("licences_by_kind", effective, lambda one: _declared(one).patent_kind if one.declaration else "not_stated"),
        _by("licences_by_form", effective, lambda one: _declared(one).form if one.declaration else "not_stated"),
        _by("licences_by_region", effective, lambda one: one.region),
        _by("licences_by_term", effective, _term),
        _by_month("arrived_by_month", arrived, year),
        _by_month("rewarded_by_month", rewarded, year),
        _of_schemes(found.settlements, year),
        Section(key="time_per_stage", drawn="bars", figures=tuple(_times(found, year))),
    )
    return YearlyReport(year=year, until_number=found.until_number, until_at=found.until_at, sections=sections)


def _in(day: date | None, year: int) -> bool:
    return day is not None and day.year == year


def _declared(one: LicenceFacts) -> DeclarationFacts:
    assert one.declaration is not None  # asked before
    return one.declaration


def _paid(found: Sequence[PaidOut], year: int) -> list[_Amount]:
    return [_Amount(one.filing_id, paid.on, paid.fen) for one in found for paid in one.payments if _in(paid.on, year)]


def _sum(key: str, label: str, parts: Sequence[_Amount]) -> Figure:
    return amount(key, label, [(one.filing_id, one.fen) for one in parts])


def _overview(
    found: Gathered, year: int, effective: Sequence[LicenceFacts], arrived: Sequence[_Amount]
) -> Iterator[Figure]:
    last = date(year, 12, 31)
    in_force = [
        one
        for one in found.declarations
        if one.announced_on and one.announced_on <= last and (one.ended_on is None or one.ended_on > last)
    ]
    several: dict[str, list[UUID]] = {}
    for one in effective:
        if one.declaration:
            several.setdefault(one.declaration.patent_number, []).append(one.filing_id)
    of_several = [filing for filings in several.values() if len(filings) > 1 for filing in filings]
    declared, licensed = found.declarations, found.licences
    yield count("declarations.submitted", "declarations_submitted", _of_year(declared, "submitted_on", year))
    yield count("declarations.announced", "declarations_announced", _of_year(declared, "announced_on", year))
    yield count("declarations.ended", "declarations_ended", _of_year(declared, "ended_on", year))
    yield count("declarations.in_force", "declarations_in_force", [one.filing_id for one in in_force])
    yield count("licences.noticed", "licences_noticed", _of_year(licensed, "received_on", year))
    yield count("licences.effective", "licences_effective", [one.filing_id for one in effective])
    yield count("licences.recorded", "licences_recorded", _of_year(licensed, "recorded_on", year))
    yield count("licences.registered", "licences_registered", _of_year(licensed, "registered_on", year))
    yield count("licences.of_shared_patents", "licences_of_shared_patents", of_several)
    free = [one.filing_id for one in effective if one.declaration and one.declaration.form == "free"]
    yield count("licences.free", "licences_free", free)
    yield count("licences.ended", "licences_ended", _of_year(licensed, "ended_on", year))
    yield count("receipts.licences", "licences_with_receipts", [one.filing_id for one in arrived])


def _of_year(found: Iterable[T], field: str, year: int) -> list[UUID]:
    return [one.filing_id for one in found if _in(getattr(one, field), year)]


def _by(key: str, found: Sequence[T], what: Callable[[T], str]) -> Section:
    """How many of each, the most first."""
    groups: dict[str, list[UUID]] = {}
    for one in found:
        groups.setdefault(what(one), []).append(one.filing_id)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return Section(
        key=key, drawn="bars", figures=tuple(count(f"{key}.{name}", name, filings) for name, filings in ordered)
    )


def _term(one: LicenceFacts) -> str:
    if one.term_ends_on is None or one.effective_on is None:
        return "until_the_patent_ends"
    # The last day is the corresponding day (D-06), so a term of n years ends on it and not the day before.
    begun, ends = one.effective_on, one.term_ends_on
    years = ends.year - begun.year - ((ends.month, ends.day) < (begun.month, begun.day))
    return next((label for below, label in _TERMS if years < below), "five_years_and_more")


def _by_month(key: str, parts: Sequence[_Amount], year: int) -> Section:
    months = [(month, [one for one in parts if one.on.month == month]) for month in range(1, 13)]
    figures = [_sum(f"{key}.{year}-{month:02d}", f"{year}-{month:02d}", found) for month, found in months]
    return Section(key=key, drawn="columns", figures=tuple(figures) if parts else ())


def _of_schemes(settlements: Sequence[PaidOut], year: int) -> Section:
    by_scheme: dict[str, list[_Amount]] = {}
    for one in settlements:
        by_scheme.setdefault(one.of, []).extend(_paid([one], year))
    figures = [_sum(f"subsidies_by_scheme.{name}", name, parts) for name, parts in sorted(by_scheme.items()) if parts]
    return Section(key="subsidies_by_scheme", drawn="bars", figures=tuple(figures))


def _times(found: Gathered, year: int) -> Iterator[Figure]:
    """Of steps that were finished in the year: median, mean and the longest."""
    arrived = {receipt: day for one in found.licences for receipt, day in one.arrived.items()}
    steps: dict[str, list[tuple[UUID, date | None, date | None]]] = {
        "submitted_to_announced": [(one.filing_id, one.submitted_on, one.announced_on) for one in found.declarations],
        "noticed_to_effective": [(one.filing_id, one.received_on, one.effective_on) for one in found.licences],
        "effective_to_recorded": [(one.filing_id, one.effective_on, one.recorded_on) for one in found.licences],
        "effective_to_registered": [(one.filing_id, one.effective_on, one.registered_on) for one in found.licences],
        "arrived_to_paid_out": [(one.filing_id, arrived.get(one.of), _last(one.payments)) for one in found.payouts],
    }
    for name, spans in steps.items():
        took = sorted(
            (max((until - since).days, 0), filing)
            for filing, since, until in spans
            if since and until and _in(until, year)
        )
        if took:
            lengths, filings = [length for length, _ in took], [filing for _, filing in took]
            mean = (2 * sum(lengths) + len(lengths)) // (2 * len(lengths))
            key = f"time_per_stage.{name}"
            yield days(f"{key}.median", f"{name}", lengths[(len(lengths) - 1) // 2], filings)
            yield days(f"{key}.mean", "mean_of_it", mean, filings)
            yield days(f"{key}.longest", "longest_of_it", lengths[-1], filings[-1:])


def _last(payments: Sequence[Paid]) -> date | None:
    return max((one.on for one in payments), default=None)
