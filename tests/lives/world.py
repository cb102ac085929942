"""Who and what the lives in the tests are about: parties, papers and a patent, all of them made from one seed.

Two worlds of different seeds share nothing, so tests on one database do not meet.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_bytes
from typing import Any, TypeVar
from uuid import UUID

from database.pool import Pool
from database.registers.documents import add_document
from database.registers.parties import Party, PartyKind, add_party
from database.registers.patents import Patent, put_patents
from schemas.acts.act import Act
from schemas.values.actor import Actor, Role
from schemas.values.credit_code import credit_code_of
from schemas.values.identifiers import derived_id
from schemas.values.patent_number import PatentKind, PatentNumber, check_character

A = TypeVar("A", bound=Act)

FILED_ON, GRANTED_ON = date(2019, 1, 23), date(2021, 6, 1)
SUBMITTED_ON, MARKED_ON, ANNOUNCED_ON = date(2026, 3, 2), date(2026, 3, 10), date(2026, 4, 1)
NOTICED_ON, PAID_ON, RECEIVED_ON = date(2026, 4, 15), date(2026, 4, 20), date(2026, 4, 21)
RECORDAL_FILED_ON, RECORDED_ON = date(2026, 5, 6), date(2026, 5, 15)
APPLIED_ON, ACCEPTED_ON, REGISTERED_ON = date(2026, 5, 18), date(2026, 5, 20), date(2026, 5, 29)
STATED_ON, PUBLISHED_ON, APPROVED_ON = date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 18)
INSTRUCTED_ON, PAID_OUT_ON, TAX_RECORDED_ON = date(2026, 6, 19), date(2026, 6, 22), date(2026, 7, 10)

TITLE = "一种用于测试的装置"
ORGANISATIONS = (
    "unit",
    "second_unit",
    "licensee",
    "second_licensee",
    "agency",
    "office",
    "registrar",
    "bank",
    "court",
    "commerce",
    "authority",
    "treasury",
    "claimant",
)
NOT_YET_KNOWN = ("late_licensee",)
"""Nobody writes it; for tests of what is missing."""
PERSONS = (
    "contact",
    "operator",
    "second_operator",
    "finance",
    "second_finance",
    "first_approver",
    "second_approver",
    "scheme_officer",
    "second_scheme_officer",
    "first_scheme_approver",
    "second_scheme_approver",
    "district_recommender",
    "committee",
    "inventor_1",
    "inventor_2",
    "licensor",
    "second_licensor",
    "co_owner",
    "pledgee",
)
PAPERS = ("register", "consent", "voucher", "form", "notice", "contract", "decision", "rule", "signed_shares", "record")
_DIGITS = 7
"""Of the serial number within a year."""


@dataclass(frozen=True)
class World:
    """Everything that has an id is named in words; the same word is the same thing in every act of this world."""

    seed: str
    patent_kind: PatentKind = PatentKind.INVENTION

    def id(self, *names: object) -> UUID:
        return derived_id("lives", self.seed, *names)

    def party(self, name: str) -> UUID:
        assert name in (*ORGANISATIONS, *PERSONS, *NOT_YET_KNOWN), f"{name} is nobody in this world"
        return self.id("party", name)

    def credit_code(self, name: str) -> str:
        """The unified social credit code of an organisation, made from its id."""
        return credit_code_of(f"{self.party(name).int % 10**17:017d}")

    def by(self, role: Role, name: str | None = None) -> Actor:
        """The role's usual person, or the party that is named."""
        if role is Role.TIMER:
            return Actor(role=role, party_id=derived_id("engine"))
        usual = {Role.LICENSEE: "licensee", Role.INVENTOR: "inventor_1"}
        return Actor(role=role, party_id=self.party(name or usual.get(role, role.value)))

    def body(self, name: str) -> bytes:
        assert name in PAPERS, f"{name} is no paper of this world"
        return f"{self.seed}: {name}".encode()

    def paper(self, name: str) -> str:
        return sha256(self.body(name)).hexdigest()

    @property
    def patent_number(self) -> PatentNumber:
        kind = {PatentKind.INVENTION: "1", PatentKind.UTILITY_MODEL: "2", PatentKind.DESIGN: "3"}[self.patent_kind]
        digits = f"2019{kind}{self.id('patent').int % 10**_DIGITS:0{_DIGITS}d}"
        return PatentNumber(f"{digits}.{check_character(digits)}")

    def act(
        self,
        model: type[A],
        filing_id: UUID,
        role: Role,
        on: date,
        *,
        by: str | None = None,
        again: object = "",
        **fields: Any,
    ) -> A:
        """An act whose id comes from filing, kind, person and day; ``again`` tells two such acts of one day apart."""
        who = self.by(role, by)
        kind = model.model_fields["kind"].default
        return model.model_validate(
            {
                "act_id": self.id("act", filing_id, kind, who.party_id, on, again),
                "filing_id": filing_id,
                "by": who,
                "on": on,
                "evidence": (self.paper("register"),),
                **fields,
            }
        )

    def parties(self) -> tuple[Party, ...]:
        organisations = (
            Party(
                party_id=self.party(name),
                kind=PartyKind.ORGANISATION,
                public_name=f"{name} {self.seed}",
                credit_code=self.credit_code(name),
            )
            for name in ORGANISATIONS
        )
        return (*organisations, *(Party(party_id=self.party(name), kind=PartyKind.PERSON) for name in PERSONS))

    async def write(self, pool: Pool) -> "World":
        """Parties, papers and the register's row, as they must be there before the first act. Can be repeated."""
        master_key = token_bytes(32)
        async with pool.acquire() as connection, connection.transaction():
            for party in self.parties():
                await add_party(connection, master_key, party)
            for name in PAPERS:
                await add_document(
                    connection,
                    self.body(name),
                    name=f"{name}.txt",
                    media_type="text/plain",
                    added_by=self.party("operator"),
                )
            await put_patents(
                connection,
                [
                    Patent(
                        self.patent_number,
                        TITLE,
                        self.patent_kind.value,
                        FILED_ON,
                        GRANTED_ON,
                        "granted",
                        "test register",
                        {},
                    )
                ],
            )
        return self
