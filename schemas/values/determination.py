"""What a rule answers: the result, and everything that is needed to compute it again and to contradict it."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.values.model import Filled, Model
from schemas.values.money import Money


class Answer3(StrEnum):
    """Law knows three answers; *unknown* is one of them and is never read as *no*."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Citation(Model):
    """A provision and the instrument that put it there (never a mirror of a text)."""

    provision: Filled
    instrument: Filled


class ValueRead(Model):
    """One dated legal value as a rule read it; ``value`` is its exact text."""

    name: str
    value: str
    since: date
    citation: Citation
    mark: str
    """Confidence of domain knowledge: V1, V2, S, I or M."""


class Step(Model):
    """One line of the arithmetic: what was computed, how, and what came out."""

    what: str
    how: str
    result: str
    article: str = ""
    is_no: Annotated[bool, Field(exclude_if=lambda is_no: not is_no)] = False
    """It is why nothing, or less, is given: somebody may not claim, something does not count or is not reached."""


class ResultLine(Model):
    """One amount of a result, by whom it is for (``pool``, a party id ...)."""

    name: str
    amount: Money


class Determination(Model):
    """Inputs, values read, steps and result of one rule on one day; immutable, kept whole in the fact."""

    rule: str
    as_of: date
    inputs: dict[str, str]
    """Everything the rule was given, as exact text, so that it can be run again from here alone."""
    reads: tuple[ValueRead, ...]
    steps: tuple[Step, ...]
    result: tuple[ResultLine, ...]
    answers: dict[str, str] = Field(default_factory=dict)
    """What is no amount: a day, yes / no / unknown, a kind; by name, as exact text."""
    unknown: tuple[str, ...] = ()
    """What must be asked before there is a result; then ``result`` is empty, and never zero."""
    parameter_hash: str


MOST_STEPS_TRAVELLING = 1_000
"""About 200 KB of JSON: a message of Temporal may have 2 MB, and warns from 256 KB on."""


def travelling(determinations: tuple[Determination, ...]) -> tuple[Determination, ...]:
    """The determinations as an answer carries them: of a very long one the results; its trace is in the event log."""
    return tuple(
        one if len(one.steps) <= MOST_STEPS_TRAVELLING else one.but(inputs={}, reads=(), steps=())
        for one in determinations
    )
