"""All commands. Nothing is loaded here but click: what a command needs is loaded when it is called."""

import io
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from cli.done import begin
from cli.typed.commands import Group
from cli.typed.language import speak

DONE = 0
PROGRAM = "starter.py"
_COMMANDS = {
    "declaration": "cli.acts.declaration",
    "licence": "cli.acts.licence",
    "payout": "cli.acts.payout",
    "settlement": "cli.acts.settlement",
    "party": "cli.registers.party",
    "document": "cli.registers.document",
    "patent": "cli.registers.patent",
    "calendar": "cli.registers.calendar",
    "pass-day": "cli.acts.pass_day",
    "show": "cli.reads.show",
    "list": "cli.reads.lists",
    "tasks": "cli.reads.lists",
    "findings": "cli.reads.lists",
    "entitlements": "cli.reads.entitlements",
    "clauses": "cli.reads.clauses",
    "yuan": "cli.reads.clauses",
    "trace": "cli.reads.trace",
    "events": "cli.reads.events",
    "package": "cli.files.package",
    "deliver": "cli.deliver.command",
    "unmatched": "cli.deliver.kept",
    "refused-lines": "cli.deliver.kept",
    "import": "cli.importing.command",
    "export": "cli.files.export",
    "messages": "cli.reads.messages",
    "audit": "cli.audit.group",
    "repair": "cli.repair",
    "schema": "cli.schema",
    "rules": "cli.rules.command",
    "demo": "cli.demo",
    "up": "cli.up",
    "backup": "cli.backup",
    "restore": "cli.backup",
}
"""Command -> the module that has it, as a function of its name (``pass_day``)."""
_PYTHON_WORDS = {"import": "import_csv", "list": "list_"}


class Commands(Group):
    """Loads the command that was named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a filing's life."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        name = _PYTHON_WORDS.get(cmd_name, cmd_name.replace("-", "_"))
        found: click.Command = getattr(import_module(_COMMANDS[cmd_name]), name)
        if "structlog" in sys.modules:
            configure_logs()
        return found


def configure_logs() -> None:
    """For a command that logs: its lines go to standard error. Most commands that read do not, and load no library."""
    from runtime.logs import configure

    configure()


@click.command(cls=Commands)
def program() -> None:
    """All commands; what each does stands in ``texts/command_line/commands.yaml``."""


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; prints what went wrong, and where, and what to do next."""
    speak(arguments)
    take_any_text()
    begin()
    try:
        code = program.main(args=list(arguments), prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except Exception as error:
        from cli.ending import ended

        return ended(error, as_json="--json" in arguments)
    return code if isinstance(code, int) else DONE


def take_any_text() -> None:
    """What a stream has no letters for is printed as escapes: an act that was done must not end as a fault of printing.

    A terminal can be set to another encoding than UTF-8, and a file name on the command line can be no text at all.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
