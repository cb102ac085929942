"""docker-compose.yml as docker compose would read it, without docker."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from runtime.settings import ROOT

_VARIABLE = re.compile(r"\$\{([A-Z_]+)(:\?[^}]+)?[^}]*\}")


@cache
def composed() -> dict[str, Any]:
    """The whole file, anchors and merges resolved."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


def services() -> dict[str, dict[str, Any]]:
    """By name."""
    found: dict[str, dict[str, Any]] = composed()["services"]
    return found


def waits_for(name: str) -> dict[str, str]:
    """Each service it depends on, with the condition."""
    return {other: how["condition"] for other, how in services()[name].get("depends_on", {}).items()}


def jobs() -> set[str]:
    """The services that somebody waits for to end."""
    return {
        other
        for name in services()
        for other, condition in waits_for(name).items()
        if condition == "service_completed_successfully"
    }


def texts(part: Any) -> Iterator[str]:
    """Every text anywhere inside a part of the file."""
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from texts(inner)
    elif isinstance(part, str):
        yield part


def variables() -> dict[str, bool]:
    """Each variable of ``.env`` that is read, and whether docker compose stops without it wherever it is read."""
    found: dict[str, bool] = {}
    for text in texts(composed()):
        for name, required in _VARIABLE.findall(text):
            found[name] = found.get(name, True) and bool(required)
    return found
