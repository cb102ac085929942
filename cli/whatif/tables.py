"""What a run found, as tables of text: the same rows for the terminal, for the CSV files and for JSON."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from cli.whatif.run import DIMENSIONS, Group, Outcome, WhatIf, total_of
from cli.whatif.table.file import BadCell
from cli.whatif.years import Cliff, Year, is_count
from schemas.values.money import Money
from schemas.values.refusal import refusal
from texts.words import refusal_text

_PLACES = Decimal("0.00000001")


class Sheet(NamedTuple):
    """One table; ``name`` is that of its CSV file, the title and the heads are Chinese and English."""

    name: str
    title: str
    heads: tuple[tuple[str, str], ...]
    """(column in the CSV and in JSON, head at the terminal)."""
    rows: Iterable[Sequence[str]]


def yuan(fen: int | Fraction) -> str:
    """Yuan of fen; of a fraction of a fen the whole fen below."""
    return str(Money(int(fen // 1)))


def base_text(made: Year, base: int | Fraction) -> str:
    """A base in yuan, or how many were counted."""
    return str(int(base)) if is_count(made.version) else yuan(base)


def factor_text(factor: Fraction) -> str:
    """Eight decimals, cut off and not rounded: it never shows more than is paid."""
    return str((Decimal(factor.numerator) / Decimal(factor.denominator)).quantize(_PLACES, "ROUND_DOWN"))


def label(found: WhatIf, number: int) -> str:
    """How one of the two schemes is called; they may have the same id."""
    name = found.schemes[number].id
    return f"{'AB'[number]} {name}" if len(found.schemes) > 1 else name


def totals(found: WhatIf) -> Sheet:
    """Each year and scheme: who, how much, the budget and what part of the claims is paid."""
    return Sheet(
        "totals",
        "totals",
        (
            ("year", "year_2"),
            ("scheme", "scheme"),
            ("claimants", "claimants"),
            ("with_amount", "with_an_amount"),
            ("not_eligible", "not_eligible"),
            ("open", "open"),
            ("base", "base"),
            ("claimed", "claims"),
            ("budget", "budget"),
            ("factor", "factor"),
            ("paid", "paid"),
            ("payers", "payers"),
            ("one_by_one", "one_by_one"),
            ("note", "note_2"),
        ),
        [_total_row(found, number, one) for of_year in found.outcomes for number, one in enumerate(of_year)],
    )


def _total_row(found: WhatIf, number: int, one: Outcome) -> list[str]:
    if one.made is None:
        return [str(one.year), label(found, number), *[""] * 11, one.note]
    made = one.made
    status = [int((made.status == code).sum()) for code in range(4)]
    base = total_of(made.base)
    apart = "those calculated one by one may be missing among cliffs and thresholds" if made.one_by_one else ""
    note = "; ".join(filter(None, (one.note, made.because and f"one by one: {made.because}", apart)))
    return [
        str(one.year),
        label(found, number),
        str(len(made.claimants)),
        str(int((one.paid > 0).sum())),
        str(status[1]),
        str(status[2] + status[3]),
        base_text(made, base),
        yuan(one.claimed_total),
        "" if found.budget is None else yuan(found.budget),
        factor_text(one.factor),
        yuan(one.paid_total),
        "; ".join(f"{payer} {yuan(fen)}" for payer, fen in one.payers),
        str(made.one_by_one),
        note,
    ]


def bounds(found: WhatIf) -> Sheet:
    """How many claimants each cap and floor changes, and how many a threshold leaves with nothing."""
    return Sheet(
        "bounds",
        "caps_floors_and_thresholds_how",
        (("year", "year_2"), ("scheme", "scheme"), ("clause", "clause"), ("claimants", "claimants")),
        [
            [str(one.year), label(found, number), clause, str(times)]
            for of_year in found.outcomes
            for number, one in enumerate(of_year)
            if one.made is not None
            for clause, times in (
                *((f"{clause} per {per}", times) for (clause, per), times in one.made.binding.items()),
                *((("all below a threshold", one.made.short_of),) if one.made.version.thresholds else ()),
            )
        ],
    )


def groups(found: WhatIf, *, over_years: bool = False) -> Sheet:
    """Winners and losers by region, kind and size of the base; for each year, or added up over the years."""
    rows = groups_over_years(found) if over_years else found.groups
    two = len(found.schemes) > 1
    heads = [("year", "year_2")] * (not over_years) + [
        ("by", "grouped_by"),
        ("group", "group"),
        ("claimants", "claimants"),
        ("paid", "paid"),
    ]
    if two:
        heads[-1] = ("paid_a", "paid_a")
        heads += [
            ("paid_b", "paid_b"),
            ("change", "change"),
            ("winners", "winners"),
            ("losers", "losers"),
            ("unchanged", "unchanged"),
        ]
    heads.append(("open", "open"))
    return Sheet(
        "groups",
        "by_region_kind_and_size_of_the_base",
        tuple(heads),
        [
            [
                *([] if over_years else [str(one.year)]),
                one.dimension,
                one.name,
                str(one.claimants),
                yuan(one.paid),
                *(
                    [
                        yuan(one.paid_against),
                        yuan(one.paid_against - one.paid),
                        str(one.winners),
                        str(one.losers),
                        str(one.unchanged),
                    ]
                    if two
                    else []
                ),
                str(one.open),
            ]
            for one in rows
        ],
    )


def groups_over_years(found: WhatIf) -> list[Group]:
    """The groups of all years added up: a claimant counts once for each of its years."""
    together: dict[tuple[str, str], Group] = {}
    for one in found.groups:
        known = together.get((one.dimension, one.name))
        if known is not None:
            one = Group(
                one.year,
                one.dimension,
                one.name,
                known.claimants + one.claimants,
                known.paid + one.paid,
                known.paid_against + one.paid_against,
                known.winners + one.winners,
                known.losers + one.losers,
                known.unchanged + one.unchanged,
                known.open + one.open,
            )
        together[one.dimension, one.name] = one
    return sorted(together.values(), key=lambda one: DIMENSIONS.index(one.dimension))


def cliffs(found: WhatIf) -> Sheet:
    """Who is just below a threshold, a tier of the whole base or a step, the nearest first."""
    met = [
        (one, number, cliff)
        for of_year in found.outcomes
        for number, one in enumerate(of_year)
        if one.made is not None
        for cliff in one.made.cliffs
    ]
    met.sort(key=lambda each: (each[2].short, each[0].year, each[1], each[2].claimant))
    return Sheet(
        "cliffs",
        "cliffs_just_below_a_jump",
        (
            ("year", "year_2"),
            ("scheme", "scheme"),
            ("claimant", "claimant"),
            ("clause", "clause"),
            ("of", "part_of"),
            ("boundary", "boundary"),
            ("base", "base"),
            ("short", "short"),
        ),
        [_cliff_row(found, *each) for each in met],
    )


def _cliff_row(found: WhatIf, one: Outcome, number: int, cliff: Cliff) -> list[str]:
    made = one.made
    assert made is not None
    short = -(-cliff.short // 1)
    return [
        str(one.year),
        label(found, number),
        found.facts.claimants.values[cliff.claimant],
        f"{cliff.clause} per {cliff.per}",
        cliff.key,
        base_text(made, cliff.boundary),
        base_text(made, cliff.base),
        base_text(made, short),
    ]


def to_ask(found: WhatIf) -> Sheet:
    """Which facts nobody stated, and of how many rows or claimants they are needed."""
    return Sheet(
        "to_ask",
        "facts_to_be_stated",
        (("year", "year_2"), ("scheme", "scheme"), ("fact", "fact"), ("times", "times")),
        [
            [str(one.year), label(found, number), fact, str(times)]
            for of_year in found.outcomes
            for number, one in enumerate(of_year)
            if one.made is not None
            for fact, times in sorted(one.made.asks.items())
        ]
        + [
            [str(one.year), label(found, number), f"{found.facts.claimants.values[claimant]}: {why}", "1"]
            for of_year in found.outcomes
            for number, one in enumerate(of_year)
            if one.made is not None
            for claimant, why in one.made.refusals.items()
        ],
    )


def refused_rows(found: WhatIf) -> Sheet:
    """The rows that were left out, each with its number, its cause and what to do."""
    return Sheet(
        "refused_rows",
        "rows_left_out",
        (
            ("row", "row"),
            ("column", "column"),
            ("cause_zh", "cause"),
            ("cause_en", "cause"),
            ("remedy_zh", "remedy"),
            ("remedy_en", "remedy"),
        ),
        (_refused_row(one) for one in found.facts.refused),
    )


def _refused_row(cell: BadCell) -> list[str]:
    told = refusal_text(refusal(cell.code, f"{cell.row}", **cell.facts))
    return [str(cell.row), cell.column, told.zh, told.en, told.remedy_zh, told.remedy_en]


def sheets(found: WhatIf) -> Iterator[Sheet]:
    """All tables that are written as files, but the one of the claimants."""
    yield from (totals(found), bounds(found), groups(found), cliffs(found), to_ask(found), refused_rows(found))
