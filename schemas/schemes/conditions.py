"""Conditions on items and on the claimant: which fact must be what, and never what it cannot be."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from schemas.schemes.clauses import Clause, PlacedRegion, exactly_one, is_none
from schemas.schemes.vocabularies import (
    CLAIMANT_FACTS,
    ITEM_FACTS,
    FactName,
    Vocabulary,
    possible_fact,
    possible_value,
    schema_of_fact,
    schema_of_value,
    within_of,
)
from schemas.values.model import Filled

OF_OPTION = {"licence_as_taking_transfer": "registered_class"}
"""Open questions of law, and the fact whose values the answer names (D-26)."""
_WAYS = ("one_of", "none_of", "within")


class Condition(Clause):
    """What a fact must be; exactly one of ``one_of``, ``none_of`` and ``within`` (a region and all inside it).

    ``option``: an open question of law, of which the answer in force adds its values to ``one_of``.
    """

    facts: ClassVar[Mapping[str, Vocabulary]]

    fact: FactName
    one_of: Annotated[tuple[Filled, ...], Field(min_length=1)] | None = None
    none_of: Annotated[tuple[Filled, ...], Field(min_length=1)] | None = None
    within: PlacedRegion | None = None
    option: Literal["licence_as_taking_transfer"] | None = Field(default=None, exclude_if=is_none)

    @field_validator("fact")
    @classmethod
    def _can_be_stated(cls, fact: str) -> str:
        return possible_fact(fact, cls.facts)

    @field_validator("one_of", "none_of")
    @classmethod
    def _can_be(cls, values: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        if "fact" in info.data:
            for value in values or ():
                possible_value(info.data["fact"], value, cls.facts)
        return values

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        stated = [getattr(self, way) is not None for way in _WAYS]
        if sum(stated) != 1 or (self.option is not None and self.one_of is None):
            raise PydanticCustomError("condition_unclear", "a condition has one of one_of, none_of and within")
        if self.within is not None:
            within_of(self.fact, self.facts)
        if self.option is not None and self.fact != OF_OPTION[self.option]:
            raise PydanticCustomError(
                "option_of_another_fact",
                "{option} stands with the fact {fact}",
                {"option": self.option, "fact": OF_OPTION[self.option]},
            )
        return self


def _shape(facts: Mapping[str, Vocabulary]) -> ConfigDict:
    """Tells the JSON Schema which facts there are, and what each of them can be."""
    shape: Any = exactly_one(*_WAYS)["json_schema_extra"]
    by_fact: list[Any] = [
        {
            "if": {"properties": {"fact": {"const": name}}},
            "then": {
                "properties": {
                    **{way: {"items": schema_of_value(vocabulary)} for way in ("one_of", "none_of")},
                    **({} if vocabulary.form in ("region", "text") else {"within": {"type": "null"}}),
                }
            },
        }
        for name, vocabulary in facts.items()
    ]
    of_any: Any = {"properties": {"fact": schema_of_fact(facts), "one_of": _KNOWN, "none_of": _KNOWN}}
    return ConfigDict(json_schema_extra={**shape, "allOf": [of_any, *by_fact]})


_KNOWN = {"items": {"not": {"const": "unknown"}}}


class ItemCondition(Condition):
    """On the payments, contracts and events."""

    model_config = _shape(ITEM_FACTS)
    facts = ITEM_FACTS


class ClaimantCondition(Condition):
    """On who claims."""

    model_config = _shape(CLAIMANT_FACTS)
    facts = CLAIMANT_FACTS
