"""``cases``: runs case files and says, for each that fails, what was expected and what came out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.rules import registry
from cli.rules.case_file import CaseDefect, Expected, PlacedCase, case_paths, read_cases
from cli.rules.trace import put_trace
from cli.terminal import console, head, json_option, put_json, sentence
from cli.typed.commands import worded_command
from schemas.values.determination import Determination
from schemas.values.refusal import Fault, Refused
from schemas.wire.form import filled
from texts.words import refusal_text

BUNDLED_CASES = Path(__file__).parents[2] / "tests" / "rules" / "cases"
_PASSED, _FAILED = 0, 1


@dataclass(frozen=True)
class Outcome:
    """What became of one case, or of a file that is none: ``differences`` is empty where it passed."""

    where: str
    sentence: str
    differences: tuple[str, ...] = ()
    determination: Determination | None = None


@worded_command("cases")
@click.argument("paths", nargs=-1, metavar="[PATH ...]", type=click.Path(path_type=Path))
@json_option
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Runs the case files of PATH, by default all that come with the rules.

    A failing case is shown with what was expected, what came out, and the trace. Exits with 1 when one failed.
    """
    outcomes = run_cases(paths or (BUNDLED_CASES,))
    failed = [one for one in outcomes if one.differences]
    if as_json:
        put_json(
            {
                "passed": len(outcomes) - len(failed),
                "failed": len(failed),
                "failures": [
                    {
                        "where": one.where,
                        "case": one.sentence,
                        "differences": one.differences,
                        "determination": one.determination.model_dump(mode="json") if one.determination else None,
                    }
                    for one in failed
                ],
            }
        )
    else:
        for one in failed:
            console().print(f"{head('failed')}: {one.where}: {one.sentence}")
            for difference in one.differences:
                console().print(f"  {difference}")
            if one.determination:
                put_trace(one.determination)
        console().print(sentence("cases_run", passed=len(outcomes) - len(failed), failed=len(failed)))
    return _FAILED if failed else _PASSED


def run_cases(paths: Sequence[Path]) -> list[Outcome]:
    """Every case of the files and folders; a file that is no case file is one failure per defect."""
    outcomes: list[Outcome] = []
    for path in case_paths(paths):
        cases, defects = read_cases(path)
        outcomes += [_defective(defect) for defect in defects]
        outcomes += [run_case(one) for one in cases]
    return outcomes


def run_case(placed: PlacedCase) -> Outcome:
    """One case: the rule or scheme is asked with its facts, and compared with what is expected."""
    where, case = f"{placed.path}:{placed.line}", placed.case
    ask = _asker(placed)
    if isinstance(ask, str):
        return Outcome(where, case.case, (ask,))
    try:
        made = ask(case.facts, case.as_of)
    except Refused as refused:
        return Outcome(where, case.case, tuple(_refusal_differences(case.expect, refused)))
    except Fault as fault:
        return Outcome(where, case.case, (f"fault: {fault.what}",))
    except Exception as error:  # a rule that breaks fails its case; the others still run
        return Outcome(where, case.case, (f"the rule broke: {type(error).__name__}: {error}",))
    return Outcome(where, case.case, tuple(_differences(case.expect, made)), made)


def _asker(placed: PlacedCase) -> Callable[[dict[str, Any], date], Determination] | str:
    """Whom to ask; a text where there is nobody."""
    about = placed.about
    if about.rule is not None:
        rule = registry.RULES.get(about.rule)
        if rule is None:
            return f"there is no rule {about.rule}; use one of: {', '.join(registry.RULES)}"
        return lambda facts, as_of: rule.determine(filled(rule.inputs, facts), as_of)
    run_scheme, scheme = registry.RUN_SCHEME_CASE, str(about.scheme)
    if run_scheme is None:
        return f"scheme {scheme}: this release has no engine for schemes"
    return lambda facts, as_of: run_scheme(scheme, facts, as_of)


def _defective(defect: CaseDefect) -> Outcome:
    return Outcome(defect.where, "not a case file", (defect.what,))


def _refusal_differences(expect: Expected, refused: Refused) -> Iterator[str]:
    codes = [one.code for one in refused.refusals]
    if expect.refused not in codes:
        wanted = f"refused: {expect.refused}" if expect.refused else "an answer"
        reasons = "; ".join(f"{one.code} @ {one.where}: {refusal_text(one).en}" for one in refused.refusals)
        yield f"expected {wanted}, got refused: {reasons}"


def _differences(expect: Expected, made: Determination) -> Iterator[str]:
    if expect.refused is not None:
        yield f"expected refused: {expect.refused}, got an answer"
        return
    lines = {line.name: str(line.amount) for line in made.result}
    for name, amount in (expect.result or {}).items():
        if lines.get(name) != str(amount):
            yield f"result {name}: expected {amount}, got {lines.get(name, 'no such line')}"
    for name, answer in (expect.answers or {}).items():
        if made.answers.get(name) != answer:
            yield f"answer {name}: expected {answer}, got {made.answers.get(name, 'no such answer')}"
    if expect.unknown is not None and sorted(expect.unknown) != sorted(made.unknown):
        yield f"unknown: expected {', '.join(expect.unknown) or 'nothing'}, got {', '.join(made.unknown) or 'nothing'}"
