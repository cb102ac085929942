"""The sources of the repository, parsed once for all architecture tests."""

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.parsing import parsed

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = (
    "schemas",
    "texts",
    "rules",
    "database",
    "activities",
    "workflows",
    "client",
    "audit",
    "cli",
    "web",
    "runtime",
)
"""The folders of the programs themselves, from the ground up."""
FOLDERS = (*PRODUCT, "tests", "benchmarks")
"""All that can be imported, beside worker and starter."""


class Source(NamedTuple):
    """One file; ``path`` is relative to the root, ``folder`` its first part, or its own name at the root."""

    path: str
    folder: str
    text: str
    tree: ast.Module


@cache
def tracked_files() -> tuple[str, ...]:
    """Every file that is or would be in the repository; without git, every file below the root that is not hidden."""
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        capture_output=True,
        text=True,
        check=False,
    )
    names = (
        listed.stdout.split("\0")
        if listed.returncode == 0
        else (str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not _is_ignored(path.relative_to(ROOT)))
    )
    return tuple(sorted(name for name in names if name and (ROOT / name).is_file()))


def _is_ignored(path: Path) -> bool:
    return path.parts[0] == "var" or any(part.startswith(".") or part == "__pycache__" for part in path.parts[:-1])


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file."""
    found = []
    for name in tracked_files():
        if name.endswith(".py"):
            text = (ROOT / name).read_text(encoding="utf-8")
            folder = name.split("/")[0].removesuffix(".py")
            found.append(Source(name, folder, text, parsed(text, name)))
    return tuple(found)


def imports_of(tree: ast.AST) -> list[tuple[str, int]]:
    """(module, line) of every import anywhere in a file; ``from a import b`` counts as ``a.b`` too, if that is ours."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, node.lineno))
            if node.module in FOLDERS:
                found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return found


def dotted(node: ast.AST) -> str:
    """``datetime.now`` for that expression; empty for anything that is not names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


class Function(NamedTuple):
    """One function: its first and last line, without decorators."""

    name: str
    begin: int
    end: int


def functions_of(source: Source) -> tuple[Function, ...]:
    """Every function and method of a file."""
    return tuple(
        Function(node.name, node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
