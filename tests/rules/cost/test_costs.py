"""What an open licence would cost: by the same rules as a licence that is really taken up."""

from datetime import date
from typing import Any

import pytest

from rules.cost.royalties import Cost, cost_of
from rules.cost.subsidies import Expected, expected_subsidies, licensee_schemes
from rules.cost.taxes import remarks, stamp_tax_of, value_added_tax
from rules.law.calendar import Calendar
from schemas.questions.cost import CostQuestion
from schemas.schemes.inputs import SchemeItem
from schemas.statements.offer import TermsVersion
from schemas.statements.royalty import FixedEnd, LicenceTerm, YearsFromEffect
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import Refused
from tests.rules.licence.story import terms

NOTICE, PATENT_ENDS = date(2025, 3, 3), date(2039, 3, 31)
RUNNING = {"base": "net_sales", "rates": ({"from_year": 1, "percent": "2"}, {"from_year": 3, "percent": "1"})}
WUHAN = {
    "kind": "enterprise",
    "region": "hubei.wuhan",
    "counterparty_kind": "university",
    "counterparty_region": "hubei.wuhan",
}


def asked(**stated: Any) -> CostQuestion:
    return CostQuestion.model_validate({"notice_on": NOTICE.isoformat(), **stated})


def announced(royalty: Any, term: LicenceTerm | None = None) -> TermsVersion:
    return TermsVersion(version=1, from_on=date(2024, 5, 6), royalty=royalty, term=term or YearsFromEffect(years=3))


def cost(royalty: Any, term: LicenceTerm | None = None, **stated: Any) -> Cost:
    return cost_of(announced(royalty, term), PATENT_ENDS, asked(**stated), Calendar.bundled())


@pytest.mark.parametrize(
    ("royalty", "stated", "amounts"),
    [
        (terms("free"), {}, []),
        (terms("lump_sum", amount="10000.00"), {}, ["10000.00"]),
        (
            terms(
                "instalments",
                instalments=[{"amount": "1.00", "after_months": 0}, {"amount": "2.00", "after_months": 6}],
            ),
            {},
            ["1.00", "2.00"],
        ),
        # three years from effect have three periods of a year: 2 %, 2 %, then 1 %
        (terms("running", **RUNNING), {"net_sales": "1000.00"}, ["20.00", "20.00", "10.00"]),
        (
            terms("running", base="units", unit_prices=[{"from_year": 1, "price": "0.50"}], minimum="100.00"),
            {"units": "20"},
            ["100.00", "100.00", "100.00"],
        ),
        (
            terms("entry_plus_running", entry="500.00", running={"form": "running", **RUNNING}),
            {"net_sales": "1000.00"},
            ["500.00", "20.00", "20.00", "10.00"],
        ),
    ],
)
def test_every_form_of_royalty_is_counted_to_the_last_day(
    royalty: Any, stated: dict[str, str], amounts: list[str]
) -> None:
    made = cost(royalty, None, **stated)
    assert [str(one.amount) for one in made.payments] == amounts
    assert (made.effective_on, made.last_day, made.unknown) == (NOTICE, date(2028, 3, 3), ())


def test_a_part_period_is_counted_by_its_days() -> None:
    made = cost(terms("running", **RUNNING), FixedEnd(ends_on=date(2026, 9, 1)), net_sales="36500.00")
    # 2026-03-04 to 2026-09-01 are 182 of 365 days: 18,200 yuan, of which 2 %
    assert [str(one.amount) for one in made.payments] == ["730.00", "364.00"]


def test_what_is_not_stated_is_asked_for_and_is_never_zero() -> None:
    made = cost(terms("entry_plus_running", entry="500.00", running={"form": "running", **RUNNING}))
    assert (made.unknown, str(made.royalties)) == (("net_sales",), "500.00")


def test_nobody_can_take_up_a_licence_after_its_last_day() -> None:
    with pytest.raises(Refused, match="term_is_over"):
        cost(terms("free"), FixedEnd(ends_on=date(2025, 3, 2)))


def test_the_region_of_the_licensee_says_which_schemes_it_has() -> None:
    assert {one.id for one in licensee_schemes("hubei.wuhan")} >= {"WH-2022-BUYER-10PCT"}
    assert licensee_schemes("hubei") == licensee_schemes("guizhou") == ()


def test_a_buyer_in_wuhan_gets_ten_percent_while_licences_are_registered_as_transfers() -> None:
    made = cost(terms("lump_sum", amount="600000.00"))
    (expected,) = expected_subsidies(made.payments, asked(**WUHAN), PatentKind.INVENTION)
    assert (expected.scheme.id, expected.year, str(expected.payable)) == ("WH-2022-BUYER-10PCT", 2025, "60000.00")
    assert expected.made
    assert any(one.article for one in expected.made.steps)


def test_since_licences_have_a_class_of_their_own_they_are_no_taking_transfer() -> None:
    on = asked(notice_on="2026-04-01", **WUHAN)
    made = cost_of(announced(terms("lump_sum", amount="600000.00")), PATENT_ENDS, on, Calendar.bundled())
    (expected,) = expected_subsidies(made.payments, on, PatentKind.INVENTION)
    assert str(expected.payable) == "0.00"
    assert expected.why_nothing
    assert expected.why_nothing.is_no
    assert expected.why_nothing.how.startswith("registered_class is licence")


def _other(fen: int, paid_on: date = NOTICE, **known: Any) -> SchemeItem:
    facts = {
        "registered": "yes",
        "registered_class": "transfer",
        "counterparty_kind": "university",
        "counterparty_region": "hubei.wuhan",
        "related": "no",
    }
    amounts = {name: Money(fen) for name in ("received", "paid", "technology_transaction_amount")}
    days = {"received_on": paid_on, "paid_on": paid_on, "contract_on": paid_on, "registered_on": paid_on}
    return SchemeItem.model_validate({"item_id": "R1", "contract": "L1", **amounts, **days, **facts, **known})


def test_what_else_was_paid_in_the_year_reaches_the_threshold_and_uses_up_the_cap() -> None:
    made = cost(terms("lump_sum", amount="600000.00"), None, **WUHAN)

    def expected(*others: SchemeItem) -> Expected:
        (one,) = expected_subsidies(made.payments, asked(**WUHAN), PatentKind.INVENTION, others)
        return one

    small = cost(terms("lump_sum", amount="100000.00"), None, **WUHAN)
    below = expected_subsidies(small.payments, asked(**WUHAN), PatentKind.INVENTION)[0]
    assert (str(below.payable), below.others) == ("0.00", 0)
    (with_other,) = expected_subsidies(small.payments, asked(**WUHAN), PatentKind.INVENTION, [_other(45_000_000)])
    # 450,000 alone reach nothing; with 100,000 they are 550,000, of which a tenth
    assert (str(with_other.payable), str(with_other.without), with_other.others) == ("55000.00", "0.00", 1)
    # 9,700,000 give 970,000 of at most 1,000,000: 30,000 are left for this licence
    assert (str(expected(_other(970_000_000)).payable), str(expected().payable)) == ("30000.00", "60000.00")
    assert str(expected(_other(970_000_000, date(2024, 12, 31))).payable) == "60000.00"  # another year
    unclear = expected(_other(970_000_000, counterparty_kind=None))
    assert (str(unclear.payable), unclear.others, unclear.left_out) == ("60000.00", 0, 1)


def test_stamp_tax_is_of_all_royalties_and_half_of_it_for_small_taxpayers() -> None:
    made = cost(
        terms("entry_plus_running", entry="500.00", running={"form": "running", **RUNNING}), net_sales="1000.00"
    )
    owed = stamp_tax_of(made, NOTICE)
    assert owed is not None
    assert owed.small is not None
    # 550.00 x 3 / 10,000 = 0.165
    assert [str(one.result[0].amount) for one in (owed.made, owed.small)] == ["0.17", "0.08"]
    assert owed.small.reads[0].citation.instrument == "Stamp Tax Law 2021"
    assert stamp_tax_of(cost(terms("running", **RUNNING)), NOTICE) is None
    assert stamp_tax_of(made, date(2022, 6, 30)) is None


def test_what_a_scheme_asks_is_asked_for() -> None:
    made = cost(terms("lump_sum", amount="600000.00"))
    (expected,) = expected_subsidies(made.payments, asked(region="hubei.wuhan"), PatentKind.INVENTION)
    assert expected.payable is None
    assert expected.made
    assert "claimant.kind" in expected.made.unknown
    assert expected_subsidies(made.payments, asked(), PatentKind.INVENTION) == ()


def test_taxes_are_told_by_the_law_of_each_year() -> None:
    made = cost(terms("running", **RUNNING), YearsFromEffect(years=4), net_sales="1000.00")
    told = [(one.first, one.last, one.made.answers["exemption_known"]) for one in value_added_tax(made.payments)]
    assert told == [(2026, 2027, "yes"), (2028, 2029, "no")]


def test_a_short_term_and_a_high_price_are_remarked() -> None:
    royalty = terms("lump_sum", amount="60000000.00")
    codes = [one.code for one in remarks(announced(royalty), cost(royalty), PATENT_ENDS)]
    assert codes == ["fixed_fee_above_cap", "term_under_tax_relief"]
