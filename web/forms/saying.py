"""How templates name the fields of a form, their choices, and what is wrong with them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from schemas.values.refusal import Refusal
from texts.lines import Language
from texts.words import name_of, refusal_in
from web.forms.given import Given, place_of, rows_of
from web.forms.shape import Field
from web.words import field_name, value_name, word

_FACETS = {"price_form": "form", "patent_kind": "patent_kind", "classification": "section"}
"""Where the values of a facet have their names."""


def form_sayings(language: Language) -> dict[str, Callable[..., Any]]:
    """The functions that ``components/form.html`` calls."""

    def choices_of(field: Field) -> list[dict[str, str]]:
        return [{"value": one, "text": choice_name(field.name, one)} for one in field.choices]

    def choice_name(field: str, value: str) -> str:
        if field == "province":
            return name_of("regions", value, language)
        return value_name(field, value, language)

    def account_name(account: str) -> str:
        return value_name("account", account.partition(":")[0], language)

    def sentences(*texts: str) -> str:
        stop, gap = ("。", "") if language == "zh" else (".", " ")
        return gap.join(text if text[-1] in "。.！？?" else f"{text}{stop}" for text in texts if text)

    return {
        "sentences": sentences,
        "account_name": account_name,
        "facet_value": lambda facet, value: facet_name(facet, value, language),
        "label_of": lambda name: field_name(name, language),
        "choices_of": choices_of,
        "choice_name": choice_name,
        "is_begun": is_begun,
        "stated_in": lambda given, places, names: stated_pairs(given, places, names, language),
        "shown_rows": shown_rows,
    }


def facet_name(facet: str, value: str, language: Language) -> str:
    """What people call a value by which the bulletin is divided."""
    if facet == "region":
        return name_of("regions", value, language)
    return value_name(_FACETS.get(facet, facet), value, language)


def is_begun(at: str, given: Mapping[str, str]) -> bool:
    """Whether anything stands at that place or below it."""
    return any(value and (name == at or name.startswith(f"{at}.")) for name, value in given.items())


def shown_rows(field: Field, at: str, given: Given) -> list[int]:
    """The rows to show: those there are; of what must be there at least one."""
    return rows_of(given, at) or ([0] if field.required else [])


def wrong(
    fields: Iterable[Field], given: Given, refusals: Iterable[Refusal], language: Language
) -> tuple[list[dict[str, str]], dict[str, str]]:
    """What stands above the form, each line leading to its field, and what stands beside each field by its place."""
    above, beside = [], dict[str, str]()
    for one in refusals:
        said, at = refusal_in(one, language), place_of(fields, given, one.where)
        text = f"{said.what}。" if language == "zh" else f"{said.what}."
        above.append({"text": said.what, "note": said.remedy, **({"href": f"#{at}"} if at else {})})
        if at:
            beside.setdefault(at, f"{text}{said.remedy}" if language == "zh" else f"{text} {said.remedy}")
    return above, beside


def stated_pairs(
    given: Given, places: Iterable[str], names: Mapping[str, str], language: Language
) -> list[tuple[str, str]]:
    """What was stated at those places of a form or below them, as names and values for a person to check.

    ``names``: of those whom ids mean.
    """
    return [
        (_labelled(name, language), names.get(value) or _in_words(name, value, language))
        for place in places
        for name, value in given.items()
        if value and (name == place or name.startswith(f"{place}."))
    ]


def _labelled(place: str, language: Language) -> str:
    """The names of what the place is in, without the offer around all and the form that was chosen."""
    named = []
    for part in place.split(".")[-4:]:
        name = str(int(part) + 1) if part.isdecimal() else field_name(part, language)
        # What nobody names has no Chinese; an English name can be the same as the key.
        if part != "offer" and (part.isdecimal() or field_name(part, "zh") != part):
            named.append(name)
    return " ".join(dict.fromkeys(named))


def _in_words(place: str, value: str, language: Language) -> str:
    field = place.rpartition(".")[2]
    if value in ("true", "false"):
        return word("yes" if value == "true" else "no", language)
    return value_name(field, value, language)
