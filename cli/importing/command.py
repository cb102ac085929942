"""``import``: a table of declarations; each bad row is told with its place and its remedy, the others go on."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, get_args
from uuid import UUID

import click

from cli.files.csv_file import Survey, survey
from cli.ids import given_id
from cli.importing.columns import COLUMNS
from cli.importing.rows import check_law, import_rows
from cli.output import json_option, json_text, shown
from runtime.settings import Settings
from schemas.standing.legal_clock import LegalClock
from schemas.values.refusal import Fault, Refusal
from texts.words import refusal_json, refusal_text

_FAULT, _REFUSED = 1, 2
_COLUMNS = "\n".join(
    f"  {one.name}{' *' if one.required else ''} ({'、'.join(one.zh)}): {one.about}" for one in COLUMNS
)


@click.command(
    "import",
    help=f"""Imports FILE.csv: one row is one declaration. 导入声明表，一行一件。

    A row with a stage takes over an existing declaration (R7): --by asks for it, --second countersigns; a row without
    one is a new submission. UTF-8 and GB18030 are read. A row that was taken is known by what it says:
    the same file again, or a mended one, does only what is not done yet.

    \b
    Columns, those with * are needed / 列（* 为必填）：
{_COLUMNS}
""",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Only reads the file and lists the bad rows; needs no server.")
@click.option("--by", metavar="PARTY", help="The operator who takes over existing declarations.")
@click.option("--second", metavar="PARTY", help="The operator who countersigns for it.")
@click.option(
    "--legal-clock",
    type=click.Choice(get_args(LegalClock)),
    default="acts",
    show_default=True,
    help="acts: days pass only by pass-day, so that old declarations catch up when you say so.",
)
@json_option
def import_csv(
    file: Path, check: bool, by: str | None, second: str | None, legal_clock: LegalClock, as_json: bool
) -> int:
    """The command; 2 when a row was refused."""
    operator, countersigner = given_id(by, "by") if by else None, given_id(second, "second") if second else None
    known = survey(file)
    with _Listing(known, as_json) as listing:
        if check:
            _check(file, known, operator, listing)
        else:
            asyncio.run(_import(file, known, operator, countersigner, legal_clock, listing))
    if listing.fault:
        return _FAULT
    return _REFUSED if listing.counts["refused"] else 0


def _check(file: Path, known: Survey, by: UUID | None, listing: "_Listing") -> None:
    from rules.law.calendar import Calendar

    calendar = Calendar.bundled()
    for row in import_rows(file, known, by):
        refusals = row.refusals or check_law(row, calendar)
        listing.add(row.line, "refused" if refusals else "good", refusals)


async def _import(
    file: Path, known: Survey, by: UUID | None, second: UUID | None, legal_clock: LegalClock, listing: "_Listing"
) -> None:
    from cli.importing.importing import Importer  # the Temporal SDK, which a check does not need
    from cli.session import opened
    from database.registers.parties import require_parties

    async with opened(Settings.read(), legal_clock) as session:
        async with session.pool.acquire() as connection:
            await require_parties(connection, *(one for one in (by, second) if one is not None))
        async for one in Importer(session, by, second).run(file, known):
            listing.add(one.line, one.outcome.value, one.refusals, one.warnings)


class _Listing:
    """Tells bad rows as they are found, so that a file of them is not kept in memory; one JSON document in the end."""

    def __init__(self, known: Survey, as_json: bool) -> None:
        self._known, self._as_json = known, as_json
        self.counts: Counter[str] = Counter()
        self.fault: Fault | None = None
        """What stopped an import whose JSON document was begun already: it is told there."""
        self._told = False

    def __enter__(self) -> "_Listing":
        return self

    def add(self, line: int, outcome: str, refusals: Iterable[Refusal], warnings: Iterable[Refusal] = ()) -> None:
        """One row's outcome."""
        self.counts[outcome] += 1
        for kind, reasons in (("refused", refusals), ("warned", warnings)):
            for one in reasons:
                self._tell(line, kind, one)

    def _tell(self, line: int, kind: str, one: Refusal) -> None:
        if self._as_json:
            entry = {"line": line, "kind": kind, **refusal_json(one)}
            print(",\n" if self._told else '{\n"rows": [\n', json_text(entry), sep="", end="")
        else:
            told = refusal_text(one)
            print(
                shown(f"第 {line} 行 / line {line} {one.where} [{told.article}] {one.code} ({kind})"),
                *(shown(f"  {text}") for text in (told.zh, told.en, f"→ {told.remedy_zh}", f"→ {told.remedy_en}")),
                sep="\n",
            )
        self._told = True

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if error is not None and not self._told:
            return False
        summary: dict[str, Any] = {
            "encoding": self._known.encoding,
            "file": self._known.hash,
            "lines": self._known.lines,
            "counts": dict(self.counts),
            "complete": error is None,
        }
        if self._as_json:
            if isinstance(error, Fault):
                self.fault = error
                summary["fault"] = {"whose": error.whose, "what": error.what, "retry": error.retry}
            opening = "\n],\n" if self._told else '{\n"rows": [],\n'
            print(opening, json_text(summary, indent=2)[2:], sep="")
        else:
            counts = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items())) or "0"
            print(f"编码 encoding: {summary['encoding']}\n行 rows: {counts}")
        return self.fault is not None
