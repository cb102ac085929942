"""``audit outside``: the list of a bank, a treasury, the Gazette or a registry beside our record."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import click

from audit.questions import outside as others
from audit.questions.outside import Alone, Outside
from cli.audit.questions.answering import answered
from cli.audit.questions.lists import BANK, GAZETTE, REGISTRATIONS, TREASURY, ListKind, read_list
from cli.output import head, json_option, put_json, put_pairs, put_reasons, put_table
from cli.typed.commands import worded_command
from cli.typed.mistakes import mistyped
from database.pool import Pool
from texts.words import refusal_json

Compare = Callable[[Pool, Iterable[Any]], Awaitable[Outside]]
_LISTS: dict[str, tuple[ListKind[Any], Compare]] = {
    "bank": (BANK, others.compare_bank),
    "treasury": (TREASURY, others.compare_treasury),
    "gazette": (GAZETTE, others.compare_gazette),
    "registrations": (REGISTRATIONS, others.compare_registrations),
}
_FILE = click.Path(path_type=Path)


@worded_command()
@click.option("--bank", type=_FILE, metavar="LIST")
@click.option("--treasury", type=_FILE, metavar="LIST")
@click.option("--gazette", type=_FILE, metavar="LIST")
@click.option("--registrations", type=_FILE, metavar="LIST")
@json_option
def outside(as_json: bool, **files: Path | None) -> int:
    """A list of others beside our record: what each side has alone, and what differs."""
    given = {name: path for name, path in files.items() if path is not None}
    if len(given) != 1:
        raise mistyped("one_list_at_a_time", " ".join(f"--{name}" for name in files), options=", ".join(_options()))
    ((name, path),) = given.items()
    kind, compare = _LISTS[name]
    read = read_list(path, kind)
    found = answered(lambda pool, _: compare(pool, read.entries))
    if as_json:
        refused = [{"line": line, "refusals": [refusal_json(one) for one in why]} for line, why in read.refused]
        put_json(found.model_dump(mode="json") | {"refused_lines": refused})
    else:
        _put(found)
        for line, why in read.refused:
            put_reasons("refused", [one.but(where=f"{line} {one.where}".strip()) for one in why], error=False)
    return 0 if found.ok and not read.refused else 1


def _options() -> list[str]:
    return [f"--{name}" for name in _LISTS]


def _put(found: Outside) -> None:
    put_pairs("agrees" if found.ok else "differs", {**found.counts, "since": found.first_on, "until": found.last_on})
    for title, rows in (
        ("only_theirs", found.only_theirs),
        ("only_ours", found.only_ours),
        ("told_twice", found.twice),
    ):
        if rows:
            put_table(
                head(title),
                ("line_2", "number_of_it", "legal_day", "yuan", "party", "filing"),
                [_row(one) for one in rows],
            )
    if found.differing:
        put_table(
            "differences",
            ("line_2", "number_of_it", "where", "theirs", "ours", "filing"),
            [(one.line, one.key, head(one.field), one.theirs, one.ours, one.filing_id) for one in found.differing],
        )


def _row(one: Alone) -> tuple[object, ...]:
    return one.line, one.key, one.on, one.amount, one.party, one.filing_id
