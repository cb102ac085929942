"""The command prints what a scheme gives and why, and says of bad input what is wrong, where, and what to do."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.rules.subsidy import command
from cli.typed.mistakes import Mistyped
from schemas.values.refusal import Refusal, Refused
from tests.rules.schemes.test_scheme_files import GOOD
from texts.words import refusal_text

BUYER = "WH-2022-BUYER-10PCT"


def run(facts: Any, *more: str, scheme: str = BUYER, as_of: str = "2022-12-31") -> Result:
    given = facts if isinstance(facts, str) else json.dumps(facts)
    return CliRunner().invoke(
        command, ["-", "--as-of", as_of, "--scheme", scheme, *more], input=given, standalone_mode=False
    )


def refused(facts: Any, **options: str) -> tuple[Refusal, ...]:
    error = run(facts, **options).exception
    assert isinstance(error, Refused)
    return error.refusals


def test_people_read_the_result_the_steps_and_the_clauses() -> None:
    output = run({"technology_transaction_amount": "500000"}).output
    assert "├── payable: 50000.00\n│   ├── city: 25000.00\n│   └── district: 25000.00\n" in output
    assert "threshold per year = reached\n│   │   500000.00, >= 500000.00\n" in output
    assert "Wuhan Science and Technology Bureau, reply of 2022-10-26] S " in output
    assert "parameter hash" in output


def test_programs_read_one_document() -> None:
    document = json.loads(run({"technology_transaction_amount": "500000"}, "--json").output)
    assert document["result"][0] == {"name": "payable", "amount": "50000.00"}
    assert document["reads"][0]["citation"]["instrument"]
    assert len(document["parameter_hash"]) == 64


def test_a_scheme_of_ones_own_is_read_from_its_file(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(GOOD, encoding="utf-8")
    assert "payable: 5.00" in run({"received": "100"}, scheme=str(own)).output


def test_what_is_unknown_is_asked_for_with_its_clause() -> None:
    output = run({"claimant": {"claimant": "buyer"}, "technology_transaction_amount": "500000"}).output
    asked = output[output.index("unknown, to be stated") :].splitlines()[1:6]
    assert asked[0].endswith("├── claimant.kind")
    assert "[reply on technology transfer" in asked[1]
    assert "claimant.region" in " ".join(asked)
    assert "result (yuan)" not in output


def test_a_planned_scheme_says_that_two_people_have_to_activate_it() -> None:
    output = run({"received": "874000"}, scheme="SZ-2021-UNIV-5PCT", as_of="2021-12-31").output
    assert "payable: 43700.00" in output
    assert "activation: needed: status is planned" in output


ITEM = {
    "item_id": "A",
    "technology_transaction_amount": "600000",
    "paid_on": "2022-03-01",
    "registered": "yes",
    "registered_class": "transfer",
    "counterparty_kind": "university",
    "counterparty_region": "hubei.wuhan",
}


@pytest.mark.parametrize(
    ("facts", "code", "where"),
    [
        ({"technology_transaction_amount": "-1"}, "negative_money", "totals.technology_transaction_amount"),
        ({"technology_transaction_amount": 500000}, "not_money", "totals.technology_transaction_amount"),
        ({"technology_transaction_amount": 500000.5}, "not_money", "totals.technology_transaction_amount"),
        ({"technology_transaction_amount": "50 万"}, "not_money", "totals.technology_transaction_amount"),
        ({"tecnology_transaction_amount": "1"}, "field_unknown", "tecnology_transaction_amount"),
        ({"year": 2020, "technology_transaction_amount": "1"}, "scheme_says_nothing", "year"),
        (
            {"claimant": {"claimant": "x", "region": "wuhan"}, "technology_transaction_amount": "1"},
            "unknown_region",
            "claimant.region",
        ),
        ({"items": [{**ITEM, "registered": "no"}]}, "registration_contradicted", "items.0"),
        ({"items": [{**ITEM, "related": "no", "related_decision": "pays"}]}, "relation_contradicted", "items.0"),
        ({"items": [ITEM, ITEM]}, "item_twice", ""),
        ({"items": [ITEM], "count": 1}, "items_and_totals", ""),
        (
            {
                "items": [
                    {**ITEM, "contract": "C"},
                    {**ITEM, "item_id": "B", "contract": "C", "counterparty_kind": "person"},
                ]
            },
            "contract_contradicted",
            "",
        ),
        ({"items": [{**ITEM, "paid_on": "2022-02-30"}]}, "not_a_day", "items.0.paid_on"),
        ({"claims": [{"claim_id": "A", "facts": {"count": 1}}] * 2}, "claim_twice", ""),
        (
            {"claims": [{"claim_id": "A", "facts": {"year": 2022}}, {"claim_id": "B", "facts": {"year": 2023}}]},
            "claims_of_several_years",
            "",
        ),
        ({"year": 2022, "window": {"first_on": "2024-01-01", "last_on": "2024-12-31"}}, "window_of_another_year", ""),
        ({"window": {"first_on": "2024-12-31", "last_on": "2024-01-01"}}, "window_ends_before_it_begins", "window"),
        ("{", "json_malformed", "-"),
        ("[]", "not_an_object", "-"),
        ('{"count": 1, "count": 2}', "field_twice", "-"),
    ],
)
def test_bad_facts_are_refused_with_the_fact_and_the_cure(facts: Any, code: str, where: str) -> None:
    (found,) = refused(facts)
    assert (found.code, found.where) == (code, where)
    assert all(refusal_text(found))


def test_every_defect_of_the_facts_is_named_at_once() -> None:
    found = refused({"items": [{**ITEM, "paid_on": "soon", "technology_transaction_amount": 1}]})
    assert [one.where for one in found] == ["items.0.technology_transaction_amount", "items.0.paid_on"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.json")
    error = (
        CliRunner()
        .invoke(command, [missing, "--as-of", "2022-12-31", "--scheme", BUYER], standalone_mode=False)
        .exception
    )
    assert isinstance(error, Refused)
    assert [one.code for one in error.refusals] == ["file_unreadable"]
    assert missing in refusal_text(error.refusals[0]).zh


def test_text_that_is_not_utf_8_is_located(tmp_path: Path) -> None:
    other = tmp_path / "facts.json"
    other.write_bytes('{"claimant": {"claimant": "大学"}}'.encode("gb18030"))
    error = (
        CliRunner()
        .invoke(command, [str(other), "--as-of", "2022-12-31", "--scheme", BUYER], standalone_mode=False)
        .exception
    )
    assert isinstance(error, Refused)
    assert [one.code for one in error.refusals] == ["encoding_unknown"]


def test_a_wrong_scheme_file_is_refused_and_an_unknown_id_is_a_fault(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(GOOD.replace('"0.05"', '"5"'), encoding="utf-8")
    (found,) = refused({"received": "100"}, scheme=str(own))
    assert found.where == "own.yaml: versions.0.amount.rate"
    assert isinstance(run({"received": "100"}, scheme="WH-2023").exception, Mistyped)


def test_a_day_that_is_none_is_refused() -> None:
    assert [one.code for one in refused({"received": "100"}, as_of="2022-02-30")] == ["not_a_day"]
