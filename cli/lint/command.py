"""``lint``: what is wrong or odd about the parameters and schemes, each with what to do about it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.ids import given_day, today
from cli.lint.finding import Finding
from cli.lint.schemes import lint_scheme
from cli.rules.subsidy import scheme_of
from cli.terminal import console, json_option, put_json, sentence
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from rules.law.calendar import corresponding_day
from rules.law.loader import PARAMETERS, ParameterFault, load_parameters, parse_parameter, read_yaml
from rules.schemes.catalogue import bundled_schemes
from schemas.values.parameter import Parameter
from texts.words import lint_text

_CLEAN, _ERRORS = 0, 2
_OTHER_SHAPES = ("calendar", "schemes")
"""Folders whose files are no parameters."""


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
    found = [] if scheme else lint(PARAMETERS, on)
    if not scheme and not any(one.level == "error" for one in found):
        schemes = list(bundled_schemes().values())
    found += in_order([finding for one in schemes for finding in lint_scheme(one, on)])
    errors = sum(one.level == "error" for one in found)
    if as_json:
        put_json({"as_of": on, "errors": errors, "findings": [one._asdict() for one in found]})
    else:
        for one in found:
            console().print(
                f"{one.level}: {one.code} @ {one.where}\n"
                + (f"  {one.zh}\n  → {one.remedy_zh}" if spoken() == "zh" else f"  {one.en}\n  → {one.remedy_en}")
            )
        console().print(sentence("lint_found", on=on, count=len(found), errors=errors))
    return _ERRORS if errors else _CLEAN


def lint(root: Path, as_of: date) -> list[Finding]:
    """All findings of the files below ``root``, errors first; ``as_of``: by when everything must have been checked."""
    refused = list(_refused(root))
    if refused:
        return refused
    parameters = load_parameters(root).parameters
    found = [one for name in sorted(parameters) for one in _of_parameter(name, parameters[name], as_of)]
    for path in sorted(root.rglob("calendar/*.yaml")):
        table = read_yaml(path)
        found += _of_source(f"calendar {table['year']}", table, as_of)
    return in_order(found)


def in_order(found: list[Finding]) -> list[Finding]:
    """Errors first."""
    return sorted(found, key=lambda one: ("error", "warning", "information").index(one.level))


def _refused(root: Path) -> Iterator[Finding]:
    """Each file that would not load; the loader itself stops at the first."""
    faults = []
    for path in sorted(root.rglob("*.yaml")):
        if not any(part in _OTHER_SHAPES for part in path.relative_to(root).parts[:-1]):
            try:
                parse_parameter(read_yaml(path), path.relative_to(root).as_posix())
            except ParameterFault as fault:
                faults.append((path.relative_to(root).as_posix(), fault.what))
    if not faults:
        try:
            load_parameters(root)
        except ParameterFault as fault:
            faults.append((root.name, fault.what))
    for where, what in faults:
        yield Finding(
            "parameter_refused",
            "error",
            where,
            f"文件无法载入：{what}",
            f"the file does not load: {what}",
            "请按说明改正",
            "correct it as it says",
        )


def _of_parameter(name: str, parameter: Parameter, as_of: date) -> Iterator[Finding]:
    for dated in parameter.values:
        where = f"{name} {dated.since}"
        yield from _of_source(where, dated.model_dump(), as_of)
        if dated.status in ("planned", "draft"):
            yield Finding(
                "not_in_force",
                "information",
                where,
                f"状态为 {dated.status}，规则不会使用",
                f"it is only {dated.status}; no rule uses it",
                "确认施行后改为 in_force",
                "when it is confirmed, set its status to in_force",
            )


def _of_source(where: str, dated: dict[str, Any], as_of: date) -> Iterator[Finding]:
    """How sure a value is: when somebody last compared it with its source, and whether it has one."""
    checked_on, cite = dated["checked_on"], dated["cite"]
    source = f"{cite['provision']}; {cite['instrument']}"
    if checked_on > as_of:
        level, *told = lint_text("checked_in_the_future", checked_on=checked_on, as_of=as_of)
        yield Finding("checked_in_the_future", level, where, *told)
    if corresponding_day(checked_on, years=1) < as_of:
        yield Finding(
            "not_checked_for_a_year",
            "warning",
            where,
            f"上次与出处核对是 {checked_on}",
            f"last compared with its source on {checked_on}",
            f"请与 {source} 核对后更新 checked_on",
            f"compare it with {source} and update checked_on",
        )
    if dated["mark"] == "M":
        yield Finding(
            "from_memory",
            "information",
            where,
            "仅凭记忆，按暂定处理",
            "it is from memory and gives provisional results",
            f"请查阅 {source} 的条文并更新 mark",
            f"read {source} and update its mark",
        )
