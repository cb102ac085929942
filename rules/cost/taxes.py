"""What to know of taxes and caps before a licence is taken up: what the rules say, and a sum of the stamp tax alone."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rules.cost.royalties import Cost, Payment
from rules.declaration.terms import check_terms, fixed_total, rates
from rules.law.law import Law
from rules.questions.stamp_tax import stamp_tax
from rules.questions.value_added_tax import vat_exemption
from schemas.questions.tax_relief import StampTaxInputs, ValueAddedTaxInputs
from schemas.statements.offer import TermsVersion
from schemas.statements.terms import TermsNote
from schemas.values.determination import Answer3, Determination

_CAP = "national.fixed_fee_cap"


class TaxYears(NamedTuple):
    """What the law says of the value-added tax on what is paid in those years, first and last included."""

    first: int
    last: int
    made: Determination


def value_added_tax(payments: Sequence[Payment]) -> tuple[TaxYears, ...]:
    """Whether the patentee's income from these payments is exempt, and if what; years that the law treats alike are
    one. An open licence is a written contract (Civil Code 863); what else is asked for nobody can know before.
    """
    told = list[TaxYears]()
    for year, on in sorted({one.paid_on.year: one.paid_on for one in payments}.items()):
        made = vat_exemption(ValueAddedTaxInputs(income_on=on, written_contract=Answer3.YES), on)
        if told and _alike(told[-1].made, made):
            told[-1] = told[-1]._replace(last=year)
        else:
            told.append(TaxYears(year, year, made))
    return tuple(told)


class StampTax(NamedTuple):
    """What each party owes of stamp tax on everything that is paid, and what a small taxpayer owes of it."""

    made: Determination
    small: Determination | None
    """None where no relief of small taxpayers is known."""


def stamp_tax_of(cost: Cost, contract_on: date) -> StampTax | None:
    """By the law of the day of the contract; None while something is unknown, and where no such tax is known here.

    All royalties of the term are taken for the amount of the contract; of a running royalty that is what was expected.
    """
    if cost.unknown:
        return None
    asked = StampTaxInputs(contract_on=contract_on, amount=cost.royalties, small=Answer3.NO)
    made = stamp_tax(asked, contract_on)
    if made.unknown:
        return None
    is_half = made.answers["may_be_half"] == Answer3.YES
    return StampTax(made, stamp_tax(asked.but(small=Answer3.YES), contract_on) if is_half else None)


def _alike(one: Determination, other: Determination) -> bool:
    return (one.answers, one.reads) == (other.answers, other.reads)


def remarks(terms: TermsVersion, cost: Cost, patent_last_day: date) -> tuple[TermsNote, ...]:
    """What the office's and the tax rules remark on these terms for a licence that begins then."""
    law = Law(cost.effective_on)
    if not law.holds(_CAP):
        return ()
    return check_terms(
        law,
        fixed_total=fixed_total(terms.royalty),
        rates=rates(terms.royalty),
        term=terms.term,
        begins_on=cost.effective_on,
        patent_last_day=patent_last_day,
        fee_explanation="",
        texts={},
    )
