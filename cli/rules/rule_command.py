"""One command per rule: facts from a JSON file or standard input, a day, and the determination with its trace."""

from datetime import date
from typing import Any

import click
from pydantic import TypeAdapter, ValidationError

from cli.files.given import read_file
from cli.rules.trace import put_trace
from cli.terminal import json_option, put_json
from rules.questions.determination_rule import Rule
from schemas.values.model import Day, Model
from schemas.values.refusal import Refused, refuse
from schemas.wire.form import filled, form_refusals
from schemas.wire.json_text import decoded, parse_json
from schemas.wire.reading import kind_of

_DAY: TypeAdapter[date] = TypeAdapter(Day)


def rule_command(name: str, rule: Rule) -> click.Command:
    """The command of a rule; its help names the facts that the rule's model has."""

    @click.command(name=name, help=_help(rule))
    @click.argument("facts", metavar="FACTS")
    @click.option("--as-of", "as_of", required=True, metavar="DAY", help="The day whose law is asked for.")
    @json_option
    def command(facts: str, as_of: str, as_json: bool) -> None:
        made = rule.determine(read_facts(facts, rule.inputs), given_day(as_of))
        if as_json:
            put_json(made.model_dump(mode="json"))
        else:
            put_trace(made)

    return command


def read_facts(name: str, model: type[Model]) -> Model:
    """The facts in a JSON file, ``-`` being standard input; raises Refused with every defect and its field."""
    return filled(model, read_object(name))


def read_object(name: str) -> dict[str, Any]:
    """The object in a JSON file, ``-`` being standard input; raises Refused naming line, column and cure."""
    given = parse_json(decoded(read_file(name), name), name)
    if not isinstance(given, dict):
        raise refuse("not_an_object", name, found=kind_of(given))
    return given


def given_day(text: str, where: str = "as_of") -> date:
    """The day of an option, that of ``--as-of`` if no other is named; raises Refused."""
    try:
        return _DAY.validate_python(text)
    except ValidationError as error:
        raise Refused(*(one.but(where=where) for one in form_refusals(error))) from error


def _help(rule: Rule) -> str:
    about = " ".join((rule.determine.__doc__ or "").split("\n\n")[0].split())
    fields = rule.inputs.model_fields
    needed = ", ".join(name for name, field in fields.items() if field.is_required())
    optional = ", ".join(name for name, field in fields.items() if not field.is_required())
    return f"{about}\n\nFACTS is a JSON file, or - for standard input. Required: {needed or '-'}. Optional: " + (
        f"{optional or '-'}. A fact that is left out is asked for where it matters."
    )
