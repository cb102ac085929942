"""The one-off bonus (奖励) for a granted patent, whether it is ever licensed or not.

It is due once per patent and not per person (Implementing Regulations rule 93). Co-owners bear it by their parts, and
each unit splits its part among the inventors it rewards: by their signed shares, and without such shares equally,
which is an option and not law.
"""

from datetime import date
from fractions import Fraction

from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.shares import split
from rules.remuneration.pool import rule_on
from rules.remuneration.remuneration import owners_shares
from schemas.statements.remuneration import UnitFacts
from schemas.statements.share import shown
from schemas.values.determination import Determination
from schemas.values.due import DueDay
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind

RULE = "first_grant_bonus"

_LEAST = "national.first_grant_bonus"
_PERIOD = "national.first_grant_bonus_period"


def determine(unit: UnitFacts, patent_kind: PatentKind, granted_on: date) -> Determination:
    """What this unit owes each inventor for a patent whose grant was announced on ``granted_on``; lines by party id.

    The agreement, else the published rule, of that day governs; for a State-set body it cannot go below the law's
    amount. ``unknown``: ``inventors``, or ``national.first_grant_bonus`` where the law of that day is not known to
    us.
    """
    law = Law(granted_on)
    inputs = {"unit": unit.model_dump_json(), "patent_kind": patent_kind.value, "granted_on": granted_on.isoformat()}
    whole = _whole_bonus(unit, patent_kind, law)
    if whole is None or not unit.inventors:
        unknown = [what for what, missing in ((_LEAST, whole is None), ("inventors", not unit.inventors)) if missing]
        return law.determination(RULE, inputs, (), unknown)
    own = whole
    if unit.owners:
        own = next(line.amount for line in owners_shares(whole, unit.owners) if line.name == str(unit.unit))
        law.step("part of this co-owner", f"its part of {whole}", str(own), "Patent Law art. 14")
    signed = all(inventor.percent is not None for inventor in unit.inventors)
    shares = ", ".join(f"{one.party} {shown(Fraction(one.percent) / 100)}" for one in unit.inventors if one.percent)
    how = f"by signed shares: {shares}" if signed else "equally, since no shares are signed (option)"
    law.step("split among the inventors", f"{how}; largest remainder", str(own))
    return law.determination(
        RULE,
        inputs,
        split(own, [(str(inventor.party), inventor.percent or Fraction(1)) for inventor in unit.inventors]),
    )


def recompute(determination: Determination) -> Determination:
    """The same determination made again from nothing but its recorded inputs."""
    given = determination.inputs
    return determine(
        UnitFacts.model_validate_json(given["unit"]),
        PatentKind(given["patent_kind"]),
        date.fromisoformat(given["granted_on"]),
    )


def pay_by(granted_on: date, calendar: Calendar) -> DueDay | None:
    """Last day to pay: three months from the announcement of the grant; None where the law of that day is not known."""
    law = Law(granted_on)
    return law.period(calendar, _PERIOD, granted_on) if law.holds(_PERIOD) else None


def _whole_bonus(unit: UnitFacts, patent_kind: PatentKind, law: Law) -> Money | None:
    rule = rule_on(unit.bonus_rules, law.as_of)
    if rule is not None and not unit.state_set:
        law.step("bonus of the patent", f"{rule.kind} governs", str(rule.amount), "Implementing Regulations rule 92")
        return rule.amount
    if not law.holds(_LEAST):
        return None
    least = law.money(_LEAST, patent_kind.value)
    amount = max(rule.amount, least) if rule else least
    how = f"{rule.kind}: {rule.amount}, at least {least}" if rule else f"nothing agreed: {least}"
    law.step("bonus of the patent", how, str(amount), law.cite(_LEAST).provision)
    return amount
