"""Who and what the demo is about: every id is made from its name, so that every run means the same things."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.claims import YearToSettle
from cli.demo.filings.settlement import SEATED_SINCE
from cli.demo.filings.world import World
from database.pool import Pool
from database.registers.parties import Party, PartyKind
from database.registers.patents import Patent
from database.standing.entitlements import Profile, add_profile
from schemas.acts.act import Act, Origin
from schemas.acts.beginning import natural_act_id
from schemas.values.actor import AUTHORITIES, Actor, Role
from schemas.values.patent_number import parse_patent_number

TODAY = date(2026, 11, 20)
"""The demo's today. Everything it tells lies on or before this day, whenever it is run."""
A = TypeVar("A", bound=Act)
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


@dataclass(frozen=True)
class DemoWorld(World):
    """The organisations of the examples, each with its own staff; who is written depends on what is carried."""

    seed: str = "open-licence demo"
    examples: tuple[Example, ...] = ()
    years: tuple[YearToSettle, ...] = ()
    evidence: ClassVar[str] = "record"

    def body(self, name: str) -> bytes:
        return f"演示用的假定文件 / a paper that the demo assumes: {name}\n".encode()

    def by(self, role: Role, side: str = "") -> Actor:
        """A public body, a person of ``side``, or the organisation itself."""
        staff = (_OF_THE_AUTHORITY | _STAFF).get(role)
        if staff is not None:
            return Actor(role=role, party_id=self.party(side, staff), organisation_id=self.party(side))
        if role is Role.TIMER:
            return super().by(role)
        return Actor(role=role, party_id=self.party(_PUBLIC_BODIES.get(role, side)))

    def act(self, model: type[A], filing_id: UUID, role: Role, on: date, **fields: Any) -> A:
        """With the act's natural id where it has one, as every channel gives it."""
        origin = Origin.FEED if role in AUTHORITIES else Origin.DIRECT
        act = super().act(model, filing_id, role, on, **{"origin": origin, **fields})
        natural = natural_act_id(act)
        named: A = act if natural is None else act.but(act_id=natural)
        return named

    def parties(self) -> Iterator[Party]:
        """Organisations with their names, claimants with their codes, and persons, whose names are sealed."""
        organisations, persons = _named(self.examples, self.years)
        claimants = [claimant.name for year in self.years for claimant in year.claimants]
        codes = {self.party(name): self.credit_code(name) for name in claimants}
        for party_id, name in organisations.items():
            code = codes.get(party_id)
            yield Party(party_id=party_id, kind=PartyKind.ORGANISATION, public_name=name, credit_code=code)
        for party_id, name in persons.items():
            yield Party(party_id=party_id, kind=PartyKind.PERSON, private={"name": name[:200]})

    def patents(self) -> list[Patent]:
        """The register as the sources print it; numbers that somebody made up are in none."""
        return [_register_row(example) for example in self.examples if not example.is_made_up]


WORLD = DemoWorld()
party, paper = WORLD.party, WORLD.paper


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
    """Parties, papers, the register, and who claims; writing it again changes nothing."""
    world = replace(WORLD, examples=examples, years=years)
    await world.write(pool, master_key)
    async with pool.acquire() as connection:
        for claimant in dict.fromkeys(claimant for year in years for claimant in year.claimants):
            profile = Profile(
                party_id=party(claimant.name), from_on=SEATED_SINCE, kind=claimant.kind, region=claimant.region
            )
            await add_profile(connection, profile, world.by(Role.OPERATOR).party_id)


def _person(example: Example, unit: str, name: str) -> str:
    return f"{name}（{unit}）" if example.co_licensor else name


def _member(example: Example, unit: str, name: str) -> UUID:
    return party(example.case, unit, name)


def _kind(printed: str) -> str:
    return "person" if printed.startswith("inventor") else printed


def _named(examples: tuple[Example, ...], years: tuple[YearToSettle, ...]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """The names of the organisations, and those of the persons."""
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
    return organisations, persons


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
