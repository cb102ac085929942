"""What is suspicious in a scheme although its file is well formed: cliffs, dead tiers and caps, old or unsure values.

Everything is found exactly, from the formula: a cliff is looked at on the two fen on its two sides, with the whole base
in one item of one patent, contract and project.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from cli.lint.bounds import (
    Cause,
    caps_beyond_the_sum,
    caps_that_cannot_bind,
    floors_above_caps,
    limits_that_say_nothing,
    thresholds_beyond_caps,
    tiers_never_reached,
)
from cli.lint.cliffs import cliffs_of
from cli.lint.finding import Finding, found
from rules.schemes.activation import clauses_of, from_memory
from rules.schemes.amounts.claimants import facts_of_claimant, said_to
from rules.schemes.amounts.parts import summands
from schemas.schemes.conditions import Condition
from schemas.schemes.inputs import Claimant
from schemas.schemes.limits import Bound
from schemas.schemes.scheme import Scheme, Version
from schemas.schemes.vocabularies import of_claimant, other_of
from texts.lint import lint_cause

FRESH = timedelta(days=365)
_MOST_CLAIMANTS = 100
"""So many combinations of the values of claimants' facts are looked at."""


def lint_scheme(scheme: Scheme, as_of: date | None = None) -> list[Finding]:
    """Everything that is suspicious in a scheme; with ``as_of`` also what was not checked for a year before it."""
    return [finding for version in scheme.versions for finding in _of_version(scheme, version, as_of)]


def _of_version(scheme: Scheme, version: Version, as_of: date | None) -> Iterator[Finding]:
    where = f"{scheme.id} {version.since}"
    if as_of is not None and version.checked_on > as_of:
        yield found("checked_in_the_future", where, checked_on=version.checked_on, as_of=as_of)
    if as_of is not None and as_of - version.checked_on > FRESH:
        yield found("not_checked", where, checked_on=version.checked_on)
    for cause in _to_be_activated(version):
        yield _because("activation_needed", where, cause)
    yield from _unnamed_facts(where, version)
    if version.amount is None:
        yield found("amount_missing", where)
        return
    facts = facts_of_claimant(version)
    told = set[Finding]()
    for values in islice(product(*(_values_of(version, fact) for fact in facts)), _MOST_CLAIMANTS):
        stated: dict[str, Any] = dict(zip(map(of_claimant, facts), values, strict=True))
        said, _ = said_to(version, Claimant.model_construct(**stated))
        for one in _of_said(scheme, said, where):
            if one not in told:
                told.add(one)
                yield one


def _values_of(version: Version, fact: str) -> list[str]:
    """The values of a fact of the claimant that have a case, and one that has none."""
    dumped = version.model_dump(mode="json", include={"amount", "floors", "caps"})
    return [*dict.fromkeys(_cases_of(dumped, fact)), "none_of_the_cases"]


def _cases_of(node: Any, fact: str) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("by") == fact:
            yield from node["cases"]
        node = list(node.values())
    for one in node if isinstance(node, list) else ():
        yield from _cases_of(one, fact)


def _of_said(scheme: Scheme, version: Version, where: str) -> Iterator[Finding]:
    """What is suspicious in what the version says to one kind of claimant."""
    parts = list(summands(version))
    for place, part in parts or [("", version)]:
        yield from _of_amounts(scheme, part, where, place, version.caps if parts else ())
    if parts:
        for code, place in limits_that_say_nothing(version):
            yield found(code, f"{where}, {place}")
        for cap, cause in caps_beyond_the_sum(version):
            yield _because("cap_cannot_bind", f"{where}, {cap}", cause)


def _of_amounts(scheme: Scheme, version: Version, where: str, part: str, wider: tuple[Bound, ...]) -> Iterator[Finding]:
    """What is suspicious in the amounts of a version, or of one part of its sum."""

    def at(place: str) -> str:
        if not part:
            return f"{where}, {place}"
        return f"{where}, {part}{place.removeprefix('amount') if place.startswith('amount') else f'.{place}'}"

    for cliff in cliffs_of(scheme, version):
        yield found(
            "cliff_falls" if cliff.falls else "cliff_jumps",
            at(cliff.place),
            below=cliff.below,
            base=cliff.base,
            before=cliff.before,
            after=cliff.after,
        )
    for tier, cause in tiers_never_reached(version):
        yield _because("tier_never_reached", at(tier), cause)
    for cap, cause in caps_that_cannot_bind(version, wider):
        yield _because("cap_cannot_bind", at(cap), cause)
    for code, floor, cause in floors_above_caps(version, wider):
        yield _because(code, at(floor), cause)
    for threshold, cause in thresholds_beyond_caps(version):
        yield _because("threshold_beyond_cap", at(threshold), cause)
    for code, place in limits_that_say_nothing(version):
        yield found(code, at(place))


def _unnamed_facts(where: str, version: Version) -> Iterator[Finding]:
    for place, clause in clauses_of(version):
        if isinstance(clause, Condition) and other_of(clause.fact) is not None:
            yield found("fact_of_its_own", f"{where}, {place}", fact=clause.fact)


def _to_be_activated(version: Version) -> Iterator[Cause]:
    if version.status in ("planned", "draft"):
        yield Cause("status", {"status": version.status})
    if version.mark == "M":
        yield Cause("memory")
    for clause in from_memory(version):
        yield Cause("clause_from_memory", {"clause": clause})


def _because(code: str, where: str, cause: Cause) -> Finding:
    return found(code, where, **lint_cause(cause.code, **cause.facts))
