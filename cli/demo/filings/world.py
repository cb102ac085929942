"""Who and what lives are about: parties, papers and a patent, all of them made from one seed.

Every id is made from a name, so that every run means the same; two worlds of different seeds share nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_bytes
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from cli.demo.filings.days import FILED_ON, GRANTED_ON
from database.pool import Pool
from database.registers.documents import add_document
from database.registers.parties import Party, PartyKind, add_party
from database.registers.patents import Patent, put_patents
from schemas.acts.act import Act
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.credit_code import credit_code_of
from schemas.values.identifiers import derived_id
from schemas.values.patent_number import PatentNumber, check_character
from schemas.wire.form import filled

A = TypeVar("A", bound=Act)
TITLE = "一种用于测试的装置"
_DIGITS = 7
"""Of the serial number within a year."""
_ROLES_OF_ORGANISATIONS = ("licensee", "office", "registrar", "bank", "court", "commerce", "treasury", "claimant")
_NO_PERSON_OF_A_LIFE = (*_ROLES_OF_ORGANISATIONS, "inventor", "timer", "administrator", "auditor")


@dataclass(frozen=True)
class World:
    """One party for each role, named like it; the same word is the same party or paper in every act of this world."""

    seed: str
    organisations: ClassVar[tuple[str, ...]] = ("unit", "authority", *_ROLES_OF_ORGANISATIONS)
    persons: ClassVar[tuple[str, ...]] = (
        *("contact", "inventor_1", "inventor_2"),
        *(role.value for role in Role if role.value not in _NO_PERSON_OF_A_LIFE),
    )
    papers: ClassVar[tuple[str, ...]] = (
        *("register", "consent 0", "consent 1", "report", "notice", "voucher", "form", "contract"),
        *("rule", "shares", "publicity", "objection", "decision", "record"),
    )
    evidence: ClassVar[str] = "register"
    """The paper that proves an act."""

    def id(self, *names: object) -> UUID:
        """The id of whatever has that name here."""
        return derived_id(self.seed, *names)

    def party(self, *name: str) -> UUID:
        """The id of a party by its name."""
        return self.id("party", *name)

    def credit_code(self, name: str) -> str:
        """A made-up unified social credit code of an organisation; only its check character is true."""
        return credit_code_of(f"{self.party(name).int % 10**17:017d}")

    def body(self, name: str) -> bytes:
        """What stands in a paper."""
        return f"{self.seed}: {name}".encode()

    def paper(self, name: str) -> str:
        """The content hash of one of the papers."""
        assert name in self.papers, f"{name} is no paper of this world"
        return sha256(self.body(name)).hexdigest()

    @property
    def serial_number(self) -> int:
        """Of the patent, within its year."""
        number: int = self.id("patent").int % 10**_DIGITS
        return number

    @property
    def patent_number(self) -> PatentNumber:
        """An invention of 2019; its serial number comes from the seed."""
        digits = f"20191{self.serial_number:0{_DIGITS}d}"
        return PatentNumber(f"{digits}.{check_character(digits)}")

    def by(self, role: Role, side: str = "licensee") -> Actor:
        """The usual actor of a role; ``side``: the licensor, licensee or authority on whose side somebody acts."""
        if role is Role.TIMER:
            return Actor(role=role, party_id=ENGINE)
        usual = {Role.LICENSEE: side, Role.INVENTOR: "inventor_1"}
        return Actor(role=role, party_id=self.party(usual.get(role, role.value)))

    def act(
        self,
        model: type[A],
        filing_id: UUID,
        role: Role,
        on: date,
        *,
        by: Actor | str | None = None,
        again: object = "",
        **fields: Any,
    ) -> A:
        """An act whose id comes from filing, kind, person and day; ``again`` tells two such acts of one day apart.

        ``by``: another actor than the usual one, or the party that has the role. Raises Refused for a wrong form.
        """
        who = Actor(role=role, party_id=self.party(by)) if isinstance(by, str) else by or self.by(role)
        act_id = self.id("act", filing_id, model.model_fields["kind"].default, who.party_id, on, again)
        evidence = (self.paper(self.evidence),)
        given = {"act_id": act_id, "filing_id": filing_id, "by": who, "on": on, "evidence": evidence, **fields}
        return filled(model, given)

    def parties(self) -> Iterable[Party]:
        """Everybody; of organisations the public name."""
        for name in self.organisations:
            yield Party(
                party_id=self.party(name),
                kind=PartyKind.ORGANISATION,
                public_name=f"{name} {self.seed}",
                credit_code=self.credit_code(name),
            )
        for name in self.persons:
            yield Party(party_id=self.party(name), kind=PartyKind.PERSON)

    def patents(self) -> list[Patent]:
        """The rows of the register."""
        return [Patent(self.patent_number, TITLE, "invention", FILED_ON, GRANTED_ON, "granted", "made up", {})]

    async def write(self, pool: Pool, master_key: bytes | None = None) -> Self:
        """Parties, papers and the register, as they must be there before the first act; again changes nothing.

        Without ``master_key`` nobody can read the persons' names afterwards.
        """
        key, added_by = master_key or token_bytes(32), self.by(Role.OPERATOR).party_id
        async with pool.acquire() as connection, connection.transaction():
            for party in self.parties():
                await add_party(connection, key, party)
            for name in self.papers:
                body, file = self.body(name), f"{name}.txt"
                await add_document(connection, body, name=file, media_type="text/plain", added_by=added_by)
            await put_patents(connection, self.patents(), added_by)
        return self
