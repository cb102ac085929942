"""The programs run with what ``requirements.lock`` holds; tools for developing are not among it."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture.sources import PRODUCT, ROOT
from tests.parsing import parsed

_PROGRAMS = ("worker.py", "starter.py")


def _named(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {match[0].lower() for line in lines if (match := re.match(r"[A-Za-z][A-Za-z0-9._-]*", line))}


def _pins(file: str) -> set[str]:
    return set(re.findall(r"^\S+==\S+", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def _imported() -> set[str]:
    """The first names of all modules that product code imports."""
    found = set()
    for path in [*(ROOT / one for one in _PROGRAMS), *(file for one in PRODUCT for file in (ROOT / one).rglob("*.py"))]:
        for node in ast.walk(parsed(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found


def test_product_code_imports_only_what_the_programs_are_installed_with() -> None:
    foreign = _imported() - set(sys.stdlib_module_names) - set(PRODUCT)
    belongs = {name: {one.lower().replace("_", "-") for one in own} for name, own in packages_distributions().items()}
    assert {"asyncpg", "temporalio", "yaml"} <= foreign
    assert {name for name in foreign if not belongs[name] & _named("requirements.in")} == set()


def test_both_locks_hold_the_same_versions() -> None:
    assert _pins("requirements.lock") < _pins("requirements-dev.lock")


def test_no_lock_says_where_packages_come_from() -> None:
    for file in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / file).read_text(encoding="utf-8")
