import csv
from collections import Counter
from datetime import date

import pytest

from cli.demo.examples.cases import FOLDER, Example, read_examples
from cli.demo.examples.terms import royalty_of, term_of
from cli.demo.examples.unit_facts import costs_of, facts_of, line_keys
from cli.demo.filings.days import after
from cli.demo.lives.world import TODAY, beneficiaries, party, units
from schemas.statements.remuneration import Costs, UnitFacts
from schemas.statements.royalty import EntryPlusRunning, Free, Instalments, LumpSum, Running, RunningBase
from schemas.values.money import Money
from schemas.values.patent_number import parse_patent_number

EXAMPLES = {one.case: one for one in read_examples()}
ANNOUNCED = [one for one in EXAMPLES.values() if one.licensees or one.inventor_terms]
_PRINTED_INSTEAD = {
    "title": "assumed_title",
    "patentee": "assumed_licensor",
    "filing_date": "assumed_filed_on",
    "status_as_printed": "assumed_status",
}


def test_what_a_source_prints_is_never_assumed_as_well() -> None:
    with (FOLDER / "patents.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for printed, assumed in _PRINTED_INSTEAD.items():
                assert not (row[printed] and row[assumed]), (row["row_id"], printed)


def test_printed_words_decide_the_status() -> None:
    assert Counter(one.status for one in EXAMPLES.values()) == {
        "granted": 63,
        "pending": 6,
        "refused": 1,
        "lapsed": 1,
        "": 4,
    }
    assert [EXAMPLES[case].status for case in ("N051", "N054", "N058", "N061", "N064")] == [
        "pending",
        "granted",
        "granted",
        "pending",
        "refused",
    ]


def test_three_of_the_made_up_numbers_fail_and_one_is_well_formed() -> None:
    made_up = [one for one in EXAMPLES.values() if one.is_made_up]
    assert [one.case for one in made_up] == ["N099", "N100", "N101", "N102"]
    assert parse_patent_number(EXAMPLES["N100"].number) == "202110123456.7"
    for one in made_up:
        if one.case != "N100":
            with pytest.raises(ValueError, match="number_check_failed"):
                parse_patent_number(one.number)


def test_all_royalty_forms_are_offered_and_taken() -> None:
    taken = [royalty_of(one) for one in EXAMPLES.values() if one.licensees]
    assert {type(one) for one in taken} == {Free, LumpSum, Instalments, Running, EntryPlusRunning}
    assert {one.base for one in taken if isinstance(one, Running)} == set(RunningBase)
    assert any(isinstance(one, LumpSum) and one.first_payment_after_months for one in taken)
    assert any(isinstance(one, Instalments) and one.instalments[0].after_months for one in taken)
    scales = [[step.percent for step in one.rates] for one in taken if isinstance(one, Running)]
    assert {scale == sorted(scale) for scale in scales if len(scale) > 1} == {True, False}
    assert any(isinstance(one, Running) and one.minimum for one in taken)
    assert {term_of(one).form for one in ANNOUNCED} == {"years_from_effect", "until_patent_ends"}


def test_declarations_have_up_to_three_licensees() -> None:
    assert {one.licensees for one in EXAMPLES.values()} == {0, 1, 2, 3}
    assert all(one.declared_on < TODAY for one in EXAMPLES.values())


@pytest.mark.parametrize("example", ANNOUNCED, ids=lambda one: one.case)
def test_what_a_unit_states_is_a_valid_statement(example: Example) -> None:
    for unit in units(example):
        stated = UnitFacts.model_validate(facts_of(example, unit))
        assert stated.unit == party(unit)
        payable = line_keys(example, unit)
        assert payable
        assert str(party(unit)) not in payable
        assert set(payable) <= {str(one.party_id) for one in beneficiaries(example, unit)}


def test_percentages_that_a_notice_does_not_print_are_its_amounts_exact_parts() -> None:
    ustc = UnitFacts.model_validate(facts_of(EXAMPLES["USTC-2024"], "中国科学技术大学")).rules[0]
    assert [str(one.percent) for one in ustc.shares] == ["80", "10", "10"]
    assert [str(one.percent) for one in ustc.team] == ["30.00", "30.00"]
    hgk = UnitFacts.model_validate(facts_of(EXAMPLES["HGK-2019"], EXAMPLES["HGK-2019"].licensor)).rules[0]
    assert [str(one.percent) for one in hgk.shares] == ["90.00", "10.00"]


def test_costs_are_all_stated_and_upkeep_only_once() -> None:
    receipt = Money.of("100000")
    first, later = (Costs.model_validate(costs_of(receipt, is_first=is_first)) for is_first in (True, False))
    assert first == Costs.model_validate({"transaction_taxes": "600", "upkeep": "2000", "direct": "3400", "other": "0"})
    assert (later.transaction_taxes, later.upkeep, later.direct) == (Money.of("600"), Money(0), Money(0))


def test_nothing_happens_on_a_weekend() -> None:
    friday = date(2026, 11, 20)
    assert [after(friday, days) for days in (0, 1, 2, 3)] == [friday, *[date(2026, 11, 23)] * 3]
