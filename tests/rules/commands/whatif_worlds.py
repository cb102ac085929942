"""Schemes and tables of facts by chance, in the whole grammar; the numbers are small, so that bounds bind."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from rules.commands.whatif_cells import Cells
from rules.commands.whatif_columns import AMOUNTS
from rules.commands.whatif_facts import Facts
from rules.commands.whatif_file import Table
from rules.schemes.catalogue import parse_scheme
from schemas.scheme import Scheme

Row = Mapping[str, str | None]
PERS = ("item", "patent", "contract", "project", "year")
RATES = ("0", "0.02", "0.05", "0.1", "0.333", "0.12345678", "1")
_fen = st.one_of(st.integers(0, 2_000), st.integers(0, 10**9), st.just(10**17 - 1))


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _money(least: int = 1) -> st.SearchStrategy[str]:
    return st.one_of(st.integers(least, 3_000), st.integers(least, 10**8)).map(yuan)


def _tiers() -> st.SearchStrategy[list[dict[str, str]]]:
    begins = st.lists(st.integers(0, 3_000), min_size=1, max_size=3, unique=True).map(sorted)
    return begins.flatmap(lambda found: st.tuples(*(
        st.tuples(st.sampled_from(("at_least", "above")), st.sampled_from(RATES)).map(
            lambda one, fen=fen: {one[0]: yuan(fen), "rate": one[1]}  # type: ignore[misc]
        ) for fen in found
    )).map(list))


def _steps() -> st.SearchStrategy[list[dict[str, str]]]:
    begins = st.lists(st.integers(0, 3_000), min_size=1, max_size=3, unique=True).map(sorted)
    return begins.flatmap(lambda found: st.tuples(*(
        _money(0).map(lambda amount, fen=fen: {"at_least": yuan(fen), "amount": amount})  # type: ignore[misc]
        for fen in found
    )).map(list))


_lump = st.dictionaries(st.sampled_from(("approved", "excellent")), _money(), min_size=1)


def _formula(counts: bool) -> st.SearchStrategy[dict[str, Any]]:
    if counts:
        return st.one_of(_money().map(lambda one: {"each": one}), _lump.map(lambda one: {"lump": one}))
    return st.one_of(
        st.sampled_from(RATES).map(lambda one: {"rate": one}), _tiers().map(lambda one: {"marginal": one}),
        _tiers().map(lambda one: {"whole": one}), _steps().map(lambda one: {"steps": one}),
        _lump.map(lambda one: {"lump": one}),
    )


def _threshold(counts: bool) -> st.SearchStrategy[dict[str, Any]]:
    least = st.integers(1, 3).map(lambda one: ("count_at_least", one)) if counts else st.tuples(
        st.sampled_from(("at_least", "more_than")), _money(0),
    )
    return st.tuples(st.sampled_from(PERS), least).map(lambda one: {"per": one[0], one[1][0]: one[1][1]})


_bound = st.builds(lambda per, amount: {"per": per, "amount": amount}, st.sampled_from(PERS), _money())
_conditions = st.lists(st.sampled_from((
    {"fact": "contract_kind", "one_of": ["licence", "transfer"]}, {"fact": "registered", "one_of": ["yes"]},
    {"fact": "counterparty_region", "within": "hubei"}, {"fact": "patent_kind", "none_of": ["design"]},
    {"fact": "batch", "one_of": ["first"]},
)), max_size=2)
_who = st.lists(st.sampled_from((
    {"fact": "kind", "one_of": ["university"]}, {"fact": "region", "within": "hubei"},
    {"fact": "rating", "none_of": ["D"]},
)), max_size=2)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any scheme of the grammar that says how much it gives."""
    measure = draw(st.sampled_from(("received", "received", "paid", "registered_receipts", "count")))
    counts = measure == "count"
    base: dict[str, Any] = {"measure": measure}
    if counts:
        base["count_of"] = draw(st.sampled_from(PERS[:4]))
    elif draw(st.integers(0, 4)) == 0:
        base["growth"] = True
    amount: dict[str, Any] = draw(st.one_of(
        _formula(counts),
        st.dictionaries(st.sampled_from(("invention", "design")), _formula(counts), min_size=1).map(
            lambda cases: {"by": "patent_kind", "cases": cases},
        ),
    ))
    amount["per"] = draw(st.sampled_from(PERS))
    return parse_scheme({
        "id": "X", "title_zh": "随机", "title_en": "by chance", "region": "hubei", "beneficiary": "licensor",
        "versions": [{
            "from": date(2020, 1, 1), "status": "in_force", "mark": "M",
            "checked_on": date(2026, 11, 15),
            "cite": {"provision": "none", "instrument": "by chance"}, "base": base,
            "window": {"decided_by": "received_on", "begins": draw(st.sampled_from(("01-01", "07-01")))},
            "items": draw(_conditions), "claimant": draw(_who),
            "related_parties": draw(st.sampled_from((None, "excluded", "included"))),
            "bundle": draw(st.sampled_from(("stated", "equal"))),
            "thresholds": draw(st.lists(_threshold(counts), max_size=2)), "amount": amount,
            "floors": draw(st.lists(_bound, max_size=1)), "caps": draw(st.lists(_bound, max_size=3)),
            "rounding": draw(st.sampled_from(("truncate", "half_up"))),
            "budget": {"when_short": draw(st.sampled_from(("pro_rata", "first_come", "pay_all")))},
            "funding": {"parts": [{"payer": "city", "share": "0.3"}, {"payer": "district", "share": "0.7"}],
                        "odd_fen": "city"},
        }],
    }, "by chance")


def _mostly(*values: str) -> st.SearchStrategy[str | None]:
    """Now and then nobody states it."""
    return st.sampled_from((*values * 8, None))


@st.composite
def _patents(draw: st.DrawFn, received: int) -> str | None:
    names = draw(st.lists(st.sampled_from(tuple(f"P{n}" for n in range(12))), max_size=12, unique=True))
    if len(names) > 1 and draw(st.booleans()):
        parts = [received // len(names)] * len(names)
        parts[0] += received - sum(parts)
        if draw(st.integers(0, 9)) == 0:
            parts[0] += 1
        return ";".join(f"{name}:{yuan(fen)}" for name, fen in zip(names, parts, strict=True))
    return ";".join(names) or None


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Items of a few claimants with few contracts and patents, so that they share them."""
    found: list[dict[str, str | None]] = []
    who = {
        name: {"kind": draw(_mostly("university")), "region": draw(_mostly("hubei", "hubei.wuhan", "guangdong")),
               "claimant.rating": draw(_mostly("A", "D")), "previous_year": draw(st.one_of(
                   st.none(), st.just("0"), _fen.map(yuan)))}
        for name in ("A", "B", "C")
    }
    sure = draw(st.booleans())
    for number in range(draw(st.integers(1, 8))):
        name, received = draw(st.sampled_from(("A", "A", "B", "C"))), draw(_fen)
        row: dict[str, str | None] = {
            "item_id": f"i{number}", "claimant": name, **who[name], "received": yuan(received),
            "paid": draw(_fen.map(yuan)), "technology_transaction_amount": draw(_fen.map(yuan)),
            "received_on": draw(st.sampled_from(("2023-01-01", "2023-06-30", "2023-07-01", "2023-12-31"))),
            "contract": draw(st.sampled_from(("K1", "K2"))), "project": draw(st.sampled_from(("J1", "J2"))),
            "patents": draw(_patents(received)), "event": draw(st.sampled_from(("approved", "excellent", "other"))),
            "contract_kind": draw(_mostly("licence", "transfer", "development")), "registered": draw(_mostly("yes")),
            "counterparty_region": draw(_mostly("hubei.wuhan", "hunan")), "related": draw(_mostly("no", "yes")),
            "patent_kind": draw(_mostly("invention", "design")), "other.batch": draw(_mostly("first", "second")),
        }
        if not sure:
            for column in (*(one for one in AMOUNTS if one in row), "received_on", "contract", "patents", "event"):
                row[column] = None if draw(st.integers(0, 30)) == 0 else row[column]
        found.append(row)
    return found


def facts_of(found: Sequence[Row]) -> Facts:
    """The table of these rows, read as a file's."""
    columns = {name: pa.array([row[name] for row in found], pa.string()) for name in found[0]}
    return Cells(Table(columns, range(1, len(found) + 1), ())).facts()
