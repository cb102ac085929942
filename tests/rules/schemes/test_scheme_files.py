"""A scheme's file says exactly one thing, with its source, or it is refused with the place and the cure."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.law.loader import ParameterFault
from rules.law.yaml_text import parse_yaml, typed
from rules.schemes.activation import needs_activation
from rules.schemes.catalogue import bundled_schemes, find_scheme, load_schemes, parse_scheme, read_scheme
from rules.schemes.trace import scheme_hash
from schemas.values.refusal import Refused
from tests.rules.schemes.scheme_files import CITE, scheme, scheme_of, version
from texts.words import refusal_text

GOOD = """\
id: TEST-2
title_zh: 测试
title_en: a test
region: hubei.wuhan
beneficiary: licensor
versions:
  - from: 2021-01-01
    status: in_force
    cite: {provision: art. 1, instrument: Order 1}
    mark: V1
    checked_on: 2026-11-15
    base: {measure: received}
    window: {decided_by: received_on}
    items:
      - {fact: contract_kind, one_of: [licence]}
    thresholds:
      - {per: year, at_least: "10"}
    amount: {rate: "0.05"}
    caps:
      - {per: year, amount: "1000"}
    funding:
      parts:
        - {payer: city, share: "0.5"}
        - {payer: district, share: "0.5"}
      odd_fen: city
"""


@pytest.mark.parametrize(
    ("good", "bad", "code", "where", "says"),
    [
        ('"0.05"', "0.05", "json_malformed", "x.yaml", "line 18, column 20 cannot be read: 0.05 would become a float"),
        ("mark: V1", "mark: V1\n    mark: V2", "field_twice", "x.yaml", "stands twice, the second time in line 11"),
        ("beneficiary", "benefactor", "field_missing", "x.yaml: beneficiary", "required field is missing"),
        ("    base:", "    basis: 1\n    base:", "field_unknown", "x.yaml: versions.0.basis", "no such field"),
        (
            "    cite: {provision: art. 1, instrument: Order 1}\n",
            "",
            "field_missing",
            "x.yaml: versions.0.cite",
            "missing",
        ),
        (", instrument: Order 1", "", "field_missing", "x.yaml: versions.0.cite.instrument", "missing"),
        ("hubei.wuhan", "hubie.wuhan", "unknown_region", "x.yaml: region", "hubie.wuhan lies in no province"),
        ("measure: received", "measure: receipts", "not_a_choice", "x.yaml: versions.0.base.measure", "receipts"),
        (
            "{measure: received}",
            "{measure: received, count_of: patent}",
            "count_of_without_count",
            "x.yaml: versions.0.base",
            "count_of stands with the measure count only",
        ),
        ("{measure: received}", "{measure: count, growth: true}", "count_grows", "x.yaml: versions.0.base", "grow"),
        ("{measure: received}", "{measure: count}", "amount_unit", "x.yaml: versions.0", "rates and tiers with money"),
        (
            "{decided_by: received_on}",
            '{decided_by: received_on, begins: "02-30"}',
            "no_such_day",
            "x.yaml: versions.0.window",
            "02-30 is not a day of every year",
        ),
        (
            "one_of: [licence]",
            "one_of: [licence], within: hubei",
            "condition_unclear",
            "x.yaml: versions.0.items.0",
            "exactly one of one_of, none_of and within",
        ),
        (
            'at_least: "10"}',
            'at_least: "10", more_than: "10"}',
            "threshold_unclear",
            "x.yaml: versions.0.thresholds.0",
            "exactly one of at_least, more_than and count_at_least",
        ),
        ('at_least: "10"}', "count_at_least: 3}", "threshold_unit", "x.yaml: versions.0", "the measure count"),
        ('at_least: "10"}', "at_least: 10}", "not_money", "x.yaml: versions.0.thresholds.0.at_least", "money"),
        (
            'at_least: "10"}',
            'at_least: "-10"}',
            "negative_money",
            "x.yaml: versions.0.thresholds.0.at_least",
            "negative",
        ),
        ('at_least: "10"}', 'at_least: "10", before_growth: true}', "growth_unclear", "x.yaml: versions.0", "growth"),
        ('rate: "0.05"', 'rate: "5"', "out_of_range", "x.yaml: versions.0.amount.rate", "1"),
        ('rate: "0.05"', 'rate: "5 %"', "not_a_share", "x.yaml: versions.0.amount.rate", "quoted decimal fraction"),
        ('rate: "0.05"', 'rate: "0.05", each: "5"', "formula_unclear", "x.yaml: versions.0.amount", "exactly one way"),
        ('rate: "0.05"', "per: patent", "formula_unclear", "x.yaml: versions.0.amount", "exactly one way"),
        ('{rate: "0.05"}', '{each: "5"}', "amount_unit", "x.yaml: versions.0", "each and steps of a count"),
        (
            '{rate: "0.05"}',
            '{whole: [{at_least: "5", rate: "0.1"}, {at_least: "1", rate: "0.2"}]}',
            "tiers_unordered",
            "x.yaml: versions.0.amount",
            "in order of their beginnings",
        ),
        (
            '{rate: "0.05"}',
            '{marginal: [{at_least: "5", above: "5", rate: "0.1"}]}',
            "tier_unclear",
            "x.yaml: versions.0.amount.marginal.0",
            "exactly one of at_least and above",
        ),
        (
            '{rate: "0.05"}',
            '{steps: [{at_least: "5", amount: "1"}, {above: "4", amount: "2"}]}',
            "steps_unordered",
            "x.yaml: versions.0.amount",
            "in order of their beginnings",
        ),
        (
            '{rate: "0.05"}',
            '{steps: [{amount: "1"}]}',
            "step_unclear",
            "x.yaml: versions.0.amount.steps.0",
            "exactly one",
        ),
        (
            '{rate: "0.05"}',
            '{steps: [{count_at_least: 1, amount: "1"}, {at_least: "5", amount: "2"}]}',
            "steps_mixed",
            "x.yaml: versions.0.amount",
            "all of money or all of a count",
        ),
        (
            '{rate: "0.05"}',
            '{awarded: {at_least: "5", at_most: "4"}}',
            "award_without_room",
            "x.yaml: versions.0.amount.awarded",
            "at_most of awarded lies below",
        ),
        ('{rate: "0.05"}', '{by: event, rate: "0.05"}', "cases_unclear", "x.yaml: versions.0.amount", "by and cases"),
        (
            '{rate: "0.05"}',
            '{rate: "0.05", otherwise: {rate: "0.1"}}',
            "cases_unclear",
            "x.yaml: versions.0.amount",
            "by",
        ),
        ('    amount: {rate: "0.05"}\n', "", "amount_unknown", "x.yaml: versions.0", "can only be planned or a draft"),
        ('amount: "1000"', 'amount: "0"', "no_money", "x.yaml: versions.0.caps.0.amount", "more than zero"),
        (
            'district, share: "0.5"',
            'district, share: "0.4"',
            "funding_not_whole",
            "x.yaml: versions.0.funding",
            "add up",
        ),
        (
            'district, share: "0.5"',
            'district, share: "3/2"',
            "not_a_part",
            "x.yaml: versions.0.funding.parts.1.share",
            "quoted decimal or fraction",
        ),
        ("odd_fen: city", "odd_fen: state", "funding_unclear", "x.yaml: versions.0.funding", "none of the payers"),
        ("payer: district", "payer: city", "funding_unclear", "x.yaml: versions.0.funding", "stands twice"),
        ("in_force", "repealed", "repealed_without_end", "x.yaml: versions.0", "last day"),
        (
            "2021-01-01",
            "2021-01-01\n    until: 2020-12-31",
            "ends_before_it_begins",
            "x.yaml: versions.0",
            "until lies",
        ),
        ("in_force", "in_force\n    application: automatic", "automatic_without_source", "x.yaml: versions.0", "D-14"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_and_its_cure(
    good: str, bad: str, code: str, where: str, says: str
) -> None:
    assert GOOD.count(good) == 1
    with pytest.raises(Refused) as refused:
        read_scheme(GOOD.replace(good, bad), "x.yaml")
    (found,) = [one for one in refused.value.refusals if one.code == code]
    assert found.where == where
    assert says in refusal_text(found).en
    assert refusal_text(found).remedy_zh
    with pytest.raises((ParameterFault, Refused), match=r"x\.yaml"):
        parse_scheme(parse_yaml(GOOD.replace(good, bad), "x.yaml", typed), "x.yaml")


def test_the_good_file_is_one() -> None:
    assert read_scheme(GOOD, "x.yaml").id == "TEST-2"


def _after(**elements: Any) -> dict[str, Any]:
    return version(**{"from": date(2023, 1, 1), **elements})


def test_days_between_versions_must_not_be_left_open() -> None:
    with pytest.raises(ParameterFault, match="between the version from 2021-01-01 and the one from 2023-01-01"):
        scheme_of(version(until=date(2022, 12, 30)), _after())


@pytest.mark.parametrize(
    "earlier", [{"until": date(2023, 1, 1)}, {"from": date(2023, 1, 1)}, {"from": date(2024, 1, 1)}]
)
def test_no_day_has_two_versions(earlier: dict[str, Any]) -> None:
    with pytest.raises(ParameterFault, match="still holds when the one from 2023-01-01 begins"):
        scheme_of(version(**earlier), _after())


def test_a_version_without_end_holds_until_the_next() -> None:
    both = scheme_of(version(), _after())
    days = (date(2020, 12, 31), date(2022, 12, 31), date(2023, 1, 1))
    assert [both.on(day) for day in days] == [None, *both.versions]


def test_the_hash_is_of_what_a_scheme_says_and_not_of_how_it_is_written() -> None:
    assert scheme_hash(read_scheme(GOOD, "x.yaml")) == scheme_hash(read_scheme(f"# a remark\n{GOOD}", "y.yaml"))
    assert scheme_hash(read_scheme(GOOD, "x")) != scheme_hash(read_scheme(GOOD.replace("0.05", "0.06"), "x"))


def test_a_file_lies_in_the_folder_of_its_region(tmp_path: Path) -> None:
    folder = tmp_path / "cn" / "hubei" / "schemes"
    folder.mkdir(parents=True)
    (folder / "x.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(ParameterFault, match=r"region is hubei\.wuhan, but the file lies in hubei; move it"):
        load_schemes(tmp_path)


def test_an_id_stands_once(tmp_path: Path) -> None:
    folder = tmp_path / "cn" / "hubei" / "wuhan" / "schemes"
    folder.mkdir(parents=True)
    for name in ("x.yaml", "y.yaml"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(ParameterFault, match=r"y\.yaml: there is already a scheme TEST-2"):
        load_schemes(tmp_path)


def test_an_unknown_id_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ParameterFault, match=r"no scheme WH-2023.*WH-2022-BUYER-10PCT"):
        find_scheme("WH-2023")


def test_what_pays_only_after_two_people_activated_it() -> None:
    assert needs_activation(scheme().versions[0]) == ()
    assert needs_activation(scheme(status="draft").versions[0]) == ("status is draft",)
    remembered = scheme(
        mark="M",
        amount={"rate": "0.05", "mark": "M"},
        items=[{"fact": "event", "one_of": ["a"], "mark": "I"}],
        caps=[{"per": "item", "amount": "1"}, {"per": "year", "amount": "1", "mark": "M", "cite": CITE}],
    )
    assert needs_activation(remembered.versions[0]) == (
        "the version is from memory (M)",
        "amount is from memory (M)",
        "caps.1 is from memory (M)",
    )


def test_of_the_schemes_of_the_release_only_the_planned_ones_wait() -> None:
    waiting = [one.id for one in bundled_schemes().values() if any(needs_activation(part) for part in one.versions)]
    assert waiting == ["GD-PILOT", "SZ-2021-UNIV-5PCT", "WH-2021-UNIV"]


def test_no_scheme_of_the_release_was_checked_before_it_began() -> None:
    for one in bundled_schemes().values():
        assert all(part.since <= part.checked_on for part in one.versions), one.id


def test_a_file_is_the_same_after_a_way_through_json() -> None:
    for one in bundled_schemes().values():
        assert type(one).model_validate_json(one.model_dump_json(by_alias=True)) == one
        assert parse_scheme(deepcopy(one.model_dump(by_alias=True)), one.id) == one
