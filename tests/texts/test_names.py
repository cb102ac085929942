"""Every value that people are shown has a name in both languages, and no name is for nothing."""

import ast
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from temporalio.client import WorkflowExecutionStatus

from database.registers.audit_log import Outcome
from database.registers.parties import PartyKind
from runtime.settings import ROOT
from schemas.acts.act import FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct, Register
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.registers import OF_ACCOUNTS, OF_WORK, WRITERS
from schemas.standing.legal_clock import LegalClock
from schemas.standing.surroundings import RegisterView
from schemas.statements.bars import Bar
from schemas.values.actor import Role
from schemas.values.regions import REGIONS
from tests.cli.reads.shown import asked_inside, shown
from tests.parsing import parsed
from texts.words import Names, name_of, name_rows
from web.sign_in.door import AS_ACCOUNT


def _models(of: Any) -> Iterator[Any]:
    parts = get_args(of)
    for part in parts:
        yield from _models(part)
    if not parts and hasattr(of, "model_fields"):
        yield of


PAYOUT_SHARES = ("team", "team_member", "undistributed_team", "department", "institution", "person", "bonus", "unknown")
WARNED = {
    text.value
    for source in sorted((ROOT / "rules").glob("*/position.py"))
    for function in ast.walk(parsed(source.read_text(encoding="utf-8")))
    if isinstance(function, ast.FunctionDef) and function.name == "_warnings"
    for text in ast.walk(function)
    if isinstance(text, ast.Constant) and isinstance(text.value, str) and "_" in text.value.strip("_")
    if text.value.islower() and text.value not in ("affiliate_of_licensor",)
} | {"licence_end_provisional"}
"""What a position warns of."""
OTHERS = {
    *(f"closed_how.{how}" for how in ("done", "done_in_time_told_late", "done_late", "moot")),
    *(f"workflow.{one.name.lower()}" for one in WorkflowExecutionStatus),
    *(f"workflow.{how}" for how in ("not_held", "unreachable", "unknown")),
    *(f"clock.{clock}" for clock in get_args(LegalClock)),
    *(f"registered_class.{one}" for one in get_args(Register.model_fields["contract_class"].annotation)),
    *(f"name.{one}" for one in PAYOUT_SHARES),
    *(f"status.{one}" for one in get_args(RegisterView.model_fields["status"].annotation)),
    *(f"kind.{one.value}" for one in PartyKind),
    *(f"outcome.{one}" for one in get_args(Outcome)),
    *(f"warnings.bar_open_{bar.value}" for bar in Bar),
    *(f"warnings.{code}" for code in WARNED),
    *(f"how.{how}" for how in ("later", "earlier", "confirmed", "met", "not_met")),
    *(f"state.{state}" for state in ("in_use", "proposed", "withdrawn")),
    "subject.grant",
    "proved.called_for",
    *(f"found.run_{how}" for how in ("closed", "gone")),
    *(f"act.{act}" for act in (*WRITERS, *OF_ACCOUNTS, *OF_WORK, "package", "bundle")),
}
"""Words of fields that have no list of them in their type, and of what other pages show."""
ACTS = DeclarationAct | LicenceAct | PayoutAct | SettlementAct
CALLED_AS_THEY_ARE = (
    {field for model in _models(ACTS) for field in model.model_fields} | {field for field, _ in shown()}
) - set(name_rows("inside"))
"""Fields inside a body that are called as those of acts and filings are."""
VALUES: dict[Names, set[str]] = {
    "kinds": {kind.value for kind in FilingKind},
    "roles": {AS_ACCOUNT, *(role.value for role in Role)},
    "tracks": {str(row.track) for lifecycle in LIFECYCLES.values() for row in lifecycle.rows},
    "stages": {
        f"{kind.value if track == 'right' else track}.{stage}"
        for kind, lifecycle in LIFECYCLES.items()
        for track in {row.track for row in lifecycle.rows}
        for stage in lifecycle.stages(track)
    },
    "acts": {f"{kind.value}.{row.act}" for kind, lifecycle in LIFECYCLES.items() for row in lifecycle.rows},
    "contents": {field for field, _ in shown()},
    "inside": {field for field, _ in asked_inside()} - CALLED_AS_THEY_ARE,
    "values": {f"{field}.{word}" for field, word in (*shown(), *asked_inside()) if word is not None} | OTHERS,
    "regions": set(REGIONS),
    "fields": {field for model in _models(ACTS) for field in model.model_fields},
}


@pytest.mark.parametrize("kind", VALUES)
def test_every_value_has_a_name_and_every_name_a_value(kind: Names) -> None:
    assert len(VALUES[kind]) > 3
    assert sorted(VALUES[kind] - set(name_rows(kind))) == [], "these have no name"
    assert sorted(set(name_rows(kind)) - VALUES[kind]) == [], "these names are for nothing"


@pytest.mark.parametrize("kind", VALUES)
def test_every_name_is_in_both_languages(kind: Names) -> None:
    for value, said in name_rows(kind).items():
        assert re.search("[\u4e00-\u9fff]", said.zh), value
        assert said.en.isascii(), value


def test_the_glossary_has_the_names_of_all_roles() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert [
        role for role, said in name_rows("roles").items() if f"`{role}`" not in glossary or said.zh not in glossary
    ] == []


def test_a_value_is_named_in_the_language_asked_for() -> None:
    assert name_of("stages", "declaration.in_force", "zh") == "生效中"
    assert name_of("acts", "licence.pay", "en") == "pay"
    assert name_of("stages", "licence.of_an_older_release", "zh") == "of_an_older_release"
