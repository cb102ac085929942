"""The report as files: PDF, XLSX and JSON of the same figures. The same report gives the same bytes."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from audit.papers.workbook import Workbook
from audit.papers.yearly.figures import Figure, Section, YearlyReport
from schemas.values.money import Money
from schemas.values.regions import REGIONS
from texts.lines import Language, line_rows, line_text
from texts.words import name_of

_TEMPLATE = Path(__file__).with_name("report.typ")
_FONTS = "pylopdf_fonts_zh_cn"
_WHOLE = 1000


def document(report: YearlyReport) -> bytes:
    """The JSON: every figure with its filings; amounts are yuan as text."""
    sections = [
        {
            "key": section.key,
            "figures": [
                {
                    "key": one.key,
                    "label": one.label,
                    "unit": one.unit,
                    "value": one.shown if one.unit == "yuan" else one.value,
                    "filings": [str(filing) for filing in one.filings],
                }
                for one in section.figures
            ],
        }
        for section in report.sections
    ]
    about = {"year": report.year, "until_number": report.until_number, "until_at": report.until_at}
    return (json.dumps({**about, "sections": sections}, ensure_ascii=False, indent=1) + "\n").encode()


def write_report(report: YearlyReport, folder: Path, language: Language) -> tuple[Path, ...]:
    """The three files; raises OSError, also where one is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"open-licence-{report.year}.{suffix}" for suffix in ("json", "pdf", "xlsx"))
    for path in paths:
        path.open("xb").close()
    as_json, as_pdf, as_xlsx = paths
    as_json.write_bytes(document(report))
    as_pdf.write_bytes(as_paper(report, language))
    _write_workbook(report, as_xlsx, words_in(language))
    return paths


def words_in(language: Language) -> Callable[[str], str]:
    """A text by its key, a region by its place; what has none (a scheme, a month) is shown as it is called."""

    def words(key: str) -> str:
        if key in line_rows("heads"):
            return line_text("heads", key, language)
        return name_of("regions", key, language) if key.partition(".")[0] in REGIONS else key

    return words


def as_paper(report: YearlyReport, language: Language) -> bytes:
    """The PDF. What is said goes in as data, never as markup: whatever stands in it, it is text."""
    words = words_in(language)
    data = {
        "lang": language,
        "title": words("yearly_report"),
        "year": str(report.year),
        "about": [
            [words("until_number"), str(report.until_number)],
            [words("until_at"), report.until_at],
            [words("hash_of_figures"), sha256(document(report)).hexdigest()],
        ],
        "note": words("yearly_note"),
        "page": words("page_of"),
        "sections": [_drawn(section, words) for section in report.sections if section.figures],
    }
    found = find_spec(_FONTS)
    places = [Path(one) for one in found.submodule_search_locations or ()] if found is not None else []
    pdf: bytes = typst.compile(
        _TEMPLATE,
        format="pdf",
        font_paths=places,
        ignore_system_fonts=True,  # another machine has others, and the bytes would not be the same
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return pdf


def _drawn(section: Section, words: Callable[[str], str]) -> dict[str, Any]:
    largest = max((abs(one.value) for one in section.figures), default=0)
    return {
        "title": words(section.key),
        "drawn": section.drawn,
        "unit": words(f"unit_{section.figures[0].unit}"),
        "rows": [
            {
                "label": one.label.partition("-")[2] if section.drawn == "columns" else words(one.label),
                "shown": _grouped(one),
                "part": abs(one.value) * _WHOLE // largest if largest else 0,
            }
            for one in section.figures
        ],
    }


def _grouped(one: Figure) -> str:
    return f"{Money(one.value).yuan:,.2f}" if one.unit == "yuan" else f"{one.value:,}"


def _write_workbook(report: YearlyReport, path: Path, words: Callable[[str], str]) -> None:
    with Workbook(path) as book:
        heads = [words(one) for one in ("section", "figure", "value", "unit", "filings_counted", "key_of_figure")]
        book.sheet(f"{words('figures')} {report.year}", heads, _rows(report, words))
        heads = [words(one) for one in ("key_of_figure", "filing")]
        opened = ((one.key, str(filing)) for one in report.figures() for filing in one.filings)
        book.sheet(words("filings_behind"), heads, opened)


def _rows(report: YearlyReport, words: Callable[[str], str]) -> Iterator[tuple[Any, ...]]:
    for section in report.sections:
        for one in section.figures:
            value = Money(one.value) if one.unit == "yuan" else one.value
            unit = words(f"unit_{one.unit}")
            yield words(section.key), words(one.label), value, unit, len(one.filings), one.key
