"""``lint``: what is wrong or odd about the parameters and schemes, each with what to do about it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.ids import given_day, today
from cli.lint.finding import Finding, found
from cli.lint.schemes import lint_scheme
from cli.rules.subsidy import scheme_of
from cli.terminal import console, json_option, put_json, sentence
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from rules.law.calendar import corresponding_day, parse_table
from rules.law.loader import PARAMETERS, ParameterFault, load_parameters, parse_parameter, read_yaml
from rules.schemes.catalogue import bundled_schemes, load_schemes, parse_scheme
from schemas.values.parameter import Parameter
from texts.words import refusal_text

_CLEAN, _ERRORS = 0, 2


@worded_command("lint")
@click.option("--as-of", "as_of", metavar="DAY")
@click.option("--scheme", "scheme", metavar="ID|FILE")
@json_option
def command(as_of: str | None, scheme: str | None, as_json: bool) -> int:
    """Gaps, overlaps, cliffs, tiers never reached, values that nobody checked for a year or that are from memory.

    检查参数与方案。Exits with 2 when something is wrong; warnings and information do not change that.
    """
    on = given_day(as_of, "--as-of") if as_of else today()
    schemes = [scheme_of(scheme)] if scheme else []
    told = [] if scheme else lint(PARAMETERS, on)
    if not scheme and not any(one.level == "error" for one in told):
        schemes = list(bundled_schemes().values())
    told += in_order([finding for one in schemes for finding in lint_scheme(one, on)])
    errors = sum(one.level == "error" for one in told)
    if as_json:
        put_json({"as_of": on, "errors": errors, "findings": [one._asdict() for one in told]})
    else:
        for one in told:
            console().print(
                f"{sentence(f'lint_{one.level}')}: {one.code} @ {one.where}\n"
                + (f"  {one.zh}\n  → {one.remedy_zh}" if spoken() == "zh" else f"  {one.en}\n  → {one.remedy_en}")
            )
        console().print(sentence("lint_found", on=on, count=len(told), errors=errors))
    return _ERRORS if errors else _CLEAN


def lint(root: Path, as_of: date) -> list[Finding]:
    """All findings of the files below ``root``, errors first; ``as_of``: by when everything must have been checked."""
    refused = list(_refused(root))
    if refused:
        return refused
    parameters = load_parameters(root).parameters
    told = [one for name in sorted(parameters) for one in _of_parameter(name, parameters[name], as_of)]
    for path in sorted(root.rglob("calendar/*.yaml")):
        table = read_yaml(path)
        told += _of_source(f"calendar {table['year']}", table, as_of)
    return in_order(told)


def in_order(told: list[Finding]) -> list[Finding]:
    """Errors first."""
    return sorted(told, key=lambda one: ("error", "warning", "information").index(one.level))


def _refused(root: Path) -> Iterator[Finding]:
    """Each file that would not load; the loaders themselves stop at the first."""
    refused = False
    for path in sorted(root.rglob("*.yaml")):
        where = path.relative_to(root).as_posix()
        try:
            _read(path, where)
        except ParameterFault as fault:
            refused = True
            yield from _told(fault, where)
    for load in () if refused else (load_parameters, load_schemes):
        try:
            load(root)
        except ParameterFault as fault:
            yield from _told(fault, root.name)


def _read(path: Path, where: str) -> None:
    data, folders = read_yaml(path), Path(where).parts[:-1]
    if "calendar" in folders:
        parse_table(data, path.name)
    elif "schemes" in folders:
        parse_scheme(data, path.name)
    else:
        parse_parameter(data, where)


def _told(fault: ParameterFault, where: str) -> Iterator[Finding]:
    for no in fault.defects:
        text = refusal_text(no)
        said = {"cause_zh": text.zh, "cause_en": text.en, "remedy_zh": text.remedy_zh, "remedy_en": text.remedy_en}
        yield found("parameter_refused", f"{where}: {no.where}" if no.where else where, **said)


def _of_parameter(name: str, parameter: Parameter, as_of: date) -> Iterator[Finding]:
    for dated in parameter.values:
        where = f"{name} {dated.since}"
        yield from _of_source(where, dated.model_dump(), as_of)
        if dated.status in ("planned", "draft"):
            yield found("not_in_force", where, status=dated.status)


def _of_source(where: str, dated: dict[str, Any], as_of: date) -> Iterator[Finding]:
    """How sure a value is: when somebody last compared it with its source, and whether it has one."""
    checked_on, cite = dated["checked_on"], dated["cite"]
    source = f"{cite['provision']}; {cite['instrument']}"
    if checked_on > as_of:
        yield found("checked_in_the_future", where, checked_on=checked_on, as_of=as_of)
    if corresponding_day(checked_on, years=1) < as_of:
        yield found("not_checked_for_a_year", where, checked_on=checked_on, source=source)
    if dated["mark"] == "M":
        yield found("from_memory", where, source=source)
