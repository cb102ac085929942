"""The runs of a worker share their modules, and no run leaves anything in them for the next one.

Workflows are imported once, outside the sandbox (``runtime/plugin.py``). A variable of a module or a class that changes
would be seen by other runs, and a replay would see what the first run never saw.
"""

import ast
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.sources import Source, dotted, sources
from tests.histories import golden
from tests.parsing import parsed
from worker import WORKFLOWS

CONSTANTS = ("timedelta", "RetryPolicy", "SearchAttributeKey.for_keyword", "frozenset", "tuple", "TypeVar")
"""What may be called to make a value that stands for all runs."""
REMEMBERS = ("cache", "functools.cache", "lru_cache", "functools.lru_cache")


def _shared(source: Source) -> Iterator[str]:
    """Where something is kept, or changed, that all runs see."""
    kept = {
        id(one)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.ClassDef)
        for one in node.body
        if isinstance(one, ast.Assign | ast.AnnAssign | ast.AugAssign)
    }
    own = {one.name for one in ast.walk(source.tree) if isinstance(one, ast.ClassDef)}
    imported = {
        (alias.asname or alias.name).split(".")[0]
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(source.tree):
        where = f"{source.path}:{getattr(node, 'lineno', 0)}"
        if id(node) in kept and isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            if node.value is not None and not _is_constant(node.value):
                yield f"{where}: what all runs share can change"
        elif isinstance(node, ast.Global):
            yield f"{where}: a run changes its module"
        elif isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            if (name := _root(node)) in own | imported | {"cls"}:
                yield f"{where}: a run changes {name}, which others see"
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            called = (one.func if isinstance(one, ast.Call) else one for one in node.decorator_list)
            if any(dotted(one) in REMEMBERS for one in called):
                yield f"{where}: {node.name} remembers from run to run"
            if any(not _is_constant(one) for one in (*node.args.defaults, *filter(None, node.args.kw_defaults))):
                yield f"{where}: a default of {node.name} is one for all runs"


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_constant(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return dotted(value.func) in CONSTANTS
    mutable = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Await)
    return not any(
        isinstance(one, (*mutable, ast.Call)) for one in ast.walk(value) if not isinstance(value, ast.Lambda)
    )


def test_no_workflow_keeps_what_can_change_beside_its_run() -> None:
    assert [line for one in sources() if one.folder == "workflows" for line in _shared(one)] == []


@pytest.mark.parametrize(
    "text",
    [
        "SEEN = []",
        "SEEN: dict[str, int] = {}",
        "COUNTED = count()",
        "LOCK = asyncio.Lock()",
        "class A:\n    seen = set()",
        "N = 0\ndef f():\n    global N\n    N += 1",
        "class A:\n    n = 0\n    def f(self):\n        A.n += 1",
        "class A:\n    @classmethod\n    def f(cls):\n        cls.n = 1",
        "import options\ndef f():\n    options.MOST = 2",
        "from tables import ROWS\ndef f():\n    ROWS['a'] = 1",
        "@cache\ndef f(x): return x",
        "@lru_cache(maxsize=1)\ndef f(x): return x",
        "def f(x=[]): pass",
    ],
)
def test_what_runs_would_share_is_seen(text: str) -> None:
    assert list(_shared(Source("workflows/x.py", "workflows", text, parsed(text))))


@pytest.mark.parametrize(
    "text",
    [
        "MOST = 20",
        "PAUSE = timedelta(days=5 * 365)",
        "NAMES = ('a', 'b')",
        "class A:\n    def __init__(self):\n        self.seen = []",
        "def f(self):\n    self.head.stage = 'x'",
        "def f(called=lambda: bool([])): pass",
    ],
)
def test_what_a_run_has_for_itself_is_let_through(text: str) -> None:
    assert not list(_shared(Source("workflows/x.py", "workflows", text, parsed(text))))


def _state(modules: dict[str, ModuleType]) -> dict[str, Any]:
    """Every value of the modules and of their classes as text; what is neither is told by where it is."""
    found: dict[str, Any] = {}
    for name, module in modules.items():
        found |= {f"{name}.{key}": repr(value) for key, value in vars(module).items() if not key.startswith("__")}
        for one in (value for value in vars(module).values() if isinstance(value, type)):
            if one.__module__ == name:
                found |= {f"{name}.{one.__name__}.{key}": repr(value) for key, value in vars(one).items()}
    return found


async def test_replaying_every_kind_of_life_leaves_the_workflows_modules_as_they_were() -> None:
    replayer = golden.patient_replayer(WORKFLOWS)
    await replayer.replay_workflow(golden.read(golden.names()[0]))
    modules = {name: one for name, one in sys.modules.items() if name.partition(".")[0] == "workflows"}
    before = _state(modules)
    for name in golden.names():
        await replayer.replay_workflow(golden.read(name))
    assert _state(modules) == before
    assert {f"workflows.{one.__module__.rpartition('.')[2]}" for one in WORKFLOWS} <= set(modules)


def test_a_run_that_counts_in_its_module_would_be_noticed() -> None:
    module = ModuleType("counting")
    module.__dict__["seen"] = [1]
    before = _state({"counting": module})
    module.__dict__["seen"].append(2)
    assert _state({"counting": module}) != before
