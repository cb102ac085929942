"""The window of a call decides its year, and so its version: whoever asks, and whenever, it is the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.whatif.run import run
from rules.schemes.call import settle_call
from rules.schemes.yearly import entitlement, governing
from schemas.schemes.inputs import CallInputs, CallWindow, ClaimFacts, YearInputs
from schemas.values.money import Money
from tests.cli.whatif.worlds import facts_of
from tests.rules.schemes.scheme_files import item, payable, scheme, scheme_of, version
from tests.rules.settlement.facts import Run
from tests.rules.settlement.people import with_scheme

CALLED = {"decided_by": "received_on", "span": "call"}
BOTH = scheme_of(
    version(**{"from": date(2024, 1, 1), "until": date(2025, 12, 31)}, window=CALLED, amount={"rate": "0.1"}),
    version(**{"from": date(2026, 1, 1)}, window=CALLED, amount={"rate": "0.2"}),
)
OVER_NEW_YEAR = CallWindow(first_on=date(2025, 7, 1), last_on=date(2026, 6, 30))
PAID = [("2025-07-01", "100.00"), ("2025-12-31", "200.00"), ("2026-06-30", "400.00"), ("2026-07-01", "800.00")]


def items(*paid: tuple[str, str]) -> YearInputs:
    stated = [{"item_id": day, "received_on": day, "received": yuan} for day, yuan in paid]
    return YearInputs.model_validate({"claimant": {"claimant": "A"}, "items": stated, "window": OVER_NEW_YEAR})


@pytest.mark.parametrize("as_of", [date(2025, 7, 1), date(2026, 3, 31), date(2027, 1, 1)])
def test_a_call_is_of_the_year_in_which_its_window_begins(as_of: date) -> None:
    assert governing(BOTH, items(*PAID), as_of) == (BOTH.versions[0], 2025)


@given(st.permutations(PAID), st.integers(1, 4), st.dates(date(2025, 1, 1), date(2028, 1, 1)))
def test_one_by_one_by_column_and_in_a_call_it_is_the_same(
    paid: list[tuple[str, str]], count: int, as_of: date
) -> None:
    facts = items(*paid[:count])
    alone = entitlement(BOTH, facts, as_of).result[0].amount
    settled = settle_call(BOTH, CallInputs(claims=(ClaimFacts(claim_id="A", facts=facts),)), as_of).payable
    rows = [
        {"item_id": day, "claimant": "A", "kind": None, "received_on": day, "received": yuan}
        for day, yuan in paid[:count]
    ]
    (outcome,) = (one for (one,) in run([BOTH], facts_of(rows), window=OVER_NEW_YEAR).outcomes)
    inside = sum((Money.of(yuan).fen for day, yuan in paid[:count] if day <= "2026-06-30"), 0)
    assert (alone, settled, outcome.paid_total, outcome.year) == (Money(inside // 10), alone, alone.fen, 2025)


def test_a_settlement_is_of_the_year_in_which_its_window_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    of_call = with_scheme(monkeypatch, "T-CALL", "window: {decided_by: received_on, span: call}")
    window = OVER_NEW_YEAR.model_dump()
    wrong, right = Run(of_call, 2026), Run(of_call, 2025)
    assert wrong.tell(wrong.open_year()).refused(wrong.call(window=window)) == ["call_of_another_year"]
    assert right.tell(right.open_year()).refused(right.call(window=window)) == []


def test_a_patent_is_one_patent_in_every_printed_form() -> None:
    of = scheme(amount={"per": "patent", "rate": "0.1"}, caps=[{"per": "patent", "amount": "15"}])
    forms = ("201910065946.9", "ZL201910065946.9", "ZL 2019 1 0065946.9", "２０１９１００６５９４６.９", "201910065946")
    given = [item(form, "100", patents=[{"patent": form}]) for form in forms]
    assert payable(of, *given) == "15.00"
