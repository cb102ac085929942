"""``audit report``: the yearly report, and the filings behind each of its figures."""

from pathlib import Path

import click
from click.core import ParameterSource

from audit.papers.yearly.figures import YearlyReport
from audit.papers.yearly.gathering import gather
from audit.papers.yearly.statistics import statistics
from audit.papers.yearly.writing import words_in, write_report
from cli.audit.questions.answering import Step, answered
from cli.files.given import unwritable
from cli.output import json_option, put_json, put_pairs, put_table
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped
from client.meant import told_nearest
from database.pool import Pool
from schemas.values.refusal import refuse


@worded_command()
@click.option("--year", type=Whole(1985, 2199), required=True, metavar="YEAR")
@click.option("-o", "--out", "target", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--figure", metavar="KEY")
@json_option
def report(year: int, target: Path | None, figure: str | None, as_json: bool) -> None:
    """The yearly report as PDF, XLSX and JSON; or the filings behind one of its figures."""
    if (target is None) == (figure is None):
        raise mistyped("one_list_at_a_time", "--out --figure", options="--out, --figure")

    async def ask(pool: Pool, step: Step) -> YearlyReport:
        return statistics(await gather(pool, year, step), year)

    found = answered(ask)
    if target is None:
        _put_figure(found, figure or "", as_json)
        return
    # A province reports in Chinese, whatever the terminal of whoever makes it speaks.
    is_said = click.get_current_context().get_parameter_source("lang") is ParameterSource.COMMANDLINE
    try:
        files = write_report(found, target, spoken() if is_said else "zh")
    except OSError as error:
        raise unwritable(target, error) from error
    if as_json:
        put_json({"files": [str(one) for one in files], "figures": {one.key: one.shown for one in found.figures()}})
    else:
        words = words_in(spoken())
        put_table(
            "figures",
            ("section", "figure", "value", "unit", "key_of_figure"),
            [
                (words(section.key), words(one.label), one.shown, words(f"unit_{one.unit}"), one.key)
                for section in found.sections
                for one in section.figures
            ],
        )
        put_pairs("files", {one.suffix.removeprefix("."): one for one in files})


def _put_figure(found: YearlyReport, key: str, as_json: bool) -> None:
    figure = found.figure(key)
    if figure is None:
        raise refuse(
            "figure_unknown", "--figure", key=key, nearest=told_nearest(key, (one.key for one in found.figures()))
        )
    if as_json:
        put_json({"key": key, "value": figure.shown, "unit": figure.unit, "filings": figure.filings})
    else:
        put_table("filings_behind", ("filing",), [(one,) for one in figure.filings])
