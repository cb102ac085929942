"""Every refusal's code is written once: a second table with it would silently take the first one's texts."""

import ast
from collections import Counter

from runtime.settings import ROOT
from schemas.refusals import TEXTS


def test_a_code_is_written_once_and_every_table_counts() -> None:
    written = Counter(
        key.value
        for path in sorted((ROOT / "schemas" / "refusals").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    )
    assert [code for code, times in written.items() if times > 1] == []
    assert set(written) == set(TEXTS)
