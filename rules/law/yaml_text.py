"""Strict YAML, the one reader of it: of bodies and register evidence, of parameters, schemes and case files.

It reads what JSON can say, in YAML's writing: no anchors and aliases, no tags, no directives, one document, a key once.
A text is looked at event by event and given up at the first defect, so that a small text that stands for a large one
costs nothing.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from yaml.resolver import Resolver

from schemas.values.refusal import Refused
from schemas.wire.reading import (
    DEEPEST,
    KEY_TOO_LONG,
    LONGEST_KEY,
    MOST_DIGITS,
    MOST_VALUES,
    NUMBER_TOO_LONG,
    TOO_DEEP,
    TOO_MANY,
    Why,
    malformed,
    out_of_place,
    place_of,
    twice,
    unseen_in,
)

LONGEST_YAML = 512 * 1024
"""Characters; YAML is what people write, and programs write JSON."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_DIRECTIVE = re.compile(r"\A(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\r))*+%")
_REST = re.compile(r"(?:\s*+(?:#[^\r\n]*+|\.\.\.(?=\s|\Z))?)*+")
_WHOLE = re.compile(r"-?(0|[1-9]\d*)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_TOO_LONG = Why(
    f"YAML 超过 {LONGEST_YAML} 字，请拆分或改用 JSON",
    f"the YAML is longer than {LONGEST_YAML} characters; split it, or write it as JSON",
)
_ALIAS = Why(
    "不接受锚点和别名（& 与 *），请在此处写出完整内容", "no anchors or aliases (& and *); write out what is meant here"
)
_TAG = Why("不接受类型标记（!）；文字请加引号", "no tags (!); write a text in quotation marks")
_DIRECTIVES = Why("不接受 % 指令，请删除该行", "no directives (%); remove this line")
_SECOND = Why("文件中只能有一个文档", "a second document begins here; a file has one")
_NO_KEY = Why("字段名须是一个词", "a key must be one word")


class Place(NamedTuple):
    """Line and column, from 1."""

    line: int
    column: int


Path = tuple[int | str, ...]
Scalar = Callable[[ScalarEvent], Any]


class _Wrong(Exception):
    def __init__(self, why: Why) -> None:
        self.why = why


def text_of(scalar: ScalarEvent) -> Any:
    """Every value is text, so that no number, day or *no* changes on its way: for forms, whose models know types."""
    return scalar.value


_RESOLVER = Resolver()


def typed(scalar: ScalarEvent) -> Any:
    """Whole numbers, days, true, false and null where they are written plainly: for files whose values have no form."""
    if not scalar.implicit[0]:
        return scalar.value
    value = scalar.value
    # the stubs leave the resolver untyped
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    match tag.rpartition(":")[2]:
        case "float":
            raise _Wrong(
                Why(f'{value} 会变成浮点数，请加引号："{value}"', f'{value} would become a float; quote it: "{value}"')
            )
        case "int":
            if not _WHOLE.fullmatch(value):
                raise _Wrong(
                    Why(
                        f"{value} 不是普通整数，请只写数字，或加引号",
                        f"{value} is not a plain whole number; write it with digits only, or quote it",
                    )
                )
            if len(value) > MOST_DIGITS:
                raise _Wrong(NUMBER_TOO_LONG)
            return int(value)
        case "bool":
            if value not in ("true", "false"):
                raise _Wrong(
                    Why(
                        f"{value} 会变成真假值，请加引号，或写 true、false",
                        f"{value} would become a truth value; quote it, or write true or false",
                    )
                )
            return value == "true"
        case "timestamp":
            return _day(value)
        case "null":
            return None
        case _:
            return value


def _day(value: str) -> date:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise _Wrong(Why(f"{value} 不是日期，请写成 YYYY-MM-DD", f"{value} is not a day; write YYYY-MM-DD"))


def parse_yaml(text: str, where: str, scalar: Scalar = text_of) -> Any:
    """The data of a text; an empty one is None. Raises Refused with the place of the first defect."""
    return _Reader(text, where, scalar).read()


def places_in(text: str, where: str) -> dict[Path, Place]:
    """Where each value of a text stands: of a field its name, of a part of a list its beginning."""
    reader = _Reader(text, where, text_of)
    reader.places = {}
    reader.read()
    return reader.places


class _Open:
    """A list or an object that is not closed yet."""

    def __init__(self, made: list[Any] | dict[Any, Any]) -> None:
        self.made = made
        self.key: Any = None
        self.has_key = False


class _Reader:
    def __init__(self, text: str, where: str, scalar: Scalar) -> None:
        self.text, self.where, self.scalar = text, where, scalar
        self.places: dict[Path, Place] | None = None
        self._open: list[_Open] = []
        self._values = 0

    def read(self) -> Any:
        """The data; see ``parse_yaml``."""
        self._look_before()
        found = None
        try:
            for event in self._events():
                if isinstance(event, AliasEvent):
                    raise self._malformed(event, _ALIAS)
                if isinstance(event, ScalarEvent | CollectionStartEvent):
                    made = self._begun(event)
                    if not self._open:
                        found = made
                    if isinstance(event, CollectionStartEvent):
                        self._deeper(event, made)
                elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                    self._open.pop()
                elif isinstance(event, DocumentEndEvent):
                    self._look_after(event)
                    break
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            why = out_of_place(self.text, min(mark.index, len(self.text)) if mark else 0)
            raise malformed(self.where, line, column, why) from error
        return found

    def _events(self) -> Iterator[Any]:
        loader = (yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader)(self.text)
        try:
            while loader.check_event():
                event: Any = loader.get_event()
                yield event
        finally:
            loader.dispose()

    def _look_before(self) -> None:
        if len(self.text) > LONGEST_YAML:
            raise malformed(self.where, *place_of(self.text, LONGEST_YAML), _TOO_LONG)
        if (control := _CONTROL.search(self.text)) is not None:
            why = out_of_place(self.text, control.start())
            raise malformed(self.where, *place_of(self.text, control.start()), why)
        if (directive := _DIRECTIVE.match(self.text)) is not None:
            raise malformed(self.where, *place_of(self.text, directive.end() - 1), _DIRECTIVES)

    def _look_after(self, end: Any) -> None:
        rest = _REST.match(self.text, end.end_mark.index)
        if rest is not None and rest.end() < len(self.text):
            raise malformed(self.where, *place_of(self.text, rest.end()), _SECOND)

    def _begun(self, event: ScalarEvent | CollectionStartEvent) -> Any:
        """The value that begins here, put where it belongs; of the name of a field nothing is put yet."""
        above = self._open[-1] if self._open else None
        if event.anchor is not None:
            raise self._malformed(event, _ALIAS)
        if event.tag is not None:
            raise self._malformed(event, _TAG)
        made: Any
        if isinstance(event, ScalarEvent):
            try:
                made = self.scalar(event)
            except _Wrong as wrong:
                raise self._malformed(event, wrong.why) from wrong
        else:
            made = {} if isinstance(event, MappingStartEvent) else []
        if above is not None and isinstance(above.made, dict) and not above.has_key:
            self._name(above, made, event)
            return made
        self._values += 1
        if self._values > MOST_VALUES:
            raise self._malformed(event, TOO_MANY)
        if above is not None:
            if isinstance(above.made, dict):
                above.made[above.key], above.has_key = made, False
            else:
                above.made.append(made)
                self._keep_place(event)
        return made

    def _name(self, above: _Open, key: Any, event: ScalarEvent | CollectionStartEvent) -> None:
        if not isinstance(event, ScalarEvent):
            raise self._malformed(event, _NO_KEY)
        if len(event.value) > LONGEST_KEY:
            raise self._malformed(event, KEY_TOO_LONG)
        if (unseen := unseen_in(event.value)) is not None:
            raise self._malformed(event, unseen)
        if key in above.made:
            raise twice(self.where, *_place(event), key)
        above.key, above.has_key = key, True
        above.made[key] = None
        self._keep_place(event)

    def _deeper(self, event: Any, made: Any) -> None:
        if len(self._open) >= DEEPEST:
            raise self._malformed(event, TOO_DEEP)
        self._open.append(_Open(made))

    def _keep_place(self, event: Any) -> None:
        if self.places is not None:
            path = tuple(one.key if isinstance(one.made, dict) else len(one.made) - 1 for one in self._open)
            self.places[path] = _place(event)

    def _malformed(self, event: Any, why: Why) -> Refused:
        return malformed(self.where, *_place(event), why)


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
