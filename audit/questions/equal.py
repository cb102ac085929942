"""All licensees get the same (July 2024 notice): what each owed and paid, beside the announced text and each other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal
from uuid import UUID

from audit.questions.moment import Step, no_step, one_moment
from client.meant import told_nearest
from database.pool import Connection, Pool
from database.questions.rows import declarations_of_patent
from database.questions.stream import StandingFiling, children_of
from database.reads.meant import numbers_like
from database.record.event_log import find_head
from database.registers.parties import public_names
from rules.kinds import DECLARATION, LICENCE
from rules.licence.right import terms_on
from schemas.lifecycle.stages.licence import FAILED
from schemas.standing.dues import Obligation
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import OfferView
from schemas.statements.offer import TermsVersion
from schemas.statements.royalty import EntryPlusRunning, Instalments, LumpSum, Royalty
from schemas.values.model import Model
from schemas.values.money import ZERO, Money, total
from schemas.values.refusal import refuse

Flag = Literal["terms_of_another_day", "amount_differs", "given_up_differs", "overdue", "paid_too_much"]
ARTICLE = "PL-51-1; July 2024 notice"


class LicenseesTerms(Model):
    """One licence. ``fixed``: the dues of the announced text by key; reports depend on sales and are sums only."""

    filing_id: UUID
    declaration_id: UUID
    licensee: UUID
    n: int
    stage: str
    received_on: date
    terms_version: int
    fixed: dict[str, Money]
    reported: Money
    paid: Money
    given_up: Money
    open_amount: Money
    credit: Money
    flags: tuple[Flag, ...]


class Equal(Model):
    """Every licence of the declarations of one patent, and the announced texts; ``ok`` where no terms differ."""

    patent_number: str
    declarations: tuple[UUID, ...]
    terms: tuple[TermsVersion, ...]
    licences: tuple[LicenseesTerms, ...]
    names: dict[UUID, str]
    """Of the licensees that are organisations; those of persons are nobody's to give."""
    article: str = ARTICLE

    @property
    def ok(self) -> bool:
        """Whether all have the same; who pays late or too much has the same terms."""
        unequal = {"terms_of_another_day", "amount_differs", "given_up_differs"}
        return not any(unequal & set(one.flags) for one in self.licences)


async def equal_by_patent(pool: Pool, patent_number: str, step: Step = no_step) -> Equal:
    """All declarations of a patent; raises Refused ``nothing_of_that_number``."""
    async with one_moment(pool) as connection:
        declarations = await declarations_of_patent(connection, patent_number)
        if not declarations:
            near = told_nearest(patent_number, await numbers_like(connection, patent_number, patent_number))
            raise refuse("nothing_of_that_number", "patent_number", text=patent_number, nearest=near)
        return await _equal(connection, declarations, step)


async def equal_by_declaration(pool: Pool, declaration_id: UUID, step: Step = no_step) -> Equal:
    """One declaration; raises Refused ``filing_unknown``."""
    async with one_moment(pool) as connection:
        return await _equal(connection, [declaration_id], step)


async def _equal(connection: Connection, declarations: list[UUID], step: Step) -> Equal:
    offers: list[OfferView] = []
    licences: list[LicenseesTerms] = []
    for declaration_id in declarations:
        head = await find_head(connection, declaration_id)
        offer = head and head.kind == "declaration" and DECLARATION.stored_position(head.position).offer
        if not offer:
            raise refuse("filing_unknown", "declaration_id", filing_id=declaration_id)
        offers.append(offer)
        positions = []
        async for filing in children_of(connection, declaration_id, "licence"):
            positions.append((filing, LICENCE.stored_position(filing.position)))
            step()
        stand = [one for _, one in positions if one.stage not in FAILED]
        licences += [_terms(offer, filing, position, stand) for filing, position in positions]
    return Equal(
        patent_number=offers[0].patent_number,
        declarations=tuple(declarations),
        terms=tuple(one for offer in offers for one in offer.terms),
        licences=tuple(licences),
        names=await public_names(connection, tuple({one.licensee for one in licences})),
    )


def _terms(
    offer: OfferView, filing: StandingFiling, position: LicencePosition, others: Sequence[LicencePosition]
) -> LicenseesTerms:
    fixed, reported = _fixed(position), [one for one in position.obligations if not one.key.startswith("due:")]
    return LicenseesTerms(
        filing_id=filing.filing_id,
        declaration_id=offer.declaration_id,
        licensee=position.licensee,
        n=position.n,
        stage=position.stage,
        received_on=position.received_on,
        terms_version=position.terms_version,
        fixed={key: one.amount for key, one in fixed.items()},
        reported=total(one.owed for one in reported),
        paid=position.paid,
        given_up=total(one.given_up for one in position.obligations),
        open_amount=total(one.open_amount for one in position.obligations if one.open_amount > ZERO),
        credit=position.credit,
        flags=tuple(_flags(offer, position, fixed, others)),
    )


def _fixed(position: LicencePosition) -> dict[str, Obligation]:
    return {one.key: one for one in position.obligations if one.key.startswith("due:")}


def announced_amounts(royalty: Royalty) -> dict[str, Money]:
    """The fixed dues of an announced text by key; what runs with sales has none."""
    match royalty:
        case LumpSum():
            return {"due:1": royalty.amount}
        case Instalments():
            return {f"due:{number}": one.amount for number, one in enumerate(royalty.instalments, start=1)}
        case EntryPlusRunning():
            return {"due:1": royalty.entry}
        case _:
            return {}


def _flags(
    offer: OfferView, position: LicencePosition, fixed: Mapping[str, Obligation], others: Sequence[LicencePosition]
) -> Iterator[Flag]:
    of_its_day = terms_on(offer, position.received_on)
    taken = next((one for one in offer.terms if one.version == position.terms_version), None)
    if taken is None or of_its_day != taken:
        yield "terms_of_another_day"
    announced = announced_amounts(of_its_day.royalty) if of_its_day else {}
    if any(one.amount != announced.get(key) for key, one in fixed.items()):
        yield "amount_differs"
    if any(_was_treated_otherwise(one, others) for one in position.obligations):
        yield "given_up_differs"
    if any(one.state == "overdue" for one in position.obligations):
        yield "overdue"
    if position.credit > ZERO:
        yield "paid_too_much"


def _was_treated_otherwise(mine: Obligation, others: Sequence[LicencePosition]) -> bool:
    """Whether of the same due, that others left unpaid as well, another part was given up."""
    if not mine.owed or not (mine.given_up or mine.state == "overdue"):
        return False
    theirs = [one for other in others for one in other.obligations if one.key == mine.key and one.owed]
    shares = {_share(one) for one in theirs if one.given_up or one.state == "overdue"}
    return len(shares | {_share(mine)}) > 1


def _share(one: Obligation) -> Fraction:
    return Fraction(one.given_up.fen, one.owed.fen)
