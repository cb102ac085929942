"""The rules of alerts: about numbers that the programs tell, and with words for whoever is woken."""

import re
import shutil
import subprocess
from typing import Any

import pytest
import yaml

from client.keeping.measures import ACTS, GAUGES
from runtime.settings import ROOT
from web.watching.metrics import REGISTRY

_FILE = ROOT / "deploy" / "observability" / "alerts.yml"
_OURS = re.compile(r"\bopen_licence_\w+")
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


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool comes with Prometheus, not with Python")
def test_prometheus_itself_reads_the_files() -> None:
    for what, name in (("rules", "alerts.yml"), ("config", "prometheus.yml")):
        done = subprocess.run(
            ["promtool", "check", what, name], cwd=_FILE.parent, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
