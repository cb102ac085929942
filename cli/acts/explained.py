"""What the help of an act says: its name, who may do it, from where to where, by which article; and of its fields."""

import inspect
from typing import Any

import click
from pydantic.fields import FieldInfo

from cli.acts.fields import FieldOption, is_nested, own_fields
from cli.typed.commands import Command
from schemas.acts.act import Act, FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.row import NOTHING, SAME, Goal, Row
from schemas.lifecycle.stages.stage import Stage, Track
from texts.citations import article_in
from texts.lines import Language, line_text
from texts.words import condition_in, name_of


class ActCommand(Command):
    """The command of one act."""

    def __init__(self, kind: FilingKind, model: type[Act], **options: Any) -> None:
        self._kind, self._model = kind, model
        self._act: str = model.model_fields["kind"].default
        super().__init__(self._act.replace("_", "-"), **options)

    def about(self, path: str, language: Language) -> str:  # noqa: ARG002  # an act is named by its table
        """The act's name, its rows in the table, and what a body has of it."""
        lines = [self._name(language), ""]
        for row in LIFECYCLES[self._kind].rows_of(self._act):
            lines += [
                f"  {line_text('sentences', f'act_{what}', language)} {said}"
                for what, said in _said(row, self._kind, language)
            ]
        nested = [_named(name, field, language) for name, field in own_fields(self._model).items() if is_nested(field)]
        if nested:
            lines += ["", line_text("sentences", "in_body", language, fields=", ".join(nested))]
        return "\n".join(lines)

    def option_about(self, path: str, option: click.Option, language: Language) -> str:
        """A field by its name in the table of names, what is common to all acts as elsewhere."""
        if isinstance(option, FieldOption):
            return option.about(language)
        return super().option_about(path, option, language)

    def _name(self, language: Language) -> str:
        name = name_of("acts", f"{self._kind.value}.{self._act}", language)
        if language == "zh":
            return f"{name}。"
        return inspect.cleandoc(self._model.__doc__ or "").replace("``", "") or f"{name.capitalize()}."


def _named(name: str, field: FieldInfo, language: Language) -> str:
    shown = f"{name_of('fields', name, 'zh')} {name}" if language == "zh" else name
    return shown if field.is_required() else f"{shown} ({line_text('sentences', 'optional', language)})"


def _said(row: Row, kind: FilingKind, language: Language) -> list[tuple[str, str]]:
    roles = (name_of("roles", role.value, "zh") if language == "zh" else role.value for role in row.roles)
    said = [
        ("who", ", ".join(roles)),
        ("from", ", ".join(_stage(stage, kind, language) for stage in row.stages)),
        ("to", ", ".join(_stage(stage, kind, language) for stage in row.to)),
        ("law", article_in(row.article, language)),
    ]
    short = (("guard", row.guard), ("starts", row.starts))
    return [*said, *((what, condition_in(text, language)) for what, text in short if text)]


def _stage(stage: Goal, kind: FilingKind, language: Language) -> str:
    if stage in (NOTHING, SAME):
        return line_text("sentences", "stage_nothing" if stage == NOTHING else "stage_same", language)
    if language == "en":
        return stage
    track = stage.track if isinstance(stage, Stage) else Track.RIGHT
    return name_of("stages", f"{kind.value if track is Track.RIGHT else track.value}.{stage}", language)
