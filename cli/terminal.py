"""What commands print: one JSON document with ``--json``, else tables and sentences for people, in one language."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import Any, TypeVar
from unicodedata import category

import click
from rich.console import Console

from cli.screen.table import drawn, folded
from cli.typed.commands import placed
from cli.typed.language import spoken
from schemas.values.refusal import Fault, Refusal
from texts.lines import line_rows, line_text
from texts.words import name_of, name_rows, refusal_in, refusal_json

_UNBROKEN = 180
"""Columns where nobody watches: what is piped into a file must not be cut at 80."""
F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """``--json`` for a command; its function takes ``as_json``."""
    return click.option("--json", "as_json", is_flag=True)(command)


def shown(text: str) -> str:
    """Text without what a terminal would obey; line breaks stay."""
    return "".join(one if one == "\n" or not category(one).startswith("C") else f"\\u{ord(one):04x}" for one in text)


class _Harmless(Console):
    """Texts that came from files, forms and people move no cursor and set no colour."""

    def print(self, *objects: Any, **how: Any) -> None:
        """Prints them, texts without control characters."""
        super().print(*(shown(one) if isinstance(one, str) else one for one in objects), **how)


def console(*, error: bool = False) -> Console:
    """Takes text as it is: what people typed is no markup."""
    stream = sys.stderr if error else sys.stdout
    is_watched = stream is not None and stream.isatty()  # there is no stream when it was closed (>&-)
    return _Harmless(file=stream, markup=False, emoji=False, highlight=False, width=None if is_watched else _UNBROKEN)


def json_text(document: Any, indent: int | None = None) -> str:
    """JSON in the letters that standard output has, else with JSON's own escapes; ids and days as text."""
    text = json.dumps(document, ensure_ascii=False, indent=indent, default=str)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(document, indent=indent, default=str)
    return text


def put_json(document: Any) -> None:
    """One document."""
    print(json_text(document, indent=2))


def put_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    leaves: Sequence[str] | None = None,
    below: Sequence[str] = (),
) -> None:
    """A table; its title and columns are keys of ``texts/command_line/heads.yaml``; None is shown as nothing.

    ``leaves``, ``below``: what ``drawn`` leaves out where the terminal is narrow, by the same keys.
    """
    cells = [[shown(value_text(column, cell)) for column, cell in zip(columns, row, strict=True)] for row in rows]
    width, heads = columns_of_terminal(), [head(column) for column in columns]
    if leaves is None:  # the last columns stand below their row, so that nothing is lost
        last = range(2, len(columns))
        table = drawn(heads, cells, width, last[::-1], last, names_below=True)
    else:
        places = {column: place for place, column in enumerate(columns)}
        table = drawn(heads, cells, width, *([places[column] for column in named] for named in (leaves, below)))
    print(shown(head(title)), *table.lines, sep="\n")
    if table.left_out:
        print(folded(sentence("columns_left_out", columns=", ".join(table.left_out)), width))


def put_under(depth: int, text: str) -> None:
    """A sentence below what it belongs to, ``depth`` steps to the right, in lines that the terminal has room for."""
    indent = "  " * depth
    for line in folded(shown(text), columns_of_terminal() - len(indent)).split("\n"):
        print(f"{indent}{line}")


def put_command(depth: int, command: str) -> None:
    """A command to be typed: where it is too long for a line it goes on after a backslash, as a shell takes it."""
    indent, room = "  " * depth, columns_of_terminal() - 2
    line = indent
    for word in re.findall(r"--\S+ (?!--)\S+|\S+", command):  # an option stays with its value
        if len(line) + len(word) + 1 > room and line.strip():
            print(f"{shown(line.rstrip())} \\")
            line = f"{indent}    "
        line += f"{word} "
    print(shown(line.rstrip()))


def value_text(field: str, value: object) -> str:
    """A value of a field as it is shown: yes or no, a word by its name, anything else as it is; None is nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return sentence("yes" if value else "no")
    key = f"{field}.{value}"
    return name_of("values", key, spoken()) if key in name_rows("values") else str(value)


def columns_of_terminal() -> int:
    """How wide a line may be."""
    is_watched = sys.stdout is not None and sys.stdout.isatty()  # there is no stream when it was closed (>&-)
    return get_terminal_size().columns if is_watched else _UNBROKEN


def head(key: str) -> str:
    """The title of a table or column in the reader's language; what is no key stays as it is."""
    return line_text("heads", key, spoken()) if key in line_rows("heads") else key


def sentence(key: str, **facts: object) -> str:
    """A text of ``texts/command_line/sentences.yaml`` in the reader's language."""
    return line_text("sentences", key, spoken(), **facts)


def print_refusals(refusals: Sequence[Refusal], *, as_json: bool, title: str = "refused") -> None:
    """Every reason with its article, its place and its remedy; in both languages for programs, in one for people."""
    if as_json:
        put_json({"refused": [refusal_json(one) for one in refusals]})
    else:
        put_reasons(title, refusals, error=True)


def print_fault(fault: Fault, *, as_json: bool) -> None:
    """Whose fault it is, what was said of it as it was said, and whether to try again."""
    if as_json:
        put_json({"fault": {"whose": fault.whose, "what": fault.what, "retry": fault.retry}})
        return
    what = fault.what
    if spoken() == "zh":
        what = f"{sentence(f'fault_{fault.whose}')}\n  {sentence('as_said')}{what}"
    again = sentence("fault_again" if fault.retry else "fault_stays")
    console(error=True).print(f"{sentence('fault')} ({fault.whose}): {what}\n  {again}")


def put_reasons(title: str, reasons: Iterable[Refusal], *, error: bool) -> None:
    """Refusals or warnings, each with what to do next."""
    stream = sys.stderr if error else sys.stdout
    is_watched = stream is not None and stream.isatty()  # there is no stream when it was closed (>&-)
    for one in reasons:
        for line in map(shown, reason_lines(one, sentence(title))):
            print(*(_hanging(line, get_terminal_size().columns) if is_watched else [line]), sep="\n", file=stream)


def _hanging(line: str, width: int) -> Iterator[str]:
    """A line as the terminal has room for it; what goes on stands further to the right than what it belongs to."""
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    first, *rest = folded(text, width - len(indent) - 2).split("\n")
    yield indent + first
    yield from (f"{indent}  {one}" for one in rest)


def reason_lines(reason: Refusal, title: str) -> list[str]:
    """A refusal or a warning as it is shown: what it is, where, what is wrong, what to do next."""
    told = refusal_in(reason, spoken())
    place = f" @ {placed(reason.where, spoken())}" if reason.where else ""
    return [f"{title}: {reason.code} [{told.article}]{place}", f"  {told.what}", f"  → {told.remedy}"]
