"""What was determined, made again from what the determination itself kept; a difference is told line by line."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any
from uuid import UUID

from audit.report import Report
from rules.recompute import differences, recompute
from schemas.standing.fact import Fact
from schemas.values.determination import Determination, Step


def recompute_determinations(report: Report, filing_id: UUID, facts: Iterable[Fact[Any]]) -> None:
    """Every determination of these facts; raises ValueError where its inputs are none that its rule can read."""
    for fact in facts:
        several = len(fact.made.determinations) > 1
        for number, recorded in enumerate(fact.made.determinations, start=1):
            where = f"events.{fact.version}.determination{f'.{number}' if several else ''}"
            _recompute(report, filing_id, where, recorded)


def _recompute(report: Report, filing_id: UUID, where: str, recorded: Determination) -> None:
    report.count("determinations")
    try:
        again = recompute(recorded)
    except KeyError:
        report.compare(filing_id, f"{where}.rule", "a rule that this version has", recorded.rule)
        return
    # The hash is of all parameters, and changes whenever a value is added: it says under which set this was decided,
    # and proves nothing by itself. What proves is each value that was read.
    same = again.parameter_hash == recorded.parameter_hash
    report.count("determinations_under_todays_parameters" if same else "determinations_under_earlier_parameters")
    for name in differences(recorded, again):
        proved, found = _parts(again, name), _parts(recorded, name)
        if list(proved) == list(found) and proved == found:  # the same parts, some of them twice or in another order
            report.compare(filing_id, f"{where}.{name}", again.model_dump()[name], recorded.model_dump()[name])
        report.compare_each(filing_id, f"{where}.{name}", proved, found)
        if name == "result":
            _compare_steps(report, filing_id, where, again.steps, recorded.steps)


def _parts(made: Determination, name: str) -> Mapping[str, Any]:
    match name:
        case "result":
            return {line.name: line.amount for line in made.result}
        case "answers":
            return made.answers
        case "unknown":
            return dict.fromkeys(made.unknown, "unknown")
        case _:
            return {f"{read.name}@{read.since}": read.value for read in made.reads}


def _compare_steps(report: Report, filing_id: UUID, where: str, proved: Sequence[Step], found: Sequence[Step]) -> None:
    """The first step at which the arithmetic parts: what came before it is no matter."""
    for number, (one, other) in enumerate(zip_longest(proved, found), start=1):
        proved_said, found_said = one and _said(one), other and _said(other)
        if proved_said != found_said:
            report.compare(filing_id, f"{where}.steps.{number}", proved_said, found_said)
            return


def _said(step: Step) -> str:
    return f"{step.what}: {step.how} = {step.result} [{step.article}]"
