"""What is told again with another content, under a known natural key, counts for nothing and is a finding (R2)."""

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from rules.filing.finding import finding
from schemas.acts.act import Act
from schemas.acts.beginning import told_beside_as
from schemas.acts.licence import Pay
from schemas.acts.royalty import BookReceipt, ReverseReceipt
from schemas.standing.fact import Fact
from schemas.standing.position import Finding
from schemas.wire.same_act import identity_hash

A = TypeVar("A", bound=Act)

_BY_A_RULE_OF_ITS_OWN = (BookReceipt, Pay, ReverseReceipt)
"""A licence's lines and vouchers count once even where none has the key's own id (``told_once``)."""


class Told(NamedTuple):
    """``counting``: the facts without those that tell again what another tells; ``findings``: of what contradicts."""

    counting: tuple[Fact[Any], ...]
    findings: tuple[Finding, ...]


def without_told_otherwise(facts: Iterable[Fact[A]]) -> Told:
    """Of facts with one natural key, as corrected, the one under the key's own act id counts.

    So a first fact that is corrected to say the same ends the finding, and one that is corrected to another key gives
    way. Where none has the key's own id, all count.
    """
    given = tuple((one, _key_of(one.act)) for one in facts)
    own = {key: one for one, key in given if key == one.act.act_id}
    counting, findings = [], []
    for fact, key in given:
        act, first = fact.act, own.get(key) if key else None
        if first is None or first is fact:
            counting.append(fact)
        elif identity_hash(act.but(act_id=first.act.act_id)) != identity_hash(first.act):
            made = finding("told_otherwise", fact)
            findings.append(made.but(key=f"{made.key}:{first.act.act_id}"))
    return Told(tuple(counting), tuple(findings))


def _key_of(act: Act) -> UUID | None:
    return None if isinstance(act, _BY_A_RULE_OF_ITS_OWN) else told_beside_as(act)
