"""One scheme over all claimants of a year: by column, and one by one for whom columns cannot say it exactly."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from cli.whatif.calculation.amounts import Kinds, given
from cli.whatif.calculation.parts import Parts, Scale, inside_of, limits_of, merged, parts_of, scale_of, width_of
from cli.whatif.calculation.registered import Registered, keep_registered, registered_of, unstated_before
from cli.whatif.calculation.rows import Rows, codes_of, paths_of, rows_of
from cli.whatif.calculation.thresholds import Below, enough, reached
from cli.whatif.known import why_not
from cli.whatif.table.columns import PREVIOUS
from cli.whatif.table.numbers import LARGEST, Flags, Ints, large_sums
from cli.whatif.table.table import NO_DAY, UNSTATED, ClaimTable, Names, day_of
from rules.schemes.eligibility import window_of
from rules.schemes.trace import Trace
from rules.schemes.yearly import payable_of, traced_entitlement
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.inputs import CallWindow, YearInputs
from schemas.schemes.scheme import Scheme, Version
from schemas.values.refusal import Refused
from texts.words import in_english

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
    """How many claimants the one-by-one engine calculated."""
    because: str = ""
    """Why all of them were, if so."""
    refusals: dict[int, str] = field(default_factory=dict)
    taken: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    """By row: what the one-by-one engine is given."""
    window: CallWindow | None = None

    def facts_of(self, facts: ClaimTable, claimant: int) -> YearInputs:
        """What the one-by-one engine takes for one claimant's year; raises Refused where the rows contradict."""
        rows = facts.rows_of(claimant)
        return facts.year_of(claimant, rows[self.taken[rows]], self.year, self.window)


def calculate(
    scheme: Scheme, version: Version, facts: ClaimTable, year: int, window: CallWindow | None = None, margin: int = 0
) -> Year:
    """The year of everybody with a row in it; ``margin`` is the fen (for counts, how many) that make a cliff."""
    span = window_of(version.window, year, window)
    because = why_not(version) or ("" if span else "the call's window is not given")
    rows = rows_of(version, facts, span or (date(1985, 4, 1), date(2199, 12, 31)))
    owners = rows.claimants
    unknown, asks, contracts = rows.unknown.copy(), dict(rows.asks), None
    aside = facts.contradicted.copy()
    payable = np.zeros(facts.claimant_count, dtype=np.int64)
    binding: Counter[tuple[str, Per]] = Counter()
    cliffs: tuple[Cliff, ...] = ()
    short_of = 0
    if because:
        aside[owners] = True
    else:
        scale = scale_of(version, facts)
        parts, apart = parts_of(version, facts, rows, scale)
        aside |= apart
        if version.base.growth:
            before, unstated = _previous(facts, rows)
            _ask(PREVIOUS, unstated, asks, unknown)
        if version.base.measure is Measure.REGISTERED_RECEIPTS:
            _ask("items.received", unstated_before(facts, rows, unknown), asks, unknown)
            contracts = registered_of(facts, rows)
            parts, apart = keep_registered(version, parts, contracts, scale)
            aside |= apart
        parts = parts.take(~(aside | unknown)[parts.owners])
        if version.base.growth:
            parts = _grown(version, parts, before, scale, aside)
            parts = parts.take(~aside[parts.owners])
        had = np.unique(parts.owners[parts.base > 0])
        below: list[Below] = []
        for criteria in version.criteria:
            parts = enough(criteria, parts, scale, margin) if criteria.of == "year" else parts
        for threshold in version.thresholds:
            parts, found = reached(threshold, parts, scale, margin)
            below.append(found)
        short_of = len(had) - len(np.unique(parts.owners[parts.base > 0]))
        limits = [limit for limit, _ in limits_of(version, facts)]
        made, more = given(version, parts, scale, facts.claimant_count, _kinds(version, facts), limits, margin)
        aside |= made.aside
        payable = made.payable
        for clause, per in dict.fromkeys((one.clause, one.per) for one in made.binding):
            bound = np.concatenate([one.owners for one in made.binding if (one.clause, one.per) == (clause, per)])
            binding[clause, per] = len(np.unique(bound[~aside[bound]]))
        cliffs = tuple(_cliffs(facts, scale, (*below, *more)))
    status = np.where(rows.excluded, EXCLUDED, np.where(unknown, UNKNOWN, KNOWN))
    payable = np.where(status == KNOWN, payable, 0)
    made_year = Year(
        scheme,
        version,
        year,
        owners,
        _bases(facts, rows, contracts)[owners],
        status[owners],
        payable[owners],
        asks,
        binding,
        short_of,
        cliffs,
        0,
        because,
        taken=rows.taken,
        window=window,
    )
    left = owners[aside[owners]]
    return _one_by_one(made_year, facts, left) if len(left) else made_year


def _ask(fact: str, of: Ints, asks: dict[str, int], unknown: Flags) -> None:
    if len(of):
        asks[fact] = asks.get(fact, 0) + len(of)
        unknown[of] = True


def _previous(facts: ClaimTable, rows: Rows) -> tuple[Ints, Ints]:
    """The fen of the year before by claimant, and the claimants whose rows do not state one amount."""
    places = np.flatnonzero(rows.taken)
    owners, count = facts.claimants.codes[places], facts.claimant_count
    stated = (
        facts.amounts[PREVIOUS][places] if PREVIOUS in facts.amounts else np.full(len(places), UNSTATED, dtype=np.int64)
    )
    given_rows = stated != UNSTATED
    low, high = np.full(count, LARGEST, dtype=np.int64), np.full(count, UNSTATED, dtype=np.int64)
    np.minimum.at(low, owners[given_rows], stated[given_rows])
    np.maximum.at(high, owners[given_rows], stated[given_rows])
    return low, rows.claimants[((low != high) & ~rows.excluded)[rows.claimants]]


def _grown(version: Version, parts: Parts, previous: Ints, scale: Scale, aside: Flags) -> Parts:
    """One part of what is more than in the year before; adds to ``aside`` of whom that cannot be said here."""
    assert version.amount is not None
    if version.amount.cases is not None or inside_of(version):
        # What has grown would have to be parted over groups, into fractions; who grew from nothing needs no parting.
        aside[parts.owners[previous[parts.owners] > 0]] = True
        return parts
    joined, _ = merged(parts, parts.owners)
    before = np.minimum(previous[joined.owners], LARGEST // scale.base) * scale.base
    return replace(joined, base=np.maximum(joined.base - before, 0))


def _bases(facts: ClaimTable, rows: Rows, contracts: Registered | None) -> npt.NDArray[Any]:
    """The base of each claimant, before thresholds and growth."""
    if contracts is not None:
        return contracts.bases(facts.claimant_count)
    places = np.flatnonzero(rows.counted)
    return large_sums(facts.claimants.codes[places], facts.claimant_count, rows.base[places])


def _kinds(version: Version, facts: ClaimTable) -> Kinds:
    assert version.amount is not None
    events = facts.names.get("event") or Names(codes_of(facts, "event"), ())
    return Kinds(paths_of(version.amount, facts).found, events)


def _cliffs(facts: ClaimTable, scale: Scale, below: Sequence[Below]) -> Iterator[Cliff]:
    for one in below:
        for owner, row, key, base, short in zip(one.owners, one.rows, one.keys, one.base, one.short, strict=True):
            yield Cliff(
                int(owner),
                one.clause,
                one.per,
                _label(facts, one.per, int(row), int(key)),
                one.boundary,
                Fraction(int(base), scale.base),
                Fraction(int(short), scale.base),
            )


def _label(facts: ClaimTable, per: Per, row: int, key: int) -> str:
    match per:
        case Per.YEAR:
            return ""
        case Per.ITEM:
            return str(facts.item_ids[row])
        case Per.PATENT:
            assert facts.patents is not None
            return facts.patents.values[key % width_of(facts, per)]
    return facts.names[per.value].values[key % width_of(facts, per)]


def _one_by_one(made: Year, facts: ClaimTable, left: Ints) -> Year:
    places = np.searchsorted(made.claimants, left)
    payable, status, asks = made.payable.astype(object), made.status.copy(), dict(made.asks)
    if made.because:
        asks.clear()
    binding, refusals = Counter(made.binding), {}
    for place, claimant in zip(places, left, strict=True):
        trace = Trace(made.scheme, made.version)
        try:
            alone = made.facts_of(facts, int(claimant))
            answer = traced_entitlement(trace, alone, date(made.year, 12, 31), made.year)
        except Refused as refused:
            status[place], refusals[int(claimant)] = REFUSED, in_english(refused.refusals)
            continue
        # What is asked of the others is counted by column already, also of those who are looked at here.
        for what in answer.unknown if made.because else ():
            name = ".".join([what.split(".")[0], *what.split(".")[2:]]) if what.startswith("items.") else what
            asks[name] = asks.get(name, 0) + 1
        amount = payable_of(answer)
        excluded = answer.answers["eligible"] == "no"
        status[place] = EXCLUDED if excluded else UNKNOWN if amount is None else KNOWN
        payable[place] = amount.fen if amount is not None else 0
        binding.update(trace.bound)
    if max(payable, default=0) < LARGEST:
        payable = payable.astype(np.int64)
    return replace(
        made, payable=payable, status=status, asks=asks, binding=binding, one_by_one=len(left), refusals=refusals
    )


def is_count(version: Version) -> bool:
    """Whether bases are counts and not fen."""
    return version.base.measure is Measure.COUNT


def years_of(version: Version, facts: ClaimTable) -> tuple[int, ...]:
    """The years in which rows lie, by the day that decides; named by the year in which each begins."""
    days = facts.days.get(version.window.decided_by)
    if days is None:
        return ()
    return tuple(sorted({version.window.year_of(day_of(int(one))) for one in np.unique(days[days != NO_DAY])}))
