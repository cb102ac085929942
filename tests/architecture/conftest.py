"""What every look at the sources needs."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def sources_are_parsed_in_peace() -> Iterator[None]:
    """Nothing is collected meanwhile: what ends a run of an earlier test logs in the middle of a parse.

    Python 3.11 then says "AST constructor recursion depth mismatch".
    """
    gc.disable()
    yield
    gc.enable()
