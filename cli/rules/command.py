"""``rules``: the rules asked directly, without a server: a command per rule, and those that work on all rules."""

from importlib import import_module

import click

from cli.rules.registry import RULES
from cli.rules.rule_command import rule_command
from cli.typed.commands import Group

_COMMANDS = {
    "subsidy": "cli.rules.subsidy",
    "whatif": "cli.whatif.command",
    "cases": "cli.rules.cases",
    "lint": "cli.lint.command",
    "lock": "cli.rules.lock",
    "schema": "cli.rules.schema",
}
"""Command -> the module that has it as ``command``; beside these, each rule is a command."""


class Commands(Group):
    """A command per rule, and those that work on all rules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Rules first."""
        return [*map(_spelt, RULES), *_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; a module is loaded when its command is called."""
        if cmd_name in _COMMANDS:
            found: click.Command = import_module(_COMMANDS[cmd_name]).command
            return found
        return next((rule_command(cmd_name, rule) for name, rule in RULES.items() if _spelt(name) == cmd_name), None)


@click.command(cls=Commands)
def rules() -> None:
    """The rules, asked without a server."""


def _spelt(name: str) -> str:
    return name.replace("_", "-")
