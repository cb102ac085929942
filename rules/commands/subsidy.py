"""``python -m rules subsidy``: what a scheme gives for facts of a file, with every step and every clause."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from rules.schemes.cases import run_scheme_case
from rules.schemes.catalogue import find_scheme, read_scheme
from schemas.determination import Citation, Determination
from schemas.refusal import refuse
from schemas.scheme import Scheme

STDIN = "-"
_FILES = (".yaml", ".yml")


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; wrong usage when it is none."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write YYYY-MM-DD 请写成 YYYY-MM-DD", param, ctx)


@click.command("subsidy")
@click.argument("facts")
@click.option("--as-of", type=Day(), required=True, help="The day whose year is asked for, unless the facts name one.")
@click.option("--scheme", "scheme_name", required=True, help="Id of a bundled scheme, or a YAML file of one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def command(facts: str, as_of: date, scheme_name: str, as_json: bool) -> None:
    """What a scheme gives for the FACTS of a JSON file, or of standard input (-). 按方案计算补助。

    FACTS is one claimant's year, or a call with claims and a budget; docs/schemes.md says what can stand in it.
    """
    scheme = scheme_of(scheme_name)
    put(scheme, run_scheme_case(scheme, read_facts(facts), as_of), as_json=as_json)


def scheme_of(name: str) -> Scheme:
    """The bundled scheme of that id, or that of a file.

    Raises Refused for a file that is wrong, ParameterFault for an id that is not known.
    """
    if not name.endswith(_FILES) and not Path(name).is_file():
        return find_scheme(name)
    return read_scheme(_text(name), Path(name).name)


def read_facts(name: str) -> Mapping[str, Any]:
    """The object of a JSON file or of standard input; raises Refused naming the line, the column and the cure."""
    text = _text(name)
    try:
        given = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise refuse("json_malformed", name, line=error.lineno, column=error.colno, why=error.msg) from error
    if not isinstance(given, dict):
        raise refuse("not_an_object", name, found=type(given).__name__)
    return given


def _text(name: str) -> str:
    try:
        return sys.stdin.read() if name == STDIN else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise refuse("file_unreadable", name, name=name, why=error.strerror) from error
    except UnicodeDecodeError as error:
        wrong = error.object[error.start:error.end].hex(" ")
        raise refuse("encoding_unknown", name, offset=error.start, bytes=wrong, guess_zh="", guess_en="") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # The reader would keep the last one without a word.
    read: dict[str, Any] = {}
    for key, value in pairs:
        if key in read:
            raise refuse("field_twice", key, field=key)
        read[key] = value
    return read


def put(scheme: Scheme, made: Determination, *, as_json: bool) -> None:
    """Prints the determination: one JSON document, or a tree for people."""
    if as_json:
        print(json.dumps(made.model_dump(mode="json"), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_tree(scheme, made)))


def _tree(scheme: Scheme, made: Determination) -> Iterator[str]:
    yield f"{scheme.id} {scheme.title_zh} {scheme.title_en} ({made.as_of})"
    if made.unknown:
        yield from _branch("待补充 to be stated first", (
            f"{name}  [{_cited(clause_of(made, name, scheme, made.as_of))}]" for name in made.unknown
        ))
    yield from _branch("结果 result, 元 yuan", (f"{line.name}  {line.amount}" for line in made.result))
    yield from _branch("答复 answers", (f"{name}  {answer}" for name, answer in made.answers.items()))
    yield from _branch("步骤 steps", (
        f"{one.what}: {one.how} = {one.result}{f'  [{one.article}]' if one.article else ''}" for one in made.steps
    ))
    yield from _branch("依据 values read", (
        f"{one.name} = {one.value}  [{_cited(one.citation)}; from {one.since}; {one.mark}]" for one in made.reads
    ))
    yield f"参数哈希 parameter hash {made.parameter_hash}"


def clause_of(made: Determination, unknown: str, scheme: Scheme, as_of: date) -> Citation:
    """The provision that an unknown fact is asked for by: of its own element, else of the version."""
    parts = unknown.split(".")
    wanted = {f"{scheme.id}.{'.'.join(parts)}", f"{scheme.id}.{parts[0]}.{parts[-1]}", f"{scheme.id}.{parts[0]}"}
    found = [one.citation for one in made.reads if one.name in wanted]
    return found[0] if found else (scheme.on(as_of) or scheme.versions[-1]).cite


def _cited(citation: Citation) -> str:
    return f"{citation.provision}; {citation.instrument}"


def _branch(title: str, lines: Iterator[str]) -> Iterator[str]:
    shown = list(lines)
    if shown:
        yield title
        yield from (f"├─ {line}" for line in shown[:-1])
        yield f"└─ {shown[-1]}"
