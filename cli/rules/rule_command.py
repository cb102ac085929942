"""One command per rule: facts from a JSON file or standard input, a day, and the determination with its trace."""

from typing import Any

import click

from cli.files.given import read_file
from cli.ids import given_day
from cli.rules.trace import put_trace
from cli.terminal import json_option, put_json
from cli.typed.commands import Command
from rules.questions.determination_rule import Rule
from schemas.values.model import Model
from schemas.values.refusal import refuse
from schemas.wire.form import filled
from schemas.wire.json_text import decoded, parse_json
from schemas.wire.reading import kind_of
from texts.lines import Language, line_text


def rule_command(name: str, rule: Rule) -> click.Command:
    """The command of a rule."""

    @click.command(name=name, cls=_RuleCommand, rule=rule)
    @click.argument("facts", metavar="FACTS")
    @click.option("--as-of", "as_of", required=True, metavar="DAY")
    @json_option
    def command(facts: str, as_of: str, as_json: bool) -> None:
        made = rule.determine(read_facts(facts, rule.inputs), given_day(as_of, "--as-of"))
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


class _RuleCommand(Command):
    """Explains itself with the facts that the rule's model has."""

    def __init__(self, *arguments: Any, rule: Rule, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._fields = rule.inputs.model_fields

    def about(self, path: str, language: Language) -> str:
        """What the rule answers, and of which facts."""
        needed, optional = (
            ", ".join(name for name, field in self._fields.items() if field.is_required() is wanted) or "-"
            for wanted in (True, False)
        )
        facts = line_text("sentences", "facts_of_rule", language, needed=needed, optional=optional)
        return f"{super().about(path, language)}\n\n{facts}"
