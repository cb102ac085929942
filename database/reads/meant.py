"""Which filings and parties a person means who types a number or a name. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from database.pool import Connection
from database.reads.filters import Filters, part_of
from database.reads.known import numbers_near, patents_near
from database.reads.matching import Named, declarations_of_patent, filings_numbered, licence_with_receipt_number
from schemas.standing.identity import IdentityKind

_NUMBERS = (
    IdentityKind.DECLARATION_NUMBER,
    IdentityKind.OFFICE_RECEIPT_NUMBER,
    IdentityKind.RECORDAL_NUMBER,
    IdentityKind.REGISTRATION_NUMBER,
    IdentityKind.PERMIT_NUMBER,
)


async def filings_meant(
    connection: Connection, patent_number: str | None, office_number: str, receipt_number: str
) -> list[Named]:
    """Filings under a patent's number, an office's or a desk's, or a notice's receipt; each in its normal form."""
    found = await declarations_of_patent(connection, patent_number) if patent_number else []
    for what in _NUMBERS:
        found += await filings_numbered(connection, what, office_number)
    licence = await licence_with_receipt_number(connection, receipt_number)
    return found + ([Named(licence, stands=True)] if licence else [])


async def of_kind(connection: Connection, found: Sequence[Named], kind: str) -> list[Named]:
    """Those of them that are of that kind; where none is, those that stand on one of them, unfinished ones first."""
    ids = [one.filing_id for one in found]
    rows = await connection.fetch("SELECT filing_id FROM filings WHERE filing_id = ANY($1) AND kind = $2", ids, kind)
    own = {row["filing_id"] for row in rows}
    if own:
        return [one for one in found if one.filing_id in own]
    below = await connection.fetch(
        """SELECT f.filing_id, kind <> 'licence' OR i.filing_id IS NOT NULL AS stands
           FROM filings f LEFT JOIN identities i ON i.what = $3 AND i.filing_id = f.filing_id
           WHERE parent_id = ANY($1) AND kind = $2 ORDER BY stands DESC, f.filing_id""",
        ids,
        kind,
        IdentityKind.UNFINISHED_LICENCE.value,
    )
    return [Named(**row) for row in below]


async def numbers_like(connection: Connection, patent_number: str | None, office_number: str) -> list[str]:
    """Numbers that stand next to what was typed: of patents, and of offices and desks."""
    near = [one for what in _NUMBERS for one in await numbers_near(connection, what, office_number)]
    return near + (await patents_near(connection, patent_number) if patent_number else [])


@dataclass(frozen=True)
class ListedParty:
    """A party as everybody may see it: of a person nothing but the id."""

    party_id: UUID
    kind: str
    public_name: str | None
    credit_code: str | None


_PARTY = "party_id, kind, public_name, credit_code"
_BEHIND = "(public_name, party_id) > (SELECT public_name, party_id FROM parties WHERE party_id = {0})"


async def list_parties(
    connection: Connection,
    *,
    kind: str | None = None,
    name: str | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> list[ListedParty]:
    """Organisations by name, then persons; ``name``: a part of it, however it is written.

    ``after``: of organisations without a name asked for, the last one of the page before.
    """
    given = Filters()
    if name is None:
        given.given("kind = {0}", kind)
        given.given(_BEHIND, after)
    elif kind == "person":
        return []  # what they are called is sealed
    else:
        given.given("searched(public_name) LIKE searched({0})", part_of(name))
    most = given.put(limit)
    if name is None:
        query = f"SELECT {_PARTY} FROM parties {given.where} ORDER BY kind, public_name, party_id LIMIT {most}"
    else:
        query = f"""SELECT * FROM (SELECT {_PARTY} FROM parties {given.where} LIMIT {most}) found
                    ORDER BY kind, public_name, party_id"""
    return [ListedParty(**row) for row in await connection.fetch(query, *given.values)]


async def find_listed_party(connection: Connection, party_id: UUID) -> ListedParty | None:
    """What everybody may see of a party."""
    row = await connection.fetchrow(f"SELECT {_PARTY} FROM parties WHERE party_id = $1", party_id)
    return None if row is None else ListedParty(**row)


async def parties_called(connection: Connection, name: str, credit_code: str) -> Sequence[ListedParty]:
    """Organisations of that name or code; one name is one however wide it is written, in capitals or with blanks."""
    rows = await connection.fetch(
        f"""SELECT {_PARTY} FROM parties WHERE party_id = ANY (ARRAY(
                SELECT party_id FROM parties WHERE searched(public_name) = searched($1)
                UNION SELECT party_id FROM credit_codes WHERE credit_code = $2))
            ORDER BY party_id""",
        name,
        credit_code,
    )
    return [ListedParty(**row) for row in rows]
