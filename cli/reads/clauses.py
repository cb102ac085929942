"""``clauses`` and ``yuan``: from a line of money to the clauses that made it, and from a clause to all its money."""

import asyncio
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import click

from cli.output import console, head, json_option, named, put_json, put_table, put_under, sentence
from cli.reading import reading
from cli.reads.filters import check_clause, check_filing
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from client.meant import filing_meant
from database.reads.clauses import (
    ClauseLine,
    DeterminedClause,
    LedgerOfLine,
    RecordedSteps,
    clauses_of,
    ledger_of,
    lines_by_clause,
    steps_of,
)
from runtime.settings import Settings
from schemas.values.money import Money
from schemas.values.refusal import nearest_first, refuse
from texts.citations import article_in
from texts.traces.told import cited_in, key_in, step_in


@worded_command()
@click.argument("filing", metavar="FILING")
@click.option("--line", metavar="NAME")
@click.option("--all", "with_superseded", is_flag=True)
@json_option
def clauses(filing: str, line: str | None, with_superseded: bool, as_json: bool) -> None:
    """The clauses behind each line of money of FILING, and what the ledger says of it."""
    filing_id, found, ledger, steps = asyncio.run(_of_filing(filing))
    determined = list(_by_line(found))
    lines = [
        _line(rows, _before(rows[0], determined), ledger, steps[rows[0].version, rows[0].ordinal])
        for rows in determined
    ]
    shown = [one for one in lines if with_superseded or one["due"] is not None]
    if line is not None:
        shown = [one for one in shown if one["line"] in (line, *line.split(":"))]
        if not shown:
            known = ", ".join(nearest_first(line, dict.fromkeys(one["line"] for one in lines))) or "-"
            raise refuse("no_such_line", "--line", line=line, filing_id=filing_id, known=known)
    if as_json:
        put_json({"filing_id": filing_id, "lines": shown})
    else:
        for one in shown:
            _put_line(one)
        console().print(f"{filing_id}: {len(shown)} {head('lines')}")


@worded_command()
@click.option("--provision", required=True, metavar="TEXT")
@click.option("--instrument", metavar="TEXT")
@json_option
def yuan(provision: str, instrument: str | None, as_json: bool) -> None:
    """All lines of money that a clause made, with what is due and what was paid."""
    found = asyncio.run(_by_clause(provision, instrument))
    clauses_found = [
        {"provision": name, "instrument": where, **_totals(rows), "lines": [_of_clause(one) for one in rows]}
        for (name, where), rows in _grouped(found)
    ]
    # A line that rests on two of the clauses is one line.
    once = {(one.filing_id, one.rule, one.subject, one.line): one for one in found}
    if as_json:
        put_json({"clauses": clauses_found, "total": _totals(list(once.values()))})
        return
    language = spoken()
    for clause in clauses_found:
        put_table(
            f"{article_in(clause['provision'], language)} [{article_in(clause['instrument'] or '-', language)}]: "
            f"{clause['count']} {head('lines')}, "
            f"{head('due_2')} {clause['due']}, {head('paid_2')} {clause['paid']}",
            ("filing", "rule", "as_of", "line", "due_2", "paid_2", "values"),
            [
                (
                    f"{named('kinds', one['kind'])} {one['filing_id']}",
                    key_in(one["rule"], language),
                    one["as_of"],
                    f"{key_in(one['line'], language)}{'' if one['stands'] else ' (' + head('no_longer_stands') + ')'}",
                    one["due"],
                    one["paid"],
                    ", ".join(key_in(name, language) for name in one["parameters"]),
                )
                for one in clause["lines"]
            ],
        )
    totals = _totals(list(once.values()))
    console().print(
        f"{head('total')}: {totals['count']} {head('lines')}, "
        f"{head('due_2')} {totals['due']}, {head('paid_2')} {totals['paid']}"
    )


async def _of_filing(
    text: str,
) -> tuple[UUID, list[DeterminedClause], list[LedgerOfLine], dict[tuple[int, int], RecordedSteps]]:
    async with (
        reading(Settings.read()) as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        filing_id, _ = await filing_meant(connection, text)
        await check_filing(connection, filing_id, "FILING")
        steps = {(one.version, one.ordinal): one for one in await steps_of(connection, filing_id)}
        return filing_id, await clauses_of(connection, filing_id), await ledger_of(connection, filing_id), steps


async def _by_clause(provision: str, instrument: str | None) -> list[ClauseLine]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        found = await lines_by_clause(connection, provision, instrument)
        if not found:
            await check_clause(connection, provision, instrument)
        return found


def _by_line(found: Iterable[DeterminedClause]) -> Iterable[list[DeterminedClause]]:
    return (list(rows) for _, rows in groupby(found, lambda one: (one.version, one.ordinal, one.line)))


def _before(one: DeterminedClause, determined: Iterable[Sequence[DeterminedClause]]) -> dict[str, Any] | None:
    """What the last determination before it said of the same line."""
    earlier = [
        rows[0]
        for rows in determined
        if (rows[0].rule, rows[0].subject, rows[0].line) == (one.rule, one.subject, one.line)
        and (rows[0].version, rows[0].ordinal) < (one.version, one.ordinal)
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda row: (row.version, row.ordinal))
    return {"determined": str(Money(last.fen)), "as_of": last.as_of, "version": last.version}


def _line(
    rows: Sequence[DeterminedClause], before: dict[str, Any] | None, ledger: Iterable[LedgerOfLine], made: RecordedSteps
) -> dict[str, Any]:
    """One line with its clauses; ``due`` and ``paid`` are None where a later determination has the line."""
    one = rows[0]
    is_last = one.due_fen is not None and one.paid_fen is not None
    return {
        "line": one.line,
        "rule": one.rule,
        "subject": one.subject,
        "as_of": one.as_of,
        "version": one.version,
        "stands": one.stands,
        "superseded_by": one.superseded_by,
        "determined": str(Money(one.fen)),
        "before": before,
        "due": str(Money(one.due_fen)) if one.due_fen is not None else None,
        "paid": str(Money(one.paid_fen)) if one.paid_fen is not None else None,
        "receipt_id": made.receipt_id,
        "bank_line": made.bank_key,
        "steps": [step.model_dump(mode="json") for step in made.steps],
        "clauses": [
            {
                "provision": row.provision,
                "instrument": row.instrument,
                "parameter": row.parameter,
                "value": row.value,
                "since": row.since,
                "mark": row.mark,
            }
            for row in rows
        ],
        "ledger": [
            {"line_key": row.line_key, "account": row.account, "amount": str(Money(row.fen)), "legal_on": row.legal_on}
            for row in ledger
            if is_last and (row.rule, row.subject, row.line) == (one.rule, one.subject, one.line)
        ],
    }


def _put_line(one: dict[str, Any]) -> None:
    state = "" if one["stands"] else f", {head('no_longer_stands')}"
    if one["superseded_by"]:
        state += f" (v{one['superseded_by']})"
    language = spoken()
    line, rule = key_in(one["line"], language), key_in(one["rule"], language)
    put_under(
        0,
        f"{line}: {one['determined']} {head('yuan')}, {rule} {one['as_of']} (v{one['version']}){state}; "
        f"{head('due_2')} {one['due'] or '-'}, {head('paid_2')} {one['paid'] or '-'}",
    )
    before = one["before"]
    if before is not None and before["determined"] != one["determined"]:
        put_under(
            1,
            sentence(
                "due_before",
                now=one["determined"],
                before=before["determined"],
                version=before["version"],
                as_of=before["as_of"],
            ),
        )
    if one["receipt_id"] is not None:
        put_under(1, f"{head('receipt_2')} {one['receipt_id']}")
        put_under(1, f"{head('bank_line_of_receipt')} {one['bank_line'] or '-'}")
    for number, step in enumerate(one["steps"], start=1):
        what, how, result = (step_in(step[name], language) for name in ("what", "how", "result"))
        article = f"[{article_in(step['article'], language)}]" if step["article"] else ""
        put_under(1, f"{number}. {what} = {result}")
        put_under(2, " ".join(filter(None, (how, article))))
    for clause in one["clauses"]:
        cited = f"[{cited_in(clause['provision'], clause['instrument'], language)}]"
        if clause["parameter"]:
            read = f"{key_in(clause['parameter'], language)} = {step_in(clause['value'], language)}"
            cited += f": {read}, {head('since')} {clause['since']}, {clause['mark']}"
        put_under(1, cited)
    for posted in one["ledger"]:
        account, key = key_in(posted["account"], language), key_in(posted["line_key"], language)
        put_under(1, f"{posted['legal_on']} {posted['amount']} {account} ({key})")


def _grouped(found: Iterable[ClauseLine]) -> Iterable[tuple[tuple[str, str | None], list[ClauseLine]]]:
    return ((clause, list(rows)) for clause, rows in groupby(found, lambda one: (one.provision, one.instrument)))


def _totals(rows: Sequence[ClauseLine]) -> dict[str, Any]:
    return {
        "count": len(rows),
        "due": str(Money(sum(one.due_fen for one in rows))),
        "paid": str(Money(sum(one.paid_fen for one in rows))),
    }


def _of_clause(one: ClauseLine) -> dict[str, Any]:
    return {
        "filing_id": one.filing_id,
        "kind": one.kind,
        "version": one.version,
        "rule": one.rule,
        "subject": one.subject,
        "as_of": one.as_of,
        "line": one.line,
        "stands": one.stands,
        "due": str(Money(one.due_fen)),
        "paid": str(Money(one.paid_fen)),
        "parameters": one.parameters,
    }
