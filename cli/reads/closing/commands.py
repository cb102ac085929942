"""The commands that close an open finding, ready to be typed with its ids."""

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote
from typing import Any, NamedTuple
from uuid import UUID

import click

from cli.acts.command import act_command, default_role
from cli.acts.fields import FieldOption, is_nested, own_fields
from cli.typed.names import typed_as
from database.record.posting import Finding
from rules.kinds import KINDS
from schemas.acts.act import Act, FilingKind
from schemas.examples.bodies import acts_of
from schemas.lifecycle.corrections import OWNERS, correcting_sides, is_correctable
from schemas.values.actor import Role
from schemas.values.money import STORED
from texts.words import closing_acts

_ABOVE = {FilingKind.LICENCE: FilingKind.DECLARATION, FilingKind.PAYOUT: FilingKind.LICENCE}


class Whose(NamedTuple):
    """The filing that has the finding, and the one above it."""

    kind: FilingKind
    filing_id: UUID
    parent_id: UUID | None
    acts: Mapping[UUID, Act]
    """Its acts, by id."""


def acts_by_id(kind: FilingKind, bodies: Sequence[Mapping[str, Any]]) -> dict[UUID, Act]:
    """The acts of a filing as its log has them."""
    read = KINDS[kind].acts.validate_python
    return {one.act_id: one for one in (read(body["act"], context=STORED) for body in bodies)}


def commands_closing(finding: Finding, whose: Whose) -> list[str]:
    """Each command that closes it; what nobody can know before stands in capitals. The last one dismisses it.

    Acts of two people need a second one, who countersigns; ``show`` says then what he types.
    """
    made = [one for act in closing_acts(finding.code) for one in _commands(act, finding, whose)]
    others = [f"starter.py show {other}" for other in finding.about.get("filings", ())]
    dismissed = _command(whose.kind, whose.filing_id, "dismiss_finding", {"finding": finding.key})
    return [*others, *made, dismissed]


def _commands(act: str, finding: Finding, whose: Whose) -> Iterator[str]:
    kind, _, name = act.rpartition(".")
    about = whose.acts.get(_last_id(finding.key)) or whose.acts.get(_id(finding.about.get("act_id")))
    if name == "correct_fact":
        if about is not None and is_correctable(about):
            yield _command(whose.kind, whose.filing_id, name, {"corrects": about.act_id}, *_sides_of(about)[:1])
    elif name != "dismiss_finding" and FilingKind(kind) is whose.kind:
        yield _command(whose.kind, whose.filing_id, name, _known(about))
    elif name != "dismiss_finding" and _ABOVE.get(whose.kind) is FilingKind(kind) and whose.parent_id is not None:
        yield _command(FilingKind(kind), whose.parent_id, name, {})


def _sides_of(about: Act) -> tuple[Role, ...]:
    """Who corrects it; a correction is corrected by the side that asked for it."""
    return correcting_sides(about) if type(about) in OWNERS else (about.by.role,)


def _command(kind: FilingKind, filing_id: UUID, act: str, known: Mapping[str, Any], role: Role | None = None) -> str:
    model = next(one for one in acts_of(kind) if one.model_fields["kind"].default == act)
    command, fields = act_command(kind, model), own_fields(model)
    words = ["starter.py", kind.value, str(command.name), str(filing_id)]
    for option in command.params:
        if isinstance(option, FieldOption) and fields[str(option.name)].is_required():
            value = known.get(str(option.name))
            placeholder = option.make_metavar(click.Context(command))
            words += [typed_as(option), placeholder if value is None else quote(str(value))]
    for name, field in fields.items():
        if is_nested(field) and field.is_required():
            words += ["--field", f"{name}=@FILE"]
    if model in OWNERS:  # a fact of the world has a day of its own, and its paper
        words += ["--on", "DAY", "--evidence", "HASH"]
    return " ".join([*words, "--role", (role or default_role(kind, act)).value, "--by", "PARTY"])


def _known(about: Act | None) -> dict[str, Any]:
    """What the act in question says already, where it can be said in one word: the receipt, the line, the period."""
    said = about.model_dump(mode="json") if about is not None else {}
    own = {name: value for name, value in said.items() if name not in Act.model_fields}
    return {name: value for name, value in own.items() if isinstance(value, str | int)}


def _last_id(key: str) -> UUID:
    """The id at the end of a finding's key: of the act that is to be looked at."""
    return _id(key.rpartition(":")[2])


def _id(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return UUID(int=0)
