"""Which rows of a table count in a year, which do not, and of which nobody can say: eligibility by column.

The same answers as ``rules/schemes/eligibility.py`` gives item by item; a clear *no* needs no further answer.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from pydantic import TypeAdapter

from cli.whatif.table.columns import claimant_column, has_lumps, measures_of
from cli.whatif.table.numbers import Flags, Ints
from cli.whatif.table.table import NO_DAY, UNSTATED, ClaimTable, Names, day_number
from rules.schemes.eligibility import MONEY_OF_DAY, met
from rules.schemes.units import counted_of, scopes_of
from schemas.schemes.cases import Cased
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.conditions import Condition
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.limits import Criteria
from schemas.schemes.scheme import Version
from schemas.schemes.vocabularies import other_of
from schemas.values.determination import Answer3

_ANSWERS = {Answer3.YES: 1, Answer3.NO: 0, Answer3.UNKNOWN: 2}
_PARTS = "patents.amount"
_YES, _NO, _UNKNOWN = (_ANSWERS[one] for one in (Answer3.YES, Answer3.NO, Answer3.UNKNOWN))


@dataclass(frozen=True)
class Rows:
    """The rows of one year under one version."""

    listed: Flags
    """By row: its day lies in the window, or nobody stated it."""
    taken: Flags
    """By row: what is listed, and with registered receipts what came before it and used their amount (D-18)."""
    counted: Flags
    """By row."""
    base: Ints
    """By row, in fen (1 each for a count); of what does not count it means nothing."""
    claimants: Ints
    """Those with a listed row, by code."""
    excluded: Flags
    """By claimant: may not claim."""
    unknown: Flags
    """By claimant: something has to be asked first."""
    asks: dict[str, int]
    """Which facts have to be asked, and for how many rows (or claimants)."""


def rows_of(version: Version, facts: ClaimTable, window: tuple[date, date]) -> Rows:
    """The rows of the days from the first to the last of ``window``, both included."""
    days = facts.days.get(version.window.decided_by)
    undated = np.ones(facts.rows, dtype=np.bool_) if days is None else days == NO_DAY
    listed = taken = undated
    if days is not None:
        listed = undated | ((days >= day_number(window[0])) & (days <= day_number(window[1])))
        taken = listed
        if version.base.measure is Measure.REGISTERED_RECEIPTS:
            taken = listed | (days < day_number(window[0]))
    owners = facts.claimants.codes
    claimants = np.unique(owners[listed])
    excluded, asks = _claimants(version, facts, claimants)
    asked = list(asks)
    no, doubts = _items(version, facts)
    open_rows = listed & ~no & ~excluded[owners]
    unclear = np.zeros(facts.rows, dtype=np.bool_)
    for name, flags in ((version.window.decided_by, undated), *doubts):
        flags = flags & open_rows
        unclear |= flags
        asked.append((f"items.{name}", owners[flags]))
    counted = open_rows & ~unclear
    base, missing = _bases(version, facts)
    lacks = np.zeros(facts.rows, dtype=np.bool_)
    for name, flags in missing:
        # The parts of the patents are asked for last, of what is known otherwise.
        flags = flags & counted & (~lacks if name == _PARTS else True)
        lacks |= flags
        asked.append((f"items.{name}", owners[flags]))
    unknown = np.zeros(facts.claimant_count, dtype=np.bool_)
    for _, who in asked:
        unknown[who] = True
    found: dict[str, int] = {}
    for name, who in asked:
        if len(who):
            found[name] = found.get(name, 0) + len(who)
    return Rows(listed, taken, counted & ~lacks, base, claimants, excluded, unknown, found)


def _claimants(version: Version, facts: ClaimTable, claimants: Ints) -> tuple[Flags, tuple[tuple[str, Ints], ...]]:
    size = facts.claimant_count

    def answers(condition: Condition) -> Ints:
        return _answers(condition, facts.of_claimants.get(claimant_column(condition.fact)), size, Claimant)

    excluded, doubts = _judged(version.of_claimant, answers, size)
    return excluded, tuple((f"claimant.{name}", claimants[(flags & ~excluded)[claimants]]) for name, flags in doubts)


def _items(version: Version, facts: ClaimTable) -> tuple[Flags, list[tuple[str, Flags]]]:
    def answers(condition: Condition) -> Ints:
        return _answers(condition, facts.names.get(condition.fact), facts.rows, SchemeItem)

    no, doubts = _judged(version.of_items, answers, facts.rows)
    moved = facts.amounts.get(MONEY_OF_DAY.get(version.window.decided_by, ""))
    if moved is not None:
        no |= moved == 0  # nothing came on its day
    if version.related_parties == "included":
        return no, doubts
    related = facts.says("related", "yes")
    if version.related_parties == "excluded":
        no |= related
        doubts.append(("related", ~related & ~facts.says("related", "no")))
    else:
        excluded = facts.says("related_decision", "excluded")
        no |= related & excluded
        doubts.append(("related_decision", related & ~excluded & ~facts.says("related_decision", "pays")))
        doubts.append(("related", facts.says("related", "unknown")))
    return no, doubts


def _judged(
    conditions: Sequence[Condition | Criteria], answers: Callable[[Condition], Ints], size: int
) -> tuple[Flags, list[tuple[str, Flags]]]:
    """Of whom a condition, or enough of some criteria, says *no*; and of whom which facts are not known."""
    no, doubts = np.zeros(size, dtype=np.bool_), list[tuple[str, Flags]]()
    for one in conditions:
        if not isinstance(one, Criteria):
            found = answers(one)
            no |= found == _NO
            doubts.append((one.fact, found == _UNKNOWN))
            continue
        members = [(member.fact, answers(member)) for member in (*one.claimant, *one.items)]
        sure, unknown = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        for _, found in members:
            sure += found == _YES
            unknown += found == _UNKNOWN
        no |= sure + unknown < one.met
        doubts += [(fact, (found == _UNKNOWN) & (sure < one.met)) for fact, found in members]
    return no, doubts


def _answers(condition: Condition, names: Names | None, size: int, model: type[SchemeItem | Claimant]) -> Ints:
    """What the one-by-one engine says of each distinct name, spread over the rows."""
    if names is None:
        return np.full(size, _UNKNOWN, dtype=np.int64)
    fact, further = condition.fact, other_of(condition.fact)
    annotation: Any = model.model_fields[fact].annotation if further is None else str
    kind = TypeAdapter[Any](annotation)
    stated = [
        {fact: kind.validate_python(one)} if further is None else {"other": {further: one}} for one in names.values
    ]
    answers = [_ANSWERS[met(condition, model.model_construct(**one))] for one in stated]
    return np.array([*answers, _UNKNOWN], dtype=np.int64)[names.codes]


def _bases(version: Version, facts: ClaimTable) -> tuple[Ints, list[tuple[str, Flags]]]:
    """The base of each row, and what is missing to know it and to part it."""
    missing = list(_missing(version, facts))
    parts = []
    for name in measures_of(version):
        fen = facts.amounts.get(name)
        lacks = np.ones(facts.rows, dtype=np.bool_) if fen is None else fen == UNSTATED
        # Where the receipt is missing, what the registration certifies is not asked for as well.
        earlier = [flags for measure, flags in missing if measure in measures_of(version)]
        missing.append((name, lacks & ~earlier[0] if earlier else lacks))
        parts.append(np.zeros(facts.rows, dtype=np.int64) if fen is None else fen)
    if Per.PATENT in scopes_of(version) and facts.patents is not None and version.base.measure is not Measure.COUNT:
        counts, stated = facts.patents.counts, np.zeros(facts.rows, dtype=np.int64)
        np.add.at(stated, np.repeat(np.arange(facts.rows), counts)[facts.patents.amounts != UNSTATED], 1)
        in_part = (stated > 0) | (version.bundle != "equal")
        missing.append((_PARTS, (counts > 1) & (stated < counts) & in_part))
    if version.base.measure is Measure.COUNT:
        return np.ones(facts.rows, dtype=np.int64), missing
    # What a contract was registered with limits its receipts together, not each of them.
    return parts[0], missing


def _missing(version: Version, facts: ClaimTable) -> Iterator[tuple[str, Flags]]:
    amount, keyed = version.amount, {*scopes_of(version), *(Per(what) for what in counted_of(version))}
    assert amount is not None
    cases = paths_of(amount, facts)
    needed = dict(cases.missing)
    for per in (Per.CONTRACT, Per.PROJECT, Per.COUNTERPARTY):
        if per in keyed:
            needed[per.value] = codes_of(facts, per.value) == UNSTATED
    if has_lumps(version):
        # Asked for only where the item's own case is a lump sum.
        lumps = np.array([*(one is not None and one.lump is not None for one in cases.found), False], dtype=np.bool_)
        needed["event"] = (codes_of(facts, "event") == UNSTATED) & lumps[cases.codes]
    if Per.PATENT in keyed:
        counts = facts.patents.counts if facts.patents is not None else np.zeros(facts.rows, dtype=np.int64)
        needed["patents"] = counts == 0
    for bound in (*version.floors, *version.caps):
        for fact, flags in paths_of(bound, facts).missing.items():
            needed[fact] = needed.get(fact, False) | flags
    yield from needed.items()


class Paths(NamedTuple):
    """What a place says of each row: a code for each row, what the codes stand for, and what nobody stated."""

    codes: Ints
    found: tuple[Any, ...]
    """By code; None where nothing is said."""
    missing: dict[str, Flags]


def paths_of(place: Cased, facts: ClaimTable) -> Paths:
    """By row what the place says; rows with other values have other codes, as each has a base of its own."""
    codes, found, missing = np.full(facts.rows, UNSTATED, dtype=np.int64), list[Any](), dict[str, Flags]()

    def walk(node: Cased | None, rows: Ints) -> None:
        if node is None or node.by is None:
            codes[rows] = len(found)
            found.append(node)
            return
        values = _known(facts, node.by)
        mine = values.codes[rows]
        flags = missing.setdefault(node.by, np.zeros(facts.rows, dtype=np.bool_))
        flags[rows[mine == UNSTATED]] = True
        table = np.full(len(values.values) + 1, UNSTATED, dtype=np.int64)
        for code in np.unique(mine[mine != UNSTATED]).tolist():
            case = (node.cases or {}).get(values.values[code], node.otherwise)
            if case is not None and case.by is not None:
                walk(case, rows[mine == code])
            else:
                table[code] = len(found)
                found.append(case)
        plain = table[mine] != UNSTATED
        codes[rows[plain]] = table[mine[plain]]

    walk(place, np.arange(facts.rows))
    return Paths(codes, tuple(found), missing)


def _known(facts: ClaimTable, fact: str) -> Names:
    """The column of a fact; what is unknown is not stated."""
    names = facts.names.get(fact)
    if names is None:
        return Names(np.full(facts.rows, UNSTATED, dtype=np.int64), ())
    unknown = np.array([value == Answer3.UNKNOWN for value in (*names.values, "")], dtype=np.bool_)
    return Names(np.where(unknown[names.codes], UNSTATED, names.codes), names.values)


def codes_of(facts: ClaimTable, column: str) -> Ints:
    """The codes of a column by row; of one that the table does not have nobody stated anything."""
    names = facts.names.get(column)
    return np.full(facts.rows, UNSTATED, dtype=np.int64) if names is None else names.codes
