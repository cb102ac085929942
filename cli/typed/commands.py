"""Commands and groups whose help stands in ``texts/command_line/``, in the reader's language alone."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar
from unicodedata import east_asian_width

import click

from cli.typed.kinds import Choice
from cli.typed.language import LANGUAGE_OPTION, spoken
from cli.typed.names import longest
from texts.lines import Language, line_rows, line_text

F = TypeVar("F", bound=Callable[..., Any])
_WIDTH = 80
_OPTIONS_AT = 26
_WIDE = 2
_LANGUAGES = Choice(("zh", "en"))


class Command(click.Command):
    """A command that explains itself in one language, and says itself what is wrong with its arguments."""

    allow_extra_args = True  # what is too much is told by us, below

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The command's own, and those that every command has."""
        return [*super().get_params(ctx), click.Option([LANGUAGE_OPTION], type=_LANGUAGES, expose_value=False)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; raises Mistyped for an argument that nobody takes."""
        left = super().parse_args(ctx, args)
        if ctx.args and not isinstance(self, click.Group):
            from cli.typed.mistakes import mistyped

            raise mistyped("argument_unexpected", given=" ".join(ctx.args), command=ctx.command_path)
        return left

    def about(self, path: str, language: Language) -> str:
        """What the command does; ``path`` is what is typed to call it, without the program."""
        return line_text("commands", path, language) if path in line_rows("commands") else self.help or ""

    def option_about(self, path: str, option: click.Option, language: Language) -> str:
        """What one of its options does."""
        for name in (longest(option.opts), longest(option.secondary_opts or option.opts)):
            for key in (f"{path} {name}", name):
                if key in line_rows("options"):
                    return line_text("options", key, language)
        return option.help or ""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole help."""
        language, path = spoken(), path_of(ctx)
        formatter.write("".join(f"{line}\n" for line in self._lines(ctx, path, language)))

    def _lines(self, ctx: click.Context, path: str, language: Language) -> Iterator[str]:
        usage = " ".join([ctx.command_path, *(placed(one, language) for one in self.collect_usage_pieces(ctx))])
        yield from wrapped(f"{line_text('sentences', 'usage', language)} {usage}", _WIDTH)
        yield ""
        for paragraph in paragraphs(placed(self.about(path, language), language)):
            indent = "  " + " " * (len(paragraph) - len(paragraph.lstrip(" ")))
            yield from (f"{indent}{line}".rstrip() for line in wrapped(paragraph.strip(" "), _WIDTH - len(indent)))
        yield ""
        yield line_text("sentences", "options", language)
        for option in self.get_params(ctx):
            if isinstance(option, click.Option):
                yield from _row(_option(option, ctx, language), self._noted(option, ctx, path, language))

    def _noted(self, option: click.Option, ctx: click.Context, path: str, language: Language) -> str:
        notes = [line_text("sentences", "required", language)] if option.required else []
        default = option.get_default(ctx)
        if option.show_default and isinstance(default, str | int):
            notes.append(line_text("sentences", "default", language, value=default))
        if many := _many_choices(option, ctx):
            notes.append(line_text("sentences", "one_of", language, choices=", ".join(many)))
        if isinstance(option.type, click.IntRange):
            notes.append(f"{option.type.min if option.type.min is not None else ''}…{option.type.max or ''}")
        about = self.option_about(path, option, language)
        return f"{about} [{', '.join(notes)}]" if notes else about


class Group(Command, click.Group):
    """A command of commands."""

    command_class = Command
    group_class = type

    def _lines(self, ctx: click.Context, path: str, language: Language) -> Iterator[str]:
        yield from super()._lines(ctx, path, language)
        yield ""
        yield line_text("sentences", "commands", language)
        for name in self.list_commands(ctx):
            yield from _row(name, self.brief(ctx, f"{path} {name}".removeprefix("starter.py "), language))

    def brief(self, ctx: click.Context, path: str, language: Language) -> str:
        """The first line of what one of its commands does, without loading the command where a text has it."""
        if path in line_rows("commands"):
            return placed(line_text("commands", path, language).partition("\n")[0], language)
        command = self.get_command(ctx, path.rpartition(" ")[2])
        return command.about(path, language).partition("\n")[0] if isinstance(command, Command) else ""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does; raises Mistyped for a command that there is not."""
        if self.get_command(ctx, args[0]) is None:
            if args[0].startswith("-"):
                self.parse_args(ctx, args)
            self._unknown(ctx, args[0])
        return super().resolve_command(ctx, args)

    def _unknown(self, ctx: click.Context, given: str) -> NoReturn:
        from cli.typed.mistakes import command_unknown

        raise command_unknown(given, self.list_commands(ctx), ctx.command_path)


def worded_command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """``@worded_command()``: a command that stands alone."""
    return click.command(name, cls=Command)


def worded_group(name: str | None = None) -> Callable[[Callable[..., Any]], Group]:
    """``@worded_group()``: a command of commands."""
    return click.group(name, cls=Group)


def path_of(ctx: click.Context) -> str:
    """What is typed to call a command, without the program; the program's own name alone for itself."""
    program, _, path = ctx.command_path.partition(" ")
    return path or program


def width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


def paragraphs(text: str) -> Iterator[str]:
    """Lines that stand together, as one; a line that is indented or empty stands alone."""
    together = ""
    for line in text.split("\n"):
        if line.strip() and not line.startswith(" ") and together:
            together += line if width(together[-1]) == width(line[0]) == _WIDE else f" {line}"
            continue
        if together:
            yield together
        together = line if line.strip() and not line.startswith(" ") else ""
        if not together:
            yield line
    if together:
        yield together


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The text in lines of at most that many columns: between words, and between any two Chinese characters.

    A stop never begins a line, so each line leaves room for two.
    """
    line = ""
    for piece in re.findall(r"[⺀-\U0003ffff]|[^\s⺀-\U0003ffff]+|\s+", text):
        if (
            width(line) + width(piece.rstrip()) > columns - 2 * _WIDE
            and line.strip()
            and piece not in "，。、；：）！？"
        ):
            yield line.rstrip()
            line = ""
        line += piece if line or piece.strip() else ""
    yield line.rstrip()


def _row(first: str, second: str) -> Iterator[str]:
    lines = list(wrapped(second, _WIDTH - _OPTIONS_AT - 2))
    beside = width(first) <= _OPTIONS_AT - 2
    head = f"  {first}{' ' * (_OPTIONS_AT - width(first))}{lines[0]}" if beside else f"  {first}"
    yield head.rstrip()
    yield from (f"{' ' * (_OPTIONS_AT + 2)}{line}" for line in lines[beside:] if line)


def _option(option: click.Option, ctx: click.Context, language: Language) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    if option.is_flag or option.count:
        return names
    metavar = (option.name or "").upper() if _many_choices(option, ctx) else option.make_metavar(ctx)
    return f"{names} {placed(metavar, language)}"


def _many_choices(option: click.Option, ctx: click.Context) -> list[str]:
    """Its choices where they would not fit a line of a terminal; then they stand beside it."""
    choices = option.make_metavar(ctx).strip("[]").split("|")
    return choices if len(choices) > 1 and len("|".join(choices)) > _WIDTH // 2 else []


def placed(words: str, language: Language) -> str:
    """Words in capitals that stand for what is typed, in the reader's language."""
    known = line_rows("placeholders") if language != "en" else {}
    return re.sub(r"[A-Z]+", lambda word: getattr(known[word[0]], language) if word[0] in known else word[0], words)
