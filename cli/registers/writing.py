"""How a person writes into a register of the platform: known, in a role that may, and seen in the audit log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from cli.done import note
from cli.output import sentence
from cli.reading import reading
from cli.typed.kinds import Choice
from database.pool import Connection
from database.registers.audit_log import write_audit
from database.registers.parties import require_parties
from runtime.settings import Settings
from schemas.lifecycle.registers import check_writer
from schemas.values.actor import Actor, Role
from schemas.values.refusal import Refused

role_option = click.option(
    "--role", type=Choice([role.value for role in Role]), default=Role.OPERATOR.value, show_default=True
)


@asynccontextmanager
async def writing(act: str, by: Actor) -> AsyncIterator[Connection]:
    """One transaction; raises Refused. Who asked stands in the audit log, also in vain."""
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        who, role = by.party_id, by.role.value
        try:
            if (no := check_writer(act, by.role)) is not None:
                raise Refused(no)
            async with connection.transaction():
                await require_parties(connection, who)
                yield connection
                await write_audit(connection, who, role, act, "granted")
            note(sentence("done_register", act=act), f"starter.py audit log --by {who} --act {act}")
        except Refused as refused:
            await write_audit(connection, who, role, act, "refused", refusals=refused.refusals)
            raise
