"""People ask a rule on the command line; whatever they give it, they get an answer, a reason or the way to the help."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.program import run
from cli.rules import registry
from cli.rules.command import rules as program
from cli.typed.commands import Command
from rules.law.loader import ParameterFault
from runtime.settings import ROOT
from tests.cli.shell import Rules

RECORDAL = {"period": "national.recordal_period", "start": "2026-11-05"}
AS_OF = ("--as-of", "2026-11-05")


def test_facts_come_from_a_file_or_from_standard_input(rules: Rules, tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text(json.dumps(RECORDAL), encoding="utf-8")
    from_file = rules("deadline", tmp_path / "facts.json", *AS_OF, "--json")
    from_stdin = rules("deadline", "-", *AS_OF, "--json", stdin=json.dumps(RECORDAL))
    assert (from_file.code, from_file.json) == (0, from_stdin.json)
    assert from_file.json["answers"] == {"by": "2027-02-05", "provisional": "yes", "because": "unknown_year"}


def test_the_trace_shows_answers_steps_articles_values_and_the_hash(rules: Rules) -> None:
    made = rules("deadline", "-", *AS_OF, "--json", stdin=json.dumps(RECORDAL)).json
    read = rules("deadline", "-", *AS_OF, stdin=json.dumps(RECORDAL))
    assert read.code == 0
    for text in (
        "by: 2027-02-05",
        "2026-11-05 + 3 months",
        "Implementing Regulations rule 15(2)",
        "State Council decision of 2023-12-11",
        "2024-01-20",
        "V1",
        made["parameter_hash"],
    ):
        assert text in read.out


def test_an_answer_that_is_unknown_is_an_answer_and_says_what_to_ask(rules: Rules) -> None:
    ended = rules("bars", "-", *AS_OF, stdin='{"patent_kind": "invention"}')
    assert ended.code == 0
    assert "may_declare: unknown" in ended.out
    assert "unknown, to be stated" in ended.out


@pytest.mark.parametrize(
    ("facts", "code", "where"),
    [
        ('{"period": "national.recordal_period", "start": "2026-11-05", "begin": 1}', "field_unknown", "begin"),
        ('{"period": "national.recordal_period"}', "field_missing", "start"),
        ('{"period": "national.recordal_period", "start": 20261105}', "not_a_day", "start"),
        ('{"period": "national.recordal_period", "start": "1921-01-01"}', "impossible_day", "start"),
        ('{"period": "national.recordal_period", "start": "2199-12-31"}', "impossible_day", "start"),
        ('{"period": "national.nothing", "start": "2026-11-05"}', "period_unknown", "period"),
        ('[{"period": "x"}]', "not_an_object", "-"),
        ('{"period": }', "json_malformed", "-"),
        ('{"start": NaN}', "json_malformed", "-"),
        ('{"start": 1, "start": 2}', "field_twice", "-"),
        ("[" * 100_000, "json_malformed", "-"),
        ("", "json_malformed", "-"),
        ('{"start": ' + "9" * 5_000 + "}", "json_malformed", "-"),
        ('{"period": "期限"}'.encode("gb18030"), "encoding_unknown", "-"),
        (b"\xff\xfe{}", "encoding_unknown", "-"),
    ],
)
def test_bad_input_is_refused_with_its_place_and_its_cure(
    rules: Rules, facts: bytes | str, code: str, where: str
) -> None:
    ended = rules("deadline", "-", *AS_OF, "--json", stdin=facts)
    assert ended.code == 2, ended.out
    refusals = {one["code"]: one for one in ended.json["refused"]}
    assert refusals[code]["where"] == where
    assert refusals[code]["remedy_zh"]
    assert refusals[code]["remedy_en"]


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (3000.0, "not_money"),
        (3000, "not_money"),
        ("-3000.00", "no_money"),
        ("3000.001", "not_money"),
        ("3,00.00", "not_money"),
        ("1e3", "not_money"),
        (None, "not_money"),
    ],
)
def test_money_that_is_not_exact_yuan_is_refused(rules: Rules, amount: object, code: str) -> None:
    facts = {
        "patent_kind": "invention",
        "filed_on": "2019-01-24",
        "royalty": {"form": "lump_sum", "amount": amount},
        "term": {"form": "years_from_effect", "years": 5},
    }
    ended = rules("terms", "-", *AS_OF, "--json", stdin=json.dumps(facts))
    assert ended.code == 2
    assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [(code, "royalty.amount")]


@pytest.mark.parametrize(("language", "said"), [("zh", "缺少必填字段"), ("en", "a required field is missing")])
def test_a_refusal_is_told_in_the_readers_language_alone(rules: Rules, language: str, said: str) -> None:
    ended = rules("deadline", "-", *AS_OF, "--lang", language, stdin="{}")
    assert ended.code == 2
    assert said in ended.err
    assert ("a required field" in ended.err) is (language == "en")
    assert "@ start" in ended.err


def test_a_file_that_cannot_be_read_is_refused(rules: Rules, tmp_path: Path) -> None:
    for name in (tmp_path / "nothing.json", tmp_path, "a\0b"):
        ended = rules("deadline", name, *AS_OF, "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (64, "file_unreadable")


def test_a_day_that_is_none_is_refused_and_a_missing_one_is_wrong_usage(rules: Rules) -> None:
    ended = rules("deadline", "-", "--as-of", "2026-02-30", "--json", stdin=json.dumps(RECORDAL))
    assert (ended.code, ended.json["refused"][0]["where"]) == (64, "--as-of")
    assert rules("deadline", "-").code == 64
    assert rules("annual-fees", "-").code == 64
    assert "starter.py rules" in rules("annual-fees", "-").err


def test_a_value_that_no_file_gives_is_a_fault_of_ours(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {
        "patent_kind": "invention",
        "filed_on": "1985-04-01",
        "royalty": {"form": "free"},
        "term": {"form": "until_patent_ends"},
    }
    monkeypatch.setattr("rules.declaration.terms.Law.whole", _missing)
    ended = rules("terms", "-", *AS_OF, "--json", stdin=json.dumps(facts))
    assert (ended.code, ended.json["fault"]["whose"]) == (1, "ours")
    assert "trying again does not help" in rules("terms", "-", *AS_OF, stdin=json.dumps(facts)).err


def _missing(*_: object) -> int:
    raise ParameterFault("national.income_tax_relief_term has no value on 1985-04-01; add it with its source")


@pytest.mark.parametrize("name", list(registry.RULES))
def test_every_rule_has_a_command_that_names_its_facts(name: str) -> None:
    command = program.get_command(click.Context(program), name.replace("_", "-"))
    assert command is not None
    assert isinstance(command, Command)
    for language in ("zh", "en"):
        about = command.about(f"rules {name.replace('_', '-')}", language)
        assert all(field in about for field in registry.RULES[name].inputs.model_fields)


@pytest.mark.parametrize("name", ["cases", "lint", "schema"])
def test_every_command_takes_json_and_explains_itself(name: str) -> None:
    command = program.get_command(click.Context(program), name)
    assert isinstance(command, Command)
    assert "as_json" in [one.name for one in command.params]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("name", list(registry.RULES))
@settings(deadline=None)
@given(data=st.data())
def test_no_facts_whatever_break_a_rule(name: str, data: st.DataObject) -> None:
    fields = list(registry.RULES[name].inputs.model_fields)
    facts: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from(fields) | st.text(max_size=5), _JSON, max_size=4))
    body = io.TextIOWrapper(io.BytesIO(json.dumps(facts).encode()))
    with mock.patch("sys.stdin", body), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert run(["rules", name.replace("_", "-"), "-", *AS_OF]) in (0, 2)


def test_the_program_runs_without_a_server_or_settings() -> None:
    ended = subprocess.run(
        [sys.executable, "starter.py", "rules", "deadline", "-", *AS_OF, "--json"],
        cwd=ROOT,
        input=json.dumps(RECORDAL),
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/nowhere"},
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["answers"]["by"] == "2027-02-05"
