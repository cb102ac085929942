"""The record of one determination: what was read, what was done, and the determination that both end in."""

from collections.abc import Mapping, Sequence
from datetime import date

from schemas.values.determination import Determination, ResultLine, Step, ValueRead


class Recorder:
    """Keeps the reads and steps of one determination, and closes it."""

    def __init__(self) -> None:
        self._reads: dict[str, ValueRead] = {}
        self._steps: list[Step] = []

    @property
    def reads(self) -> tuple[ValueRead, ...]:
        """Each value that was read, once, in the order of first reading."""
        return tuple(self._reads.values())

    def keep(self, read: ValueRead) -> None:
        """Adds a value that the result depends on."""
        self._reads[read.name] = read

    def step(self, what: str, how: str, result: object, article: str = "", *, is_no: bool = False) -> None:
        """Adds one line of the arithmetic; ``is_no``: it is why nothing, or less, is given."""
        self._steps.append(Step(what=what, how=how, result=str(result), article=article, is_no=is_no))

    def include(self, part: Determination, whose: str) -> None:
        """Adds all that a part of the whole read and did; its steps are named by ``whose`` they are."""
        self._reads |= {read.name: read for read in part.reads}
        self._steps += [step.but(what=f"{whose}: {step.what}") for step in part.steps]

    def close(
        self,
        rule: str,
        as_of: date,
        inputs: Mapping[str, str],
        result: Sequence[ResultLine],
        parameter_hash: str,
        unknown: Sequence[str] = (),
        answers: Mapping[str, str] | None = None,
    ) -> Determination:
        """Everything read and done so far, with the result.

        Raises ValueError where there is a result although something is ``unknown``: nobody may take it for the amount.
        """
        if unknown and result:
            raise ValueError(f"{rule} has a result although {', '.join(unknown)} is unknown")
        return Determination(
            rule=rule,
            as_of=as_of,
            inputs=dict(inputs),
            reads=self.reads,
            steps=tuple(self._steps),
            result=tuple(result),
            answers=dict(answers or {}),
            unknown=tuple(unknown),
            parameter_hash=parameter_hash,
        )
