"""``audit``: a command for each proof and each question; a module is loaded when its command is called."""

import sys
from importlib import import_module

import click

from cli.typed.commands import Group

_COMMANDS = {
    "rebuild": "cli.audit.proofs",
    "reconcile": "cli.audit.proofs",
    "bundle": "cli.audit.bundle",
    "recompute": "cli.audit.questions.proofs",
    "conform": "cli.audit.questions.proofs",
    "exceptions": "cli.audit.questions.persons",
    "duties": "cli.audit.questions.persons",
    "gaps": "cli.audit.questions.persons",
    "cutoff": "cli.audit.questions.money",
    "prior": "cli.audit.questions.money",
    "equal": "cli.audit.questions.money",
    "hold": "cli.registers.hold",
    "verify": "cli.audit.sealed.verify",
    "seal": "cli.audit.sealed.seal",
    "stamp": "cli.audit.sealed.stamp",
    "take-back": "cli.audit.sealed.seal",
    "proof": "cli.audit.sealed.proof",
    "check-proof": "cli.audit.sealed.proof",
    "consistency": "cli.audit.sealed.proof",
    "log-key": "cli.audit.sealed.proof",
    "replay": "cli.audit.evidence.replay",
    "archive": "cli.audit.evidence.archive",
    "nights": "cli.audit.evidence.nights",
    "history": "cli.audit.evidence.history",
    "retain": "cli.audit.evidence.retain",
    "outside": "cli.audit.questions.outside",
    "sample": "cli.audit.papers.files",
    "tables": "cli.audit.papers.files",
    "process": "cli.audit.papers.files",
    "report": "cli.audit.papers.report",
    "show": "cli.audit.show",
    "log": "cli.audit.log",
    "psql": "cli.audit.psql",
}
"""Command -> the module that has it, as a function of its name."""


class Commands(Group):
    """Loads the command that was named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Proofs first, then what is asked."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        found: click.Command = getattr(import_module(_COMMANDS[cmd_name]), cmd_name.replace("-", "_"))
        if "structlog" in sys.modules:
            from cli.program import configure_logs

            configure_logs()  # else what is logged would stand before the document on standard output
        return found


@click.command(cls=Commands)
def audit() -> None:
    """Proves that the record is true, and tells who asked for what."""
