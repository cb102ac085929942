"""Who calls the API: the program of an organisation by its key, or a person by the session of the browser."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Annotated, Literal
from urllib.parse import unquote
from uuid import UUID

from fastapi import Depends, Request

from client.today import today
from database.console.api_keys import ApiKey, Held, held_by, use_api_key
from schemas.values.refusal import refuse
from web.api.limits import Limits
from web.rights.pages import operation_of
from web.sign_in.keys import plain_hash
from web.sign_in.session import Membership, Session
from web.visit import SignInNeeded, Visit, visit_of

Scope = Literal["read", "act"]
_BEARER = "bearer "
_END = datetime.max.replace(tzinfo=UTC)


class Forbidden(Exception):
    """Whoever calls has no right to that at all, whatever filing it is about: saying so tells of no filing.

    Who called for what is written into the audit log.
    """

    def __init__(self, filing_id: UUID | None = None, act_kind: str = "see") -> None:
        self.filing_id, self.act_kind = filing_id, act_kind
        super().__init__()


class Malformed(Exception):
    """What stands in the address cannot be read; ``where``: which part of it."""

    def __init__(self, where: str, code: str) -> None:
        self.where, self.code = where, code
        super().__init__()


def caller(scope: Scope | None) -> Callable[[Request], Awaitable[Visit]]:
    """The visit of a call that needs the scope; None: anybody may call.

    Raises SignInNeeded, Forbidden, TooMany, and Refused ``form_not_ours`` where a browser sends no token of ours.
    """

    async def found(request: Request) -> Visit:
        if "\0" in unquote(request.scope["query_string"].decode("latin-1")) or "\0" in request.url.path:
            raise Malformed("query", "control_character")
        visit: Visit = await visited(request)
        request.state.visit = visit
        row = operation_of(request.scope["route"].path, request.method)
        if scope is not None and (row is None or not row.admits(visit.membership)):
            raise Forbidden
        return visit

    async def visited(request: Request) -> Visit:
        limits: Limits = request.app.state.limits
        address = request.client.host if request.client else "-"
        given = request.headers.get("authorization")
        if given is not None:
            return await _by_key(request, given, scope, limits, address)
        visit = await visit_of(request)
        if visit.session is None:
            limits.count(address, known=False)
            if scope is not None:
                raise SignInNeeded
            return visit
        limits.count(f"session {visit.session.account_id}", known=True)
        if scope == "act":
            visit.check_origin()
            token = request.headers.get("x-csrf-token", "")
            if not compare_digest(token.encode(), visit.csrf.encode()):
                raise refuse("form_not_ours")
        return visit

    return found


async def _by_key(request: Request, given: str, scope: Scope | None, limits: Limits, address: str) -> Visit:
    if not given.lower().startswith(_BEARER):
        limits.count(address, known=False)
        raise SignInNeeded
    console = request.app.state.console
    async with console.pool.acquire() as connection:
        key = await use_api_key(connection, plain_hash(given[len(_BEARER) :].strip()), today())
        held = await held_by(connection, key) if key else []
    if key is None or not held:
        limits.count(address, known=False)
        raise SignInNeeded
    limits.count(f"key {key.key_id}", known=True)
    of_the_whole = [one for one in held if one.platform is None]
    if not of_the_whole and len({one.platform for one in held}) > 1:
        raise Forbidden  # which of them the program asks for, nobody can know
    visit = Visit(console, request, _session_of(key, (of_the_whole or held)[0]))
    if scope is not None and scope not in key.scopes:
        request.state.visit = visit
        raise Forbidden
    return visit


def _session_of(key: ApiKey, held: Held) -> Session:
    """What a person's session is, for a program: who made the key answers for what it does, in that membership."""
    mine = Membership(held.membership_id, key.role, key.organisation_id, None, None, held.platform)
    return Session(
        account_id=held.account_id,
        party_id=key.created_by,
        name=key.name,
        membership=mine,
        memberships=(mine,),
        csrf="",
        language="zh",
        warns_at=_END,
        ends_at=_END,
    )


_READS, _ACTS, _ANYBODY = caller("read"), caller("act"), caller(None)


def in_person(scope: Scope) -> Callable[[Request], Awaitable[Visit]]:
    """The visit of a person, as ``caller``; raises Forbidden for a program, whatever its key may."""

    async def found(request: Request) -> Visit:
        visit = await caller(scope)(request)
        if "authorization" in request.headers:
            raise Forbidden
        return visit

    return found


_READS_IN_PERSON, _ACTS_IN_PERSON = in_person("read"), in_person("act")


Reader = Annotated[Visit, Depends(_READS)]
"""May read what is its own."""
Writer = Annotated[Visit, Depends(_ACTS)]
"""May ask for acts."""
Public = Annotated[Visit, Depends(_ANYBODY)]
"""Anybody."""
ReadInPerson = Annotated[Visit, Depends(_READS_IN_PERSON)]
"""A person by the session of the browser, who reads what no key is for."""
InPerson = Annotated[Visit, Depends(_ACTS_IN_PERSON)]
"""A person by the session of the browser: what makes keys or gives roles is done by no key."""
