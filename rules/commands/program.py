"""All commands of ``python -m rules``, and how every way of ending one becomes an exit code and a message."""

from collections.abc import Sequence
from importlib import import_module

import click

from rules.commands.printing import print_fault, print_refusals, print_usage, take_any_text
from rules.commands.registry import RULES
from rules.commands.rule_command import rule_command
from schemas.refusal import Fault, Refused

DONE, FAULT, REFUSED, USAGE = 0, 1, 2, 64
NAME = "python -m rules"
_COMMANDS = {
    "subsidy": ("rules.commands.subsidy", "奖补 what a scheme gives"),
    "whatif": ("rules.commands.whatif", "测算 a scheme over many receipts, against another"),
    "cases": ("rules.commands.cases", "运行案例 runs case files"),
    "lint": ("rules.commands.lint", "检查参数 what is odd about the parameters"),
    "lock": ("rules.commands.lock", "锁定数值 makes past values append-only"),
    "schema": ("rules.commands.schema", "公布数据格式 JSON Schemas of facts and files"),
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
def program() -> None:
    """The rules of Chinese patent open licences, asked directly: no server, no database. 专利开放许可规则。

    Every command takes --json. Exit codes: 0 done (an answer that is unknown says what to ask), 1 fault, 2 refused,
    64 wrong usage.
    """


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; prints what went wrong, and where, and what to do next."""
    as_json = "--json" in arguments
    take_any_text()
    try:
        code = program.main(args=list(arguments), prog_name=NAME, standalone_mode=False)
    except click.UsageError as error:
        print_usage(error, NAME, as_json=as_json)
        return USAGE
    except Refused as refused:
        print_refusals(refused.refusals, as_json=as_json)
        return REFUSED
    except Fault as fault:
        print_fault(fault, as_json=as_json)
    except click.Abort:
        print_fault(Fault("caller", "已中断 / interrupted", retry=True), as_json=as_json)
    except Exception as error:
        print_fault(Fault("ours", f"{type(error).__name__}: {error}", retry=False), as_json=as_json)
    else:
        return code if isinstance(code, int) else DONE
    return FAULT


def _spelt(name: str) -> str:
    return name.replace("_", "-")
