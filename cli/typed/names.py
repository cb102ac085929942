"""What a parameter is called by whoever types it."""

from collections.abc import Iterable

import click


def typed_as(param: click.Parameter | None) -> str:
    """``--by`` or ``FILING``: a parameter as a person types it."""
    if isinstance(param, click.Option):
        return longest(param.opts)
    return str(param.make_metavar(click.Context(click.Command("")))).strip("[]").split(" ")[0] if param else ""


def longest(options: Iterable[str]) -> str:
    """The first of an option's names that is a word."""
    known = list(options)
    return next((one for one in known if one.startswith("--")), known[0])
