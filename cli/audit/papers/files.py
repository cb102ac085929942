"""``audit sample``, ``tables`` and ``process``: files for auditors; none is ever written over."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import click

from audit.papers import process as logs
from audit.papers.sample import draw_sample, write_paper
from audit.papers.tables import write_tables
from cli.audit.questions.answering import Step, answered
from cli.files.given import unwritable
from cli.ids import given_day, today
from cli.output import head, json_option, put_json, put_pairs
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.mistakes import mistyped
from database.pool import Pool

_PATH = click.Path(path_type=Path)


@worded_command()
@click.option("--risk", "by_risk", is_flag=True)
@click.option("--size", type=Whole(1, 10_000), default=25, show_default=True, metavar="N")
@click.option("--seed", type=Whole(0, 10**18), default=1, show_default=True, metavar="N")
@click.option("--as-of", metavar="DAY")
@click.option("-o", "--out", "target", type=_PATH, required=True, metavar="PATH")
@json_option
def sample(by_risk: bool, size: int, seed: int, as_of: str | None, target: Path, as_json: bool) -> int:
    """A reproducible sample of movements of money as a working paper."""
    on = given_day(as_of, "--as-of") if as_of else today()
    found, of = answered(lambda pool, step: draw_sample(pool, size, seed, on, step, by_risk=by_risk))
    try:
        target.open("xb").close()
        write_paper(target, found, of, head)
    except OSError as error:
        raise unwritable(target, error) from error
    if as_json:
        put_json(found.model_dump(mode="json") | {"file": str(target)})
    else:
        put_pairs(
            "sample",
            {
                "file": target,
                "items": len(found.chosen),
                "chosen_total": found.chosen_total,
                "population_size": found.population_size,
                "population_hash": found.population_hash,
                "seed": found.seed,
                "total_in": found.total_in,
                "total_out": found.total_out,
                "ties_to_the_ledger": head("agrees" if found.ties else "differs"),
            },
        )
    return 0 if found.ties else 1


@worded_command()
@click.option("-o", "--out", "target", type=_PATH, required=True, metavar="DIR")
@json_option
def tables(target: Path, as_json: bool) -> None:
    """Six flat tables in the shape of ISO 21378."""
    _written(target, write_tables, as_json)


@worded_command()
@click.option("--ocel", type=_PATH, metavar="PATH")
@click.option("--xes", type=_PATH, metavar="PATH")
@json_option
def process(ocel: Path | None, xes: Path | None, as_json: bool) -> None:
    """All filings as an event log for process mining."""
    if (ocel is None) == (xes is None):
        raise mistyped("one_list_at_a_time", "--ocel --xes", options="--ocel, --xes")
    if ocel is not None:
        _written(ocel, logs.write_ocel, as_json)
    elif xes is not None:
        _written(xes, logs.write_xes, as_json)


def _written(target: Path, write: Callable[[Pool, Path, Step], Awaitable[dict[str, int]]], as_json: bool) -> None:
    try:
        counts = answered(lambda pool, step: write(pool, target, step))
    except OSError as error:
        raise unwritable(target, error) from error
    if as_json:
        put_json({**counts, "file": str(target)})
    else:
        put_pairs("exported", {"file": target, **counts})
