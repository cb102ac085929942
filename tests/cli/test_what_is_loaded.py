"""Most of what a short command costs is loading: it loads what it uses, and nothing of what other commands use."""

import os
import subprocess
import sys

import pytest

from runtime.settings import ROOT

HEAVY = ("temporalio", "structlog", "asyncpg", "pydantic", "rich", "schemas", "runtime", "database")
NOT_FOR_A_READ = (
    *("temporalio", "structlog", "cryptography", "rules", "activities", "workflows", "client.ask"),
    "schemas.standing.answer",
)
LISTS = ("list", "tasks", "findings")


def loaded_by(*arguments: str) -> set[str]:
    """What a program of its own has loaded when the command ended well."""
    told = "import sys; from cli.program import run; code = run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run(
        [sys.executable, "-c", f"{told}; sys.exit(code)", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    return set(ended.stderr.split())


def test_the_help_of_the_program_loads_click_and_its_texts_alone() -> None:
    assert not set(HEAVY) & loaded_by("--help")


@pytest.mark.parametrize("command", LISTS)
def test_a_list_loads_neither_temporal_nor_the_law_nor_the_models_of_acts(command: str, surroundings: str) -> None:
    assert not set(NOT_FOR_A_READ) & loaded_by(command, "--json")


@pytest.mark.parametrize("command", ["clauses", "yuan", "trace", "events", "messages", "party", "patent"])
def test_whatever_only_reads_the_database_loads_no_law(command: str) -> None:
    assert not {"temporalio", "rules.kinds", "activities", "workflows"} & loaded_by(command, "--help")


def test_the_page_of_a_filing_loads_nothing_that_asks_for_acts() -> None:
    unneeded = {"client.ask", "activities", "workflows", "rules.kinds", "temporalio", "structlog"}
    assert not unneeded & loaded_by("show", "--help")


def test_the_page_of_a_filing_loads_the_table_of_its_kind_alone() -> None:
    others = {f"schemas.acts.{kind}" for kind in ("declaration", "licence", "payout", "settlement")}
    loaded = loaded_by("show", "--help")
    assert not (others | {"schemas.standing.settlement", "schemas.schemes", "cryptography"}) & loaded, (
        "none before the kind is known"
    )
    assert "schemas.lifecycle.all" not in loaded


@pytest.mark.parametrize("path", [("audit", "seal"), ("audit", "archive"), ("repair",)])
def test_what_a_command_logs_goes_to_standard_error(path: tuple[str, ...]) -> None:
    loads = "from cli.program import program as found"
    loads += "".join(f"; found = found.get_command(None, {name!r})" for name in path)
    ended = subprocess.run(
        [sys.executable, "-c", f"{loads}; import structlog; structlog.get_logger().info('sealed')"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert ended.stdout == ""
    assert "sealed" in ended.stderr
