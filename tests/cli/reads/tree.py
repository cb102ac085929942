"""Every command that can be typed, by the tree that the command line has itself."""

from collections.abc import Iterator

import click

from cli.program import program
from schemas.acts.act import FilingKind


def leaves(command: click.Command = program, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The path of each command that does something; acts are not among them."""
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None and (path or name not in {kind.value for kind in FilingKind}):
            yield from leaves(inner, (*path, name))
