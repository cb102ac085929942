"""What people read of a refusal, a warning, a task, a finding or a name; put on where it is shown, never before.

Answers, failures, logs and the audit log carry a code and facts. The files are read once, when the first text is asked
for. A refusal whose code has no text here is shown with its facts all the same: a worker can be newer than the program
that shows what it said.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from schemas.values.refusal import Refusal
from texts.citations import article_in
from texts.lines import Language, Said, said_of
from texts.rows import FOLDER, TextFault, read_rows, texts_of

Names = Literal["kinds", "tracks", "stages", "acts", "roles", "fields", "inside", "contents", "values", "regions"]
_NOT_STATED = "?"
"""Stands for a fact that the refusal does not carry: an older one may have had other facts than its text today."""


class Told(NamedTuple):
    """A refusal or a warning in words; ``{names}`` stand in a row, values in what is shown."""

    article: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


class Closing(NamedTuple):
    """What closes a finding: in words, and the acts that do it."""

    said: Said
    acts: tuple[str, ...]


class Worded(NamedTuple):
    """A refusal in one language: the article, what is wrong, what to do next."""

    article: str
    what: str
    remedy: str


def refusal_text(refusal: Refusal) -> Told:
    """What people read of a refusal or a warning, filled with its facts."""
    row = refusal_rows().get(refusal.code)
    if row is None:
        facts = {"code": refusal.code, "facts": ", ".join(f"{name} {value}" for name, value in refusal.facts.items())}
        return _filled(refusal_rows()["code_without_text"], facts)
    return _filled(row, refusal.facts)


def refusal_in(refusal: Refusal, language: Language) -> Worded:
    """What people read of a refusal or a warning, in one language."""
    told = refusal_text(refusal)
    if language == "zh":
        return Worded(article_in(told.article, language), told.zh, told.remedy_zh)
    return Worded(told.article, told.en, told.remedy_en)


def refusal_json(refusal: Refusal) -> dict[str, Any]:
    """A refusal for programs and people alike: code, place, words and facts."""
    told = refusal_text(refusal)
    return {"code": refusal.code, "where": refusal.where, **told._asdict(), "facts": refusal.facts}


def in_english(refusals: Iterable[Refusal]) -> str:
    """Codes and words in one line."""
    return "; ".join(f"{one.code}: {refusal_text(one).en}" for one in refusals)


def task_text(code: str) -> Said | None:
    """What a task asks of a person; None for a code that an older release recorded."""
    return task_rows().get(code)


def finding_text(code: str) -> Said | None:
    """What a finding says; None for a code that an older release recorded."""
    return finding_rows().get(code)


def closing_text(code: str) -> Said | None:
    """What closes a finding; None for a code that an older release recorded."""
    row = closing_rows().get(code)
    return row.said if row else None


def closing_acts(code: str) -> tuple[str, ...]:
    """The acts that close a finding: ``correct_fact``, or with the kind of filing ``licence.record``."""
    row = closing_rows().get(code)
    return row.acts if row else ()


def name_of(kind: Names, value: str, language: Language) -> str:
    """What people call a value; the value itself where it has no name, as one that an older release recorded.

    A stage is named with its track, the track ``right`` by the kind of filing: ``licence.effective``,
    ``recordal.filed``; an act with the kind of its filing: ``licence.pay``. A region is named with its city:
    ``guangdong.shenzhen``.
    """
    if kind == "regions" and "." in value:
        return _place_name(value, language)
    said = name_rows(kind).get(value) or _by_last_word(kind).get(value)
    return getattr(said, language) if said else value.rpartition(".")[2]


def field_name(name: str, language: Language) -> str:
    """What people call a field: one of an act's own first, then one inside its body, then one of a filing."""
    kinds: tuple[Names, ...] = ("fields", "inside")
    return name_of(next((kind for kind in kinds if name in name_rows(kind)), "contents"), name, language)


def _place_name(region: str, language: Language) -> str:
    """A city behind its province; a smaller place, which no row has, as it is written."""
    province, city, *smaller = region.split(".")
    known = city_rows().get(f"{province}.{city}")
    named = known if known and language == "zh" else city.replace("_", " ").title()
    return ("" if known and language == "zh" else " ").join((name_of("regions", province, language), named, *smaller))


@cache
def city_rows() -> Mapping[str, str]:
    """The cities and prefectures of each province in Chinese; in English they are called as they are written."""
    return read_rows(FOLDER / "cities.yaml", lambda fields: texts_of(fields, "zh")[0])


@cache
def _by_last_word(kind: Names) -> Mapping[str, Said]:
    """Names by what stands after the dot, where that has one name only, whatever stands before it."""
    named: dict[str, set[Said]] = {}
    for value, said in name_rows(kind).items():
        named.setdefault(value.rpartition(".")[2], set()).add(said)
    return {value: next(iter(said)) for value, said in named.items() if len(said) == 1}


@cache
def refusal_rows() -> Mapping[str, Told]:
    """Every refusal and warning by code; raises TextFault where a code stands in two files."""
    rows: dict[str, Told] = {}
    for path in sorted((FOLDER / "refusals").rglob("*.yaml")):
        read = read_rows(path, _told)
        twice = sorted(set(rows) & set(read))
        if twice:
            raise TextFault(f"{path.name}: {', '.join(twice)} stands in another file as well; keep one")
        rows |= read
    return rows


@cache
def codes_of_form() -> frozenset[str]:
    """Refusals of how something is written, whatever it says."""
    return frozenset(
        code for path in sorted((FOLDER / "refusals" / "form").glob("*.yaml")) for code in read_rows(path, _told)
    )


@cache
def task_rows() -> Mapping[str, Said]:
    """Every task by code."""
    return read_rows(FOLDER / "tasks.yaml", said_of)


@cache
def closing_rows() -> Mapping[str, Closing]:
    """What closes each finding, by its code; raises TextFault where one stands in two groups."""
    rows: dict[str, Closing] = {}
    for group, closings in read_rows(FOLDER / "closing.yaml", _closings).items():
        for code, closing in closings.items():
            if code in rows:
                raise TextFault(f"closing.yaml: {group}: {code} stands in another group as well; keep one")
            rows[code] = closing
    return rows


def _closings(fields: Mapping[str, Any]) -> dict[str, Closing]:
    codes = fields.get("closes")
    if not isinstance(codes, dict) or not all(isinstance(acts, list) for acts in codes.values()):
        raise TextFault("closes does not name findings with the acts that close each; write both")
    said = said_of({name: text for name, text in fields.items() if name != "closes"})
    return {code: Closing(said, tuple(acts)) for code, acts in codes.items()}


def condition_in(text: str, language: Language) -> str:
    """A condition of an act, or what it starts, in the reader's language; ``text`` as the table has it, in English."""
    return text if language == "en" else condition_rows().get(text, text)


@cache
def condition_rows() -> Mapping[str, str]:
    """Conditions in Chinese, by what the tables say in English."""
    return read_rows(FOLDER / "conditions.yaml", lambda fields: texts_of(fields, "zh")[0])


@cache
def finding_rows() -> Mapping[str, Said]:
    """Every finding by code."""
    return read_rows(FOLDER / "findings.yaml", said_of)


@cache
def name_rows(kind: Names) -> Mapping[str, Said]:
    """Every name of that kind of values."""
    return read_rows(FOLDER / "names" / f"{kind}.yaml", said_of)


def _told(fields: Mapping[str, Any]) -> Told:
    article = fields.get("article")
    if isinstance(article, list):
        fields = {**fields, "article": "; ".join(str(one) for one in article)}
    return Told(*texts_of(fields, *Told._fields))


class _Fact(str):
    """A fact where a text shows it: as it is, or as the text asks for it.

    ``{act:acts}`` names it, ``{stage:stages.track}`` by what another fact has before the dot, ``{base:values:base}`` by
    that word; ``!`` behind it adds what is typed. Of a list each is named, and what has no name stays as it is.
    """

    facts: "_Facts"

    def __format__(self, spec: str) -> str:
        language = self.facts.language
        if not spec:
            return self.replace("、", ", ") if language == "en" and self.replace("、", "").isascii() else str(self)
        kind, sign, before, typed = _SPEC.fullmatch(spec).groups()  # type: ignore[union-attr]  # a test reads them all
        if kind == "articles":
            return article_in(self, language)
        above = self.facts.get(before, "") if sign == "." else before
        named = (_named(kind, above, one, language, is_typed=bool(typed)) for one in _SEVERAL.split(self))
        return ("、" if language == "zh" else ", ").join(named)


class _Facts(dict[str, str]):
    def __init__(self, facts: Mapping[str, str], language: Language) -> None:
        super().__init__(facts)
        self.language = language

    def __getitem__(self, name: str) -> str:
        found = _Fact(self.get(name, _NOT_STATED))
        found.facts = self
        return found


_SPEC = re.compile(r"(\w+)(?:([.:])(\w+))?(!)?")
_SEVERAL = re.compile("、|, ")


def _named(kind: str, above: str, value: str, language: Language, *, is_typed: bool) -> str:
    if is_typed and language == "en":
        return value
    if kind == "words":
        from texts.traces.told import key_in  # steps tell refusals too

        name = key_in(value, language)
    else:
        name = name_of(kind, f"{above}.{value}" if above else value, language)  # type: ignore[arg-type]  # as above
    return f"{name}（{value}）" if is_typed and name != value else name


def _filled(row: Told, facts: Mapping[str, str]) -> Told:
    zh, en = _Facts(facts, "zh"), _Facts(facts, "en")
    return Told(*(text.format_map(zh if field.endswith("zh") else en) for field, text in row._asdict().items()))
