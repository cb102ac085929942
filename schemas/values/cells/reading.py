"""What is read as cells, and the plain form that every cell is read in.

Forms, tables and delivered events are validated with the context ``CELLS``; what one of them takes, all take. Nothing
is guessed: what two people could read differently is refused, and told so.
"""

from unicodedata import normalize

from pydantic import ValidationInfo

CELLS = {"cells": "read"}
"""Validation context of whatever people and other programs wrote."""
_LONGEST = 60
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-"})


def are_read(info: ValidationInfo) -> bool:
    """Whether what is validated was written by people or other programs."""
    return info.context is not None and info.context.get("cells") == CELLS["cells"]


def plain(text: str) -> str:
    """In half width, without blanks around it, every blank a single one, the minus sign and the dash a hyphen."""
    return " ".join(normalize("NFKC", text).translate(_DASHES).split())


def cut(text: str) -> str:
    """The text as a reason repeats it: short enough to be read."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
