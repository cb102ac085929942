"""Characters that cannot be read where they come to."""

import re
from typing import NamedTuple

from pydantic_core import PydanticCustomError

_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


class PrivateUse(NamedTuple):
    """A character that its maker chose for himself; ``place`` counts from 1."""

    character: str
    place: int


def private_use(text: str) -> PrivateUse | None:
    """The first one. GB18030 has such places, as Unicode has: the text says something else elsewhere."""
    found = _PRIVATE_USE.search(text)
    return PrivateUse(f"U+{ord(found[0]):04X}", found.start() + 1) if found else None


def refuse_private_use(text: str) -> None:
    """Raises PydanticCustomError where there is one."""
    if found := private_use(text):
        raise PydanticCustomError(
            "private_use_character",
            "a character that only its maker can read",
            {"character": found.character, "place": found.place},
        )
