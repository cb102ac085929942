"""A contradiction that a fact brings: nothing is refused, and somebody is told (R2)."""

from typing import Any

from schemas.standing.fact import Fact
from schemas.standing.position import Finding


def finding(code: str, fact: Fact[Any]) -> Finding:
    """The finding of that code about this fact, opened on its legal day."""
    return Finding(key=f"{code}:{fact.act.act_id}", code=code, about=fact.act.act_id, opened_on=fact.act.on)
