"""Where the programs say no, or warn: every call that makes a refusal, with its codes and the facts that it gives."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

from tests.architecture.sources import Source, sources

PROGRAMS = ("activities", "audit", "cli", "client", "database", "rules", "schemas", "web", "workflows")
SAYING_NO = {"refusal": 0, "refuse": 0, "refused": 0, "mistyped": 0, "warned": 0, "say": 0, "_note": 0, "BadCell": 2}
"""Functions that make a refusal or a warning, and the place of its code among their arguments."""
_FACTS_OF_A_CELL = 3


class Call(NamedTuple):
    """``code`` is the argument as it is written where it is no text; ``facts`` holds None where some are passed on."""

    place: str
    code: str
    is_text: bool
    facts: frozenset[str | None]


def calls() -> Iterator[Call]:
    """All of them."""
    for source in sources():
        if source.folder in PROGRAMS:
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING_NO:
                    yield from _calls(source, node, SAYING_NO[node.func.id])


def unknown_ways() -> set[str]:
    """Functions that pass a code on to one of these, and other names for one of these, that are not among them."""
    found = set()
    for source in sources():
        if source.folder in PROGRAMS:
            for node in ast.walk(source.tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _passes_on(node):
                    found.add(node.name)
                elif isinstance(node, ast.Assign) and _is_one_of_them(node.value):
                    found |= {one.id for one in node.targets if isinstance(one, ast.Name)}
    return found - set(SAYING_NO)


def literals() -> set[str]:
    """Every text that stands in the programs by itself."""
    return {
        node.value
        for source in sources()
        if source.folder in (*PROGRAMS, "texts")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def form_errors() -> Iterator[Call]:
    """The error types of our own that models raise; ``wire/form.py`` makes a refusal of each."""
    for source in sources():
        if source.folder in ("schemas", "database"):
            for node in ast.walk(source.tree):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "PydanticCustomError":
                    facts = _keys(node.args[2], source.tree) if len(node.args) > 2 else frozenset()
                    yield _call(source, node, node.args[0], facts)


def _passes_on(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    own = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SAYING_NO
        and len(node.args) > SAYING_NO[node.func.id]
        and getattr(node.args[SAYING_NO[node.func.id]], "id", "") in own
        for node in ast.walk(function)
    )


def _is_one_of_them(value: ast.expr) -> bool:
    parts = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
    return any(isinstance(part, ast.Name) and part.id in ("refusal", "refuse") for part in parts)


def _calls(source: Source, node: ast.Call, place: int) -> Iterator[Call]:
    facts = frozenset(one.arg for one in node.keywords)
    if place and len(node.args) > _FACTS_OF_A_CELL:
        facts = _keys(node.args[_FACTS_OF_A_CELL], source.tree)
    given = node.args[place]
    for one in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
        yield _call(source, node, one, facts)


def _call(source: Source, node: ast.Call, code: ast.expr, facts: frozenset[str | None]) -> Call:
    is_text = isinstance(code, ast.Constant)
    written = str(code.value) if isinstance(code, ast.Constant) else ast.unparse(code)
    return Call(f"{source.path}:{node.lineno}", written, is_text, facts)


def _keys(node: ast.expr, tree: ast.Module) -> frozenset[str | None]:
    """The keys of a dict that is written there, or given a name in the same file; None stands for others."""
    if isinstance(node, ast.Name):
        given = [
            _keys(one.value, tree)
            for one in ast.walk(tree)
            if isinstance(one, ast.Assign) and any(getattr(name, "id", "") == node.id for name in one.targets)
        ]
        return frozenset.intersection(*given) if given else frozenset({None})
    if not isinstance(node, ast.Dict):
        return frozenset({None})
    return frozenset(str(key.value) if isinstance(key, ast.Constant) else None for key in node.keys)
