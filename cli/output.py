"""What commands print: one JSON document with ``--json``, else tables and sentences in Chinese and English."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from runtime.settings import SetupError
from schemas.answer import Answer
from schemas.refusal import Fault, Refusal

_UNBROKEN = 180
"""Columns where nobody watches: what is piped into a file must not be cut at 80."""
F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """``--json`` for a command; its function takes ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")(command)


def console(*, error: bool = False) -> Console:
    """Takes text as it is: what people typed is no markup."""
    stream = sys.stderr if error else sys.stdout
    return Console(file=stream, markup=False, highlight=False, width=None if stream.isatty() else _UNBROKEN)


def put_json(document: Any) -> None:
    """One document; ids and days as text."""
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def put_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; None is shown as nothing."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    console().print(table)


def put_pairs(title: str, pairs: Mapping[str, object]) -> None:
    """Names and values, without those that have no value."""
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in pairs.items():
        if value not in (None, "", (), {}):
            table.add_row(name, str(value))
    console().print(table)


def put_answer(answer: Answer, *, as_json: bool) -> None:
    """The answer to a granted act."""
    if as_json:
        put_json(answer.model_dump(mode="json"))
        return
    deadline = answer.next_deadline
    put_pairs("已受理 / done", {
        "行为 act": answer.act_id,
        "事项 filing": answer.filing_id,
        "阶段 stage": answer.head.stage,
        "分轨 tracks": ", ".join(f"{track}: {stage}" for track, stage in answer.head.tracks.items()),
        "法定日 legal day": answer.legal_on,
        "版本 version": answer.head.version,
        "回执 receipt": answer.receipt_number,
        "内容哈希 content hash": answer.content_hash,
        "下一期限 next deadline": deadline and (
            f"{deadline.by} {deadline.what} ({deadline.role.value}, {deadline.basis}, {deadline.article}"
            f"{', provisional: ' + deadline.because if deadline.provisional else ''})"
        ),
        "启动的支付 payouts begun": ", ".join(str(one.payout_id) for one in answer.starts),
    })
    for determination in answer.determinations:
        put_table(
            f"计算 determination: {determination.rule} ({determination.as_of})", ("项 line", "元 yuan"),
            [(line.name, line.amount) for line in determination.result],
        )
        for one in determination.unknown:
            console().print(f"待补充 to be stated: {one}")
    for finding in answer.findings:
        console().print(f"疑点 finding: {finding.code} ({finding.key}, {finding.opened_on})")
    _put_reasons("提醒 warning", answer.warnings, error=False)


def print_refusals(refusals: Sequence[Refusal], *, as_json: bool) -> None:
    """Every reason with its article, its place and its remedy."""
    if as_json:
        put_json({"refused": [one.model_dump(mode="json") for one in refusals]})
    else:
        _put_reasons("不予办理 refused", refusals, error=True)


def print_fault(fault: Fault, *, as_json: bool) -> None:
    """Whose fault it is, and whether to try again."""
    if as_json:
        put_json({"fault": {"whose": fault.whose, "what": fault.what, "retry": fault.retry}})
        return
    again = "可重试 try again" if fault.retry else "重试无用 trying again does not help"
    console(error=True).print(f"故障 fault ({fault.whose}): {fault.what}\n  {again}")


def print_setup_error(error: SetupError, *, as_json: bool) -> None:
    """What is missing before anything can work."""
    if as_json:
        put_json({"fault": {"whose": "setup", "what": error.en, "zh": error.zh, "retry": False}})
    else:
        console(error=True).print(f"未就绪 not set up:\n  {error.zh}\n  {error.en}")


def print_usage(error: click.UsageError, *, as_json: bool) -> None:
    """What of the command line was not understood."""
    if as_json:
        put_json({"usage": error.format_message()})
        return
    where = error.ctx.command_path if error.ctx else "starter.py"
    console(error=True).print(f"{error.format_message()}\n用法有误，请看 / wrong usage, see: {where} --help")


def _put_reasons(title: str, reasons: Iterable[Refusal], *, error: bool) -> None:
    for one in reasons:
        place = f" @ {one.where}" if one.where else ""
        console(error=error).print(
            f"{title}: {one.code} [{one.article}]{place}\n"
            f"  {one.zh}\n  {one.en}\n  → {one.remedy_zh}\n  → {one.remedy_en}"
        )
