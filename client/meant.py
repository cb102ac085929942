"""What a person means who types a number or a name instead of an id."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from database.pool import Connection
from database.reads.known import names_near
from database.reads.matching import Named
from database.reads.meant import ListedParty, filings_meant, find_listed_party, numbers_like, of_kind, parties_called
from schemas.values.outside import normal
from schemas.values.patent_number import PatentNumber
from schemas.values.refusal import nearest_first, refuse

_PATENT: TypeAdapter[PatentNumber] = TypeAdapter(PatentNumber)
_TOLD = 3
"""How many of the nearest are told."""


def told_nearest(given: str, known: Iterable[str]) -> str:
    """What is written most like it, as a refusal tells it; a dash where there is nothing at all."""
    return ", ".join(nearest_first(given, dict.fromkeys(known))[:_TOLD]) or "-"


def id_typed(text: str) -> UUID | None:
    """The id, where an id was typed; other things can be meant by what is none."""
    try:
        return UUID(text.strip())
    except ValueError:
        return None


async def filing_meant(
    connection: Connection, text: str, kind: str | None = None, where: str = "FILING"
) -> tuple[UUID, tuple[UUID, ...]]:
    """The filing that an id, a patent's number, an office's number or a receipt's means, and others it could mean.

    ``kind``: what it has to be; the number of a patent means its licence where a licence is asked for. Raises Refused,
    naming ``where`` it stood, where it means none, or several of which none stands before the others.
    """
    if (known := id_typed(text)) is not None:
        return known, ()
    patent, office_number = _patent(text), normal("office_number", text)
    named = await filings_meant(connection, patent, office_number, normal("receipt_number", text))
    found = list(dict.fromkeys(await of_kind(connection, named, kind) if kind and named else named))
    if not found:
        near = told_nearest(text, await numbers_like(connection, patent, office_number))
        raise refuse("nothing_of_that_number", where, text=text, nearest=near)
    standing = [one for one in found if one.stands] or found
    if len(standing) > 1 and standing[0].stands:
        raise refuse("several_of_that_number", where, text=text, filings=_listed(standing))
    return standing[0].filing_id, tuple(one.filing_id for one in found if one is not standing[0])


async def party_meant(connection: Connection, text: str, where: str = "PARTY") -> ListedParty:
    """The party that an id, a credit code or a whole name means.

    Raises Refused, naming ``where`` it stood, where it means none, or several.
    """
    if (known := id_typed(text)) is not None:
        found = [one for one in (await find_listed_party(connection, known),) if one is not None]
    else:
        found = [*await parties_called(connection, text, normal("credit_code", text))]
    if not found:
        if known is not None:
            raise refuse("party_unknown", where, party_id=text)
        near = told_nearest(text, await names_near(connection, text))
        raise refuse("nothing_called_so", where, text=text, nearest=near)
    if len(found) > 1:
        raise refuse("several_of_that_name", where, text=text, parties=", ".join(str(one.party_id) for one in found))
    return found[0]


def _listed(found: list[Named]) -> str:
    return ", ".join(str(one.filing_id) for one in found)


def _patent(text: str) -> PatentNumber | None:
    try:
        return _PATENT.validate_python(text)
    except ValidationError:
        return None
