"""Receipts up to what their contract was registered with, over all years, for all claimants at once (D-18).

The same cut as ``rules/schemes/registered.py``. It parts what is left of a contract over its receipts, into fractions;
here they are joined to one part. Where the scheme looks at smaller things than the contract, and they are several, the
claimant is left to the one-by-one engine.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cli.whatif.calculation.parts import Parts, Scale, inside_of, merged
from cli.whatif.calculation.rows import Rows, codes_of
from cli.whatif.table.numbers import Flags, Ints, large_sums, numbered
from cli.whatif.table.table import UNSTATED, ClaimTable
from schemas.schemes.clauses import Per
from schemas.schemes.scheme import Version


@dataclass(frozen=True)
class Registered:
    """The contracts of the rows that count; amounts are fen, Python's own whole numbers where 64 bits might not do."""

    of_row: Ints
    """By row; of what does not count it means nothing."""
    owners: Ints
    received: npt.NDArray[Any]
    left: npt.NDArray[Any]
    """Of the registered amount, after what was received before the window."""
    aside: Flags
    """Claimants whose contracts cannot be told apart, or are stated with two amounts."""

    def bases(self, claimants: int) -> npt.NDArray[Any]:
        """What counts, by claimant."""
        return large_sums(self.owners, claimants, np.minimum(self.received, self.left))


def earlier(facts: ClaimTable, rows: Rows) -> Flags:
    """The rows that used a part of their contract's amount before the window."""
    return np.asarray(rows.taken & ~rows.listed & (codes_of(facts, "contract") != UNSTATED), dtype=np.bool_)


def unstated_before(facts: ClaimTable, rows: Rows, unknown: Flags) -> Ints:
    """The claimant of each earlier row whose receipt nobody stated; of who is unknown anyway it is not asked."""
    asked = np.zeros(facts.claimant_count, dtype=np.bool_)
    asked[rows.claimants] = True
    asked &= ~unknown & ~rows.excluded
    owners = facts.claimants.codes
    places = np.flatnonzero(earlier(facts, rows) & (_fen(facts, "received") == UNSTATED) & asked[owners])
    return owners[places]


def registered_of(facts: ClaimTable, rows: Rows) -> Registered:
    """The contracts; an item without one is a contract of its own."""
    owners, contract = facts.claimants.codes, codes_of(facts, "contract")
    received, amounts = _fen(facts, "received"), _fen(facts, "technology_transaction_amount")
    counted = np.flatnonzero(rows.counted)
    before = np.flatnonzero(earlier(facts, rows) & (received != UNSTATED))
    places = np.concatenate([counted, before])
    keys = np.where(contract == UNSTATED, int(contract.max(initial=0)) + 1 + np.arange(facts.rows), contract)[places]
    group, first, size = numbered(owners[places], keys)
    mine, used = group[: len(counted)], group[len(counted) :]
    low, high = np.full(size, np.iinfo(np.int64).max), np.zeros(size, dtype=np.int64)
    np.minimum.at(low, mine, amounts[counted])
    np.maximum.at(high, mine, amounts[counted])
    aside = np.zeros(facts.claimant_count, dtype=np.bool_)
    aside[owners[places[first[low < high]]]] = True
    of_row = np.zeros(facts.rows, dtype=np.int64)
    of_row[counted] = mine
    alone = counted[contract[counted] == UNSTATED]
    if len(alone) and "contract" in facts.names:
        # An item without contract stands under its own id, which could be the name of a contract.
        named = pc.is_in(facts.item_ids.take(pa.array(alone)), pa.array(facts.names["contract"].values, pa.string()))
        aside[owners[alone[np.asarray(named)]]] = True
    return Registered(
        of_row,
        owners[places[first]],
        large_sums(mine, size, received[counted]),
        np.maximum(high - large_sums(used, size, received[before]), 0),
        aside,
    )


def keep_registered(version: Version, parts: Parts, contracts: Registered, scale: Scale) -> tuple[Parts, Flags]:
    """The parts up to what is left, and the claimants left to the one-by-one engine."""
    aside = contracts.aside.copy()
    group, size = contracts.of_row[parts.keys[Per.ITEM]], len(contracts.owners)
    over = np.asarray(contracts.received > contracts.left, dtype=np.bool_)
    none = np.asarray(contracts.left == 0, dtype=np.bool_)
    base = np.where((over & none)[group], 0, parts.base)
    parts = replace(parts, base=base, whole=base)
    cut = (over & ~none)[group] & ~aside[parts.owners]
    if not cut.any():
        return parts, aside
    groups = np.where(cut, group, size + np.arange(len(parts)))
    inner, first, _ = numbered(groups)
    aside[parts.owners[parts.cases != parts.cases[first][inner]]] = True
    joined, mixed = merged(parts, groups)
    for per in inside_of(version):
        aside[np.flatnonzero(mixed[per])] = True
    mine = cut[first]
    base = joined.base.copy()
    base[mine] = contracts.left[group[first[mine]]].astype(np.int64) * scale.base
    return replace(joined, base=base, whole=base), aside


def _fen(facts: ClaimTable, column: str) -> Ints:
    return facts.amounts.get(column, np.full(facts.rows, UNSTATED, dtype=np.int64))
