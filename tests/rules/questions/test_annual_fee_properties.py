"""What holds of every annual fee, whoever owns the patent and whatever was licensed or paid."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.questions.annual_fee import annual_fee
from schemas.values.money import Money
from tests.rules.questions.annual_fee_facts import COMPANY, DUE, UNIVERSITY, lines, patent, unlicensed

OWNERS = st.sampled_from([UNIVERSITY, UNIVERSITY * 2, COMPANY, UNIVERSITY + COMPANY])
LICENCES = st.lists(
    st.builds(
        lambda effective, recorded, days, negotiated: {
            "effective_on": effective,
            "recorded_on": recorded,
            "ends_on": effective + timedelta(days=days),
            "negotiated": negotiated,
        },
        st.dates(date(2024, 8, 1), date(2030, 1, 1)),
        st.dates(date(2024, 8, 1), date(2030, 1, 1)),
        st.integers(0, 3_000),
        st.booleans(),
    ),
    max_size=4,
)


@given(owners=OWNERS, licences=LICENCES, year=st.integers(8, 20))
def test_the_reduction_is_the_best_single_one_and_never_stacked(
    owners: tuple[dict[str, str], ...], licences: list[dict[str, Any]], year: int
) -> None:
    made = annual_fee(patent(owners=owners, licences=licences, year=year), DUE)
    shares = {"hardship": 85 if len(owners) == 1 else 70, "open_licence": 15}
    best = max((share for name, share in shares.items() if made.answers[name] == "yes"), default=0)
    full = Money.of(lines(made)["full_fee"])
    assert Money.of(lines(made)["annual_fee"]).fen * 100 == full.fen * (100 - best)


@given(licences=LICENCES, more=LICENCES)
def test_another_licence_never_makes_the_fee_dearer(licences: list[dict[str, Any]], more: list[dict[str, Any]]) -> None:
    fewer, all_of_them = (annual_fee(patent(licences=some), DUE) for some in (licences, licences + more))
    assert Money.of(lines(all_of_them)["annual_fee"]) <= Money.of(lines(fewer)["annual_fee"])


@given(parts=st.lists(st.tuples(st.integers(0, 260), st.integers(1, 150_000)), max_size=5))
def test_what_is_owed_never_grows_by_paying(parts: list[tuple[int, int]]) -> None:
    on = DUE + timedelta(days=260)
    payments = [{"paid_on": DUE + timedelta(days=days), "amount": str(Money(fen))} for days, fen in parts]
    owed = [
        Money.of(lines(annual_fee(unlicensed(payments=payments[:count]), on))["owed"])
        for count in range(len(payments) + 1)
    ]
    assert owed == sorted(owed, reverse=True)
