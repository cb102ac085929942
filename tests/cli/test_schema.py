"""What can stand in a body is told for every act, event and file, with examples that are taken as they are printed."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from cli.files.body import read_body
from cli.schema import as_yaml, forms
from client.deliver.delivery import read_event
from client.deliver.examples import event_example, event_schema
from client.deliver.types import DELIVERIES
from client.registering import RegisterRow
from database.registers.parties import Party
from schemas.acts.declaration import Submit
from schemas.values.calendar import YearTable
from schemas.values.model import Model
from schemas.wire.form import filled
from tests.cli.shell import Shell

OTHERS: dict[str, type[Model]] = {"party add": Party, "patent add": RegisterRow, "calendar propose": YearTable}


@pytest.mark.parametrize("name", DELIVERIES)
def test_the_example_of_an_event_is_read_as_its_act(name: str) -> None:
    made = read_event(event_example(name), 1, None)
    assert type(made.act) is DELIVERIES[name].model
    assert list(Draft202012Validator(event_schema(name)).iter_errors(event_example(name)["data"])) == []


@pytest.mark.parametrize("name", OTHERS)
def test_the_example_of_another_file_is_taken(name: str, tmp_path: Path) -> None:
    for example, body in forms()[name].examples().items():
        (tmp_path / f"{example}.yaml").write_text(as_yaml(body), encoding="utf-8")
        given = read_body(str(tmp_path / f"{example}.yaml"))
        made = filled(OTHERS[name], {**({"party_id": "1" * 32} if name == "party add" else {}), **given})
        assert made.model_fields_set >= set(given)


def test_every_example_keeps_to_its_schema() -> None:
    for name, form in forms().items():
        if form.about != "deliver":
            validator = Draft202012Validator(form.schema())
            assert {example: [*validator.iter_errors(body)] for example, body in form.examples().items()} == {
                example: [] for example in form.examples()
            }, name


async def test_an_example_is_printed_as_a_file_that_is_read_again(shell: Shell, tmp_path: Path) -> None:
    ended = await shell("schema", "declaration", "submit", "--example", "--named", "instalments")
    assert ended.code == 0
    (tmp_path / "offer.yaml").write_text(ended.out, encoding="utf-8")
    body = read_body(str(tmp_path / "offer.yaml"))
    assert body == forms()["declaration submit"].examples()["instalments"] | body
    assert (await shell("schema", "submit", "--json")).json["title"] == Submit.__name__


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("publish",), "payout publish, settlement publish"),
        (("declaration", "submitt"), "declaration submit"),
        (("bank.lin",), "bank.line"),
        (("submit", "--named", "free_of_charge"), "free"),
    ],
)
async def test_what_is_not_there_is_told_with_the_nearest(shell: Shell, words: tuple[str, ...], named: str) -> None:
    ended = await shell("schema", *words)
    assert ended.code == 64
    assert named in ended.err


async def test_all_forms_are_listed_with_their_examples(shell: Shell) -> None:
    listed = (await shell("schema", "--json")).json
    assert "with_bars" in listed["declaration submit"]
    assert {"bank.line", "treasury.paid", "party add", "payout state-facts"} <= set(listed)
