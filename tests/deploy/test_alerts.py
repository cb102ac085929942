"""The rules of alerts: about numbers that the programs tell, and with words for whoever is woken."""

import re
from typing import Annotated, Any, Literal

import promql_parser
import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from client.keeping.measures import ACTS, GAUGES
from runtime.settings import ROOT
from web.watching.metrics import REGISTRY

_FILE = ROOT / "deploy" / "observability" / "alerts.yml"
_OURS = re.compile(r"\bopen_licence_\w+")
Duration = Annotated[str, Field(pattern=r"^(0|(\d+(y|w|d|h|m|s|ms))+)$")]
Label = Annotated[str, Field(pattern=r"^[a-zA-Z_]\w*$")]
_OF_NIGHTS = "open_licence_audit_disagrees"
"""``tests/audit/test_nightly.py`` reads it from a worker."""


def _rules() -> list[dict[str, Any]]:
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def _told() -> set[str]:
    console = {name for one in REGISTRY.collect() for name in (one.name, f"{one.name}_total", f"{one.name}_bucket")}
    return {ACTS, *GAUGES, *console, _OF_NIGHTS}


def test_every_number_that_a_rule_looks_at_is_told_by_a_program() -> None:
    asked = {name for rule in _rules() for name in _OURS.findall(rule["expr"])}
    assert asked
    assert asked - _told() == set()


def test_whatever_a_worker_tells_somebody_is_woken_for() -> None:
    asked = {name for rule in _rules() for name in _OURS.findall(rule["expr"])}
    assert {ACTS, *GAUGES, _OF_NIGHTS} - asked == set()


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: str(rule["alert"]))
def test_whoever_is_woken_reads_why_in_both_languages(rule: dict[str, Any]) -> None:
    said = rule["annotations"]
    assert not re.search("[\u4e00-\u9fff]", said["summary"])
    assert re.search("[\u4e00-\u9fff]", said["summary_zh"])
    assert rule["labels"]["severity"] in ("warning", "critical")


def test_no_two_rules_have_one_name() -> None:
    names = [rule["alert"] for rule in _rules()]
    assert len(names) == len(set(names))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Rule(_Strict):
    """An alert as Prometheus documents it."""

    alert: str
    expr: str
    for_: Duration = Field(default="0s", alias="for")
    keep_firing_for: Duration = "0s"
    labels: dict[Label, str]
    annotations: dict[Label, str]


class Group(_Strict):
    """Rules that are asked one after another."""

    name: str
    interval: Duration = "0s"
    limit: int = 0
    rules: list[Rule]


class Rules(_Strict):
    groups: list[Group]


class Addresses(_Strict):
    names: list[str]
    type: Literal["A", "AAAA", "SRV", "MX", "NS"]
    port: int


class Job(_Strict):
    job_name: str
    dns_sd_configs: list[Addresses]


class Every(_Strict):
    scrape_interval: Duration
    evaluation_interval: Duration


class Config(_Strict):
    """As much of the configuration of Prometheus as ours has."""

    global_: Every = Field(alias="global")
    rule_files: list[str]
    scrape_configs: list[Job]


def _config() -> Config:
    return Config.model_validate(yaml.safe_load(_FILE.with_name("prometheus.yml").read_text(encoding="utf-8")))


def _selectors(expr: str) -> list[promql_parser.VectorSelector]:
    """What a rule reads; raises ValueError where Prometheus would not take it."""
    found = list[promql_parser.VectorSelector]()

    def keep(one: object) -> bool:
        if isinstance(one, promql_parser.MatrixSelector):
            one = one.vector_selector
        if isinstance(one, promql_parser.VectorSelector):
            found.append(one)
        return True

    promql_parser.walk(promql_parser.parse(expr), keep)
    return found


def test_the_files_are_what_prometheus_reads() -> None:
    Rules.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    config = _config()
    assert [_FILE.with_name(one) for one in config.rule_files] == [_FILE]
    assert len({job.job_name for job in config.scrape_configs}) == len(config.scrape_configs)


@pytest.mark.parametrize("rule", _rules(), ids=lambda rule: str(rule["alert"]))
def test_prometheus_can_ask_what_a_rule_asks(rule: dict[str, Any]) -> None:
    jobs = {job.job_name for job in _config().scrape_configs}
    read = _selectors(rule["expr"])
    assert read
    for one in read:
        assert one.name in _told() | {"up"}
        named = {match.value for match in one.matchers.matchers if match.name == "job"}
        assert named <= jobs


@pytest.mark.parametrize("wrong", ["max(", "increase(open_licence_acts_total)", "nosuch(up)", "up >", "up{job=worker}"])
def test_what_prometheus_cannot_ask_is_found(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        _selectors(wrong)
