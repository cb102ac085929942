"""One command for every act of a lifecycle, made from the act's model and its rows in the table."""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_args
from uuid import UUID

import click

from cli.acts.explained import ActCommand
from cli.acts.fields import FieldOption, is_nested, own_fields, with_fields
from cli.acts.filings import filings_found
from cli.done import note
from cli.files.body import read_body
from cli.output import put_answer, sentence
from cli.typed.commands import Group
from cli.typed.kinds import Choice
from cli.typed.mistakes import Mistyped, as_typed
from cli.typed.names import typed_as
from client.naming import named
from client.today import today
from database.reads.matching import notice_number
from runtime.settings import Settings
from schemas.acts.act import Act, FilingKind, Origin, PassDay
from schemas.acts.beginning import BEGINNINGS
from schemas.acts.declaration import SaveDraft, Submit
from schemas.acts.licence import GiveNotice
from schemas.lifecycle.all import LIFECYCLES
from schemas.standing.answer import Answer
from schemas.standing.legal_clock import LegalClock
from schemas.values.actor import ENGINE, Role
from schemas.values.refusal import Refusal, Refused
from schemas.wire.form import filled
from texts.words import name_rows

if TYPE_CHECKING:
    from cli.session import Session

_LATER = UUID(int=0)
"""Stands for an id that is derived once the rest of the act is known to be well formed."""


class Written(NamedTuple):
    """An act as a person wrote it, still without derived ids, and the ids that were given."""

    act: Act
    act_id: UUID | None
    filing_id: UUID | None
    lacks_number: bool
    """A notice whose n has to be looked up."""


def act_group(kind: FilingKind, union: Any) -> Group:
    """The commands of all acts of one kind of filing; ``union`` is its tagged union of models."""
    return Group(kind.value, commands=list(_commands(kind, union)))


def _commands(kind: FilingKind, union: Any) -> Iterator[click.Command]:
    for model in get_args(get_args(union)[0]):
        if model is not PassDay:  # a day passes by ``pass-day`` alone, which shows first what falls due
            yield act_command(kind, model)


def act_command(kind: FilingKind, model: type[Act]) -> click.Command:
    """``give-notice``: the form's fields as options, the answer printed."""

    def ask(as_json: bool, legal_clock: LegalClock | None = None, **options: Any) -> None:
        typed = typed_names(model, options)
        written = read_act(kind, model, filings_found(kind, options))
        try:
            answer = asyncio.run(_ask(kind, written, legal_clock))
        except Refused as refused:
            raise Refused(*as_typed(refused.refusals, typed)) from refused
        put_answer(answer, as_json=as_json)

    return ActCommand(kind, model, callback=ask, params=_params(model))


def read_act(kind: FilingKind, model: type[Act], options: dict[str, Any]) -> Written:
    """What the options and the body say; raises Mistyped or Refused with every defect of the form."""
    typed = typed_names(model, options)
    body, fields, role = options.pop("body"), options.pop("fields"), options.pop("role")
    by, organisation = options.pop("by"), options.pop("organisation")
    role = role and role_named(role)
    given = with_fields(read_body(body) if body else {}, fields)
    given |= {name: value for name, value in options.items() if value not in (None, ())}
    actor = given.get("by", {})
    if isinstance(actor, dict):
        stated = {"role": role, "party_id": by, "organisation_id": organisation}
        usual = default_role(kind, model.model_fields["kind"].default)
        actor = {"role": usual, **actor, **{name: value for name, value in stated.items() if value}}
        if actor["role"] == Role.TIMER:
            actor.setdefault("party_id", str(ENGINE))
    lacks_number = model is GiveNotice and "n" not in given
    try:
        act = filled(
            model,
            {
                "on": today().isoformat(),
                **({"n": 1} if lacks_number else {}),
                "act_id": _LATER,
                "filing_id": _LATER,
                **given,
                "by": actor,
            },
        )
    except Refused as refused:
        told = as_typed(_with_example(refused.refusals, kind, model), typed)
        is_typed = any(one.where != was.where for one, was in zip(told, refused.refusals, strict=True))
        raise (Mistyped if is_typed or not body else Refused)(*told) from refused
    return Written(
        act, act.act_id if "act_id" in given else None, act.filing_id if "filing_id" in given else None, lacks_number
    )


def _with_example(refusals: Sequence[Refusal], kind: FilingKind, model: type[Act]) -> list[Refusal]:
    """A part of the body that is missing is told with the command that prints one to begin with."""
    nested = {name for name, field in own_fields(model).items() if is_nested(field)}
    command = f"starter.py schema {kind.value} {model.model_fields['kind'].default.replace('_', '-')} --example"
    hints = {"hint_zh": f"；可以由此写起：{command}", "hint_en": f"; begin with: {command}"}
    return [
        one.but(facts={**one.facts, **{name: one.facts.get(name, "") + hint for name, hint in hints.items()}})
        if one.code == "field_missing" and one.where in nested
        else one
        for one in refusals
    ]


def typed_names(model: type[Act], options: Mapping[str, Any]) -> dict[str, str]:
    """Place in the act -> what was typed for it on the command line, or could be where there is no body."""
    commons = {"by": "--by", "by.party_id": "--by", "by.role": "--role", "by.organisation_id": "--organisation"}
    words = {one.name: typed_as(one) for one in _params(model) if one.name}
    given = {
        name: word for name, word in words.items() if not options.get("body") or options.get(name) not in (None, ())
    }
    deep = {text.partition("=")[0]: f"--field {text.partition('=')[0]}" for text in options.get("fields", ())}
    return {**given, **commons, **deep}


def default_role(kind: FilingKind, act_kind: str) -> Role:
    """The first role of the table that is somebody; the engine's own for what nobody asks for."""
    roles = [role for row in LIFECYCLES[kind].rows_of(act_kind) for role in row.roles]
    return next((role for role in roles if role is not Role.TIMER), Role.TIMER)


def role_named(text: str) -> str:
    """A role by its name in either language, as refusals and help say it; what is no name stays as it was typed."""
    return next((one for one, said in name_rows("roles").items() if text in said), text)


async def find_number(session: "Session", notice: GiveNotice) -> int:
    """n of the notice that the licensee gave on that day, so that a repeat gets its receipt; else the next one."""
    async with session.pool.acquire() as connection:
        return await notice_number(connection, notice.declaration_id, notice.licensee, notice.on)


async def _ask(kind: FilingKind, written: Written, legal_clock: LegalClock | None) -> Answer:
    act = written.act
    from cli.session import opened  # the pages that name an act's command need neither Temporal nor the workflows

    async with opened(Settings.read(), legal_clock) as session:
        if written.lacks_number and isinstance(act, GiveNotice):
            act = act.but(n=await find_number(session, act))
        act = named(act, written.act_id, written.filing_id)
        # Said before the answer, so that whoever is cut off can ask for the same act again.
        print(sentence("to_repeat", act_id=act.act_id), file=sys.stderr)
        answer = await session.ask(kind, act)
        note(sentence("done_answer"), sentence("done_again_with", option="--act-id", id=answer.act_id))
        return answer


def _params(model: type[Act]) -> list[click.Parameter]:
    first = model in BEGINNINGS
    fields = own_fields(model)
    params: list[click.Parameter] = [] if first else [click.Argument(["filing_id"], metavar="FILING")]
    params.append(click.Argument(["body"], required=False, metavar="[BODY]"))
    params += [FieldOption(name, field) for name, field in fields.items() if not is_nested(field)]
    params += [
        click.Option(["--field", "fields"], multiple=True, metavar="NAME=VALUE"),
        click.Option(["--by"], metavar="PARTY"),
        click.Option(["--role"], metavar="ROLE"),
        click.Option(["--organisation"], metavar="PARTY"),
        click.Option(["--on"], metavar="DAY"),
        click.Option(["--evidence"], multiple=True, metavar="HASH"),
        click.Option(["--origin"], metavar="|".join(Origin)),
        click.Option(["--act-id"], metavar="UUID"),
        click.Option(["--json", "as_json"], is_flag=True),
    ]
    if first:
        if issubclass(model, SaveDraft | Submit):
            params.append(click.Option(["--filing", "filing_id"], metavar="FILING"))
        params.append(click.Option(["--legal-clock"], type=Choice(get_args(LegalClock))))
    return params
