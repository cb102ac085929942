"""``verify.py`` of the bundle: the modules of ``verifier/`` as one file, which a stranger can read and run."""

import ast
from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent / "verifier"
_OURS = "audit.bundle.verifier"
_ORDER = (
    "words",
    "told",
    "container",
    "bag",
    "record",
    "money",
    "signature",
    "notes",
    "stamp",
    "log",
    "histories",
    "whole",
)
"""As they stand on each other."""
_ABOUT = '''#!/usr/bin/env python3
"""Checks an evidence bundle of the open-licence engine. 核验开放许可证据包。

    python3 verify.py [FILE.zip | FOLDER] [--key KEY] [--lang zh|en] [--json]

Needs Python 3.8 or later and nothing else: no network, no package, none of the platform's programs. It says what it
proved, what is wrong, and what it could not prove. Exit code: 0 all that can be checked holds; 1 something is wrong;
2 this is no bundle, or one of a form that this program does not know.
"""

from __future__ import annotations
'''


def single_file() -> str:
    """The program, the same text each time."""
    return "\n".join([_ABOUT, *(_part(name) for name in _ORDER), 'if __name__ == "__main__":\n    sys.exit(main())\n'])


def _part(name: str) -> str:
    text = (_FOLDER / f"{name}.py").read_text(encoding="utf-8")
    left_out = {line for first, last in _left_out(ast.parse(text)) for line in range(first, last + 1)}
    kept = [line for number, line in enumerate(text.split("\n"), start=1) if number not in left_out]
    return f"# ---- {ast.get_docstring(ast.parse(text))}\n\n" + "\n".join(kept).strip("\n") + "\n\n"


def _left_out(module: ast.Module) -> Iterator[tuple[int, int]]:
    """The docstring, what is imported of our own, and what stands at the top already."""
    for place, node in enumerate(module.body):
        is_docstring = place == 0 and isinstance(node, ast.Expr)
        is_ours = isinstance(node, ast.ImportFrom) and (node.module or "").startswith((_OURS, "__future__"))
        if is_docstring or is_ours:
            yield node.lineno, node.end_lineno or node.lineno
