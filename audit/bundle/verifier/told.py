"""What was found, and the files that it was found in."""

from __future__ import annotations

import json
from typing import Any


class Told:
    """What was found, in order; ``level`` is one of HEADS."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str, dict[str, Any]]] = []

    def proved(self, code: str, **facts: Any) -> None:
        self.found.append(("proved", code, facts))

    def wrong(self, code: str, **facts: Any) -> None:
        self.found.append(("wrong", code, facts))

    def unproved(self, code: str, **facts: Any) -> None:
        self.found.append(("unproved", code, facts))

    @property
    def wrongs(self) -> int:
        return sum(level == "wrong" for level, _, _ in self.found)

    @property
    def code(self) -> int:
        codes = {code for _, code, _ in self.found}
        return 2 if codes & {"no_bundle", "format_unknown"} else 1 if self.wrongs else 0


class Bundle:
    """Its files by path below the bag, and what they say where they are JSON."""

    def __init__(self, files: dict[str, bytes], told: Told) -> None:
        self.files, self.told = files, told

    def json(self, path: str) -> Any:
        return json.loads(self.files[path].decode("utf-8"))

    def under(self, folder: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(folder))
