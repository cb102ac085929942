"""Every value that people are shown has a name in both languages, and no name is for nothing."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from runtime.settings import ROOT
from schemas.acts.act import FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.actor import Role
from texts.words import Names, name_of, name_rows


def _models(of: Any) -> Iterator[Any]:
    parts = get_args(of)
    for part in parts:
        yield from _models(part)
    if not parts and hasattr(of, "model_fields"):
        yield of


ACTS = DeclarationAct | LicenceAct | PayoutAct | SettlementAct
VALUES: dict[Names, set[str]] = {
    "kinds": {kind.value for kind in FilingKind},
    "roles": {role.value for role in Role},
    "tracks": {str(row.track) for lifecycle in LIFECYCLES.values() for row in lifecycle.rows},
    "stages": {
        f"{kind.value if track == 'right' else track}.{stage}"
        for kind, lifecycle in LIFECYCLES.items()
        for track in {row.track for row in lifecycle.rows}
        for stage in lifecycle.stages(track)
    },
    "acts": {f"{kind.value}.{row.act}" for kind, lifecycle in LIFECYCLES.items() for row in lifecycle.rows},
    "fields": {
        field
        for model in _models(DeclarationAct | LicenceAct | PayoutAct | SettlementAct)
        for field in model.model_fields
    },
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
