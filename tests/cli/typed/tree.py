"""All commands, as they are found from the program down."""

from collections.abc import Iterator

import click

from cli.program import program
from cli.typed.commands import Command


def leaves(command: click.Command = program, *words: str) -> Iterator[tuple[tuple[str, ...], Command]]:
    """Every command that can be called, with what is typed to call it."""
    assert isinstance(command, Command)
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, *words, name)


def groups(command: click.Command = program, *words: str) -> Iterator[tuple[str, ...]]:
    """Every command of commands."""
    if isinstance(command, click.Group):
        yield words
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from groups(found, *words, name)
