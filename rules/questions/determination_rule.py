"""What a rule is to whoever calls it by name: the command line and the case runner."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from schemas.values.determination import Determination
from schemas.values.model import Model


class Rule(NamedTuple):
    """The model of its inputs, and ``(inputs, as_of) -> Determination``; contradictory inputs raise Refused."""

    inputs: type[Model]
    determine: Callable[[Any, date], Determination]
