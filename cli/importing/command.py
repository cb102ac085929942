"""``import``: a table of declarations; each bad row is told with its place and its remedy, the others go on."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, get_args
from uuid import UUID

import click

from cli.ids import given_id
from cli.output import head, json_option, json_text, reason_lines, sentence, shown
from cli.typed.commands import Command
from cli.typed.kinds import Choice
from client.files.csv_file import Survey, records, survey
from client.importing.columns import COLUMNS
from client.importing.rows import check_law, import_rows
from runtime.settings import Settings
from schemas.standing.legal_clock import LegalClock
from schemas.values.refusal import Fault, Refusal
from texts.lines import Language, line_text
from texts.words import refusal_json

_FAULT, _REFUSED = 1, 2


class _Import(Command):
    """Explains itself with the columns that there are."""

    def about(self, path: str, language: Language) -> str:
        """What it does, and the columns."""
        columns = [
            f"  {name}{' *' if required else ''} ({'、'.join(zh)}): {line_text('columns', name, language)}"
            for name, zh, required in COLUMNS
        ]
        return "\n".join([super().about(path, language), "", line_text("sentences", "columns", language), *columns])


@click.command("import", cls=_Import)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True)
@click.option("--by", metavar="PARTY")
@click.option("--second", metavar="PARTY")
@click.option("--legal-clock", type=Choice(get_args(LegalClock)), default="acts", show_default=True)
@json_option
def import_csv(
    file: Path, check: bool, by: str | None, second: str | None, legal_clock: LegalClock, as_json: bool
) -> int:
    """The command; 2 when a row was refused."""
    operator, countersigner = given_id(by, "--by") if by else None, given_id(second, "--second") if second else None
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
    from rules.declaration.guards import guard_alone  # the rules, which an import does not need here

    for row in import_rows(records(file, known), str(file), by):
        refusals, warnings = check_law(row, guard_alone)
        listing.add(row.line, "refused" if refusals else "good", refusals, () if refusals else warnings)


async def _import(
    file: Path, known: Survey, by: UUID | None, second: UUID | None, legal_clock: LegalClock, listing: "_Listing"
) -> None:
    from cli.session import opened
    from client.importing.importing import Importer  # the Temporal SDK, which a check does not need
    from database.registers.parties import require_parties

    async with opened(Settings.read(), legal_clock) as session:
        async with session.pool.acquire() as connection:
            await require_parties(connection, *(one for one in (by, second) if one is not None))
        importer = Importer(session.pool, session.ask, session.of_installation().ask, by, second)
        async for one in importer.run(file.name, records(file, known)):
            listing.add(one.line, one.outcome.value, one.refusals, one.warnings)


class _Listing:
    """Tells bad rows as they are found, so that a file of them is not kept in memory; one JSON document in the end."""

    def __init__(self, known: Survey, as_json: bool) -> None:
        self._known, self._as_json = known, as_json
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        """Code -> how many rows were refused for it; a row can have several."""
        self.fault: Fault | None = None
        """What stopped an import whose JSON document was begun already: it is told there."""
        self._told = False

    def __enter__(self) -> "_Listing":
        return self

    def add(self, line: int, outcome: str, refusals: Iterable[Refusal], warnings: Iterable[Refusal] = ()) -> None:
        """One row's outcome."""
        self.counts[outcome] += 1
        refusals = tuple(refusals)
        self.reasons.update({one.code for one in refusals})
        for kind, reasons in (("refused", refusals), ("warned", warnings)):
            for one in reasons:
                self._tell(line, kind, one)

    def _tell(self, line: int, kind: str, one: Refusal) -> None:
        if self._as_json:
            entry = {"line": line, "kind": kind, **refusal_json(one)}
            print(",\n" if self._told else '{\n"rows": [\n', json_text(entry), sep="", end="")
        else:
            title = f"{sentence('line', n=line)} {sentence('warning' if kind == 'warned' else kind)}"
            print(*map(shown, reason_lines(one, title)), sep="\n")
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
            "refused_for": dict(self.reasons.most_common()),
            "complete": error is None,
        }
        if self._as_json:
            if isinstance(error, Fault):
                self.fault = error
                summary["fault"] = {"whose": error.whose, "what": error.what, "retry": error.retry}
            opening = "\n],\n" if self._told else '{\n"rows": [],\n'
            print(opening, json_text(summary, indent=2)[2:], sep="")
        else:
            counts = ", ".join(f"{head(name)} {count}" for name, count in sorted(self.counts.items())) or "0"
            print(f"{head('encoding')}: {summary['encoding']}\n{head('rows')}: {counts}")
            for code, rows in self.reasons.most_common():
                print(f"{sentence('refused')} {code}: {rows}")
        return self.fault is not None
