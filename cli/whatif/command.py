"""``whatif``: a scheme, or a change of one, over a table of facts of any number of claimants."""

from pathlib import Path

import click

from cli.ids import given_day
from cli.rules.subsidy import scheme_of
from cli.terminal import json_option
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.yuan import Yuan
from cli.whatif.known import why_not
from cli.whatif.output import left_out, put_document, put_tables, write_folder
from cli.whatif.run import WhatIf, run
from cli.whatif.table.cells import Cells
from cli.whatif.table.columns import columns_of
from cli.whatif.table.file import read_table
from cli.whatif.table.parties import COUNTERPARTY, OTHER_COUNTERPARTY, named, read_parties, with_parties
from schemas.schemes.inputs import CallWindow
from schemas.schemes.scheme import Scheme
from schemas.values.money import Money
from schemas.wire.form import filled

_REFUSED = 2


@worded_command("whatif")
@click.argument("facts", type=click.Path(path_type=Path))
@click.option("--scheme", required=True, metavar="ID|FILE")
@click.option("--against", metavar="ID|FILE")
@click.option("--parties", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--year", "years", type=Whole(1985, 2199), multiple=True)
@click.option("--budget", type=Yuan())
@click.option("--margin", type=Yuan(), default="10000", show_default=True)
@click.option("--call", type=(str, str), metavar="FIRST LAST")
@click.option("--out", "folder", type=click.Path(path_type=Path))
@json_option
def command(
    facts: Path,
    scheme: str,
    against: str | None,
    parties: Path | None,
    years: tuple[int, ...],
    budget: Money | None,
    margin: Money,
    call: tuple[str, str] | None,
    folder: Path | None,
    as_json: bool,
) -> int:
    """Applies a scheme to every row of FACTS (.csv or .parquet, see docs/whatif.md).

    Totals, budget and pro rata, caps and thresholds reached, winners and losers by region, kind and size, cliffs. Every
    amount is that of the one-by-one engine, to the fen. Rows that cannot be read are told and left out; exit code 2.
    """
    schemes = [scheme_of(one) for one in (scheme, against) if one is not None]
    window = None
    if call is not None:
        first_on, last_on = (given_day(day, "--call") for day in call)
        window = filled(CallWindow, {"first_on": first_on, "last_on": last_on})
    found = ask(facts, schemes, parties=parties, years=years, budget=budget, margin=margin, window=window)
    if folder is not None:
        write_folder(found, folder)
    if as_json:
        put_document(found, folder)
    else:
        put_tables(found)
    return _REFUSED if left_out(found) else 0


def ask(
    facts: Path,
    schemes: list[Scheme],
    *,
    parties: Path | None = None,
    years: tuple[int, ...] = (),
    budget: Money | None = None,
    margin: Money | None = None,
    window: CallWindow | None = None,
) -> WhatIf:
    """Reads the table and calculates each scheme; raises Refused as ``read_table``, ``read_parties`` and ``run`` do."""
    versions = [version for scheme in schemes for version in scheme.versions if version.amount is not None]
    # An element that only the one-by-one engine knows may look at any column.
    wanted = None if any(why_not(version) for version in versions) else columns_of(versions)
    if parties is None:
        table = named(read_table(facts, wanted))
    else:
        known = read_parties(parties)
        table = named(with_parties(read_table(facts, wanted and (*wanted, OTHER_COUNTERPARTY, COUNTERPARTY)), known))
    return run(
        schemes,
        Cells(table).facts(),
        years=years,
        budget=None if budget is None else budget.fen,
        margin=0 if margin is None else margin.fen,
        window=window,
    )
