"""Every scheme answers on every quarter since its first version: with an amount, a question, or a refusal."""

from datetime import date

import pytest

from rules.schemes.cases import run_scheme_case
from rules.schemes.catalogue import bundled_schemes, find_scheme
from schemas.schemes.clauses import Measure
from schemas.values.refusal import Refused
from texts.words import refusal_text

LAST_YEAR = 2027
TOTALS = {measure.value: "1234567.89" for measure in Measure if measure is not Measure.COUNT}


@pytest.mark.parametrize("scheme_id", sorted(bundled_schemes()))
def test_a_scheme_answers_on_every_quarter(scheme_id: str) -> None:
    scheme = find_scheme(scheme_id)
    answered = 0
    for year in range(scheme.versions[0].since.year, LAST_YEAR + 1):
        for as_of in (date(year, 1, 1), date(year, 4, 1), date(year, 7, 1), date(year, 10, 1)):
            facts = {"totals": TOTALS, "count": 2}
            version = scheme.on(date(year, 1, 1))
            if version is None or version.amount is None:
                with pytest.raises(Refused, match=r"^(scheme_says_nothing|scheme_amount_unknown) "):
                    run_scheme_case(scheme, facts, as_of)
                continue
            made = run_scheme_case(scheme, facts, as_of)
            assert bool(made.result) is not bool(made.unknown)
            assert made.answers["year"] == str(year)
            answered += 1
    assert bool(answered) is any(part.amount is not None for part in scheme.versions)


@pytest.mark.parametrize("scheme_id", sorted(bundled_schemes()))
def test_a_scheme_is_silent_before_its_first_version_and_says_from_when_it_is_known(scheme_id: str) -> None:
    scheme = find_scheme(scheme_id)
    first = scheme.versions[0].since
    with pytest.raises(Refused) as refused:
        run_scheme_case(scheme, {"year": first.year - 1, "count": 1}, first)
    (why,) = refused.value.refusals
    assert (why.code, why.where) == ("scheme_says_nothing", "year")
    assert str(first) in refusal_text(why).en
    assert f"{first.year - 1}-01-01" in refusal_text(why).zh
