"""Filters that name a thing: one that nobody knows here is refused with the nearest, instead of an empty table."""

import re
from collections.abc import Iterable
from uuid import UUID

from client.meant import told_nearest
from database.pool import Connection
from database.reads.clauses import pattern_of
from database.reads.known import clauses_cited, has_asked, is_patent_known, numbers_near, patents_near, was_asked_of
from database.reads.read_model import find_filing
from schemas.standing.identity import IdentityKind
from schemas.values.patent_number import PatentNumber
from schemas.values.refusal import Refused, refuse


async def check_filing(connection: Connection, filing_id: UUID | None, where: str) -> None:
    """Raises Refused for a filing that there is not."""
    if filing_id is not None and await find_filing(connection, filing_id) is None:
        raise refuse("filing_unknown", where, filing_id=filing_id)


async def check_patent(connection: Connection, number: PatentNumber | None, where: str) -> None:
    """Raises Refused for a patent that neither the register nor a declaration has."""
    if number is not None and not await is_patent_known(connection, number):
        raise _unknown(number, where, await patents_near(connection, number))


async def check_declaration_number(connection: Connection, number: str | None, where: str) -> None:
    """Raises Refused for a number that no declaration has now."""
    if number is not None:
        near = await numbers_near(connection, IdentityKind.DECLARATION_NUMBER, number)
        if number not in near:
            raise _unknown(number, where, near)


async def check_asked(connection: Connection, who: UUID | None, filing_id: UUID | None) -> None:
    """Raises Refused for whoever never asked for anything and is not known, and for a filing of which nobody did."""
    if who is not None and not await has_asked(connection, who):
        raise refuse("party_unknown", "--by", party_id=who)
    if filing_id is not None and not await was_asked_of(connection, filing_id):
        raise refuse("filing_unknown", "--filing", filing_id=filing_id)


async def check_clause(connection: Connection, provision: str, instrument: str | None) -> None:
    """Raises Refused for a clause that neither a line of money nor a value of the law cites."""
    from rules.law.loader import bundled_parameters  # only whoever finds nothing waits for the law

    cited = [(one.provision, one.instrument) for one in await clauses_cited(connection)]
    cited += [
        (value.cite.provision, value.cite.instrument)
        for parameter in bundled_parameters().parameters.values()
        for value in parameter.values
    ]
    there = [one for one in cited if _says(one[0], provision)]
    if not there:
        raise _no_clause(provision, "--provision", (one[0] for one in cited))
    if instrument is not None and not any(_says(one[1], instrument) for one in there):
        raise _no_clause(instrument, "--instrument", (one[1] for one in there))


def _says(text: str | None, part: str) -> bool:
    return text is not None and re.search(pattern_of(part), text, re.IGNORECASE) is not None


def _unknown(text: str, where: str, near: Iterable[str]) -> Refused:
    return refuse("nothing_called_so", where, text=text, nearest=told_nearest(text, near))


def _no_clause(text: str, where: str, known: Iterable[str | None]) -> Refused:
    named = (one for one in known if one is not None)
    return refuse("no_line_of_that_clause", where, text=text, nearest=told_nearest(text, named))
