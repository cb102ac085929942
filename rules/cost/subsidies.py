"""The subsidies that a licensee of a region could claim for what it would pay, year by year, all else being equal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rules.cost.royalties import Payment
from rules.questions.technology_contract import technology_contract
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.yearly import entitlement, payable_of
from schemas.questions.cost import CostQuestion
from schemas.questions.technology_contract import TechnologyContractInputs
from schemas.schemes.inputs import Claimant, SchemeItem, YearInputs
from schemas.schemes.kinds import ContractKind
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Answer3, Determination, Step
from schemas.values.money import ZERO, Money
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import Refusal, Refused

LICENSEE = "licensee"
_CONTRACT = "this_licence"


class Expected(NamedTuple):
    """What one scheme says of one year; ``why_not`` where it cannot say an amount of anybody."""

    scheme: Scheme
    year: int
    made: Determination | None = None
    """Of the whole year: of this licence with what is paid elsewhere."""
    why_not: tuple[Refusal, ...] = ()
    without: Money = ZERO
    """What the year gives for the other payments alone."""
    others: int = 0
    """So many other payments of the year are in it."""
    left_out: int = 0
    """So many are not, since what the scheme asks of them nobody knows yet."""

    @property
    def payable(self) -> Money | None:
        """What this licence adds to the year; None while something is unknown."""
        whole = payable_of(self.made) if self.made else None
        return None if whole is None else whole - self.without

    @property
    def why_nothing(self) -> Step | None:
        """The first step that says no, where nothing is given."""
        steps = self.made.steps if self.made and not self.payable else ()
        return next((one for one in steps if one.is_no), None)


def licensee_schemes(region: str) -> tuple[Scheme, ...]:
    """The schemes of a region, and of what it lies in, that pay licensees."""
    return tuple(
        one
        for one in bundled_schemes().values()
        if one.beneficiary == LICENSEE and (region == one.region or region.startswith(f"{one.region}."))
    )


def regions_with_schemes() -> tuple[str, ...]:
    """Where there is a scheme that pays licensees."""
    return tuple(sorted({one.region for one in bundled_schemes().values() if one.beneficiary == LICENSEE}))


def expected_subsidies(
    payments: Sequence[Payment], asked: CostQuestion, patent_kind: PatentKind, others: Sequence[SchemeItem] = ()
) -> tuple[Expected, ...]:
    """What each scheme of the licensee's region adds, taking it that the contract is registered and the parties are
    not related. Without a region there is none.

    ``others``: what the licensee pays under other licences; they reach thresholds and use up caps of their years. Of
    those that are not here it is taken that there are none.
    """
    return tuple(
        expected
        for scheme in (licensee_schemes(asked.region) if asked.region else ())
        for expected in _of_scheme(scheme, payments, asked, patent_kind, others)
    )


def _of_scheme(
    scheme: Scheme,
    payments: Sequence[Payment],
    asked: CostQuestion,
    patent_kind: PatentKind,
    others: Sequence[SchemeItem],
) -> Iterator[Expected]:
    by_year: dict[int, list[Payment]] = {}
    for one in payments:
        by_year.setdefault(_year_of(scheme, one.paid_on), []).append(one)
    for year, of_year in sorted(by_year.items()):
        if scheme.of_year(year) is None:
            continue
        new = tuple(_item(one, asked, patent_kind) for one in of_year)
        also = tuple(one for one in others if one.paid_on and _year_of(scheme, one.paid_on) == year)
        try:
            known = _known(scheme, year, asked, also)
            alone = payable_of(_year(scheme, year, asked, known)) if known else ZERO
            made = _year(scheme, year, asked, (*known, *new))
        except Refused as refused:
            yield Expected(scheme, year, why_not=refused.refusals)
        else:
            yield Expected(scheme, year, made, (), alone or ZERO, len(known), len(also) - len(known))


def _year_of(scheme: Scheme, on: date) -> int:
    return (scheme.on(on) or scheme.versions[-1]).window.year_of(on)


def _known(scheme: Scheme, year: int, asked: CostQuestion, also: tuple[SchemeItem, ...]) -> tuple[SchemeItem, ...]:
    """Those of which everything is known that the scheme asks: nobody can answer for the others on this page."""
    unknown = _year(scheme, year, asked, also).unknown if also else ()
    return tuple(one for one in also if not any(name.startswith(f"items.{one.item_id}.") for name in unknown))


def _year(scheme: Scheme, year: int, asked: CostQuestion, items: tuple[SchemeItem, ...]) -> Determination:
    claimant = Claimant(claimant=LICENSEE, kind=asked.kind, region=asked.region)
    return entitlement(scheme, YearInputs(year=year, claimant=claimant, items=items), asked.notice_on)


def _item(payment: Payment, asked: CostQuestion, patent_kind: PatentKind) -> SchemeItem:
    return SchemeItem(
        item_id=payment.key,
        received=payment.amount,
        received_on=payment.paid_on,
        paid=payment.amount,
        paid_on=payment.paid_on,
        contract_amount=payment.amount,
        technology_transaction_amount=payment.amount,
        contract=_CONTRACT,
        contract_on=asked.notice_on,
        contract_kind=ContractKind.LICENCE,
        registered=Answer3.YES,
        registered_on=asked.notice_on,
        registered_class=registered_class(asked.notice_on),
        counterparty_kind=asked.counterparty_kind,
        counterparty_region=asked.counterparty_region,
        patent_kind=patent_kind,
        related=Answer3.NO,
    )


def registered_class(applied_on: date) -> str | None:
    """The class in which a licence would be registered that is applied for on that day (L-23)."""
    asked = TechnologyContractInputs(deal="licence", applied_on=applied_on)
    return technology_contract(asked, applied_on).answers.get("class")
