"""Pure means pure: no clock, chance, environment, file or network is named where facts become law.

``schemas`` and ``rules`` are passed through the Temporal sandbox, so nothing else would catch a clock in them.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, dotted, sources
from tests.parsing import parsed

PURE = ("schemas", "rules", "workflows")
CALLS = {
    "datetime.now": "a clock",
    "datetime.utcnow": "a clock",
    "datetime.today": "a clock",
    "date.today": "a clock",
    "datetime.datetime.now": "a clock",
    "datetime.date.today": "a clock",
    "time.time": "a clock",
    "time.monotonic": "a clock",
    "time.sleep": "a clock",
    "uuid4": "chance",
    "uuid1": "chance",
    "uuid.uuid4": "chance",
    "uuid.uuid1": "chance",
    "os.environ": "the environment",
    "os.getenv": "the environment",
    "os.urandom": "chance",
    "input": "a person",
    "print": "a terminal",
    "eval": "code from text",
    "exec": "code from text",
    "id": "the memory's addresses",
    "hash": "a number that differs in each process",
}
NAMES = {
    "random": "chance",
    "secrets": "chance",
    "requests": "the network",
    "socket": "the network",
    "urllib": "the network",
    "subprocess": "other programs",
}
FILES = ("open", "read_text", "write_text", "read_bytes", "write_bytes", "iterdir", "glob", "rglob")
READS_FILES = {"rules/law/loader.py": "the parameters are YAML files, read once when a program starts"}


def _impure(source: Source) -> Iterator[str]:
    hashing = [
        id(inner)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.name == "__hash__"
        for inner in ast.walk(node)
    ]
    for node in ast.walk(source.tree):
        if id(node) in hashing:
            continue
        where = f"{source.path}:{getattr(node, 'lineno', 0)}"
        name = dotted(node)
        if name in CALLS and not _is_field(node, name):
            yield f"{where}: {name} is {CALLS[name]}"
        if isinstance(node, ast.Name) and node.id in NAMES:
            yield f"{where}: {node.id} is {NAMES[node.id]}"
        if isinstance(node, ast.Call) and _called(node) in FILES and source.path not in READS_FILES:
            yield f"{where}: {_called(node)} reads or writes a file"
        yield from (f"{where}: a set has no order that lasts" for one in _looped_over(node) if _is_set(one))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)


def _is_field(node: ast.AST, name: str) -> bool:
    # ``id`` and ``hash`` are also keyword arguments and attributes; only a call of the builtin is meant.
    return name in ("id", "hash", "input") and not isinstance(getattr(node, "ctx", None), ast.Load)


def _looped_over(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        yield node.iter
    if isinstance(node, ast.Call) and dotted(node.func) in ("list", "tuple", "enumerate", "next", "iter", "zip", "map"):
        yield from node.args


def _is_set(node: ast.expr) -> bool:
    """Whether the expression is plainly a set; a set in a variable is found where it was made into a list."""
    if isinstance(node, ast.Set | ast.SetComp):
        return True
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub):
        return _is_set(node.left) or _is_set(node.right)
    return isinstance(node, ast.Call) and dotted(node.func) in ("set", "frozenset")


@pytest.mark.parametrize("folder", PURE)
def test_no_clock_chance_file_or_set_order_is_named(folder: str) -> None:
    wrong = [line for source in sources() if source.folder == folder for line in _impure(source)]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "date.today()",
        "from uuid import uuid4\nuuid4()",
        "import random\nrandom.random()",
        "import os\nos.environ['X']",
        "open('x')",
        "Path('x').read_text()",
        "[x for x in {1, 2}]",
        "for x in set(y): pass",
        "list(frozenset(a) | b)",
        "hash('x')",
        "print(1)",
    ],
)
def test_what_is_impure_is_seen(text: str) -> None:
    assert list(_impure(Source("rules/x.py", "rules", text, parsed(text))))


@pytest.mark.parametrize(
    "text",
    ["sorted({1, 2})", "x in {1, 2}", "len(set(y))", "Act(id=1)", "row.id", "date.fromisoformat(x)", "reopen(x)"],
)
def test_what_is_pure_is_let_through(text: str) -> None:
    assert not list(_impure(Source("rules/x.py", "rules", text, parsed(text))))


def test_every_exception_still_reads_files() -> None:
    by_path = {source.path: source for source in sources()}
    for path in READS_FILES:
        calls = [_called(node) for node in ast.walk(by_path[path].tree) if isinstance(node, ast.Call)]
        assert any(name in FILES for name in calls), path
