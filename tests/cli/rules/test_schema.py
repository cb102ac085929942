"""The shapes of facts and files are published, so that an editor completes what a person writes."""

import json
from pathlib import Path

from cli.rules import registry
from tests.cli.shell import Rules


def test_facts_of_every_rule_and_every_kind_of_file_have_a_schema(rules: Rules, tmp_path: Path) -> None:
    found = rules("schema", "--json").json
    assert set(found) == {*(f"facts.{name}" for name in registry.RULES), *registry.SHAPES, "cases"}
    assert all(one["type"] == "object" and one["additionalProperties"] is False for one in found.values())
    assert found["facts.deadline"]["required"] == ["period", "start"]
    assert "from" in found["parameter"]["$defs"]["DatedValue"]["properties"]

    ended = rules("schema", "--out", tmp_path / "shapes", "--json")
    assert ended.code == 0
    assert {Path(one).name for one in ended.json["written"]} == {f"{name}.schema.json" for name in found}
    assert json.loads((tmp_path / "shapes" / "cases.schema.json").read_text(encoding="utf-8")) == found["cases"]


def test_a_folder_that_cannot_be_written_is_refused(rules: Rules, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = rules("schema", "--out", tmp_path / "file", "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (64, "file_unwritable")
