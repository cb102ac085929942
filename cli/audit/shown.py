"""What proofs print: counts and differences, and on a terminal how far they are."""

import sys
from collections.abc import Mapping, Sequence

from audit.report import Difference, Report
from audit.sides.table import Side
from cli.output import head, put_json, put_pairs, put_table, sentence
from cli.reads.recorded import path_said, recorded

_CLEARED = "\r\033[K"


def put_report(report: Report, *, as_json: bool, sides: Mapping[Side, Sequence[Difference]] | None = None) -> int:
    """The outcome; the exit code, 0 only if everything agreed. ``sides``: a table for what each side has alone."""
    if as_json:
        alone = {side: [one.as_json() for one in found] for side, found in (sides or {}).items()}
        put_json({**report.as_json(), **({} if sides is None else {"alone": alone})})
        return 0 if report.ok else 1
    put_pairs("agrees" if report.ok else "differs", report.counts)
    if report.pending:
        put_table(
            "pending",
            ("filing", "deadline", "was", "will_be"),
            [(one.filing_id, recorded("key", one.key), one.was, one.now) for one in report.pending],
        )
    if report.erased:
        put_table(
            "erased",
            ("party", "since", "who", "role"),
            [(one.party_id, one.erased_at, one.erased_by, one.role) for one in report.erased],
        )
    if report.set_backs:
        put_table(
            "set_backs",
            ("position", "at", "said_by", "reason"),
            [(f"{one.first}–{one.end - 1}", one.at, one.said_by, one.reason) for one in report.set_backs],
        )
    if report.waiting:
        put_table(
            "waiting",
            ("what_2", "count", "oldest_seconds", "ahead_of_the_clock"),
            [(head(what), *found.values()) for what, found in report.waiting.items()],
        )
    tables = {"differences": report.differences} if sides is None else {f"alone_{one}": sides[one] for one in sides}
    for headed, found in tables.items():
        if found:
            _put_differences(headed, found)
    return 0 if report.ok else 1


def _put_differences(headed: str, found: Sequence[Difference]) -> None:
    put_table(
        headed,
        ("filing", "where", "proved", "found", "between"),
        [
            (
                one.filing_id,
                path_said(one.where),
                recorded("proved", one.proved),
                recorded("found", one.found),
                one.between and " – ".join(one.between),
            )
            for one in found
        ],
    )


def progress(what: str, done: int) -> None:
    """One line of a terminal, drawn anew; nothing where nobody watches."""
    if sys.stderr and sys.stderr.isatty():
        print(f"{_CLEARED}{sentence(what, done=done)}", end="", file=sys.stderr, flush=True)


def progress_ends() -> None:
    """Takes the line away."""
    if sys.stderr and sys.stderr.isatty():
        print(_CLEARED, end="", file=sys.stderr, flush=True)
