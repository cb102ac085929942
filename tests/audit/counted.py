"""Terms of offers and licences, counted from the events alone, in Python."""

from collections import Counter
from datetime import date
from uuid import UUID

from audit.rebuild import calendars_in_use, rebuild
from database.pool import Pool
from database.record.event_log import chain_of
from rules.kinds import KINDS
from schemas.acts.act import FilingKind
from schemas.lifecycle.stages.declaration import DeclarationStage
from schemas.lifecycle.stages.licence import WAS_EFFECTIVE
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.position import DeclarationPosition, LicencePosition
from schemas.statements.offer import TermsVersion
from schemas.statements.royalty import EntryPlusRunning, FixedEnd, Instalments, LumpSum, Running, YearsFromEffect
from schemas.values.money import total

Counted = Counter[tuple[str, str, str, int]]
"""(counted as, measure, price form, number) -> how many."""


async def counted_from_events(pool: Pool) -> Counted:
    """How many offers and licences have which numbers."""
    declarations, licences = dict[UUID, DeclarationPosition](), list[tuple[UUID, LicencePosition]]()
    async with pool.acquire() as connection:
        calendars = await calendars_in_use(connection)
        for row in await connection.fetch("SELECT filing_id, kind, parent_id FROM filings"):
            kind = FilingKind(row["kind"])
            facts = [
                KINDS[kind].fact(one.version, one.recorded_at, one.body)
                async for one in chain_of(connection, row["filing_id"])
            ]
            if kind is FilingKind.DECLARATION:
                declarations[row["filing_id"]] = rebuild(facts, kind, calendars).position
            elif kind is FilingKind.LICENCE:
                licences.append((row["parent_id"], rebuild(facts, kind, calendars).position))
    counted = Counted()
    effective = [(above, one) for above, one in licences if one.stage in WAS_EFFECTIVE]
    for declaration_id, position in declarations.items():
        if position.offer and position.offer.in_force_from and (counted_as := _standing(position.stage)):
            terms = position.offer.terms[-1]
            has = sum(above == declaration_id for above, _ in effective)
            for measure, number in {**_numbers(terms, terms.from_on), "licences": has}.items():
                counted[counted_as, measure, terms.royalty.form, number] += 1
    for declaration_id, licence in effective:
        offer = declarations[declaration_id].offer
        assert offer is not None
        terms = next(one for one in offer.terms if one.version == licence.terms_version)
        arrived = total(one.royalty for one in licence.receipts).fen
        for measure, number in {**_numbers(terms, licence.effective_on or terms.from_on), "received": arrived}.items():
            counted["licensed", measure, terms.royalty.form, number] += 1
    return counted


def _standing(stage: DeclarationStage) -> str | None:
    if stage.phase is Phase.RUNNING and not stage.value.startswith("patent_ended"):
        return "offered"
    return None if stage in (DeclarationStage.REFUSED, DeclarationStage.ABANDONED) else "ended"


def _numbers(terms: TermsVersion, from_on: date) -> dict[str, int]:
    numbers = dict[str, int]()
    royalty = terms.royalty
    if isinstance(royalty, LumpSum):
        numbers["amount"] = royalty.amount.fen
    elif isinstance(royalty, Instalments):
        numbers["amount"] = sum(one.amount.fen for one in royalty.instalments)
    elif isinstance(royalty, EntryPlusRunning):
        numbers["amount"] = royalty.entry.fen
    running = royalty.running if isinstance(royalty, EntryPlusRunning) else royalty
    if isinstance(running, Running):
        if running.rates:
            numbers["rate"] = int(running.rates[0].percent * 1_000_000)
        else:
            numbers["unit_price"] = running.unit_prices[0].price.fen
    term = terms.term
    if isinstance(term, YearsFromEffect):
        numbers["years"] = term.years
    elif isinstance(term, FixedEnd):
        whole = term.ends_on.year - from_on.year
        anniversary = (term.ends_on.month, term.ends_on.day) >= (from_on.month, from_on.day)
        numbers["years"] = whole + (1 if anniversary else 0)
    else:
        numbers["years"] = 0
    return numbers
