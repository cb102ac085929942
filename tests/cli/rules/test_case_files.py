"""A case file proves something or says in which line it does not."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from cli.rules import registry
from cli.rules.cases import run_cases
from schemas.values.determination import Determination, ResultLine
from schemas.values.money import Money
from schemas.values.refusal import Refused, refuse
from tests.cli.shell import Rules

PASSING = """\
rule: deadline
cases:
  - case: recordal is due three months after the effect
    as_of: 2026-11-05
    facts: {period: national.recordal_period, start: 2026-11-05}
    expect:
      answers: {by: 2027-02-05}
"""


def file_of(folder: Path, text: str) -> Path:
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_last_line_counts_and_the_exit_code_tells(rules: Rules, tmp_path: Path) -> None:
    path = file_of(tmp_path, PASSING)
    assert (rules("cases", path).code, rules("cases", path).out.splitlines()[-1]) == (0, "1 passed, 0 failed")
    path.write_text(PASSING.replace("2027-02-05", "2027-02-06"), encoding="utf-8")
    ended = rules("cases", tmp_path)
    assert (ended.code, ended.out.splitlines()[-1]) == (1, "0 passed, 1 failed")
    assert "answer by: expected 2027-02-06, got 2027-02-05" in ended.out
    assert "2026-11-05 + 3 months" in ended.out, "the trace of what came out"
    assert f"{path}:3" in ended.out
    found = rules("cases", tmp_path, "--json")
    assert (found.code, found.json["failed"]) == (1, 1)
    assert found.json["failures"][0]["determination"]["answers"]["by"] == "2027-02-05"


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (
            ("    expect:", "    because: of the law\n    expect:"),
            6,
            "cases.0.because: unknown key; correct its spelling",
        ),
        (("    expect:\n      answers: {by: 2027-02-05}\n", ""), 3, "cases.0.expect: "),
        (("answers: {by: 2027-02-05}", "answer: {by: 2027-02-05}"), 7, "unknown key"),
        (("    as_of: 2026-11-05\n", ""), 3, "cases.0.as_of"),
        (("answers: {by: 2027-02-05}", "{}"), 6, "a case without an expectation proves nothing"),
        (("      answers: {by: 2027-02-05}", "      answers: {}"), 7, "empty_text (least 1)"),
        (("answers: {by: 2027-02-05}", "result: {royalty: 3000}"), 7, "money is a string of yuan"),
        (("answers: {by: 2027-02-05}", "answers: {by: true}"), 7, "text, in quotation marks"),
        (("rule: deadline", "rule: deadline\nscheme: SZ"), 1, "a case file names one rule or one scheme"),
        ((PASSING[PASSING.index("cases:") :], "cases: []\n"), 1, "a case file has cases"),
        (("rule: deadline\n", ""), 1, "a case file names one rule or one scheme"),
        (("as_of: 2026-11-05", "as_of: 1921-11-05"), 4, "a legal day lies between"),
    ],
)
def test_what_is_wrong_with_a_case_file_is_told_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, what: str
) -> None:
    path = file_of(tmp_path, PASSING.replace(*change))
    (outcome,) = run_cases((path,))
    assert outcome.where == f"{path}:{line}"
    assert what in outcome.differences[0]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (PASSING + "      answers: {by: 2027-02-06}\n", "answers stands twice, the second time in line 8"),
        (PASSING.replace("2027-02-05", "20.5"), "would become a float"),
        (PASSING.replace("{by: 2027-02-05}", "{provisional: no}"), "quote it, or write true or false"),
        ("", "an object with named fields"),
        ("rule: [", "line 2"),
    ],
)
def test_the_traps_of_yaml_are_refused(tmp_path: Path, text: str, what: str) -> None:
    (outcome,) = run_cases((file_of(tmp_path, text),))
    assert what in " ".join((outcome.where, *outcome.differences))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (("rule: deadline", "rule: deadlines"), "there is no rule deadlines; use one of"),
        (("answers: {by: 2027-02-05}", "answers: {until: 2027-02-05}"), "got no such answer"),
        (("answers: {by: 2027-02-05}", 'result: {royalty: "1.00"}'), "expected 1.00, got no such line"),
        (("answers: {by: 2027-02-05}", "unknown: [start]"), "unknown: expected start, got nothing"),
        (("answers: {by: 2027-02-05}", "refused: period_unknown"), "expected refused: period_unknown, got an answer"),
        (("national.recordal_period", "national.nothing"), "expected an answer, got refused: period_unknown @ period"),
        (("start: 2026-11-05", "begin: 2026-11-05"), "field_missing @ start"),
    ],
)
def test_a_case_that_fails_says_what_was_expected_and_what_came_out(
    tmp_path: Path, change: tuple[str, str], what: str
) -> None:
    (outcome,) = run_cases((file_of(tmp_path, PASSING.replace(*change)),))
    assert what in outcome.differences[0]


def test_a_path_without_any_case_file_is_refused(rules: Rules, tmp_path: Path) -> None:
    ended = rules("cases", tmp_path, "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (64, "file_unreadable")
    with pytest.raises(Refused):
        run_cases((tmp_path,))
    assert "there is no such file" in run_cases((tmp_path / "none.yaml",))[0].differences[0]


def test_a_rule_that_breaks_fails_its_case_and_the_others_still_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = registry.RULES["deadline"]

    def breaks(facts: object, as_of: object) -> Determination:
        raise ZeroDivisionError("no such share")

    monkeypatch.setattr(registry, "RULES", {**registry.RULES, "broken": rule._replace(determine=breaks)})
    file_of(tmp_path, PASSING.replace("rule: deadline", "rule: broken"))
    (tmp_path / "other.yaml").write_text(PASSING, encoding="utf-8")
    broken, passed = run_cases((tmp_path,))
    assert broken.differences == ("the rule broke: ZeroDivisionError: no such share",)
    assert passed.differences == ()


def test_a_scheme_file_is_run_by_the_scheme_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file_of(
        tmp_path,
        """\
scheme: WH-2022-BUYER-10PCT
cases:
  - case: the cap binds
    as_of: 2022-12-31
    facts: {technology_transaction_amount: "12000000"}
    expect: {result: {payable: "1000000"}}
  - case: nobody is paid for nothing
    as_of: 2022-12-31
    facts: {}
    expect: {refused: field_missing}
""",
    )

    def engine(scheme: str, facts: Mapping[str, object], as_of: date) -> Determination:
        if not facts:
            raise refuse("field_missing", "technology_transaction_amount")
        return Determination(
            rule=scheme,
            as_of=as_of,
            inputs={},
            reads=(),
            steps=(),
            parameter_hash="",
            result=(ResultLine(name="payable", amount=Money.of("1000000")),),
        )

    monkeypatch.setattr(registry, "RUN_SCHEME_CASE", engine)
    assert [one.differences for one in run_cases((path,))] == [(), ()]
