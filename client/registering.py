"""Who is brought into the registers, and what of a patent: the same from the command line and from the console."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

from database.pool import Connection
from database.reads.meant import parties_called
from database.registers.parties import Party, add_party, party_with_code
from database.registers.patents import Patent
from schemas.values.identifiers import derived_id
from schemas.values.model import Day, Model, ShortText
from schemas.values.patent_number import PatentNumber
from schemas.values.refusal import refuse
from schemas.wire.form import filled


@dataclass(frozen=True)
class Registered:
    """A party, whether it is new, and organisations of the same name."""

    party: Party
    is_new: bool
    alike: tuple[UUID, ...]


async def register_party(connection: Connection, master_key: bytes, given: dict[str, Any]) -> Registered:
    """The party that is stated; without a ``party_id`` one credit code is one party. Raises Refused like add_party."""
    party = filled(Party, {"party_id": str(uuid4()), **given})
    if party.credit_code and "party_id" not in given:
        known = await party_with_code(connection, party.credit_code)
        party = party.but(party_id=known or derived_id("party", party.credit_code))
    is_new = await add_party(connection, master_key, party)
    name = party.public_name
    same = await parties_called(connection, name, party.credit_code or "") if name else []
    return Registered(party, is_new, tuple(one.party_id for one in same if one.party_id != party.party_id))


class RegisterRow(Model):
    """One reading of the register; a day that the source does not give is left out, never guessed."""

    patent_number: PatentNumber
    title: ShortText
    status: Literal["granted", "pending", "refused", "lapsed", "invalidated", "unknown"]
    source: ShortText
    filed_on: Day | None = None
    granted_on: Day | None = None
    ended_on: Day | None = None
    checked_on: Day | None = None

    def evidence(self) -> Patent:
        """As the register keeps it."""
        return Patent(
            patent_number=self.patent_number,
            title=self.title,
            kind=self.patent_number.kind.value,
            filed_on=self.filed_on,
            granted_on=self.granted_on,
            status=self.status,
            source=self.source,
            facts=self.model_dump(mode="json", include={"ended_on", "checked_on"}, exclude_none=True),
        )


class _RegisterRows(Model):
    patents: tuple[RegisterRow, ...]


def register_rows(given: Sequence[Any]) -> tuple[RegisterRow, ...]:
    """The rows of one bringing; raises Refused where one is wrong, or a patent stands twice."""
    rows = filled(_RegisterRows, {"patents": list(given)}).patents
    first: dict[str, int] = {}
    for n, row in enumerate(rows):
        before = first.setdefault(row.patent_number, n)
        if before != n:
            raise refuse("register_row_twice", f"patents.{n}", number=row.patent_number, first=f"patents.{before}")
    return rows
