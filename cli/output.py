"""What commands print: one JSON document with ``--json``, else tables and sentences in Chinese and English."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table

from cli.terminal import (
    console,
    json_option,
    json_text,
    print_fault,
    print_refusals,
    print_usage,
    put_json,
    put_reasons,
    put_table,
    shown,
)
from runtime.settings import SetupError
from texts.words import Names, finding_text, name_of, refusal_json

if TYPE_CHECKING:  # its module has the models of all acts, which a command that reads does without
    from schemas.standing.answer import Answer

__all__ = [
    "answer_json",
    "console",
    "json_option",
    "json_text",
    "named",
    "print_fault",
    "print_refusals",
    "print_setup_error",
    "print_usage",
    "put_answer",
    "put_json",
    "put_pairs",
    "put_table",
    "shown",
    "stages_named",
]


def named(kind: Names, value: str) -> str:
    """``in_force 生效中``: a value as programs write it, and its Chinese name; ``value`` as ``name_of`` takes it."""
    written, name = value.rpartition(".")[2], name_of(kind, value, "zh")
    return written if name == written else f"{written} {name}"


def stages_named(kind: str, stage: str, tracks: Mapping[str, str]) -> tuple[str, str]:
    """The stage of a filing, and those of its tracks, with their names."""
    return named("stages", f"{kind}.{stage}"), ", ".join(
        f"{named('tracks', track)}: {named('stages', f'{track}.{where}')}" for track, where in tracks.items()
    )


def put_pairs(title: str, pairs: Mapping[str, object]) -> None:
    """Names and values, without those that have no value."""
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in pairs.items():
        if value not in (None, "", (), {}):
            table.add_row(name, shown(str(value)))
    console().print(table)


def answer_json(answer: "Answer") -> dict[str, Any]:
    """An answer as it is printed: its warnings in words."""
    return answer.model_dump(mode="json") | {"warnings": [refusal_json(one) for one in answer.warnings]}


def put_answer(answer: "Answer", *, as_json: bool) -> None:
    """The answer to a granted act."""
    if as_json:
        put_json(answer_json(answer))
        return
    deadline = answer.next_deadline
    stage, tracks = stages_named(answer.filing_kind, answer.head.stage, answer.head.tracks.stages())
    put_pairs(
        "已受理 / done",
        {
            "行为 act": answer.act_id,
            "事项 filing": answer.filing_id,
            "阶段 stage": stage,
            "分轨 tracks": tracks,
            "法定日 legal day": answer.legal_on,
            "版本 version": answer.head.version,
            "回执 receipt": answer.receipt_number,
            "内容哈希 content hash": answer.content_hash,
            "下一期限 next deadline": deadline
            and (
                f"{deadline.by} {deadline.what} ({named('roles', deadline.role)}, {deadline.basis}, {deadline.article}"
                f"{', provisional: ' + deadline.because if deadline.provisional else ''})"
            ),
            "启动的支付 payouts begun": ", ".join(str(one.payout_id) for one in answer.starts),
        },
    )
    for determination in answer.determinations:
        put_table(
            f"计算 determination: {determination.rule} ({determination.as_of})",
            ("项 line", "元 yuan"),
            [(line.name, line.amount) for line in determination.result],
        )
        for one in determination.unknown:
            console().print(f"待补充 to be stated: {one}")
    for finding in answer.findings:
        said = finding_text(finding.code)
        words = f"\n  {said.zh}\n  {said.en}" if said else ""
        console().print(f"疑点 finding: {finding.code} ({finding.key}, {finding.opened_on}){words}")
    put_reasons("提醒 warning", answer.warnings, error=False)


def print_setup_error(error: SetupError, *, as_json: bool) -> None:
    """What is missing before anything can work."""
    if as_json:
        put_json({"fault": {"whose": "setup", "what": error.en, "zh": error.zh, "retry": False}})
    else:
        console(error=True).print(f"未就绪 not set up:\n  {error.zh}\n  {error.en}")
