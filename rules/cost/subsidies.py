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
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import Refusal, Refused

LICENSEE = "licensee"
_CONTRACT = "this_licence"
_NOES = ("no", "does not count")
"""How the result of a step begins that says no: *no*, *not reached*, *does not count*."""


class Expected(NamedTuple):
    """What one scheme says of one year; ``why_not`` where it cannot say an amount of anybody."""

    scheme: Scheme
    year: int
    made: Determination | None = None
    why_not: tuple[Refusal, ...] = ()

    @property
    def payable(self) -> Money | None:
        """None while something is unknown."""
        return payable_of(self.made) if self.made else None

    @property
    def why_nothing(self) -> Step | None:
        """The first step that says no, where nothing is given."""
        steps = self.made.steps if self.made and not self.payable else ()
        return next((one for one in steps if one.result.startswith(_NOES)), None)


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
    payments: Sequence[Payment], asked: CostQuestion, patent_kind: PatentKind
) -> tuple[Expected, ...]:
    """What each scheme of the licensee's region gives, taking it that the contract is registered and the parties are
    not related; other payments of the licensee are not looked at. Without a region there is none.
    """
    return tuple(
        expected
        for scheme in (licensee_schemes(asked.region) if asked.region else ())
        for expected in _of_scheme(scheme, payments, asked, patent_kind)
    )


def _of_scheme(
    scheme: Scheme, payments: Sequence[Payment], asked: CostQuestion, patent_kind: PatentKind
) -> Iterator[Expected]:
    by_year: dict[int, list[Payment]] = {}
    for one in payments:
        governing = scheme.on(one.paid_on) or scheme.versions[-1]
        by_year.setdefault(governing.window.year_of(one.paid_on), []).append(one)
    for year, of_year in sorted(by_year.items()):
        if scheme.of_year(year) is None:
            continue
        inputs = YearInputs(
            year=year,
            claimant=Claimant(claimant=LICENSEE, kind=asked.kind, region=asked.region),
            items=tuple(_item(one, asked, patent_kind) for one in of_year),
        )
        try:
            yield Expected(scheme, year, entitlement(scheme, inputs, asked.notice_on))
        except Refused as refused:
            yield Expected(scheme, year, why_not=refused.refusals)


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
