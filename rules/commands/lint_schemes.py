"""What is suspicious in a scheme although its file is well formed: cliffs, dead tiers and caps, old or unsure values.

Everything is found exactly, from the formula: a cliff is looked at on the two fen on its two sides, with the whole base
in one item of one patent, contract and project.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from rules.commands.lint_bounds import (
    caps_that_cannot_bind,
    first_bases,
    floors_above_caps,
    result_of,
    thresholds_beyond_caps,
    tiers_never_reached,
)
from rules.commands.lint_texts import LINT_TEXTS
from rules.schemes.activation import needs_activation
from rules.schemes.amounts import formula_text
from schemas.money import Money
from schemas.scheme import Scheme, Version
from schemas.scheme_clauses import Condition, Measure
from schemas.scheme_facts import Claimant, SchemeItem

FRESH = timedelta(days=365)
Level = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Finding:
    """One thing to look at, where it stands, and what to do next, in both languages."""

    code: str
    level: Level
    where: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


def lint_scheme(scheme: Scheme, as_of: date | None = None) -> list[Finding]:
    """Everything that is suspicious in a scheme; with ``as_of`` also what was not checked for a year before it."""
    return [
        finding for version in scheme.versions for finding in _of_version(f"{scheme.id}, from {version.since}", version, as_of)
    ]


def _of_version(where: str, version: Version, as_of: date | None) -> Iterator[Finding]:
    if as_of is not None and as_of - version.checked_on > FRESH:
        yield _finding("not_checked", where, checked_on=version.checked_on)
    for reason in needs_activation(version):
        yield _finding("needs_activation", where, reason=reason)
    yield from _unnamed_facts(where, version)
    if version.amount is None:
        yield _finding("amount_missing", where)
        return
    yield from _cliffs(where, version)
    for place, what in tiers_never_reached(version):
        yield _finding("tier_never_reached", f"{where}, {place}", what=what)
    for place, what in caps_that_cannot_bind(version):
        yield _finding("cap_cannot_bind", f"{where}, {place}", what=what)
    for place, what in floors_above_caps(version):
        yield _finding("floor_above_cap", f"{where}, {place}", what=what)
    for place, what in thresholds_beyond_caps(version):
        yield _finding("threshold_beyond_cap", f"{where}, {place}", what=what)


def _unnamed_facts(where: str, version: Version) -> Iterator[Finding]:
    asked: tuple[tuple[str, tuple[Condition, ...], type[SchemeItem | Claimant]], ...] = (
        ("items", version.items, SchemeItem), ("claimant", version.claimant, Claimant),
    )
    for place, conditions, facts in asked:
        for one in conditions:
            if one.fact not in facts.model_fields:
                yield _finding("fact_of_its_own", f"{where}, {place}", fact=one.fact)


def _cliffs(where: str, version: Version) -> Iterator[Finding]:
    assert version.amount is not None
    counts = version.base.measure is Measure.COUNT
    for formula in version.amount.formulas:
        if formula.is_by_item:
            continue
        for first in first_bases(version, formula):
            before, after = (result_of(version, formula, Fraction(base)) for base in (first - 1, first))
            base = f"{first - 1} -> {first}" if counts else f"{Money(first - 1)} -> {Money(first)}"
            facts = {"base": base, "before": before, "after": after, "formula": formula_text(formula)}
            if after < before:
                yield _finding("cliff_falls", where, **facts)
            elif not counts and after.fen - before.fen > 1:  # no rate is above one, so a smooth rise is one fen
                yield _finding("cliff_jumps", where, **facts)
        if formula.whole:
            yield from _falling_tiers(where, formula.whole)


def _falling_tiers(where: str, tiers: object) -> Iterator[Finding]:
    del tiers
    yield from ()


def _finding(code: str, where: str, **facts: object) -> Finding:
    level, *texts = LINT_TEXTS[code]
    zh, en, remedy_zh, remedy_en = (text.format(**{name: str(value) for name, value in facts.items()}) for text in texts)
    return Finding(code, level, where, zh, en, remedy_zh, remedy_en)
