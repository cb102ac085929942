"""Every refusal's code stands in one table only: a second one would silently take the first one's texts."""

import importlib
import pkgutil
from collections import Counter

import schemas.refusals
from schemas.refusals import TEXTS
from schemas.refusals.text import RefusalText


def test_a_code_stands_in_one_table_only_and_every_table_counts() -> None:
    codes: Counter[str] = Counter()
    for found in pkgutil.iter_modules(schemas.refusals.__path__):
        for table in vars(importlib.import_module(f"schemas.refusals.{found.name}")).values():
            if isinstance(table, dict) and table and all(isinstance(text, RefusalText) for text in table.values()):
                codes.update(list(table))
    assert [code for code, times in codes.items() if times > 1] == []
    assert set(codes) == set(TEXTS)
