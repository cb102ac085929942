"""Accounts and roles, for the programs of an administrator's own browser: no key gives a role or invites anybody."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel

from database.bulletin.pages import read_instant_place
from database.sign_in.memberships import MembershipRow, waiting_memberships
from schemas.values.actor import Role
from schemas.values.model import Model, Reason, ShortText
from schemas.wire.form import filled
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import InPerson, ReadInPerson
from web.api.console.once import Answer, Done, done_once, once, permit, takes
from web.api.described import noes
from web.api.reads import OF_PEOPLE, Size, Turn, behind
from web.api.shown import followed
from web.registers.roles import NewRole, propose
from web.sign_in.door import Door
from web.sign_in.people import Invited, Person, end_role, grant_role, invite, people, replace, restore, suspend
from web.sign_in.session import Session
from web.visit import NotFound, Visit

router = APIRouter()
_READ: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OF_PEOPLE, "tags": ["people"]}
_TAG = "people"


class RoleOfAccount(BaseModel):
    """One role of one account, with its whole life; it counts once a second person has granted it."""

    membership_id: UUID
    account_id: UUID
    role: Role
    organisation_id: UUID | None
    organisation_name: str | None
    region: str | None
    platform: str | None
    proposed_by: UUID
    proposed_at: datetime
    granted_by: UUID | None
    granted_at: datetime | None
    ended_by: UUID | None
    ended_at: datetime | None
    reason: str | None
    counts: bool


class Account(BaseModel):
    """An account; ``name`` is that of its person, empty where that was erased."""

    account_id: UUID
    party_id: UUID
    name: str
    state: str
    created_by: UUID
    created_at: datetime
    roles: list[RoleOfAccount]


class Accounts(BaseModel):
    """A page of accounts; ``following`` goes on after the last one."""

    rows: list[Account]
    following: UUID | None


class WaitingRoles(BaseModel):
    """What one person proposed and no second one has granted; ``following`` goes on after the last one."""

    rows: list[RoleOfAccount]
    following: str | None


class NewPerson(Model):
    """Who gets an account: under which sign-in name, and what the person is called."""

    sign_in_name: ShortText
    name: ShortText | None = None


class InvitedPerson(BaseModel):
    """``address``: where the password is chosen, told to whoever asked and kept by nobody."""

    account_id: UUID
    address: str


class ProposedRole(BaseModel):
    """By this id a second person grants it."""

    membership_id: UUID


class EndOfRole(Model):
    """Why a role ends, or a proposal is declined."""

    reason: Reason


@router.get("/people", **_READ)
async def accounts(visit: ReadInPerson, after: UUID | None = None, limit: Size = 50) -> Accounts:
    """Accounts with their roles; that the names were read stands in the audit log. 账户及其角色。"""
    found = await people(_door(visit), _session(visit), after, limit + 1)
    rows = [_account(one) for one in found[:limit]]
    return Accounts(rows=rows, following=rows[-1].account_id if len(found) > limit else None)


@router.get("/people/{account_id}", **_READ)
async def account(visit: ReadInPerson, account_id: UUID) -> Account:
    """One account with its roles. 一个账户及其角色。"""
    found = await people(_door(visit), _session(visit), only=(account_id,))
    if not found:
        raise NotFound
    return _account(found[0])


@router.post("/people", **takes(NewPerson, _TAG, in_person=True))
async def new_person(request: Request, visit: InPerson, idempotency_key: IdempotencyKey) -> InvitedPerson:
    """An account, and the address by which its password is chosen. 建立账户并给出邀请地址。"""
    permit(visit, "add_account")
    body = await object_body(request)
    given = filled(NewPerson, body)

    async def doing(inner: Visit) -> Answer:
        made = Invited(inner.new_id(), inner.new_secret())
        await invite(_door(inner), _session(inner), given.sign_in_name, name=given.name, made=made)
        return {"account_id": str(made.account_id)}

    return InvitedPerson(**await once(request, visit, UUID(idempotency_key), body, doing, _invitation))


@router.post("/people/{account_id}/replacement", **takes(None, _TAG, in_person=True))
async def replaced_account(
    request: Request, visit: InPerson, idempotency_key: IdempotencyKey, account_id: UUID
) -> InvitedPerson:
    """For who lost the password or the second factor: a new account of the same person, without roles. 更换账户。"""
    permit(visit, "replace_account")

    async def doing(inner: Visit) -> Answer:
        made = Invited(inner.new_id(), inner.new_secret())
        await replace(_door(inner), _session(inner), account_id, made)
        return {"account_id": str(made.account_id)}

    return InvitedPerson(**await once(request, visit, UUID(idempotency_key), None, doing, _invitation))


@router.post("/people/{account_id}/suspension", **takes(None, _TAG, in_person=True))
async def suspended_account(
    request: Request, visit: InPerson, idempotency_key: IdempotencyKey, account_id: UUID
) -> Done:
    """Nobody signs in with it any more. 停用账户。"""
    permit(visit, "suspend_account")
    return await done_once(
        request, visit, idempotency_key, None, lambda inner: suspend(_door(inner), _session(inner), account_id)
    )


@router.post("/people/{account_id}/restoration", **takes(None, _TAG, in_person=True))
async def restored_account(
    request: Request, visit: InPerson, idempotency_key: IdempotencyKey, account_id: UUID
) -> Done:
    """It is as it was. 恢复账户。"""
    permit(visit, "restore_account")
    return await done_once(
        request, visit, idempotency_key, None, lambda inner: restore(_door(inner), _session(inner), account_id)
    )


@router.post("/people/{account_id}/roles", **takes(NewRole, _TAG, in_person=True, role="licensor", region="guangdong"))
async def proposed_role(
    request: Request, visit: InPerson, idempotency_key: IdempotencyKey, account_id: UUID
) -> ProposedRole:
    """A role for this account, which counts when a second person grants it. 提出授予角色。"""
    permit(visit, "propose_role")
    body = await object_body(request)

    async def doing(inner: Visit) -> Answer:
        made = await propose(_door(inner), _session(inner), account_id, body, inner.new_id())
        return {"membership_id": str(made)}

    return ProposedRole(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.get("/roles", **_READ)
async def waiting_roles(visit: ReadInPerson, after: Turn = "", limit: Size = 100) -> WaitingRoles:
    """What waits for a second person. 待第二人授予的角色。"""
    place = behind(after, read_instant_place)
    async with visit.console.pool.acquire() as connection:
        found = await waiting_memberships(connection, place, limit)
    return WaitingRoles(rows=[_role(one) for one in found.rows], following=followed(found))


@router.post("/roles/{membership_id}/grant", **takes(None, _TAG, in_person=True))
async def granted_role(request: Request, visit: InPerson, idempotency_key: IdempotencyKey, membership_id: UUID) -> Done:
    """The second person: neither who proposed it nor who gets it. 第二人授予角色。"""
    permit(visit, "grant_role")
    return await done_once(
        request, visit, idempotency_key, None, lambda inner: grant_role(_door(inner), _session(inner), membership_id)
    )


@router.post("/roles/{membership_id}/end", **takes(EndOfRole, _TAG, in_person=True))
async def ended_role(request: Request, visit: InPerson, idempotency_key: IdempotencyKey, membership_id: UUID) -> Done:
    """Takes a role away, or declines a proposal. 终止角色或不同意授予。"""
    permit(visit, "end_role")
    body = await object_body(request)
    given = filled(EndOfRole, body)
    return await done_once(
        request,
        visit,
        idempotency_key,
        body,
        lambda inner: end_role(_door(inner), _session(inner), membership_id, given.reason),
    )


def _session(visit: Visit) -> Session:
    assert visit.session is not None
    return visit.session


def _door(visit: Visit) -> Door:
    return visit.console.sessions.door


def _invitation(made: Visit) -> dict[str, str]:
    return {"address": made.address(f"/invitation/{made.new_secret()}")}


def _role(row: MembershipRow) -> RoleOfAccount:
    return RoleOfAccount.model_validate(row, from_attributes=True)


def _account(one: Person) -> Account:
    row = one.account
    return Account(
        account_id=row.account_id,
        party_id=row.party_id,
        name=one.name,
        state=row.state,
        created_by=row.created_by,
        created_at=row.created_at,
        roles=[_role(role) for role in one.memberships],
    )
