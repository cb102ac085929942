"""Schemes and tables of facts by chance, in the whole grammar; the numbers are small, so that bounds bind."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from cli.whatif.table.cells import Cells
from cli.whatif.table.columns import AMOUNTS
from cli.whatif.table.file import Table
from cli.whatif.table.table import ClaimTable
from schemas.schemes.scheme import Scheme
from tests.rules.schemes.grammar import (
    EVENTS,
    OF_COUNTS,
    OF_ITEMS,
    OF_MONEY,
    SCOPES,
    amounts,
    bounds,
    criteria,
    few_fen,
    formulas,
    sums,
    thresholds,
    yuan,
)
from tests.rules.schemes.scheme_files import scheme

Row = Mapping[str, str | None]
BY_ITEM = {"patent_kind": ("invention", "design"), "exploited": ("yes", "no"), "other.batch": ("first", "second")}
BY = {"claimant.kind": ("university", "enterprise"), **BY_ITEM}
_fen = st.one_of(few_fen, few_fen, st.integers(0, 10**9), st.just(10**17 - 1))
_money = st.one_of(st.integers(1, 300), st.integers(1, 10**8))
_OF_ITEMS: tuple[dict[str, Any], ...] = (
    {"fact": "contract_kind", "one_of": ["licence", "transfer"]},
    {"fact": "registered", "one_of": ["yes"]},
    {"fact": "counterparty_region", "within": "hubei"},
    {"fact": "patent_kind", "none_of": ["design"]},
    {"fact": "exploited", "none_of": ["no"]},
    {"fact": "other.batch", "one_of": ["first"]},
)
_conditions = st.lists(st.sampled_from(_OF_ITEMS), max_size=2)
_OF_CLAIMANTS: tuple[dict[str, Any], ...] = (
    {"fact": "kind", "one_of": ["university"]},
    {"fact": "region", "within": "hubei"},
    {"fact": "other.rating", "none_of": ["D"]},
    {"fact": "good_credit", "none_of": ["no"]},
)
_who = st.lists(st.sampled_from(_OF_CLAIMANTS), max_size=2)
_stacking = st.sampled_from(
    (*(None,) * 20, *({"rule": rule, "among": ["OTHER-1"]} for rule in ("none", "best_of", "add")))
)
_payers = st.sampled_from((("0.3", "0.7"), ("1/3", "2/3"))).map(
    lambda one: {
        "parts": [{"payer": "city", "share": one[0]}, {"payer": "district", "share": one[1]}],
        "odd_fen": "city",
    }
)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any scheme of the grammar that says how much it gives."""
    measure = draw(
        st.sampled_from(("received", "received", "paid", "registered_receipts", "registered_receipts", "count"))
    )
    counts = measure == "count"
    growth = not counts and draw(st.integers(0, 4)) == 0
    base: dict[str, Any] = {"measure": measure, "growth": growth}
    if counts:
        base["count_of"] = draw(st.sampled_from(SCOPES[:5]))
    ways: tuple[str, ...] = OF_COUNTS if counts else OF_MONEY
    if base.get("count_of", "item") == "item":
        # Awards are calculated one by one, so that most of the schemes should have none.
        ways += OF_ITEMS if draw(st.integers(0, 15)) == 0 else ("lump",)
    stacking, of = draw(_stacking), formulas(ways, _money)
    is_sum = not counts and not growth and measure != "registered_receipts" and draw(st.integers(0, 9)) == 0
    amount = draw(sums(of, BY_ITEM) if is_sum else amounts(of, BY))
    few = draw(st.integers(0, 3)) == 0
    return scheme(
        **{"from": date(2020, 1, 1)},
        base=base,
        window={"decided_by": "received_on", "begins": draw(st.sampled_from(("01-01", "07-01")))},
        items=draw(_conditions),
        claimant=draw(_who),
        related_parties=draw(st.sampled_from((None, "excluded", "included"))),
        bundle=draw(st.sampled_from(("stated", "equal"))),
        criteria=draw(criteria(claimant=_OF_CLAIMANTS, items=_OF_ITEMS, counts=counts)) if few else [],
        thresholds=draw(thresholds(counts=counts, growth=growth)),
        amount=amount,
        floors=draw(bounds(_money, BY)),
        caps=draw(bounds(_money, BY)),
        rounding=draw(st.sampled_from(("truncate", "half_up"))),
        budget={"when_short": draw(st.sampled_from(("pro_rata", "first_come", "pay_all")))},
        funding=draw(_payers),
        **({} if stacking is None else {"stacking": stacking}),
    )


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
def _contract(draw: st.DrawFn, name: str) -> Row:
    """What all items of a contract say alike."""
    registered = draw(_mostly("yes", "yes", "yes", "unknown"))
    return {
        "contract": name,
        "contract_kind": draw(_mostly("licence", "transfer", "development")),
        "registered": registered,
        "counterparty_region": draw(_mostly("hubei.wuhan", "hunan")),
        "technology_transaction_amount": draw(_fen.map(yuan)),
    }


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Items of a few claimants with few contracts and patents, so that they share them."""
    found: list[dict[str, str | None]] = []
    who = {
        name: {
            "kind": draw(_mostly("university")),
            "region": draw(_mostly("hubei", "hubei.wuhan", "guangdong")),
            "good_credit": draw(_mostly("yes", "no", "unknown")),
            "claimant.rating": draw(_mostly("A", "D")),
            "previous_year": draw(st.one_of(st.none(), st.just("0"), _fen.map(yuan))),
            "also_granted.OTHER-1": draw(st.one_of(st.none(), st.just("0"), few_fen.map(yuan))),
        }
        for name in ("A", "B", "C")
    }
    contracts = {(name, key): draw(_contract(key)) for name in who for key in ("K1", "K2")}
    sure = draw(st.booleans())
    for number in draw(st.permutations(range(draw(st.integers(1, 8))))):
        name, received = draw(st.sampled_from(("A", "A", "B", "C"))), draw(_fen)
        related = draw(_mostly("no", "no", "yes", "unknown"))
        row: dict[str, str | None] = {
            "item_id": f"i{number}",
            "claimant": name,
            **who[name],
            "received": yuan(received),
            "paid": draw(_fen.map(yuan)),
            "awarded": draw(few_fen.map(yuan)),
            "received_on": draw(
                st.sampled_from(("2023-01-01", "2023-06-30", "2023-07-01", "2023-12-31", "2022-12-31", "2021-05-05"))
            ),
            **contracts[name, draw(st.sampled_from(("K1", "K2")))],
            "project": draw(st.sampled_from(("J1", "J2"))),
            "counterparty": draw(_mostly("N1", "N2", "N1", "N2")),
            "patents": draw(_patents(received)),
            "event": draw(st.sampled_from((*EVENTS, "other"))),
            "registered_class": None,
            "related": related,
            "related_decision": draw(_mostly("pays", "excluded")) if related == "yes" else None,
            "patent_kind": draw(_mostly("invention", "design", "utility_model", "unknown")),
            "exploited": draw(_mostly("yes", "no", "unknown")),
            "other.batch": draw(_mostly("first", "second", "unknown")),
        }
        if sure:
            row |= {"related": "no", "related_decision": None} | {
                name: cell
                for name, cell in (
                    ("registered", "yes"),
                    ("contract_kind", "licence"),
                    ("exploited", "yes"),
                    ("patents", "P1"),
                    ("patent_kind", "design"),
                    ("counterparty_region", "hubei"),
                    ("other.batch", "first"),
                    ("counterparty", "N1"),
                )
                if row[name] in (None, "unknown")
            }
        else:
            for column in (*(one for one in AMOUNTS if one in row), "received_on", "contract", "patents", "event"):
                row[column] = None if draw(st.integers(0, 30)) == 0 else row[column]
            if draw(st.integers(0, 20)) == 0:
                row |= draw(
                    st.sampled_from(
                        (
                            {"contract_kind": "consulting"},
                            {"registered_class": "licence"},
                            {"registered": "no", "registered_class": "licence"},
                            {"related": "no", "related_decision": "pays"},
                            {"contract": f"i{number}"},
                            {"contract": None},
                            {"technology_transaction_amount": "1"},
                        )
                    )
                )
        found.append(row)
    return found


def facts_of(found: Sequence[Row]) -> ClaimTable:
    """The table of these rows, read as a file's."""
    columns = {name: pa.array([row[name] for row in found], pa.string()) for name in found[0]}
    return Cells(Table(columns, range(1, len(found) + 1), ())).facts()
