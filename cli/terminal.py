"""What commands print, here and in ``cli``: one JSON document with ``--json``, else tables and sentences for people."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar
from unicodedata import category

import click
from rich.console import Console
from rich.table import Table

from schemas.values.refusal import Fault, Refusal
from texts.words import refusal_json, refusal_text

_UNBROKEN = 180
"""Columns where nobody watches: what is piped into a file must not be cut at 80."""
F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """``--json`` for a command; its function takes ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")(command)


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


def put_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; None is shown as nothing."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else shown(str(cell)) for cell in row))
    console().print(table)


def print_refusals(refusals: Sequence[Refusal], *, as_json: bool) -> None:
    """Every reason with its article, its place and its remedy."""
    if as_json:
        put_json({"refused": [refusal_json(one) for one in refusals]})
    else:
        put_reasons("不予办理 refused", refusals, error=True)


def print_fault(fault: Fault, *, as_json: bool) -> None:
    """Whose fault it is, and whether to try again."""
    if as_json:
        put_json({"fault": {"whose": fault.whose, "what": fault.what, "retry": fault.retry}})
        return
    again = "可重试 try again" if fault.retry else "重试无用 trying again does not help"
    console(error=True).print(f"故障 fault ({fault.whose}): {fault.what}\n  {again}")


def print_usage(error: click.UsageError, program: str, *, as_json: bool) -> None:
    """What of the command line was not understood."""
    if as_json:
        put_json({"usage": error.format_message()})
        return
    where = error.ctx.command_path if error.ctx else program
    console(error=True).print(f"{error.format_message()}\n用法有误，请看 / wrong usage, see: {where} --help")


def put_reasons(title: str, reasons: Iterable[Refusal], *, error: bool) -> None:
    """Refusals or warnings, each in both languages with what to do next."""
    for one in reasons:
        told = refusal_text(one)
        place = f" @ {one.where}" if one.where else ""
        console(error=error).print(
            f"{title}: {one.code} [{told.article}]{place}\n"
            f"  {told.zh}\n  {told.en}\n  → {told.remedy_zh}\n  → {told.remedy_en}"
        )
