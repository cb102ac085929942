"""One person of each role, to try the console with: ``python -m web.sign_in.demo_people``, which ``make up`` runs.

Only where the servers are the embedded ones, and OPEN_LICENCE_DEMO_PEOPLE is not 0. They act for the organisations and
the inventor to whom most of the filings belong that are there already, such as the demo's, else for made-up ones. All
have one password, drawn once and kept in ``var`` for its owner alone, and need no second factor.
"""

import asyncio
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from secrets import choice
from typing import NamedTuple
from uuid import UUID

from database.console.whose import Relation, busiest
from database.pool import Connection, open_pool
from database.registers.parties import Party, PartyKind, add_party, opened_names
from database.sign_in.accounts import add_account, find_account, set_password
from database.sign_in.memberships import find_membership, grant_membership, propose_membership
from runtime.settings import Settings, write_secret
from runtime.stack import addresses
from schemas.values.actor import Role
from schemas.values.credit_code import credit_code_of
from schemas.values.identifiers import derived_id
from web.sign_in.door import Door
from web.sign_in.keys import Keys
from web.sign_in.ways.passwords import name_hash

PASSWORD_FILE, PEOPLE_FILE = "demo-sign-in", "demo-people.json"
"""Below ``var``; the second is what ``make up`` prints."""
_LETTERS, _GROUPS, _GROUP = "abcdefghjkmnpqrstuvwxyz23456789", 4, 4


class _Demo(NamedTuple):
    """One person: the sign-in name, the name, the role, whose organisation by relation, and a made-up one."""

    sign_in_name: str
    name: str
    role: Role
    relation: Relation | None
    organisation: str | None


_UNIT, _PLATFORM, _AUTHORITY = "演示大学", "专利开放许可平台（演示）", "演示市知识产权局"
PEOPLE = (
    _Demo("licensor", "陈许可", Role.LICENSOR, "licensor", _UNIT),
    _Demo("co-owner", "林共有", Role.CO_OWNER, "co_owner", "演示研究院"),
    _Demo("pledgee", "周质押", Role.PLEDGEE, None, "演示银行质押部"),
    _Demo("licensee", "黄实施", Role.LICENSEE, "licensee", "演示科技有限公司"),
    _Demo("operator", "吴平台", Role.OPERATOR, None, _PLATFORM),
    _Demo("auditor", "郑审计", Role.AUDITOR, None, _PLATFORM),
    _Demo("administrator", "孙管理", Role.ADMINISTRATOR, None, _PLATFORM),
    _Demo("administrator-2", "钱管理", Role.ADMINISTRATOR, None, _PLATFORM),
    _Demo("office", "冯专利", Role.OFFICE, None, "专利局（演示）"),
    _Demo("registrar", "褚登记", Role.REGISTRAR, None, "技术合同登记处（演示）"),
    _Demo("bank", "卫银行", Role.BANK, None, "演示银行"),
    _Demo("court", "蒋调解", Role.COURT, None, "演示人民法院"),
    _Demo("commerce", "沈商务", Role.COMMERCE, None, "演示省商务厅"),
    _Demo("treasury", "韩国库", Role.TREASURY, None, "演示国库"),
    _Demo("finance", "杨财务", Role.FINANCE, "unit", _UNIT),
    _Demo("first-approver", "朱审批", Role.FIRST_APPROVER, "unit", _UNIT),
    _Demo("second-approver", "秦审批", Role.SECOND_APPROVER, "unit", _UNIT),
    _Demo("committee", "尤委员", Role.COMMITTEE, "unit", _UNIT),
    _Demo("inventor", "许发明", Role.INVENTOR, "inventor", None),
    _Demo("scheme-officer", "何经办", Role.SCHEME_OFFICER, "authority", _AUTHORITY),
    _Demo("first-scheme-approver", "吕审批", Role.FIRST_SCHEME_APPROVER, "authority", _AUTHORITY),
    _Demo("second-scheme-approver", "施审批", Role.SECOND_SCHEME_APPROVER, "authority", _AUTHORITY),
    _Demo("district-recommender", "张推荐", Role.DISTRICT_RECOMMENDER, "authority", _AUTHORITY),
    _Demo("claimant", "孔申报", Role.CLAIMANT, "claimant", "演示制造有限公司"),
)
_ADMINISTRATORS = ("administrator", "administrator-2")


@dataclass(frozen=True)
class Made:
    """What a reader needs to sign in as one of them."""

    sign_in_name: str
    name: str
    role: Role
    organisation: str


def are_wanted(settings: Settings) -> bool:
    """Whether there are to be any: never on servers of one's own."""
    return settings.database_url is None and settings.demo_people


async def make(door: Door, password: str) -> list[Made]:
    """Makes who is missing, and gives all of them this password; again changes nothing."""
    async with door.pool.acquire() as connection, connection.transaction():
        first = await find_account(connection, _account_id(PEOPLE[0].sign_in_name))
        is_kept = first is not None and await door.passwords.fits(password, first.password_hash)
        hashed = None if is_kept else await door.passwords.hashed(password)
        for one in PEOPLE:
            await _account(door, connection, one, hashed)
        for one in PEOPLE:
            await _role(door, connection, one)
        return [await _made(door, connection, one) for one in PEOPLE]


async def _account(door: Door, connection: Connection, one: _Demo, hashed: str | None) -> None:
    account_id = _account_id(one.sign_in_name)
    kept = await find_account(connection, account_id)
    if kept is not None:
        if hashed is not None:
            await set_password(connection, account_id, hashed, kept.password_hash)
        return
    party_id = await _person(door, connection, one)
    sealed = door.keys.sealed("name", account_id, one.sign_in_name.encode())
    name = (name_hash(door.keys, one.sign_in_name), sealed)
    await add_account(connection, account_id, party_id, party_id, name=name, password_hash=hashed, is_demo=True)


async def _person(door: Door, connection: Connection, one: _Demo) -> UUID:
    if one.organisation is None and one.relation is not None:
        found = await busiest(connection, one.relation, person=True)
        if found is not None:
            return found
    party = Party(
        party_id=derived_id("demo person", one.sign_in_name), kind=PartyKind.PERSON, private={"name": one.name}
    )
    await add_party(connection, door.keys.master, party)
    return party.party_id


async def _role(door: Door, connection: Connection, one: _Demo) -> None:
    membership_id, account_id = _membership_id(one.sign_in_name), _account_id(one.sign_in_name)
    if await find_membership(connection, membership_id) is not None:
        return
    organisation_id = await _organisation(door, connection, one) if one.organisation else None
    first, second = (derived_id("demo person", name) for name in _ADMINISTRATORS)
    if one.sign_in_name == _ADMINISTRATORS[1]:
        first, second = second, first  # who gets a role does not grant it
    await propose_membership(connection, membership_id, account_id, one.role, first, organisation_id=organisation_id)
    await grant_membership(connection, membership_id, second)


async def _organisation(door: Door, connection: Connection, one: _Demo) -> UUID:
    if one.relation is not None:
        found = await busiest(connection, one.relation, person=False)
        if found is not None:
            return found
    party_id = derived_id("demo organisation", one.organisation)
    code = credit_code_of(f"{party_id.int % 10**17:017d}")
    party = Party(party_id=party_id, kind=PartyKind.ORGANISATION, public_name=one.organisation, credit_code=code)
    await add_party(connection, door.keys.master, party)
    return party_id


async def _made(door: Door, connection: Connection, one: _Demo) -> Made:
    kept = await find_membership(connection, _membership_id(one.sign_in_name))
    assert kept is not None, "it has just been made"
    names = await opened_names(connection, door.keys.master, [kept.party_id])
    return Made(one.sign_in_name, names.get(kept.party_id, one.name), one.role, kept.organisation_name or "")


def _account_id(sign_in_name: str) -> UUID:
    return derived_id("demo account", sign_in_name)


def _membership_id(sign_in_name: str) -> UUID:
    return derived_id("demo membership", sign_in_name)


def kept_password(settings: Settings) -> str:
    """The one of ``var``, drawn at the first time; only its owner can read the file."""
    file = settings.var / PASSWORD_FILE
    with suppress(FileExistsError):
        write_secret(file, "-".join("".join(choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)))
    return file.read_text(encoding="utf-8").strip()


async def main(settings: Settings) -> None:
    """Makes them on the embedded servers, and leaves beside them who they are."""
    if not are_wanted(settings):
        return
    pool = await open_pool(addresses(settings).database_url, 2)
    try:
        made = await make(Door(pool, Keys(settings.master_key())), kept_password(settings))
    finally:
        await pool.close()
    told = [{**asdict(one), "role": one.role.value} for one in made]
    (settings.var / PEOPLE_FILE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main(Settings.read()))
