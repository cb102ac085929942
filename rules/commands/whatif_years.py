"""One scheme over all claimants of a year: by column, and one by one for whom columns cannot say it exactly."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from rules.commands.whatif_amounts import NARROW_TO_WIDE, Below, given, reached
from rules.commands.whatif_columns import item_column
from rules.commands.whatif_facts import NO_DAY, UNSTATED, Facts, Flags, Ints, day_of
from rules.commands.whatif_known import why_not
from rules.commands.whatif_parts import LARGEST, Parts, Scale, exact_sums, merged, parts_of, scale_of, sums, width_of
from rules.commands.whatif_rows import Rows, rows_of
from rules.schemes.eligibility import window_of
from rules.schemes.yearly import entitlement, payable_of
from schemas.determination import Determination
from schemas.refusal import Refused
from schemas.scheme import Scheme, Version
from schemas.scheme_clauses import Measure, Per
from schemas.scheme_facts import CallWindow

KNOWN, EXCLUDED, UNKNOWN, REFUSED = range(4)
STATUSES = ("known", "not_eligible", "unknown", "refused")


@dataclass(frozen=True)
class Cliff:
    """A claimant (or one of its contracts ...) just below a place where the amount jumps; fen, or a count."""

    claimant: int
    clause: str
    per: Per
    key: str
    boundary: int
    base: Fraction
    short: Fraction


@dataclass(frozen=True)
class Year:
    """What one scheme gives everybody for one year; arrays are by listed claimant."""

    scheme: Scheme
    version: Version
    year: int
    claimants: Ints
    base: npt.NDArray[Any]
    """Fen (or a count): what counts, before thresholds and growth."""
    status: Ints
    payable: npt.NDArray[Any]
    """Fen, before any budget; 0 unless the status is known."""
    asks: dict[str, int]
    binding: Counter[tuple[str, Per]]
    """(floor or cap, per) -> how many claimants it bound at least once."""
    short_of: int
    """Claimants with a base of whom nothing was left after the thresholds."""
    cliffs: tuple[Cliff, ...]
    one_by_one: int
    """How many claimants the one-by-one engine reckoned."""
    because: str = ""
    """Why all of them were, if so."""
    refusals: dict[int, str] = field(default_factory=dict)


def reckon(
    scheme: Scheme, version: Version, facts: Facts, year: int, window: CallWindow | None = None, margin: int = 0,
) -> Year:
    """The year of everybody with a row in it; ``margin`` is the fen (for counts, how many) that make a cliff."""
    span = window_of(version.window, year, window)
    because = why_not(version) or ("" if span else "the call's window is not given")
    rows = rows_of(version, facts, span or (date(1985, 4, 1), date(2199, 12, 31)))
    owners = rows.claimants
    unknown = rows.unknown.copy()
    asks = dict(rows.asks)
    aside = np.zeros(facts.claimant_count, dtype=np.bool_)
    payable = np.zeros(facts.claimant_count, dtype=np.int64)
    binding: Counter[tuple[str, Per]] = Counter()
    cliffs: tuple[Cliff, ...] = ()
    short_of = 0
    if because:
        aside[owners] = True
    else:
        scale = scale_of(version, facts)
        parts, aside = parts_of(version, facts, rows, scale)
        if version.base.growth:
            parts, unstated = _grown(version, facts, rows, parts, scale, aside)
            if len(unstated):
                asks["previous_year"] = len(unstated)
                unknown[unstated] = True
        parts = parts.take(~(aside | unknown)[parts.owners])
        had = np.unique(parts.owners[parts.base > 0])
        below: list[Below] = []
        for threshold in version.thresholds:
            parts, found = reached(threshold, parts, scale, margin)
            below.append(found)
        short_of = len(had) - len(np.unique(parts.owners[parts.base > 0]))
        cases = _case_names(version, facts)
        made, more = given(version, parts, scale, facts.claimant_count, cases, margin)
        aside |= made.aside
        payable = made.payable
        for clause, per in dict.fromkeys((one.clause, one.per) for one in made.binding):
            bound = np.concatenate([one.owners for one in made.binding if (one.clause, one.per) == (clause, per)])
            binding[clause, per] = len(np.unique(bound[~aside[bound]]))
        cliffs = tuple(_cliffs(facts, scale, (*below, *more)))
    status = np.where(rows.excluded, EXCLUDED, np.where(unknown, UNKNOWN, KNOWN))
    payable = np.where(status == KNOWN, payable, 0)
    made_year = Year(
        scheme, version, year, owners, _bases(facts, rows)[owners], status[owners], payable[owners], asks, binding,
        short_of, cliffs, 0, because,
    )
    left = owners[aside[owners]]
    return _one_by_one(made_year, facts, rows, left, window) if len(left) else made_year


def _grown(
    version: Version, facts: Facts, rows: Rows, parts: Parts, scale: Scale, aside: Flags,
) -> tuple[Parts, Ints]:
    """One part of what is more than in the year before, and the claimants who did not state that year."""
    listed = np.flatnonzero(rows.listed)
    owners, count = facts.claimants.codes[listed], facts.claimant_count
    stated = facts.amounts["previous_year"][listed] if "previous_year" in facts.amounts else np.full(
        len(listed), UNSTATED, dtype=np.int64)
    given_rows = stated != UNSTATED
    low, high = np.full(count, LARGEST, dtype=np.int64), np.full(count, UNSTATED, dtype=np.int64)
    np.minimum.at(low, owners[given_rows], stated[given_rows])
    np.maximum.at(high, owners[given_rows], stated[given_rows])
    unstated = rows.claimants[((low != high) & ~rows.excluded)[rows.claimants]]
    parts = parts.take((low == high)[parts.owners])
    assert version.amount is not None
    inside = [version.amount.per, *(one.per for one in version.thresholds)]
    inside += [one.per for one in (*version.floors, *version.caps)]
    joined, _ = merged(parts, parts.owners)
    before = np.minimum(low[joined.owners], LARGEST // scale.base) * scale.base
    if version.amount.cases is not None or any(one.lump for one in version.amount.formulas) or any(
        per is not Per.YEAR for per in inside
    ):
        # What has grown would have to be parted over groups, into fractions; who grew from nothing needs no parting.
        aside[joined.owners[before > 0]] = True
        return parts, unstated
    return replace(joined, base=np.maximum(joined.base - before, 0)), unstated


def _bases(facts: Facts, rows: Rows) -> npt.NDArray[Any]:
    """The base of each claimant; of Python's own whole numbers where 64 bits might not do."""
    places = np.flatnonzero(rows.counted)
    owners, base = facts.claimants.codes[places], rows.base[places]
    ceiling = sums(owners, facts.claimant_count, (base >> 20) + 1)
    if not (ceiling >= LARGEST >> 20).any():
        return sums(owners, facts.claimant_count, base)
    return np.array(exact_sums(owners, facts.claimant_count, base), dtype=object)


def _case_names(version: Version, facts: Facts) -> Sequence[str]:
    by = version.amount.by if version.amount else None
    names = facts.names.get(item_column(by) if by is not None else "event")
    return names.values if names is not None else ()


def _cliffs(facts: Facts, scale: Scale, below: Sequence[Below]) -> Iterator[Cliff]:
    for one in below:
        for owner, row, key, base, short in zip(one.owners, one.rows, one.keys, one.base, one.short, strict=True):
            yield Cliff(
                int(owner), one.clause, one.per, _label(facts, one.per, int(row), int(key)), one.boundary,
                Fraction(int(base), scale.base), Fraction(int(short), scale.base),
            )


def _label(facts: Facts, per: Per, row: int, key: int) -> str:
    match per:
        case Per.YEAR:
            return ""
        case Per.ITEM:
            return str(facts.item_ids[row])
        case Per.PATENT:
            assert facts.patents is not None
            return facts.patents.values[key % width_of(facts, per)]
    return facts.names[per.value].values[key % width_of(facts, per)]


def _one_by_one(made: Year, facts: Facts, rows: Rows, left: Ints, window: CallWindow | None) -> Year:
    places = np.searchsorted(made.claimants, left)
    payable, status, asks = made.payable.astype(object), made.status.copy(), dict(made.asks)
    if made.because:
        asks.clear()
    binding, refusals = Counter(made.binding), {}
    for place, claimant in zip(places, left, strict=True):
        mine = facts.rows_of(int(claimant))
        year = facts.year_of(int(claimant), mine[rows.listed[mine]], made.year, window)
        try:
            answer = entitlement(made.scheme, year, date(made.year, 12, 31))
        except Refused as refused:
            status[place], refusals[int(claimant)] = REFUSED, str(refused)
            continue
        # What is asked of the others is counted by column already, also of those who are looked at here.
        for what in answer.unknown if made.because else ():
            name = ".".join([what.split(".")[0], *what.split(".")[2:]]) if what.startswith("items.") else what
            asks[name] = asks.get(name, 0) + 1
        amount = payable_of(answer)
        excluded = answer.answers["eligible"] == "no"
        status[place] = EXCLUDED if excluded else UNKNOWN if amount is None else KNOWN
        payable[place] = amount.fen if amount is not None else 0
        binding.update(_bound(answer))
    if max(payable, default=0) < LARGEST:
        payable = payable.astype(np.int64)
    return replace(made, payable=payable, status=status, asks=asks, binding=binding, one_by_one=len(left),
                   refusals=refusals)


def _bound(answer: Determination) -> set[tuple[str, Per]]:
    """Which floors and caps bound, as the steps tell."""
    starts = {f"{clause} per {per}": (clause, per) for clause in ("floor", "cap") for per in NARROW_TO_WIDE}
    return {
        bound for step in answer.steps for start, bound in starts.items()
        if step.what == start or step.what.startswith(f"{start} ")
    }


def is_count(version: Version) -> bool:
    """Whether bases are counts and not fen."""
    return version.base.measure is Measure.COUNT


def years_of(version: Version, facts: Facts) -> tuple[int, ...]:
    """The years in which rows lie, by the day that decides; named by the year in which each begins."""
    days = facts.days.get(version.window.decided_by)
    if days is None:
        return ()
    month, day = (int(part) for part in version.window.begins.split("-"))
    distinct = [day_of(int(one)) for one in np.unique(days[days != NO_DAY])]
    return tuple(sorted({one.year - ((one.month, one.day) < (month, day)) for one in distinct}))

