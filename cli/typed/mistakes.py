"""What is wrong with a command line, as refusals of our own; the words of the library that parses it reach nobody."""

from collections.abc import Iterable, Mapping, Sequence

import click
from click.core import ParameterSource

from cli.typed.names import typed_as
from schemas.values.refusal import Refusal, Refused, nearest_first, refusal

__all__ = ["Mistyped", "as_typed", "command_unknown", "mistake_of", "mistyped", "nearest_first", "only_with"]
_NEAREST = 3


class Mistyped(Refused):
    """What was typed is wrong, before law or state are looked at: exit code 64. ``where`` is what was typed."""


def mistyped(code: str, where: str = "", **facts: object) -> Mistyped:
    """``raise mistyped("option_needs", "--ask-again", one=..., other=...)``."""
    return Mistyped(refusal(code, where, **facts))


def mistake_of(error: click.UsageError, program: str) -> Mistyped:
    """An error of the parser, told by us."""
    command = error.ctx.command_path if error.ctx else program
    match error:
        case click.NoSuchOption():
            options = [name for one in _params(error) for name in (*one.opts, *one.secondary_opts)]
            starts = [one for one in options if one.startswith(error.option_name)]
            choices = starts if len(starts) > 1 else nearest_first(error.option_name, options)[:_NEAREST]
            return mistyped(
                "option_ambiguous" if len(starts) > 1 else "option_unknown",
                error.option_name,
                given=error.option_name,
                choices=", ".join(choices),
                command=command,
            )
        case click.BadOptionUsage():
            takes = {name: one for one in _params(error) for name in (*one.opts, *one.secondary_opts)}
            option = takes.get(error.option_name)
            is_flag = isinstance(option, click.Option) and option.is_flag
            return mistyped(
                "option_takes_no_value" if is_flag else "option_without_value",
                error.option_name,
                option=error.option_name,
                command=command,
            )
        case click.MissingParameter():
            missing = typed_as(error.param)
            return mistyped("option_missing", missing, option=missing, command=command)
        case click.exceptions.NoArgsIsHelpError():
            return mistyped("command_missing", command=command)
        case click.exceptions.NoSuchCommand():
            return command_unknown(error.command_name, error.possibilities or (), command)
        case _:
            return mistyped("command_line_unclear", command=command)


def command_unknown(given: str, known: Iterable[str], command: str) -> Mistyped:
    """A command that there is not, with the nearest that there are."""
    nearest: Sequence[str] = nearest_first(given, known)[:_NEAREST]
    return mistyped("command_unknown", given, given=given, choices=", ".join(nearest), command=command)


def _params(error: click.UsageError) -> Sequence[click.Parameter]:
    return error.ctx.command.get_params(error.ctx) if error.ctx else ()


def only_with(options: Sequence[str], *others: str) -> None:
    """Raises Mistyped where one of ``others`` was typed and none of ``options``.

    Alone it would do nothing, and what is shown would look like what it finds.
    """
    context = click.get_current_context()
    typed = [
        typed_as(one)
        for one in context.command.params
        if one.name and context.get_parameter_source(one.name) is ParameterSource.COMMANDLINE
    ]
    if not set(options) & set(typed):
        for option in typed:
            if option in others:
                raise mistyped("option_needs", option, one=option, other=" | ".join(options))


def as_typed(refusals: Iterable[Refusal], names: Mapping[str, str]) -> list[Refusal]:
    """Refusals whose place is named as it was typed; ``names``: place in the act -> what was typed for it."""
    return [one.but(where=_as_typed(one.where, names)) for one in refusals]


def _as_typed(where: str, names: Mapping[str, str]) -> str:
    above, rest = where, ""
    while above:
        if above in names:
            return names[above] + (rest if names[above].startswith("--field") else "")
        above, _, last = above.rpartition(".")
        rest = f".{last}{rest}"
    return where
