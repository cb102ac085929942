"""What a filing says is its own of the outside world, written where other filings see it, and what they say of it."""

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from database.pool import Connection
from database.record.posting import Message
from database.standing.identities import hold_identities, identities_shared
from rules.filing.change import Change
from rules.filing.shared import begun_alone
from schemas.acts.act import Act, SurroundingsChanged
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.standing.surroundings import DeclarationSurroundings, LicenceSurroundings, Surroundings
from schemas.standing.topics import TELL_SHARING


class Before(Protocol):
    """The filing before the act."""

    @property
    def facts(self) -> tuple[Fact[Any], ...]: ...

    @property
    def position(self) -> BasePosition | None: ...


async def shared_now(connection: Connection, act: Act, surroundings: Surroundings) -> Surroundings:
    """The surroundings with what is shared as it is now, where the act is the news of it."""
    if isinstance(act, SurroundingsChanged) and isinstance(surroundings, DeclarationSurroundings | LicenceSurroundings):
        shared = await identities_shared(connection, act.filing_id)
        return surroundings if shared == surroundings.shared else surroundings.but(shared=shared)
    return surroundings


async def settled(
    connection: Connection,
    act: Act,
    before: Before,
    surroundings: Surroundings,
    derive: Callable[[Surroundings], BasePosition],
) -> tuple[Any, Surroundings]:
    """The position after the act, and its surroundings with what others say is theirs of what the filing now says.

    Raises Refused ``already_declared``, ``open_licence_exists`` or ``voucher_known`` where a person begins what another
    filing has. Two that begin at the same time take turns, until the transaction ends.
    """
    position = derive(surroundings)
    written = before.position.identities if before.position else ()
    while position.identities != written and isinstance(surroundings, DeclarationSurroundings | LicenceSurroundings):
        written = position.identities
        shared = await hold_identities(connection, act.filing_id, written, begun_alone(act, before.facts))
        if shared != surroundings.shared:
            surroundings = surroundings.but(shared=shared)
            position = derive(surroundings)  # a voucher that pays elsewhere leaves the licence open, and its days too
    return position, surroundings


def tells_sharing(change: Change[Any, Any, Any], before: object) -> tuple[Message, ...]:
    """Who shares something with the filing, or did, is told when what the filing says is its own changes."""
    held = change.before.identities if change.before else ()
    if change.after.identities == held:
        return ()
    told: dict[UUID, None] = {}
    for surroundings in (before, change.surroundings):
        told.update({one.filing_id: None for one in getattr(surroundings, "shared", ())})
    if not told:
        return ()
    payload = {"filings": list(told), "cause": change.act.act_id, "on": change.act.on}
    return (Message(TELL_SHARING, f"{change.filing_id}:{change.version}", payload),)
