"""Characters that cannot be read where they come to."""

import re

from pydantic_core import PydanticCustomError

_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def refuse_private_use(text: str) -> None:
    """GB18030 has places whose characters each maker chose for himself; such a text says something else elsewhere."""
    if found := _PRIVATE_USE.search(text):
        raise PydanticCustomError(
            "private_use_character",
            "a character that only its maker can read",
            {"character": f"U+{ord(found[0]):04X}", "place": found.start() + 1},
        )
