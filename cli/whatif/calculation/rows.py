"""Which rows of a table count in a year, which do not, and of which nobody can say: eligibility by column.

The same answers as ``rules/schemes/eligibility.py`` gives item by item; a clear *no* needs no further answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from cli.whatif.table.columns import claimant_column, has_lumps, is_answer, item_column, measures_of
from cli.whatif.table.numbers import Flags, Ints
from cli.whatif.table.table import NO_DAY, UNSTATED, ClaimTable, Names, day_number
from rules.schemes.eligibility import met
from rules.schemes.units import formula_for, scopes_of
from schemas.schemes.clauses import Condition, Measure, Per
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.scheme import Version
from schemas.values.determination import Answer3

_ANSWERS = {Answer3.YES: 1, Answer3.NO: 0, Answer3.UNKNOWN: 2}
_PARTS = "patents.amount"
_NO, _UNKNOWN = _ANSWERS[Answer3.NO], _ANSWERS[Answer3.UNKNOWN]


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
    excluded = np.zeros(facts.claimant_count, dtype=np.bool_)
    doubts = []
    for condition in version.claimant:
        names = facts.of_claimants.get(claimant_column(condition.fact))
        answers = _answers(condition, names, facts.claimant_count, Claimant)
        excluded |= answers == _NO
        doubts.append((f"claimant.{condition.fact}", answers == _UNKNOWN))
    return excluded, tuple((name, claimants[(flags & ~excluded)[claimants]]) for name, flags in doubts)


def _items(version: Version, facts: ClaimTable) -> tuple[Flags, list[tuple[str, Flags]]]:
    no, doubts = np.zeros(facts.rows, dtype=np.bool_), []
    for condition in version.items:
        names = facts.names.get(item_column(condition.fact))
        answers = _answers(condition, names, facts.rows, SchemeItem)
        no |= answers == _NO
        doubts.append((condition.fact, answers == _UNKNOWN))
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


def _answers(condition: Condition, names: Names | None, size: int, model: type[SchemeItem | Claimant]) -> Ints:
    """What the one-by-one engine says of each distinct name, spread over the rows."""
    if names is None:
        return np.full(size, _UNKNOWN, dtype=np.int64)
    fact, has_field = condition.fact, condition.fact in model.model_fields and condition.fact != "other"
    annotation: Any = model.model_fields[fact].annotation if has_field else str
    kind = TypeAdapter[Any](annotation)
    typed = [kind.validate_python(value) for value in names.values]
    answers = [
        _ANSWERS[met(condition, model.model_construct(**({fact: value} if has_field else {"other": {fact: value}})))]
        for value in typed
    ]
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
    scopes, amount = scopes_of(version), version.amount
    assert amount is not None
    cases = cases_of(version, facts)
    if amount.by is not None:
        yield amount.by, cases == UNSTATED
    for per in (Per.CONTRACT, Per.PROJECT):
        if per in scopes:
            yield per.value, codes_of(facts, per.value) == UNSTATED
    if has_lumps(version):
        # Asked for only where the item's own case is a lump sum.
        names = facts.names.get(item_column(amount.by)) if amount.by is not None else None
        formulas = [formula_for(amount, case) for case in (*(names.values if names else ()), None)]
        lumps = np.array([one is not None and one.lump is not None for one in formulas], dtype=np.bool_)
        yield "event", (codes_of(facts, "event") == UNSTATED) & lumps[cases]
    if Per.PATENT in scopes:
        counts = facts.patents.counts if facts.patents is not None else np.zeros(facts.rows, dtype=np.int64)
        yield "patents", counts == 0


def codes_of(facts: ClaimTable, column: str) -> Ints:
    """The codes of a column by row; of one that the table does not have nobody stated anything."""
    names = facts.names.get(column)
    return np.full(facts.rows, UNSTATED, dtype=np.int64) if names is None else names.codes


def cases_of(version: Version, facts: ClaimTable) -> Ints:
    """By row the code of the fact that the amount goes by."""
    by = version.amount.by if version.amount else None
    names = facts.names.get(item_column(by)) if by is not None else None
    if by is None or names is None:
        return np.full(facts.rows, UNSTATED, dtype=np.int64)
    unknown = np.array([is_answer(by) and value == Answer3.UNKNOWN for value in (*names.values, "")], dtype=np.bool_)
    return np.where(unknown[names.codes], UNSTATED, names.codes)
