"""Every act that somebody can ask for has its command, and the command has the act's whole form."""

from typing import Any, get_args

import click
import pytest

from cli.acts.command import default_role
from cli.acts.declaration import declaration
from cli.acts.explained import ActCommand
from cli.acts.fields import is_nested, own_fields
from cli.acts.licence import licence
from cli.acts.payout import payout
from cli.acts.settlement import settlement
from cli.program import program
from cli.typed.commands import Command
from schemas.acts.act import FilingKind, PassDay
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from schemas.wire.form import filled

GROUPS = {
    FilingKind.DECLARATION: declaration,
    FilingKind.LICENCE: licence,
    FilingKind.PAYOUT: payout,
    FilingKind.SETTLEMENT: settlement,
}
UNIONS: dict[FilingKind, Any] = {
    FilingKind.DECLARATION: DeclarationAct,
    FilingKind.LICENCE: LicenceAct,
    FilingKind.PAYOUT: PayoutAct,
    FilingKind.SETTLEMENT: SettlementAct,
}
FORMS = [
    (kind, model) for kind, union in UNIONS.items() for model in get_args(get_args(union)[0]) if model is not PassDay
]


@pytest.mark.parametrize("kind", FilingKind)
def test_every_act_of_the_table_has_a_command(kind: FilingKind) -> None:
    acts = {row.act.replace("_", "-") for row in LIFECYCLES[kind].rows if not row.derived}
    assert acts - {"pass-day"} <= set(GROUPS[kind].commands)
    assert "pass-day" not in GROUPS[kind].commands, "a day passes by its own command, which shows first what falls due"


@pytest.mark.parametrize("kind", FilingKind)
def test_what_only_follows_from_facts_has_no_command(kind: FilingKind) -> None:
    table = LIFECYCLES[kind]
    derived = {row.act.replace("_", "-") for row in table.rows if not table.rows_of(row.act)}
    assert not derived & set(GROUPS[kind].commands)


@pytest.mark.parametrize(("kind", "model"), FORMS, ids=lambda one: getattr(one, "__name__", str(one)))
def test_each_field_is_an_option_or_named_as_part_of_the_body(kind: FilingKind, model: Any) -> None:
    command = GROUPS[kind].commands[model.model_fields["kind"].default.replace("_", "-")]
    assert isinstance(command, ActCommand)
    options = [one.name for one in command.params]
    assert len(options) == len(set(options)), "an act's field has the name of an option that all acts have"
    for name, field in own_fields(model).items():
        if is_nested(field):
            assert name in command.about("", "en")
        else:
            assert name in options


NUMBERS = [
    (model, name)
    for _, model in FORMS
    for name, field in own_fields(model).items()
    if not is_nested(field) and field.annotation in (int, int | None)
]


@pytest.mark.parametrize(("model", "name"), NUMBERS, ids=str)
def test_a_number_is_read_from_the_text_of_its_option(model: Any, name: str) -> None:
    least = next((rule.ge for rule in model.model_fields[name].metadata if hasattr(rule, "ge")), 1)
    with pytest.raises(Refused) as error:  # the rest of the form is missing
        filled(model, {name: str(least)})
    assert name not in [one.where for one in error.value.refusals]


@pytest.mark.parametrize(
    "name",
    [
        "declaration",
        "licence",
        "payout",
        "settlement",
        "party",
        "document",
        "patent",
        "calendar",
        "pass-day",
        "show",
        "list",
        "tasks",
        "findings",
        "entitlements",
        "clauses",
        "yuan",
        "trace",
        "events",
        "package",
        "export",
        "audit",
        "up",
    ],
)
def test_every_command_takes_json_and_explains_itself(name: str) -> None:
    command = program.get_command(click.Context(program), name)
    assert command is not None
    leaves = command.commands if isinstance(command, click.Group) else {"": command}
    for leaf_name, leaf in leaves.items():
        if leaf_name != "psql":  # what stands there is psql's own
            assert "as_json" in [one.name for one in leaf.params], f"{name} {leaf_name}"
        assert isinstance(leaf, Command)
        assert leaf.about(f"{name} {leaf_name}".strip(), "zh")


@pytest.mark.parametrize(
    ("kind", "act", "role"),
    [
        (FilingKind.DECLARATION, "submit", Role.LICENSOR),
        (FilingKind.DECLARATION, "announce", Role.OFFICE),
        (FilingKind.LICENCE, "give_notice", Role.LICENSEE),
        (FilingKind.LICENCE, "surroundings_changed", Role.TIMER),
        (FilingKind.PAYOUT, "pass_day", Role.OPERATOR),
    ],
)
def test_an_act_is_done_by_the_first_person_of_its_row(kind: FilingKind, act: str, role: Role) -> None:
    assert default_role(kind, act) is role
