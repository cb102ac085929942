"""What an editor is told of scheme files agrees with what the loader takes."""

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from cli.rules.scheme_json_schema import scheme_json_schema
from rules.law.loader import PARAMETERS, read_below
from schemas.schemes.scheme import Scheme
from schemas.values.refusal import refusal
from schemas.wire.form import form_refusals
from tests.rules.schemes.scheme_files import version
from texts.words import refusal_text

FILES = {path[-1]: data for path, data in read_below(PARAMETERS, "schemes")}
VALIDATOR = Draft202012Validator(scheme_json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors_of(data: Any) -> list[str]:
    # An editor sees days as text.
    return [error.json_path for error in VALIDATOR.iter_errors(json.loads(json.dumps(data, default=str)))]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(scheme_json_schema())


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_scheme_of_the_release_keeps_to_the_schema(name: str) -> None:
    assert errors_of(FILES[name]) == []


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ((), "regoin", "hubei"),
        (("versions", 0), "cap", []),
        (("versions", 0), "mark", "V3"),
        (("versions", 0), "from", "yesterday"),
        (("versions", 0, "base"), "measure", "receipts"),
        (("versions", 0, "amount"), "rate", 0.1),
        (("versions", 0, "amount"), "rate", "10 %"),
        (("versions", 0, "amount"), "each", "5"),
        (("versions", 0, "thresholds", 0), "more_than", "5"),
        (("versions", 0, "thresholds", 0), "at_least", 500000),
        (("versions", 0, "caps", 0), "per", "family"),
        (("versions", 0, "items", 0), "within", "hubei"),
        (("versions", 0, "funding"), "parts", []),
    ],
)
def test_what_the_loader_refuses_the_editor_refuses(place: tuple[str | int, ...], key: str, value: Any) -> None:
    data = deepcopy(FILES["wh_2022_buyer_10pct.yaml"])
    inside = data
    for part in place:
        inside = inside[part]
    inside[key] = value
    assert errors_of(data)
    with pytest.raises(ValidationError):
        Scheme.model_validate(data)


BEYOND_A_SHAPE = {
    "ends_before_it_begins": "two days are compared",
    "gap": "versions are compared",
    "overlap": "versions are compared",
    "starts_in_another_year": "a day is compared with the beginning of years",
    "year_already_governed": "versions are compared",
    "stacked_with_itself": "ids are compared, and other files",
    "no_such_day": "which month has how many days",
    "amount_unit": "the measure and the amount stand apart",
    "count_of_items": "the measure and the amount stand apart",
    "threshold_unit": "the measure and the thresholds stand apart",
    "growth_unclear": "the measure and the thresholds stand apart",
    "registered_beside_others": "the measures of parts are compared",
    "growth_of_several": "the measures of parts are compared",
    "further_of_another_unit": "what stands around it decides",
    "tiers_unordered": "amounts are compared",
    "steps_unordered": "amounts are compared",
    "steps_mixed": "steps are compared",
    "award_without_room": "two amounts are compared",
    "criteria_unclear": "members are counted across lists",
    "funding_unclear": "names are compared",
    "funding_not_whole": "shares are added up",
}
"""What the engine refuses and no JSON Schema can say, with the reason."""
OTHER_VALUES: tuple[Any, ...] = (None, True, 1, -1, "-1", "0.00", "9" * 16, "nonsense", " ", [], {})
WITH_VALUES = ("wh_2022_buyer_10pct.yaml", "sz_navigation.yaml")
"""Every value in every place of these; of the others each place is dropped, renamed or null."""


def mutated(data: Any, values: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """The file with one place dropped, renamed, said twice, or of another type or value."""
    for *above, last in places_of(data):
        place = ".".join(map(str, (*above, last)))

        def inside(above: list[Any] = above) -> tuple[Any, Any]:
            copy = deepcopy(data)
            found = copy
            for part in above:
                found = found[part]
            return copy, found

        copy, found = inside()
        was = found.pop(last)
        yield f"{place} dropped", copy
        if isinstance(last, str):
            copy, found = inside()
            found[f"{last}x"] = found.pop(last)
            yield f"{place} renamed", copy
        for value in values:
            copy, found = inside()
            found[last] = value
            yield f"{place} = {value!r}, not {was!r}", copy


def places_of(data: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a file, from the outside in."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield (*above, key)
        yield from places_of(value, (*above, key))


def refused_by_the_engine(data: Any) -> set[str]:
    try:
        Scheme.model_validate(data)
    except ValidationError as error:
        return {one.code for one in form_refusals(error, data, Scheme)}
    return set()


@pytest.mark.parametrize("name", sorted(FILES))
def test_whatever_shape_the_engine_refuses_the_schema_refuses(name: str) -> None:
    lax = {
        change: codes
        for change, data in mutated(FILES[name], OTHER_VALUES if name in WITH_VALUES else (None,))
        if (codes := refused_by_the_engine(data)) - BEYOND_A_SHAPE.keys() and not errors_of(data)
    }
    assert lax == {}


@pytest.mark.parametrize(
    ("elements", "code"),
    [
        ({"amount": None}, "amount_unknown"),
        ({"status": "repealed"}, "repealed_without_end"),
        ({"application": "automatic"}, "automatic_without_source"),
        ({"base": {"measure": "received", "count_of": "patent"}}, "count_of_without_count"),
        ({"base": {"measure": "count", "growth": True}, "amount": {"each": "5"}}, "count_grows"),
        ({"thresholds": [{"per": "year", "count_of": "contract", "at_least": "2"}]}, "count_without_number"),
        ({"thresholds": [{"per": "patent", "measure": "paid", "at_least": "2"}]}, "measure_of_a_threshold"),
        ({"thresholds": [{"per": "year", "measure": "paid", "count_at_least": 2}]}, "measure_of_a_threshold"),
        ({"thresholds": [{"per": "year", "at_least": None}]}, "threshold_unclear"),
        ({"items": [{"fact": "contract_kind", "within": None}]}, "condition_unclear"),
        ({"items": [{"fact": "contract_kind", "one_of": ["licnece"]}]}, "not_a_choice"),
        ({"amount": {"rate": None}}, "formula_unclear"),
        ({"caps": [{"per": "year", "amount": "0.00"}]}, "no_money"),
        ({"caps": [{"per": "year"}]}, "bound_unclear"),
        ({"funding": {"parts": [{"payer": "payable", "share": "1"}], "odd_fen": "payable"}}, "payer_is_a_line"),
    ],
)
def test_what_does_not_fit_in_one_place_the_schema_refuses_too(elements: dict[str, Any], code: str) -> None:
    data = {**FILES["wh_2022_buyer_10pct.yaml"], "versions": [version(**elements)]}
    assert code in refused_by_the_engine(data)
    assert errors_of(data)


def test_every_exception_is_a_code_of_the_engine() -> None:
    for code in BEYOND_A_SHAPE:
        assert refusal_text(refusal(code)).zh
