"""Whoever is refused an act is told why in one language: every act's command, with bodies that cannot be."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cli.acts.fields import own_fields
from schemas.acts.act import FilingKind, PassDay
from schemas.acts.beginning import BEGINNINGS
from schemas.examples.bodies import acts_of
from tests.cli.shell import Shell

COMMANDS = [(kind, model) for kind in FilingKind for model in acts_of(kind) if model is not PassDay]
WRONG: dict[str, Any] = {"nothing": None, "objects": {"no_such": 1}, "texts": "?", "lists": [[]], "numbers": -1}
"""What stands in every field of the body; ``nothing``: there is no body."""
HAN = re.compile("[\u4e00-\u9fff，。；：（）]")
SENTENCE = re.compile(r"[A-Za-z]{2,}(?: [a-z]{2,}){2,}")
TYPED = re.compile(r"starter\.py[^；。，）\n]*|^.*@ .*$", re.MULTILINE)
"""What is typed, and codes with their places: the same in any language."""


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_refused_act_is_told_in_one_language(shell: Shell, tmp_path: Path, wrong: str) -> None:
    mixed = []
    for kind, model in COMMANDS:
        act = str(model.model_fields["kind"].default)
        body = tmp_path / f"{kind.value}_{act}.json"
        body.write_text(json.dumps(dict.fromkeys(own_fields(model), WRONG[wrong]) | {"no_such_field": "1"}))
        words = [kind.value, act.replace("_", "-")]
        words += [] if model in BEGINNINGS else [str(UUID(int=1))]
        words += [] if wrong == "nothing" else [str(body)]
        for language in ("zh", "en"):
            ended = await shell(*words, "--by", "nobody", "--lang", language)
            assert ended.code in (2, 64), (words, ended.err)
            told = TYPED.sub("", ended.err + ended.out)
            found = SENTENCE.findall(told) if language == "zh" else HAN.findall(told)
            mixed += [(words, language, found)] if found else []
    assert mixed == []


async def test_a_body_that_is_missing_is_told_with_the_command_that_shows_one(shell: Shell) -> None:
    for language in ("zh", "en"):
        ended = await shell("declaration", "submit", "--by", UUID(int=1), "--lang", language)
        assert ended.code == 64
        assert "starter.py schema declaration submit --example" in ended.err
