"""``schema``: what can stand in the body of an act, in a delivered event, and in other files that people write."""

from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from typing import Any, NamedTuple

import click
import yaml

from cli.output import json_option, put_json, put_table
from cli.typed.commands import worded_command
from cli.typed.mistakes import mistyped, nearest_first, only_with
from client.deliver.examples import event_example, event_schema
from client.deliver.types import DELIVERIES, PREFIX
from client.registering import RegisterRow
from database.registers.parties import Party, PartyKind
from schemas.acts.act import FilingKind
from schemas.examples.bodies import Examples, acts_of, examples_of, schema_of
from schemas.examples.samples import CREDIT_CODE, DAY, sample
from schemas.values.calendar import YearTable

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_CITE = {"provision": "an example, no notice", "instrument": "State Council notice on the holidays of 2027"}
_NEAREST = 5

_PARTIES: Examples = {
    "organisation": {"kind": PartyKind.ORGANISATION.value, "public_name": "某大学", "credit_code": CREDIT_CODE},
    "person": {"kind": PartyKind.PERSON.value, "private": {"name": "某人", "account": "6217000010001234567"}},
}
_PATENTS: Examples = {
    "granted": sample(RegisterRow, filed_on="2020-07-21", granted_on="2022-08-09", checked_on=DAY),
    "lapsed": sample(RegisterRow, status="lapsed", ended_on="2026-07-21", checked_on=DAY),
}
_CALENDARS: Examples = {
    "made_up": {
        "year": 2027,
        "rest": [{"first": "2027-01-01", "last": "2027-01-03"}, {"first": "2027-10-01", "last": "2027-10-07"}],
        "worked": ["2027-10-09"],
        "cite": _CITE,
        "mark": "V1",
        "checked_on": DAY,
    }
}


class Form(NamedTuple):
    """Something that people write: its JSON Schema, and examples of it by name."""

    about: str
    schema: Callable[[], dict[str, Any]]
    examples: Callable[[], Examples]


def forms() -> dict[str, Form]:
    """Every form by the words by which it is asked for: ``declaration submit``, ``bank.line``, ``calendar propose``."""
    acts = {
        f"{kind.value} {model.model_fields['kind'].default.replace('_', '-')}": Form(
            f"{kind.value}: {model.__name__}", partial(schema_of, model), partial(examples_of, model)
        )
        for kind in FilingKind
        for model in acts_of(kind)
        if "kind" in model.model_fields and model.model_fields["kind"].default
    }
    events = {name.removeprefix(PREFIX): _event(name) for name in DELIVERIES}
    others = {
        "party add": Form("party", _party, lambda: _PARTIES),
        "patent add": Form("patent", partial(schema_of, RegisterRow, frozenset()), lambda: _PATENTS),
        "calendar propose": Form("calendar", partial(schema_of, YearTable, frozenset()), lambda: _CALENDARS),
    }
    return acts | others | events


def _party() -> dict[str, Any]:
    found = schema_of(Party, frozenset({"is_erased"}))
    return found | {"required": [name for name in found["required"] if name != "party_id"]}  # it can be derived


def _event(name: str) -> Form:
    return Form("deliver", partial(event_schema, name), lambda: {"event": event_example(name)})


@worded_command()
@click.argument("words", nargs=-1, metavar="[FORM]")
@click.option("--example", is_flag=True)
@click.option("--named", metavar="NAME")
@json_option
def schema(words: tuple[str, ...], example: bool, named: str | None, as_json: bool) -> None:
    """The command; without FORM the list of all forms with the names of their examples."""
    known = forms()
    only_with(("FORM",), "--example", "--named")
    if not words:
        rows = [(name, ", ".join(form.examples())) for name, form in known.items()]
        if as_json:
            put_json({name: names.split(", ") for name, names in rows})
        else:
            put_table("forms", ("name", "examples"), rows)
        return
    form = known[_meant(" ".join(words), tuple(known))]
    if not example and named is None:
        put_json({"$schema": _DIALECT, **form.schema()})
        return
    examples = form.examples()
    body = examples.get(named) if named else next(iter(examples.values()))
    if body is None:
        choices = ", ".join(nearest_first(str(named), examples))
        raise mistyped("not_a_choice", "--named", given=named, choices=choices)
    if as_json or form.about == "deliver":
        put_json(body)
    else:
        click.echo(as_yaml(body), nl=False)


def as_yaml(body: dict[str, Any]) -> str:
    """A body as people write it, in the order of the form."""
    return yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110) if body else "{}\n"


def _meant(asked: str, known: tuple[str, ...]) -> str:
    """The form that was asked for; raises Mistyped with the nearest, or with those that have the name."""
    plain = " ".join(asked.removeprefix(PREFIX).replace("_", "-").split())
    if plain in known:
        return plain
    same = [name for name in known if name.rpartition(" ")[2] == plain or name.replace(" ", ".") == plain]
    if len(same) == 1:
        return same[0]
    words = dict.fromkeys([*known, *(name.rpartition(" ")[2] for name in known)])
    near = same or get_close_matches(plain, words, n=_NEAREST) or nearest_first(plain, known)[:_NEAREST]
    raise mistyped("not_a_choice", "FORM", given=asked, choices=", ".join(near))
