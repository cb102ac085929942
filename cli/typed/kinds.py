"""Kinds of values on a command line. What is none is our own refusal, named by the option, never a library's words.

What only a wrong value needs is loaded when there is one: the list of commands waits for nothing.
"""

from typing import Any

import click

from cli.typed.names import typed_as


class Choice(click.Choice[str]):
    """One of some words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or wrong usage that names the nearest first."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            from cli.typed.mistakes import mistyped, nearest_first

            choices = nearest_first(str(value), map(str, self.choices))
            raise mistyped("not_a_choice", typed_as(param), given=value, choices=", ".join(choices)) from None


class Whole(click.IntRange):
    """A whole number between bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or wrong usage that names the bounds."""
        try:
            number: int = super().convert(value, param, ctx)
        except click.BadParameter:
            from cli.typed.mistakes import mistyped

            bounds = [f"≥ {self.min}"] * (self.min is not None) + [f"≤ {self.max}"] * (self.max is not None)
            raise mistyped(
                "out_of_range", typed_as(param), given=value, bounds=", ".join(bounds) or "1, 2, 3"
            ) from None
        return number
