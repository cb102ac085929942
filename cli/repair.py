"""``repair``: after a server came back from an older copy, what does not agree, and what makes it agree again."""

import asyncio
from datetime import UTC, datetime, time
from typing import Any

import click

from audit.called_for import payouts_not_begun
from cli.done import note
from cli.ids import given_day, given_id
from cli.output import json_option, put_json, put_pairs, put_table, sentence
from cli.registers.writing import role_option, writing
from cli.session import opened
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped
from client.keeping.lost import Granted
from client.keeping.repair import Left, Repaired, Repairer, Survey
from client.keeping.wake import Waker
from runtime.settings import Settings
from schemas.values.actor import Actor, Role
from texts.lines import Language, line_text
from texts.words import refusal_in


@worded_command()
@click.option("--apply", "is_applied", is_flag=True)
@click.option("--ask-again", is_flag=True)
@click.option("--by", metavar="PARTY")
@role_option
@click.option("--since", metavar="DAY")
@json_option
def repair(is_applied: bool, ask_again: bool, by: str | None, role: str, since: str | None, as_json: bool) -> int:
    """Compares the log with the runs in Temporal and lists, or mends, what a restore left behind.

    Filings whose run is gone or stands elsewhere are woken, payouts that never began are begun, runs of filings that
    the log has not are ended. Acts that were acknowledged and are lost are listed, to be told again. Needs a worker.
    An operator (--by) vouches that each was received when its history says. Exits with 1 while something is left to
    do. docs/operations.md says what to do before.
    """
    if ask_again and not is_applied:
        raise mistyped("option_needs", "--ask-again", one="--ask-again", other="--apply")
    if by and not ask_again:
        raise mistyped("option_needs", "--by", one="--by", other="--ask-again")
    who = Actor(role=Role(role), party_id=given_id(by, "--by")) if by else None
    from_on = given_day(since, "--since") if since else None
    ended_since = datetime.combine(from_on, time(), UTC) if from_on else None
    survey, done = asyncio.run(_repaired(ended_since, is_applied, ask_again, who))
    if as_json:
        put_json({"survey": _survey_json(survey), **({"done": _done_json(done)} if done else {})})
    else:
        _put(survey, done)
    return 0 if survey.ok or (done is not None and not done.left) else 1


async def _repaired(
    since: datetime | None, is_applied: bool, ask_again: bool, who: Actor | None
) -> tuple[Survey, Repaired | None]:
    if who is not None:
        async with writing("repair", who):
            """Who vouches stands in the audit log before the first act is asked again."""
    async with opened(Settings.read()) as session:
        repairer = Repairer(Waker(session.asker, lambda: payouts_not_begun(session.pool)))
        survey = await repairer.survey(since)
        if not is_applied:
            return survey, None
        done = await repairer.repair(survey, ask_again=ask_again, by=who)
        note(sentence("done_repair"), "starter.py repair")
        return survey, done


def _survey_json(survey: Survey) -> dict[str, Any]:
    return {
        "ok": survey.ok,
        "astray": [
            {"filing_id": one.filing_id, "workflow_id": one.workflow_id, "run": why} for one, why in survey.astray
        ],
        "payouts_not_begun": [one.start.model_dump(mode="json") for one in survey.not_begun],
        "runs_unknown": survey.unknown,
        "lost": [_lost_json(one) for one in survey.lost],
    }


def _lost_json(lost: Granted) -> dict[str, Any]:
    return {"filing_kind": lost.filing_kind.value, "granted_at": lost.at, "act": lost.act.model_dump(mode="json")}


def _done_json(done: Repaired) -> dict[str, Any]:
    return {
        "woken": done.woken,
        "begun": done.begun,
        "ended": done.ended,
        "asked_again": [one.act.act_id for one in done.asked_again],
        "left": [_left_json(one) for one in done.left],
    }


def _left_json(left: Left) -> dict[str, Any]:
    return {"what": left.what, "code": left.code, "zh": _why(left, "zh"), "en": _why(left, "en")}


def _why(left: Left, language: Language) -> str:
    said = [line_text("sentences", f"left_{left.code}", language, **left.facts)] if not left.refusals else []
    for one in left.refusals:
        told = refusal_in(one, language)
        said.append(f"{one.code} [{told.article}] {told.what} → {told.remedy}")
    return "\n".join(said)


def _put(survey: Survey, done: Repaired | None) -> None:
    put_pairs(
        "agrees_nothing_to_repair" if survey.ok else "to_repair",
        {
            "filings_whose_run_does_not": len(survey.astray),
            "payouts_that_never_began": len(survey.not_begun),
            "runs_of_filings_that_the_log_has_not": len(survey.unknown),
            "acts_acknowledged_and_lost": len(survey.lost),
        },
    )
    if survey.astray:
        put_table("runs", ("filing", "run"), [(one.filing_id, why) for one, why in survey.astray])
    if survey.lost:
        put_table(
            "lost_acts_json_as_they_were_asked",
            ("granted_at", "kind", "act", "filing", "legal_day", "act_id"),
            [
                (one.at, one.filing_kind.value, one.act.kind, one.act.filing_id, one.act.on, one.act.act_id)
                for one in survey.lost
            ],
        )
    if done is not None:
        put_pairs(
            "done_2",
            {
                "woken": len(done.woken),
                "begun": len(done.begun),
                "ended": len(done.ended),
                "asked_again": len(done.asked_again),
            },
        )
        if done.left:
            put_table("left_for_a_person", ("what_2", "why"), [(one.what, _why(one, spoken())) for one in done.left])
