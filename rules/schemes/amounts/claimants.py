"""What a version says to one claimant: where it goes by a fact of the claimant, the case stands in the place itself.

So whatever is calculated afterwards goes by facts of items alone.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from rules.schemes.eligibility import value_of
from schemas.schemes.amounts import WAYS, Case, OneAmount
from schemas.schemes.cases import Cased, facts_of
from schemas.schemes.inputs import Claimant
from schemas.schemes.limits import Bound, BoundCase
from schemas.schemes.scheme import Version
from schemas.schemes.vocabularies import of_claimant

_CASES = ("by", "cases", "otherwise")
_NO_AMOUNT = Case(rate=Decimal(0))
_NO_BOUND = BoundCase.model_construct(amount=None)
A = TypeVar("A", bound=OneAmount)


def facts_of_claimant(version: Version) -> tuple[str, ...]:
    """Every fact of the claimant that an amount, a floor or a cap goes by, each once."""
    found = (fact for place in _places(version) for fact in facts_of(place))
    return tuple(dict.fromkeys(fact for fact in found if of_claimant(fact)))


def said_to(version: Version, claimant: Claimant | None) -> tuple[Version, tuple[str, ...]]:
    """The version as it is for this claimant, and the facts of the claimant that nobody stated."""
    facts = facts_of_claimant(version)
    if not facts:
        return version, ()
    values = {fact: value_of(claimant, of_claimant(fact)) if claimant else None for fact in facts}
    missing = tuple(fact for fact, value in values.items() if value is None)
    if missing or version.amount is None:
        return version, missing
    amount = _amount(version.amount, values)
    if amount.sum is not None:
        amount = amount.model_copy(update={"sum": tuple(_part(part, values) for part in amount.sum)})
    bounds = {"floors": _bounds(version.floors, values), "caps": _bounds(version.caps, values)}
    return version.model_copy(update={"amount": amount, **bounds}), ()


def _places(version: Version) -> Iterator[Cased]:
    amount = version.amount
    for part in (amount, *(amount.sum or ())) if amount else ():
        yield part
        yield from (*getattr(part, "floors", ()), *getattr(part, "caps", ()))
    yield from (*version.floors, *version.caps)


def _part(part: A, values: Mapping[str, str | None]) -> A:
    bounds = {kind: _bounds(getattr(part, kind), values) for kind in ("floors", "caps")}
    return _amount(part, values).model_copy(update=bounds)


def _amount(amount: A, values: Mapping[str, str | None]) -> A:
    said = _said(amount, values, _NO_AMOUNT)
    return (
        amount if said is amount else amount.model_copy(update={name: getattr(said, name) for name in (*_CASES, *WAYS)})
    )


def _bounds(bounds: tuple[Bound, ...], values: Mapping[str, str | None]) -> tuple[Bound, ...]:
    found = []
    for bound in bounds:
        said = _said(bound, values, _NO_BOUND)
        one = bound.model_copy(update={name: getattr(said, name) for name in (*_CASES, "amount")})
        if one.by is not None or one.amount is not None:
            found.append(one)
    return tuple(found)


def _said(place: Any, values: Mapping[str, str | None], nothing: Any) -> Any:
    while place.by is not None and place.by in values:
        place = (place.cases or {}).get(values[place.by] or "", place.otherwise)
        if place is None:
            return nothing
    if place.by is None or not any(fact in values for fact in facts_of(place)):
        return place
    cases = {value: _said(case, values, nothing) for value, case in (place.cases or {}).items()}
    otherwise = None if place.otherwise is None else _said(place.otherwise, values, nothing)
    return place.model_copy(update={"cases": cases, "otherwise": otherwise})
