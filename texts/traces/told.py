"""A step, a key of a line or the name of a legal value, in the language of whoever reads.

Recorded facts are in English and never change, so what they say is put into Chinese where it is shown: whole phrases
first, then what stands between ``;`` and ``,``, then words. What is none of these (an id, an amount, a reason that
somebody wrote) stays as it is.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from string import Formatter
from typing import NamedTuple

from schemas.statements.bars import BARS
from schemas.values.refusal import Refusal
from texts.citations import article_in
from texts.lines import Language
from texts.rows import FOLDER, read_rows, texts_of
from texts.words import city_rows, name_of, name_rows, refusal_in, refusal_rows

_PLACES = {
    **dict.fromkeys(
        ("unit", "by", "fact", "day", "first", "last", "number", "size", "rule", "measure", "event", "year", "region"),
        r"[^\s;:,]+",
    ),
    "payer": r"[a-z_]+",
    "share": r"[\d./]+(?: %)?",
    "yuan": r"-?[\d./]+(?: %)?",
    "amount": r"-?[\d.,]+(?: \+ [\d/]+ fen)?",
}
"""What stands in a place of that name; in any other, anything that is not taken apart."""
_ANYTHING = r"(?:(?!: |; ).)+?"
_SEPARATORS = (("; ", "；"), (" / ", " / "), ("、", "、"), (", ", "，"), (": ", "："))
_KEY = re.compile(r"[\w.:%/-]*[a-z][\w.:%/-]*")
_TOKEN = re.compile(r"[a-z][a-z0-9_]*")
_IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
_REFUSAL = re.compile(r"(?P<code>[a-z_]+) \((?P<facts>[a-z_]+=.*)\)")
_PAIR = re.compile(r"\w+: [^:]+")
_MOST_KEPT = 10_000
"""Steps are alike; what a server has told does not stay with it for ever."""
_HAS_WORDS = re.compile(r"[a-z]{2}")


class Phrase(NamedTuple):
    """A phrase with places: what it looks like in English, and how it is said in Chinese."""

    pattern: re.Pattern[str]
    zh: str


def step_in(text: str, language: Language) -> str:
    """What a step says of what was computed, how, or what came out; likewise a reason that a rule gave."""
    if (refused := _REFUSAL.fullmatch(text)) is not None and refused["code"] in refusal_rows():
        given = (one.partition("=") for one in refused["facts"].split(", "))
        facts = {name: key_in(value, language) for name, _, value in given}
        return refusal_in(Refusal(code=refused["code"], where="", facts=facts), language).what
    return text.replace("、", ", ") if language == "en" else _chinese(text)


def key_in(key: str, language: Language) -> str:
    """A key of a line, an account or a legal value: ``person:ID``, ``licensee_due:ID``, ``national.annual_fee``."""
    if language == "en":
        return key
    if (known := word_rows().get(key)) is not None:
        return known
    if key in city_rows():
        return name_of("regions", key, language)
    ids = _IDS.findall(key)
    told = _TOKEN.sub(lambda found: _word(found[0]), _IDS.sub("\0", key))
    for one in ids:
        told = told.replace("\0", one, 1)
    return told


def cited_in(provision: str, instrument: str | None, language: Language) -> str:
    """A provision with the instrument that put it there."""
    return "; ".join(article_in(one, language) for one in (provision, instrument) if one)


@cache
def word_rows() -> Mapping[str, str]:
    """Words in Chinese, by how programs write them."""
    return read_rows(FOLDER / "traces" / "words.yaml", lambda fields: texts_of(fields, "zh")[0])


@cache
def phrase_rows() -> Mapping[str, str]:
    """Phrases in Chinese, by how rules record them."""
    return read_rows(FOLDER / "traces" / "phrases.yaml", lambda fields: texts_of(fields, "zh")[0])


@cache
def _exact() -> Mapping[str, str]:
    bars = {en: zh for one in BARS.values() for en, zh in ((one.en, one.zh), (one.evidence_en, one.evidence_zh))}
    return {**bars, **word_rows(), **{en: zh for en, zh in phrase_rows().items() if "{" not in en}}


@cache
def _phrases() -> tuple[Phrase, ...]:
    """Those that say most by themselves come first."""
    with_places = [(en, zh) for en, zh in phrase_rows().items() if "{" in en]
    with_places.sort(key=lambda row: len(re.sub(r"\{.*?\}", "", row[0])), reverse=True)
    return tuple(Phrase(re.compile(_pattern(en)), zh) for en, zh in with_places)


def _pattern(phrase: str) -> str:
    return "".join(
        re.escape(literal) + (f"(?P<{name}>{_PLACES.get(name, _ANYTHING)})" if name else "")
        for literal, name, _, _ in Formatter().parse(phrase)
    )


@lru_cache(_MOST_KEPT)
def _chinese(text: str) -> str:
    if not _HAS_WORDS.search(_IDS.sub("", text)):
        return text
    if (known := _exact().get(text)) is not None:
        return known
    for pattern, zh in _phrases():
        if (found := pattern.fullmatch(text)) is not None:
            places = found.groupdict().items()
            return zh.format_map({name: (key_in if name == "key" else step_in)(one, "zh") for name, one in places})
    if not _HAS_WORDS.search(cited := article_in(text, "zh")):
        return cited
    for separator, told in _SEPARATORS:
        parts = text.split(separator)
        # ``name: value, name: value`` is a list of pairs; else what stands behind a name can be a whole sentence
        if len(parts) > 1 and (separator != ", " or ": " not in text or all(map(_PAIR.fullmatch, parts))):
            return told.join(map(_chinese, parts))
    if _KEY.fullmatch(text):
        return key_in(text, "zh")
    return cited


def _word(word: str) -> str:
    if (known := word_rows().get(word)) is not None:
        return known
    region = name_rows("regions").get(word)
    return region.zh if region else word
