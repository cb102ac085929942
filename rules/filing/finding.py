"""A contradiction that a fact brings: nothing is refused, and somebody is told (R2)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from schemas.standing.fact import Fact
from schemas.standing.position import Finding


def finding(code: str, fact: Fact[Any], others: Iterable[UUID] = ()) -> Finding:
    """The finding of that code about this fact, opened on its legal day; ``others`` are other filings it concerns."""
    act = fact.act
    return Finding(
        key=f"{code}:{act.act_id}", code=code, about=act.act_id, opened_on=act.on, others=tuple(sorted(others))
    )
