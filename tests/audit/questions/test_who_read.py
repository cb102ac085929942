"""Whoever opens personal data is in the audit log before it is opened, whichever program he uses."""

import ast

from tests.architecture.sources import dotted, sources


def _calls(function: ast.AST, name: str) -> list[int]:
    return [one.lineno for one in ast.walk(function) if isinstance(one, ast.Call) and dotted(one.func) == name]


def test_every_function_that_opens_a_persons_data_writes_the_read_first() -> None:
    opening = [
        (source.path, function)
        for source in sources()
        if source.folder not in ("tests", "benchmarks") and source.path != "database/registers/parties.py"
        for function in ast.walk(source.tree)
        if isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef) and _calls(function, "read_party")
    ]
    assert opening
    unwritten = [
        f"{path}:{function.lineno}"
        for path, function in opening
        if min(_calls(function, "write_audit"), default=10**6) > min(_calls(function, "read_party"))
    ]
    assert unwritten == []
