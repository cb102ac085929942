"""Who and what the demo is about: every id is made from its name, so that every run means the same things."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.claims import YearToSettle
from database.pool import Pool
from database.registers.documents import add_document
from database.registers.parties import Party, PartyKind, add_party
from database.registers.patents import Patent, put_patents
from database.standing.entitlements import Profile, add_profile
from schemas.values.actor import Actor, Role
from schemas.values.credit_code import credit_code_of
from schemas.values.identifiers import derived_id
from schemas.values.patent_number import parse_patent_number
from workflows.procedure import ENGINE

TODAY = date(2026, 11, 20)
"""The demo's today. Everything it tells lies on or before this day, whenever it is run."""
SEED = "open-licence demo"
SEATED_SINCE = date(2000, 1, 1)
"""Since when the claimants of schemes are what they are, and where."""
LICENSEES = (
    "示例机械制造厂",
    "示例新材料公司",
    "示例水务公司",
    "示例检测仪器公司",
    "示例农业合作社",
    "示例软件公司",
    "示例光学公司",
    "示例建材公司",
    "示例医疗器械公司",
    "示例涂料公司",
    "示例数据公司",
    "示例海外公司（境外）",
)
FOREIGN = LICENSEES[-1]
_PUBLIC_BODIES = {
    Role.OPERATOR: "演示平台运营方",
    Role.OFFICE: "专利局（演示）",
    Role.REGISTRAR: "技术合同登记处（演示）",
    Role.BANK: "银行（演示）",
}
_OF_THE_AUTHORITY = {
    Role.SCHEME_OFFICER: "奖补经办人",
    Role.FIRST_SCHEME_APPROVER: "奖补第一审批人",
    Role.SECOND_SCHEME_APPROVER: "奖补第二审批人",
    Role.TREASURY: "国库经办人",
}
_STAFF = {
    Role.FINANCE: "财务经办人",
    Role.FIRST_APPROVER: "第一审批人",
    Role.SECOND_APPROVER: "第二审批人",
    Role.COMMITTEE: "异议处理委员会委员",
}
PEOPLE = ("P1", "P2", "P3")
"""Of an assumed patent: two inventors and one of the transfer staff; published notices name theirs P1, P2 as well."""
_TEAM, _DEPARTMENT = "技术团队", "所在院系"
PAPERS = (
    "register",
    "consent",
    "report",
    "notice",
    "voucher",
    "form",
    "contract",
    "rule",
    "shares",
    "publicity",
    "objection",
    "decision",
    "record",
)


def party(*name: str) -> UUID:
    """The id of a party by its name, a person of a unit by unit and name."""
    return derived_id(SEED, "party", *name)


def credit_code(name: str) -> str:
    """A made-up unified social credit code of an organisation; only its check character is true."""
    return credit_code_of(f"{party(name).int % 10**17:017d}")


def paper(name: str) -> str:
    """The content hash of one of the demo's papers."""
    return sha256(_body(name)).hexdigest()


def by(role: Role, unit: str = "") -> Actor:
    """The usual actor of a role: a public body, a person of the ``unit``, or the organisation itself."""
    if role is Role.TIMER:
        return Actor(role=role, party_id=ENGINE)
    if role in _PUBLIC_BODIES:
        return Actor(role=role, party_id=party(_PUBLIC_BODIES[role]))
    if role in _OF_THE_AUTHORITY:
        return Actor(role=role, party_id=party(unit, _OF_THE_AUTHORITY[role]), organisation_id=party(unit))
    if role in _STAFF:
        return Actor(role=role, party_id=party(unit, _STAFF[role]), organisation_id=party(unit))
    return Actor(role=role, party_id=party(unit))


@dataclass(frozen=True)
class Beneficiary:
    """A party that has a share of the income of a case, with the name under which the summary shows it."""

    name: str
    kind: str
    party_id: UUID


def beneficiaries(example: Example, unit: str) -> tuple[Beneficiary, ...]:
    """Everybody who can have a share of what a unit of this case receives."""
    if example.reward is not None:
        return tuple(
            Beneficiary(
                share.party,
                _kind(share.kind),
                party(unit) if share.kind == "institution" else party(example.case, share.party),
            )
            for share in example.reward.shares
        )
    persons = (Beneficiary(_person(example, unit, name), "person", _member(example, unit, name)) for name in PEOPLE)
    return (
        Beneficiary(_TEAM, "team", party(example.case, unit, _TEAM)),
        *persons,
        Beneficiary(_DEPARTMENT, "department", party(unit, _DEPARTMENT)),
        Beneficiary(unit, "institution", party(unit)),
    )


def units(example: Example) -> tuple[str, ...]:
    """The organisations that own the patent; a natural person owes nobody a payout."""
    owners = [name for name in (example.licensor, example.co_licensor) if name]
    return tuple(owners) if example.licensor_kind != "person" else ()


async def write_world(
    pool: Pool, master_key: bytes, examples: tuple[Example, ...], years: tuple[YearToSettle, ...]
) -> None:
    """Parties, papers and the register as the sources print it; writing it again changes nothing."""
    async with pool.acquire() as connection, connection.transaction():
        for one in _parties(examples, years):
            await add_party(connection, master_key, one)
        for claimant in dict.fromkeys(claimant for year in years for claimant in year.claimants):
            await add_profile(
                connection,
                Profile(
                    party_id=party(claimant.name), from_on=SEATED_SINCE, kind=claimant.kind, region=claimant.region
                ),
                by(Role.OPERATOR).party_id,
            )
        for name in PAPERS:
            await add_document(
                connection,
                _body(name),
                name=f"{name}.txt",
                media_type="text/plain",
                added_by=by(Role.OPERATOR).party_id,
            )
        await put_patents(connection, [_register_row(one) for one in examples if not one.is_made_up])


def _body(name: str) -> bytes:
    return f"演示用的假定文件 / a paper that the demo assumes: {name}\n".encode()


def _person(example: Example, unit: str, name: str) -> str:
    return f"{name}（{unit}）" if example.co_licensor else name


def _member(example: Example, unit: str, name: str) -> UUID:
    return party(example.case, unit, name)


def _kind(printed: str) -> str:
    return "person" if printed.startswith("inventor") else printed


def _parties(examples: tuple[Example, ...], years: tuple[YearToSettle, ...]) -> Iterator[Party]:
    organisations: dict[UUID, str] = {party(name): name for name in (*_PUBLIC_BODIES.values(), *LICENSEES)}
    persons: dict[UUID, str] = {}
    for example in examples:
        if example.reward is not None:
            organisations[party(example.reward.payer)] = example.reward.payer
        if not units(example):
            persons[party(example.licensor)] = example.licensor
        for unit in units(example):
            organisations[party(unit)] = unit
            persons |= {party(unit, name): f"{name}，{unit}" for name in _STAFF.values()}
            for one in beneficiaries(example, unit):
                named = persons if one.kind == "person" else organisations
                named.setdefault(one.party_id, f"{one.name}，{example.case}")
    for year in years:
        organisations[party(year.authority)] = year.authority
        persons |= {party(year.authority, name): f"{name}，{year.authority}" for name in _OF_THE_AUTHORITY.values()}
    codes = {party(one.name): credit_code(one.name) for year in years for one in year.claimants}
    for party_id, name in organisations.items():
        yield Party(party_id=party_id, kind=PartyKind.ORGANISATION, public_name=name, credit_code=codes.get(party_id))
    for party_id, name in persons.items():
        yield Party(party_id=party_id, kind=PartyKind.PERSON, private={"name": name[:200]})


def _register_row(example: Example) -> Patent:
    number = parse_patent_number(example.number)
    facts: dict[str, object] = {"checked_on": TODAY.isoformat(), "printed_number": example.number}
    if example.ended_on is not None:
        facts["ended_on"] = example.ended_on.isoformat()
    return Patent(
        patent_number=number,
        title=example.title if example.is_title_known else "",
        kind=number.kind.value,
        filed_on=example.filed_on,
        granted_on=example.granted_on,
        status=example.status,
        source="examples/patents.csv" if example.reward is None else "examples/rewards.csv",
        facts=facts,
    )
