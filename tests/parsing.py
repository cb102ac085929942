"""Python texts as trees, also while what earlier tests left behind is being collected.

CPython 3.11 counts the depth of a tree that it builds for all trees at once. Where garbage is collected meanwhile, and
an exception that nobody looked at is logged for it (the SDK's updates that were cancelled leave some), its traceback
builds trees too, and the outer one ends with "AST constructor recursion depth mismatch".
"""

import ast
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Nothing is collected meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parsed(text: str, name: str = "<text>") -> ast.Module:
    """The tree of the text."""
    with undisturbed():
        return ast.parse(text, name)
