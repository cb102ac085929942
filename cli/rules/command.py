"""``rules``: the rules asked directly, without a server: a command per rule, and those that work on all rules."""

from importlib import import_module

import click

from cli.rules.registry import RULES
from cli.rules.rule_command import rule_command

_COMMANDS = {
    "subsidy": ("cli.rules.subsidy", "奖补 what a scheme gives"),
    "whatif": ("cli.whatif.command", "测算 a scheme over many receipts, against another"),
    "cases": ("cli.rules.cases", "运行案例 runs case files"),
    "lint": ("cli.lint.command", "检查参数 what is odd about the parameters"),
    "lock": ("cli.rules.lock", "锁定数值 makes past values append-only"),
    "schema": ("cli.rules.schema", "公布数据格式 JSON Schemas of facts and files"),
}
"""Command -> the module that has it as ``command``, and its line in the list; beside these, each rule is a command."""


class Commands(click.Group):
    """A command per rule, and those that work on all rules."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Rules first."""
        return [*map(_spelt, RULES), *_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; a module is loaded when its command is called."""
        if cmd_name in _COMMANDS:
            found: click.Command = import_module(_COMMANDS[cmd_name][0]).command
            return found
        return next((rule_command(cmd_name, rule) for name, rule in RULES.items() if _spelt(name) == cmd_name), None)


@click.command(cls=Commands, no_args_is_help=True)
def rules() -> None:
    """The rules of Chinese patent open licences, asked directly: no server, no database. 专利开放许可规则。

    Every command takes --json. Exit codes: 0 done (an answer that is unknown says what to ask), 1 fault, 2 refused,
    64 wrong usage.
    """


def _spelt(name: str) -> str:
    return name.replace("_", "-")
