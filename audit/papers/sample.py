"""A risk-based sample as a working paper: whoever has the seed and the same record draws the same items."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from audit.papers.population import POINTS, Item, Population, population
from audit.papers.selection import METHOD, Selection, select
from audit.papers.workbook import Workbook
from audit.questions.moment import Step, no_step, one_moment
from database.pool import Pool
from database.questions.stream import events_of_filings
from database.registers.parties import public_names
from schemas.values.actor import ENGINE
from schemas.values.model import Model
from schemas.values.money import Money, total

Words = Callable[[str], str]
"""A head of the paper in the reader's language, by its key."""


class Chosen(Model):
    """An item of the sample. ``ask``: who prepared, approved or recorded it, as ``role: name or id``."""

    item: Item
    certain: bool
    ask: tuple[str, ...]


class Sample(Model):
    """How it was drawn, and from what."""

    method: str
    seed: int
    as_of: date
    """By which an open task is late: with another day the risks, and so the sample, can be others."""
    wanted: int
    interval: int
    start: int
    population_size: int
    population_hash: str
    until_number: int
    until_at: str
    total_in: Money
    total_out: Money
    ledger_in: Money
    ledger_out: Money
    ties: bool
    chosen: tuple[Chosen, ...]
    chosen_total: Money


async def draw_sample(
    pool: Pool, how_many: int, seed: int, on: date, step: Step = no_step, *, by_risk: bool = True
) -> tuple[Sample, Population]:
    """The same seed, day and record give the same sample."""
    of = await population(pool, on, step, by_risk=by_risk)
    selection = select([one.size for one in of.items], how_many, seed, of.hash)
    asked = await _whom_to_ask(pool, [of.items[place].filing_id for place in selection.chosen])
    chosen = tuple(
        Chosen(item=of.items[place], certain=place in selection.certain, ask=asked.get(of.items[place].filing_id, ()))
        for place in selection.chosen
    )
    return _sample(of, selection, chosen, how_many, seed, on), of


def _sample(
    of: Population, selection: Selection, chosen: tuple[Chosen, ...], how_many: int, seed: int, on: date
) -> Sample:
    return Sample(
        method=METHOD,
        seed=seed,
        as_of=on,
        wanted=how_many,
        interval=selection.interval,
        start=selection.start,
        population_size=len(of.items),
        population_hash=of.hash,
        until_number=of.until_number,
        until_at=of.until_at,
        total_in=of.total_in,
        total_out=of.total_out,
        ledger_in=of.ledger_in,
        ledger_out=of.ledger_out,
        ties=of.ties,
        chosen=chosen,
        chosen_total=total(one.item.money for one in chosen),
    )


async def _whom_to_ask(pool: Pool, filings: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    async with one_moment(pool) as connection:
        events = await events_of_filings(connection, sorted(set(filings)))
        who = [one.who for one in events if one.who != ENGINE]
        names = await public_names(connection, tuple(dict.fromkeys(who)))
    asked: dict[UUID, dict[str, None]] = {}
    for one in events:
        if one.who != ENGINE:
            asked.setdefault(one.filing_id, {})[f"{one.role}: {names.get(one.who, one.who)}"] = None
    return {filing_id: tuple(said) for filing_id, said in asked.items()}


def write_paper(path: Path, sample: Sample, of: Population, words: Words) -> None:
    """Three sheets: how it was drawn, items with room for results and signatures, the population. Raises OSError."""
    with Workbook(path) as book:
        book.sheet(words("paper"), (words("what_2"), words("value")), list(_about(sample, words)))
        heads: tuple[str, ...] = (
            *("number_2", "filing", "kind", "line", "account", "yuan", "day", "risk_points", "risk_factors", "certain"),
            *(
                "ask",
                "trace_command",
                "result",
                "difference_found",
                "reviewed_by",
                "reviewed_on",
                "second_by",
                "remark",
            ),
        )
        book.sheet(words("items"), [words(one) for one in heads], [_row(one, words) for one in sample.chosen])
        heads = (
            "number_2",
            "filing",
            "kind",
            "line",
            "account",
            "yuan",
            "day",
            "risk_points",
            "risk_factors",
            "drawn_by",
        )
        rows = ((*_of_item(one, words), one.size) for one in of.items)
        book.sheet(words("population"), [words(one) for one in heads], rows)


def _about(sample: Sample, words: Words) -> Iterator[tuple[str, Any]]:
    for name in (
        *(
            "method",
            "seed",
            "as_of",
            "wanted",
            "interval",
            "start",
            "population_size",
            "population_hash",
            "until_number",
        ),
        *("until_at", "total_in", "ledger_in", "total_out", "ledger_out"),
    ):
        yield words(name), getattr(sample, name)
    yield words("difference_in"), sample.total_in - sample.ledger_in
    yield words("difference_out"), sample.total_out - sample.ledger_out
    yield words("items"), len(sample.chosen)
    yield words("chosen_total"), sample.chosen_total
    for factor, points in POINTS.items():
        yield f"{words('risk_points')}: {words(factor)}", points
    for name in ("prepared_by", "prepared_on", "reviewed_by", "reviewed_on"):
        yield words(name), None


def _of_item(one: Item, words: Words) -> tuple[Any, ...]:
    factors = ", ".join(words(factor) for factor in one.factors)
    kind = words(one.filing_kind)
    return one.number, str(one.filing_id), kind, one.line, one.account, one.money, one.on, one.points, factors


def _row(one: Chosen, words: Words) -> tuple[Any, ...]:
    command = f"starter.py clauses {one.item.filing_id}"
    certain = words("certain") if one.certain else None
    return (*_of_item(one.item, words), certain, "\n".join(one.ask), command, *([None] * 6))
