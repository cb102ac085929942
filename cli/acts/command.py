"""One command for every act of a lifecycle, made from the act's model and its rows in the table."""

import asyncio
import inspect
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args
from uuid import UUID

import click

from cli.acts.fields import is_nested, option, own_fields, with_fields
from cli.files.body import read_body
from cli.output import put_answer
from cli.session import Session, opened, today
from client.naming import named
from database.reads.matching import notice_number
from runtime.settings import Settings
from schemas.acts.act import Act, FilingKind, Origin
from schemas.acts.beginning import BEGINNINGS
from schemas.acts.declaration import SaveDraft, Submit
from schemas.acts.licence import GiveNotice
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.row import NOTHING, SAME
from schemas.standing.answer import Answer
from schemas.standing.legal_clock import LegalClock
from schemas.values.actor import ENGINE, Role
from schemas.wire.form import filled

_CLOCK_OF_DECLARATION = "acts: days pass only by pass-day (demonstrations, imports)."
_CLOCK_OF_OTHERS = "Inherited from the filing above, or the installation's; another one is refused."
_LATER = UUID(int=0)
"""Stands for an id that is derived once the rest of the act is known to be well formed."""


class Written(NamedTuple):
    """An act as a person wrote it, still without derived ids, and the ids that were given."""

    act: Act
    act_id: UUID | None
    filing_id: UUID | None
    lacks_number: bool
    """A notice whose n has to be looked up."""


def act_group(kind: FilingKind, union: Any, about: str) -> click.Group:
    """The commands of all acts of one kind of filing; ``union`` is its tagged union of models."""
    return click.Group(kind.value, help=about, commands=list(_commands(kind, union)))


def _commands(kind: FilingKind, union: Any) -> Iterator[click.Command]:
    for model in get_args(get_args(union)[0]):
        yield act_command(kind, model)


def act_command(kind: FilingKind, model: type[Act]) -> click.Command:
    """``give-notice``: the form's fields as options, the answer printed."""
    act_kind = model.model_fields["kind"].default

    def ask(as_json: bool, legal_clock: LegalClock | None = None, **options: Any) -> None:
        put_answer(asyncio.run(_ask(kind, read_act(kind, model, options), legal_clock)), as_json=as_json)

    return click.Command(
        act_kind.replace("_", "-"),
        callback=ask,
        params=_params(model),
        help=_help(kind, model, act_kind),
        short_help=_first_line(model, act_kind),
    )


def read_act(kind: FilingKind, model: type[Act], options: dict[str, Any]) -> Written:
    """What the options and the body say; raises Refused with every defect of the form."""
    body, fields, role = options.pop("body"), options.pop("fields"), options.pop("role")
    by, organisation = options.pop("by"), options.pop("organisation")
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
    return Written(
        act, act.act_id if "act_id" in given else None, act.filing_id if "filing_id" in given else None, lacks_number
    )


def default_role(kind: FilingKind, act_kind: str) -> Role:
    """The first role of the table that is somebody; the engine's own for what nobody asks for."""
    roles = [role for row in LIFECYCLES[kind].rows_of(act_kind) for role in row.roles]
    return next((role for role in roles if role is not Role.TIMER), Role.TIMER)


async def find_number(session: Session, notice: GiveNotice) -> int:
    """n of the notice that the licensee gave on that day, so that a repeat gets its receipt; else the next one."""
    async with session.pool.acquire() as connection:
        return await notice_number(connection, notice.declaration_id, notice.licensee, notice.on)


async def _ask(kind: FilingKind, written: Written, legal_clock: LegalClock | None) -> Answer:
    act = written.act
    async with opened(Settings.read(), legal_clock) as session:
        if written.lacks_number and isinstance(act, GiveNotice):
            act = act.but(n=await find_number(session, act))
        act = named(act, written.act_id, written.filing_id)
        # Said before the answer, so that whoever is cut off can ask for the same act again.
        print(f"act_id {act.act_id}  (重复请求请加 / to repeat it: --act-id {act.act_id})", file=sys.stderr)
        return await session.ask(kind, act)


def _params(model: type[Act]) -> list[click.Parameter]:
    first = model in BEGINNINGS
    fields = own_fields(model)
    params: list[click.Parameter] = [] if first else [click.Argument(["filing_id"], metavar="FILING")]
    params.append(click.Argument(["body"], required=False, metavar="[BODY]"))
    params += [option(name, field) for name, field in fields.items() if not is_nested(field)]
    params += [
        click.Option(
            ["--field", "fields"],
            multiple=True,
            metavar="NAME=VALUE",
            help="A field: text, JSON, or @FILE; points lead into objects (line.serial=0042).",
        ),
        click.Option(["--by"], metavar="PARTY", help="Who asks."),
        click.Option(["--role"], metavar="ROLE", help="In which role; by default the first below."),
        click.Option(["--organisation"], metavar="PARTY", help="For which organisation."),
        click.Option(["--on"], metavar="DAY", help="Legal day; by default today in Asia/Shanghai."),
        click.Option(["--evidence"], multiple=True, metavar="HASH", help="Content hash of a document; repeatable."),
        click.Option(["--origin"], metavar="|".join(Origin), help="How it reached us; by default direct."),
        click.Option(["--act-id"], metavar="UUID", help="To repeat an act, or to name it; else derived or new."),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON document on standard output."),
    ]
    if first:
        if issubclass(model, SaveDraft | Submit):
            params.append(click.Option(["--filing", "filing_id"], metavar="FILING", help="Goes on with that draft."))
        params.append(
            click.Option(
                ["--legal-clock"],
                type=click.Choice(get_args(LegalClock)),
                help=_CLOCK_OF_DECLARATION if BEGINNINGS[model].kind is FilingKind.DECLARATION else _CLOCK_OF_OTHERS,
            )
        )
    return params


def _first_line(model: type[Act], act_kind: str) -> str:
    return _about(model).split("\n", 1)[0] or act_kind.replace("_", " ").capitalize() + "."


def _about(model: type[Act]) -> str:
    return inspect.cleandoc(model.__doc__ or "").replace("``", "")


def _help(kind: FilingKind, model: type[Act], act_kind: str) -> str:
    lines = [_about(model) or _first_line(model, act_kind), "", "\b"]
    for row in LIFECYCLES[kind].rows_of(act_kind):
        lines.append(f"who:    {', '.join(role.value for role in row.roles)}")
        lines.append(f"from:   {', '.join('nothing' if stage == NOTHING else stage for stage in row.stages)}")
        lines.append(f"to:     {', '.join('the same' if stage == SAME else stage for stage in row.to)}")
        lines.append(f"law:    {row.article}")
        lines += [f"guard:  {row.guard}"] if row.guard else []
        lines += [f"starts: {row.starts}"] if row.starts else []
    nested = [
        f"{name}{'' if field.is_required() else ' (optional)'}"
        for name, field in own_fields(model).items()
        if is_nested(field)
    ]
    if nested:
        lines += ["", f"In BODY (a JSON or YAML file, - for standard input) or by --field: {', '.join(nested)}."]
    return "\n".join(lines)
