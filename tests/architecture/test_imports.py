"""Who may import whom: the table of the design as data, and every import of the repository against it."""

import sys
from typing import NamedTuple

import pytest

from tests.architecture.sources import FOLDERS, ROOT, imports_of, sources


class May(NamedTuple):
    """What a folder may import: folders of ours, and packages of others; None stands for any package."""

    ours: tuple[str, ...]
    others: tuple[str, ...] | None


ARROWS = {
    "schemas": May((), ("pydantic", "pydantic_core")),
    "texts": May(("schemas",), ("yaml",)),
    "rules": May(("schemas",), ("pydantic",)),
    "database": May(("schemas",), ("asyncpg", "structlog", "pydantic", "pydantic_core", "cryptography")),
    "activities": May(
        ("schemas", "rules", "database"),
        ("temporalio.activity", "temporalio.exceptions", "structlog", "asyncpg", "pydantic"),
    ),
    "workflows": May(("schemas", "activities"), ("temporalio.workflow", "temporalio.common", "temporalio.exceptions")),
    "audit": May(("schemas", "texts", "rules", "database", "workflows", "client", "runtime"), None),
    "client": May(("schemas", "database", "workflows", "runtime"), None),
    "cli": May(("schemas", "texts", "rules", "database", "workflows", "client", "audit", "runtime"), None),
    "web": May(("schemas", "texts", "rules", "database", "client", "audit", "runtime"), None),
    "runtime": May((), None),
}
STDLIB_NOT_FOR = {
    "schemas": ("time", "random", "secrets", "os", "pathlib", "io", "socket", "asyncio", "subprocess", "threading"),
    "rules": ("time", "random", "secrets", "os", "io", "socket", "asyncio", "subprocess", "threading"),
    "workflows": ("os", "random", "secrets", "time", "pathlib", "io", "socket", "subprocess", "threading"),
}
EXCEPTIONS = {
    # The one place that reads parameter files.
    "rules/law/loader.py": ("pathlib",),
    # The one reader of YAML.
    "rules/law/yaml_text.py": ("yaml",),
}


def _strangers(path: str, folder: str, module: str) -> str | None:
    """Why this import is not allowed; None when it is."""
    first = module.split(".")[0]
    may = ARROWS[folder]
    if path in EXCEPTIONS and first in EXCEPTIONS[path]:
        return None
    if first in FOLDERS or first in ("worker", "console", "starter"):
        return None if first == folder or first in may.ours else f"{folder} may not import {first}"
    if first in sys.stdlib_module_names:
        return f"{folder} may not import {first}" if first in STDLIB_NOT_FOR.get(folder, ()) else None
    if may.others is None or any(module == one or module.startswith(f"{one}.") for one in may.others):
        return None
    return (
        None
        if module == "temporalio" and any(one.startswith("temporalio.") for one in may.others)
        else (f"{folder} may not import {module}")
    )


@pytest.mark.parametrize("folder", ARROWS)
def test_a_folder_imports_only_what_the_design_lets_it(folder: str) -> None:
    wrong = [
        f"{source.path}:{line}: {why}"
        for source in sources()
        if source.folder == folder
        for module, line in imports_of(source.tree)
        if (why := _strangers(source.path, folder, module)) is not None
    ]
    assert wrong == []


def test_only_the_programs_and_the_tests_import_the_programs() -> None:
    wrong = [
        f"{source.path}:{line}: {module}"
        for source in sources()
        if source.folder not in ("worker", "console", "starter", "tests", "benchmarks", "cli")
        for module, line in imports_of(source.tree)
        if module in ("worker", "console", "starter")
    ]
    assert wrong == []


def test_no_program_imports_tests_or_benchmarks() -> None:
    wrong = [
        f"{source.path}:{line}: {module}"
        for source in sources()
        if source.folder not in ("tests", "benchmarks")
        for module, line in imports_of(source.tree)
        if module.split(".")[0] in ("tests", "benchmarks")
    ]
    assert wrong == []


def test_every_folder_with_programs_is_in_the_table() -> None:
    known = {*ARROWS, "tests", "benchmarks", "docs", "worker", "console", "starter", "deploy"}
    assert {source.folder for source in sources()} <= known


def test_no_module_at_the_root_has_the_name_of_a_known_one() -> None:
    taken = {"logging", "types", "queue", "platform", "calendar", "token", "statistics", "email", "site"}
    assert not {path.stem for path in ROOT.iterdir()} & taken


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("schemas/x.py", "database.pool"),
        ("schemas/x.py", "asyncpg"),
        ("schemas/x.py", "random"),
        ("rules/x.py", "yaml"),
        ("rules/x.py", "temporalio.workflow"),
        ("database/x.py", "rules.law.calendar"),
        ("activities/x.py", "workflows.options"),
        ("activities/x.py", "temporalio.client"),
        ("workflows/x.py", "rules.law.calendar"),
        ("workflows/x.py", "os"),
        ("audit/x.py", "activities.record"),
        ("cli/x.py", "activities.record"),
        ("runtime/x.py", "schemas.acts.act"),
        ("client/x.py", "rules.kinds"),
        ("client/x.py", "cli.session"),
        ("schemas/x.py", "yaml"),
        ("schemas/x.py", "texts.words"),
        ("rules/x.py", "texts.words"),
        ("activities/x.py", "texts.words"),
        ("client/x.py", "texts.words"),
        ("texts/x.py", "rules.kinds"),
        ("texts/x.py", "pydantic"),
        ("rules/x.py", "cli.terminal"),
    ],
)
def test_the_table_says_no_to_what_it_must(path: str, module: str) -> None:
    assert _strangers(path, path.split("/")[0], module) is not None
