"""Every title, column and sentence that the command line shows has its text, and no text is for nothing."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import sources
from texts.lines import line_rows

PLACES = {"put_table": 2, "put_pairs": 2, "head": 1, "sentence": 1}
"""Functions that show a text, and how many of their arguments are keys of texts."""


PRODUCTS = ("", "Temporal", "Temporal Web UI", "Postgres")


def _literals(node: ast.expr) -> Iterator[str]:
    """Texts that stand there by themselves; what is made of values has its own parts looked at."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Tuple | ast.List):
        for one in node.elts:
            yield from _literals(one)
    elif isinstance(node, ast.Dict):
        for key in node.keys:
            if key is not None:
                yield from _literals(key)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def test_every_key_that_is_shown_has_its_text() -> None:
    missing = [
        f"{source.path}:{node.lineno} {key}"
        for source in sources()
        if source.folder == "cli" and "/demo/" not in source.path
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PLACES
        for argument in node.args[: PLACES[node.func.id]]
        for key in _literals(argument)
        if key not in line_rows("sentences" if node.func.id == "sentence" else "heads") and key not in PRODUCTS
    ]
    assert missing == []
