"""What commands print: one JSON document with ``--json``, else tables and sentences in the language of the reader."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cli.reads.recorded import recorded
from cli.screen.table import paired
from cli.terminal import (
    columns_of_terminal,
    console,
    head,
    json_option,
    json_text,
    print_fault,
    print_refusals,
    put_command,
    put_json,
    put_reasons,
    put_table,
    put_under,
    reason_lines,
    sentence,
    shown,
    value_text,
)
from cli.typed.language import spoken
from runtime.settings import SetupError
from schemas.values.refusal import NotSetUp
from texts.citations import article_in
from texts.words import Names, closing_text, finding_text, name_of, refusal_json, task_text

if TYPE_CHECKING:  # its module has the models of all acts, which a command that reads does without
    from schemas.standing.answer import Answer

__all__ = [
    "answer_json",
    "console",
    "head",
    "json_option",
    "json_text",
    "named",
    "print_fault",
    "print_refusals",
    "print_setup_error",
    "put_answer",
    "put_command",
    "put_json",
    "put_pairs",
    "put_reasons",
    "put_table",
    "put_under",
    "reason_lines",
    "sentence",
    "shown",
    "stages_named",
    "value_text",
]


def named(kind: Names, value: str) -> str:
    """A value by its name in the reader's language; ``value`` as ``name_of`` takes it.

    In English a stage, a role or a kind is shown as it is typed, which reads the same.
    """
    return name_of(kind, value, "zh") if spoken() == "zh" else value.rpartition(".")[2]


def stages_named(kind: str, stage: str, tracks: Mapping[str, str]) -> tuple[str, str]:
    """The stage of a filing, and those of its tracks, with their names."""
    return named("stages", f"{kind}.{stage}"), ", ".join(
        f"{named('tracks', track)}: {named('stages', f'{track}.{where}')}" for track, where in tracks.items()
    )


def put_pairs(title: str, pairs: Mapping[str, object]) -> None:
    """Names and values, without those that have no value."""
    rows = [
        (head(name), shown(value_text(name, value))) for name, value in pairs.items() if value not in (None, "", (), {})
    ]
    if rows:
        print(shown(head(title)), *paired(rows, columns_of_terminal()), sep="\n")


def answer_json(answer: "Answer") -> dict[str, Any]:
    """An answer as it is printed: its warnings in words."""
    return answer.model_dump(mode="json") | {"warnings": [refusal_json(one) for one in answer.warnings]}


def _due(what: str) -> str:
    text = task_text(what)
    return str(getattr(text, spoken())) if text else head(what)


def put_answer(answer: "Answer", *, as_json: bool) -> None:
    """The answer to a granted act."""
    if as_json:
        put_json(answer_json(answer))
        return
    deadline = answer.next_deadline
    stage, tracks = stages_named(answer.filing_kind, answer.head.stage, answer.head.tracks.stages())
    put_pairs(
        "done",
        {
            "act": answer.act_id,
            "filing": answer.filing_id,
            "stage": stage,
            "tracks": tracks,
            "legal_day": answer.legal_on,
            "version": answer.head.version,
            "receipt": answer.receipt_number,
            "content_hash": answer.content_hash,
            "next_deadline": deadline
            and (
                f"{deadline.by} {_due(deadline.what)} ({named('roles', deadline.role)}, {head(deadline.basis)},"
                f" {article_in(deadline.article, spoken())}"
                f"{', ' + sentence('provisional') if deadline.provisional else ''})"
            ),
            "payouts_begun": ", ".join(str(one.payout_id) for one in answer.starts),
        },
    )
    for determination in answer.determinations:
        put_table(
            f"{head('determination')}: {recorded('rule', determination.rule)} ({determination.as_of})",
            ("line", "yuan"),
            [(recorded("line", line.name), line.amount) for line in determination.result],
        )
        for one in determination.unknown:
            console().print(f"{head('to_be_stated')}: {recorded('unknown', one)}")
    for finding in answer.findings:
        what, closed_by = finding_text(finding.code), closing_text(finding.code)
        console().print(f"{head('finding')} ({finding.opened_on}): {getattr(what, spoken()) if what else finding.code}")
        if closed_by:
            console().print(f"  → {getattr(closed_by, spoken())}")
    put_reasons("warning", answer.warnings, error=False)


def print_setup_error(error: SetupError | NotSetUp, *, as_json: bool) -> None:
    """What is missing before anything can work."""
    if as_json:
        put_json({"fault": {"whose": "setup", "what": error.en, "zh": error.zh, "retry": False}})
    else:
        console(error=True).print(f"{sentence('not_set_up')}: {error.zh if spoken() == 'zh' else error.en}")
