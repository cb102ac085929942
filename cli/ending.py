"""How every way in which a command can end badly becomes an exit code and a message in the reader's language."""

import sys

import click

from cli.done import told
from cli.output import print_fault, print_refusals, print_setup_error, sentence
from cli.program import PROGRAM, configure_logs
from cli.typed.mistakes import Mistyped, mistake_of
from client.files.unreadable import Unreadable
from runtime.leave import NotWritten
from runtime.settings import SetupError
from schemas.values.refusal import Fault, NotSetUp, Refused

FAULT, REFUSED, USAGE, NOT_WRITTEN = 1, 2, 64, 74
"""Something is broken or not set up; no, for a reason of law or state, or of what a file says; what was typed is wrong:
a command, an option, a value, a file that cannot be read; the output takes no more. Commands over many rows end as
their worst row."""


def ended(error: Exception, *, as_json: bool) -> int:
    """Prints what went wrong, and where, and what to do next; the exit code."""
    if isinstance(error, NotWritten):
        sys.stderr.write(told(error))
        return NOT_WRITTEN
    try:
        code = _said(error, as_json=as_json)
        sys.stdout.flush()
    except NotWritten:  # the exit code stays what it is, and a person may still read why
        code = _said(error, as_json=False)
    return code


def _said(error: Exception, *, as_json: bool) -> int:
    if isinstance(error, click.UsageError):
        error = mistake_of(error, PROGRAM)
    if isinstance(error, Mistyped | Unreadable):
        print_refusals(error.refusals, as_json=as_json, title="usage_wrong")
        return USAGE
    if isinstance(error, Refused):
        print_refusals(error.refusals, as_json=as_json)
        return REFUSED
    if isinstance(error, SetupError):
        print_setup_error(error, as_json=as_json)
    elif isinstance(error, click.Abort):
        print(sentence("interrupted"), file=sys.stderr)
    else:
        fault = _fault(error)
        if isinstance(fault, NotSetUp):
            print_setup_error(fault, as_json=as_json)
        else:
            print_fault(fault, as_json=as_json)
    return FAULT


def _fault(error: Exception) -> Fault:
    import asyncpg
    import structlog  # not above: whoever was refused or mistyped an option waits for none of these
    from temporalio.service import RPCError

    from database.migrate import not_migrated
    from runtime.connection import is_passing

    match error:
        case Fault():
            return error
        case asyncpg.UndefinedTableError() | asyncpg.UndefinedColumnError() | asyncpg.UndefinedFunctionError():
            return not_migrated(str(error))
        case asyncpg.PostgresError() | asyncpg.InterfaceError() | asyncpg.InternalClientError():
            can_help = not isinstance(error, asyncpg.DataError)  # a value that Postgres cannot take stays that value
            return Fault("database", f"Postgres said: {str(error) or repr(error)}", retry=can_help)
        case RPCError():
            return Fault("temporal", f"Temporal said: {error.message or error!r}", retry=is_passing(error))
        case ConnectionRefusedError() | ConnectionResetError() | TimeoutError():
            # Only asyncpg lets these through: the Temporal SDK has errors of its own.
            said = "no answer in time" if isinstance(error, TimeoutError) else repr(error)
            return Fault("database", f"Postgres does not answer: {said}", retry=True)
    configure_logs()
    structlog.get_logger().error("unexpected", exc_info=error)
    return Fault("ours", repr(error), retry=False)
