"""What a scheme can ask of items and claimants, and which values those facts can have: one table, read off their types.

A scheme that asks for a fact that nobody can state, or for a value that no fact can have, would give nothing, or give
it to everybody, and nobody would see why. So it is refused, with the word that was probably meant.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from schemas.schemes.clauses import PlacedRegion, Region, not_a_region
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.kinds import Name, WordOf, not_a_word
from schemas.values.cells.reading import CELLS
from schemas.values.determination import Answer3
from schemas.values.model import Model, ShortText
from schemas.values.refusal import nearest_first

OTHER = "other."
"""Before the name of a further fact: a scheme writes it as it stands in the facts, ``other.batch``."""
CLAIMANT = "claimant."
"""Before the name of a fact of the claimant, where an amount, a floor or a cap goes by it: ``claimant.kind``."""
FactName = Annotated[str, StringConstraints(pattern=r"^(other\.|claimant\.)?[a-z][a-z0-9_]*$", max_length=89)]


class Vocabulary(NamedTuple):
    """What values one fact can have."""

    form: Literal["words", "region", "name", "text"]
    """One of ``words``; a region; a name in small letters; any short text."""
    words: tuple[str, ...]
    type: Any

    def takes(self, value: str) -> bool:
        """Whether the fact can have this value, exactly as it is written; what is unknown is no value."""
        try:
            read = TypeAdapter(self.type).validate_python(value, context=CELLS)
        except ValidationError:
            return False
        return str(read) == value != Answer3.UNKNOWN


FURTHER = Vocabulary("text", (), ShortText)
"""A fact that a scheme asks for beside the common ones."""


def _vocabulary(annotation: Any) -> Vocabulary | None:
    """What a field of that type can be asked for; None for amounts, days, lists and flags, which are no kinds."""
    stated = [one for one in get_args(annotation) if one is not type(None)]
    kind = stated[0] if len(stated) == 1 else annotation
    words = next((one.words for one in get_args(kind) if isinstance(one, WordOf)), None)
    if kind is Answer3:
        return Vocabulary("words", (Answer3.YES.value, Answer3.NO.value), kind)
    if get_origin(kind) is Literal:
        return Vocabulary("words", get_args(kind), kind)
    if words is not None:
        return Vocabulary("words", words, kind)
    if kind == Region:
        return Vocabulary("region", (), kind)
    if kind == Name:
        return Vocabulary("name", (), kind)
    return Vocabulary("text", (), kind) if (get_args(kind) or (kind,))[0] is str else None


def _facts_of(model: type[Model]) -> Mapping[str, Vocabulary]:
    found = {name: _vocabulary(field.annotation) for name, field in model.model_fields.items()}
    return {name: vocabulary for name, vocabulary in found.items() if vocabulary is not None}


ITEM_FACTS = _facts_of(SchemeItem)
CLAIMANT_FACTS = _facts_of(Claimant)
CASE_FACTS = {**ITEM_FACTS, **{f"{CLAIMANT}{name}": one for name, one in CLAIMANT_FACTS.items()}}
"""By what an amount, a floor or a cap can go."""


def possible_fact(name: str, facts: Mapping[str, Vocabulary]) -> str:
    """The name, if somebody can state such a fact; for the validators of what a scheme asks for."""
    bare = name.removeprefix(OTHER)
    if name in facts or (bare != name and bare not in facts):
        return name
    if bare in facts:
        raise PydanticCustomError("fact_is_common", "{fact} is a common fact, write it without other.", {"fact": bare})
    raise PydanticCustomError(
        "fact_unknown",
        "{given} is none of the facts; a further one is written other.{given}",
        {"given": name, "choices": ", ".join(nearest_first(name, facts))},
    )


def possible_value(name: str, value: str, facts: Mapping[str, Vocabulary]) -> str:
    """The value, if the fact of that name can have it."""
    vocabulary = facts.get(name, FURTHER)
    if vocabulary.takes(value):
        return value
    if value == Answer3.UNKNOWN:
        raise PydanticCustomError("unknown_is_no_kind", "what is unknown has no kind", {"fact": name})
    if vocabulary.form == "words":
        raise not_a_word(value, vocabulary.words)
    if vocabulary.form == "region":
        raise not_a_region(value)
    raise PydanticCustomError("value_impossible", "no {fact} is {given}", {"fact": name, "given": value})


def within_of(name: str, facts: Mapping[str, Vocabulary]) -> None:
    """Raises where ``within`` is asked of a fact that is no region."""
    if facts.get(name, FURTHER).form not in ("region", "text"):
        raise PydanticCustomError("within_no_region", "{fact} is no region", {"fact": name})


def schema_of_fact(facts: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """The JSON Schema of a fact's name."""
    common = [f"{OTHER}{name}" for name in facts]
    return {"anyOf": [{"enum": [*facts]}, {"pattern": r"^other\.", "not": {"enum": common}}]}


def schema_of_value(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema of a value of one fact."""
    if vocabulary.form == "words":
        return {"enum": [*vocabulary.words]}
    read = TypeAdapter(PlacedRegion if vocabulary.form == "region" else vocabulary.type).json_schema()
    return {key: one for key, one in read.items() if key in ("type", "pattern", "minLength", "maxLength")}


def of_claimant(name: str) -> str:
    """The name of a fact of the claimant without what stands before it; empty for a fact of an item."""
    return name.removeprefix(CLAIMANT) if name.startswith(CLAIMANT) else ""


def other_of(name: str) -> str | None:
    """The name below ``other`` of a further fact; None for a common one."""
    return name.removeprefix(OTHER) if name.startswith(OTHER) else None
