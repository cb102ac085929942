"""Which rows of a table count in a year, which do not, and of which nobody can say: eligibility by column.

The same answers as ``rules/schemes/eligibility.py`` gives item by item; a clear *no* needs no further answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from rules.commands.whatif_columns import claimant_column, has_lumps, item_column, measures_of
from rules.commands.whatif_facts import NO_DAY, UNSTATED, Facts, Flags, Ints, Names, day_number
from rules.schemes.eligibility import met
from rules.schemes.units import scopes_of
from schemas.determination import Answer3
from schemas.scheme import Version
from schemas.scheme_clauses import Condition, Measure, Per
from schemas.scheme_facts import Claimant, SchemeItem

_ANSWERS = {Answer3.YES: 1, Answer3.NO: 0, Answer3.UNKNOWN: 2}
_PARTS = "patents.amount"
_NO, _UNKNOWN = _ANSWERS[Answer3.NO], _ANSWERS[Answer3.UNKNOWN]


@dataclass(frozen=True)
class Rows:
    """The rows of one year under one version."""

    listed: Flags
    """By row: its day lies in the window, or nobody stated it."""
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


def rows_of(version: Version, facts: Facts, window: tuple[date, date]) -> Rows:
    """The rows of the days from the first to the last of ``window``, both included."""
    days = facts.days.get(version.window.decided_by)
    undated = np.ones(facts.rows, dtype=np.bool_) if days is None else days == NO_DAY
    listed = undated
    if days is not None:
        listed = undated | ((days >= day_number(window[0])) & (days <= day_number(window[1])))
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
    return Rows(listed, counted & ~lacks, base, claimants, excluded, unknown, found)


def _claimants(version: Version, facts: Facts, claimants: Ints) -> tuple[Flags, tuple[tuple[str, Ints], ...]]:
    excluded = np.zeros(facts.claimant_count, dtype=np.bool_)
    doubts = []
    for condition in version.claimant:
        names = facts.of_claimants.get(claimant_column(condition.fact))
        answers = _answers(condition, names, facts.claimant_count, Claimant)
        excluded |= answers == _NO
        doubts.append((f"claimant.{condition.fact}", answers == _UNKNOWN))
    return excluded, tuple((name, claimants[(flags & ~excluded)[claimants]]) for name, flags in doubts)


def _items(version: Version, facts: Facts) -> tuple[Flags, list[tuple[str, Flags]]]:
    no, doubts = np.zeros(facts.rows, dtype=np.bool_), []
    for condition in version.items:
        names = facts.names.get(item_column(condition.fact))
        answers = _answers(condition, names, facts.rows, SchemeItem)
        no |= answers == _NO
        doubts.append((condition.fact, answers == _UNKNOWN))
    if version.related_parties == "included":
        return no, doubts
    related, decision = _said(facts, "related"), _said(facts, "related_decision")
    if version.related_parties == "excluded":
        no |= related("yes")
        doubts.append(("related", ~related("yes") & ~related("no")))
    else:
        no |= related("yes") & decision("excluded")
        doubts.append(("related_decision", related("yes") & ~decision("excluded") & ~decision("pays")))
        doubts.append(("related", related("unknown")))
    return no, doubts


def _answers(condition: Condition, names: Names | None, size: int, model: type[SchemeItem | Claimant]) -> Ints:
    """What the one-by-one engine says of each distinct name, spread over the rows."""
    if names is None:
        return np.full(size, _UNKNOWN, dtype=np.int64)
    fact, has_field = condition.fact, condition.fact in model.model_fields and condition.fact != "other"
    answers = [
        _ANSWERS[met(condition, model.model_construct(**({fact: value} if has_field else {"other": {fact: value}})))]
        for value in names.values
    ]
    return np.array([*answers, _UNKNOWN], dtype=np.int64)[names.codes]


def _said(facts: Facts, column: str) -> Callable[[str], Flags]:
    names = facts.names.get(column)
    if names is None:
        return lambda value: np.zeros(facts.rows, dtype=np.bool_)
    codes, values = names.codes, names.values
    return lambda value: codes == (values.index(value) if value in values else len(values))


def _bases(version: Version, facts: Facts) -> tuple[Ints, list[tuple[str, Flags]]]:
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
    return (parts[0] if len(parts) == 1 else np.minimum(parts[0], parts[1])), missing


def _missing(version: Version, facts: Facts) -> Iterator[tuple[str, Flags]]:
    scopes, by = scopes_of(version), version.amount.by if version.amount else None
    needed = [(by, item_column(by))] if by is not None else []
    needed += [(per.value, per.value) for per in (Per.CONTRACT, Per.PROJECT) if per in scopes]
    needed += [("event", "event")] if has_lumps(version) else []
    for name, column in needed:
        names = facts.names.get(column)
        yield name, np.ones(facts.rows, dtype=np.bool_) if names is None else names.codes == UNSTATED
    if Per.PATENT in scopes:
        counts = facts.patents.counts if facts.patents is not None else np.zeros(facts.rows, dtype=np.int64)
        yield "patents", counts == 0
