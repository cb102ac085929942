"""An amount of yuan on a command line."""

import click

from cli.typed.mistakes import mistyped
from cli.typed.names import typed_as
from schemas.values.money import Money


class Yuan(click.ParamType[Money]):
    """An amount of yuan, not negative."""

    name = "yuan"

    # the parameters are those of click
    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Money:  # noqa: ARG002
        """Money, or wrong usage."""
        if isinstance(value, Money):
            return value
        try:
            amount = Money.of(str(value))
        except (ValueError, ArithmeticError):
            raise mistyped("not_money", typed_as(param), given=value) from None
        if amount.fen < 0:
            raise mistyped("negative_money", typed_as(param))
        return amount
