"""The schemes of this release, and how a scheme's file is read."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from rules.law.law import Law
from rules.law.loader import PARAMETERS, ParameterFault, read_below
from rules.law.options import values_of
from rules.law.yaml_text import parse_yaml, typed
from schemas.schemes.conditions import Condition
from schemas.schemes.scheme import Scheme, Version
from schemas.values.model import Model
from schemas.values.refusal import Refusal, Refused, refusal, refuse
from schemas.wire.form import form_defects, form_refusals

FOLDER = "schemes"
M = TypeVar("M", bound=Model)


def parse_scheme(data: Any, where: str) -> Scheme:
    """The scheme that ``data`` describes; raises ParameterFault naming the key and the cure."""
    try:
        return with_options(Scheme.model_validate(data))
    except ValidationError as error:
        raise ParameterFault(f"{where}: {form_defects(error, data, Scheme)}", *_defects(error, data)) from error


def load_schemes(root: Path) -> Mapping[str, Scheme]:
    """Every scheme below ``root``, by id; a file lies in the ``schemes`` folder of its region."""
    found: dict[str, Scheme] = {}
    for (_, *regions, _, name), data in read_below(root, FOLDER):
        scheme, region = parse_scheme(data, name), ".".join(regions)
        if scheme.region != region:
            no = refusal("scheme_misplaced", "region", region=scheme.region, folder=region)
            raise ParameterFault(f"{name}: region is {scheme.region}, but the file lies in {region}; move it", no)
        if scheme.id in found:
            no = refusal("scheme_twice", "id", scheme=scheme.id)
            raise ParameterFault(f"{name}: there is already a scheme {scheme.id}; rename one of them", no)
        found[scheme.id] = scheme
    ring = next(filter(None, (ring_of(one, found) for one in found)), ())
    if ring:
        no = refusal("stacked_with_itself", "stacking", scheme=ring[0], ring=" > ".join(ring))
        raise ParameterFault(f"{' > '.join(ring)}: a scheme is stacked with itself; keep stacking in one of them", no)
    return found


def ring_of(scheme_id: str, schemes: Mapping[str, Scheme]) -> tuple[str, ...]:
    """The way on which a scheme comes back to itself, each looking at what the next one granted; empty: none.

    Each of them would wait for what the others grant. Where each pays in full (``add``) none of them looks at another.
    """
    ways: list[tuple[str, ...]] = [(scheme_id,)]
    seen: set[str] = set()
    for way in ways:
        for other in _looked_at(schemes[way[-1]]) if way[-1] in schemes else ():
            if other == scheme_id:
                return (*way, other)
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _looked_at(scheme: Scheme) -> tuple[str, ...]:
    stacking = [version.stacking for version in scheme.versions if version.stacking]
    return tuple(dict.fromkeys(other for one in stacking if one.rule != "add" for other in one.among))


def read_scheme(text: str, where: str, today: date | None = None) -> Scheme:
    """The scheme of a file that somebody is writing; raises Refused with every defect and its place.

    ``today``: the day on which it is read, after which nobody can have checked anything.
    """
    try:
        data = parse_yaml(text, where, typed)
        scheme = with_options(Scheme.model_validate(data))
    except ParameterFault as fault:
        raise Refused(*(one.but(where=f"{where}: {one.where}") for one in fault.defects)) from fault
    except ValidationError as error:
        found = _defects(error, data)
        raise Refused(*(one.but(where=f"{where}: {one.where}" if one.where else where) for one in found)) from error
    for number, version in enumerate(scheme.versions):
        if today is not None and version.checked_on > today:
            place = f"{where}: versions.{number}.checked_on"
            raise refuse("checked_in_the_future", place, on=version.checked_on, today=today)
    if any(version.stacking for version in scheme.versions):
        ring = ring_of(scheme.id, {**bundled_schemes(), scheme.id: scheme})
        if ring:
            raise refuse("stacked_with_itself", where, scheme=scheme.id, ring=" > ".join(ring))
    return scheme


def _defects(error: ValidationError, data: Any) -> tuple[Refusal, ...]:
    found = form_refusals(error, data, Scheme)
    # A list whose only member is wrong is called empty as well.
    return tuple(one for one in found if not any(other.where.startswith(f"{one.where}.") for other in found))


def with_options(scheme: Scheme) -> Scheme:
    """The scheme with the values that the options it rests on name, on the first day of each version.

    Raises ParameterFault for an option that names no values.
    """
    versions = tuple(_with_options(version) for version in scheme.versions)
    return scheme.model_copy(update={"versions": versions}) if versions != scheme.versions else scheme


def _with_options(version: Version) -> Version:
    def opted(of: M, *names: str) -> M:
        changes = {name: tuple(_opted(one, version.since) for one in getattr(of, name)) for name in names}
        return of.model_copy(update=changes)

    changes: dict[str, object] = {"criteria": tuple(opted(one, "claimant", "items") for one in version.criteria)}
    if version.amount is not None and version.amount.sum is not None:
        parts = tuple(opted(part, "items") for part in version.amount.sum)
        changes["amount"] = version.amount.model_copy(update={"sum": parts})
    return opted(version.model_copy(update=changes), "claimant", "items")


def _opted(condition: Condition, day: date) -> Condition:
    if condition.option is None:
        return condition
    values = (*(condition.one_of or ()), *values_of(Law(day), condition.option))
    changed: Condition = condition.but(one_of=tuple(dict.fromkeys(values)))
    return changed


@cache
def bundled_schemes() -> Mapping[str, Scheme]:
    """The schemes that come with this release; read on first use."""
    return load_schemes(PARAMETERS)


def automatic_schemes() -> tuple[str, ...]:
    """The ids of the schemes that pay without a claim in some year (D-14)."""
    return tuple(
        scheme.id
        for scheme in bundled_schemes().values()
        if any(version.application == "automatic" for version in scheme.versions)
    )


def find_scheme(scheme_id: str) -> Scheme:
    """The scheme of that id; raises ParameterFault with the ids that are known."""
    scheme = bundled_schemes().get(scheme_id)
    if scheme is None:
        raise ParameterFault(f"there is no scheme {scheme_id}; known: {', '.join(bundled_schemes())}")
    return scheme
