"""What the registrations of a licence certify, on which days they stood, and whether benefits may rest on them.

The desk's word is taken as it comes (R2). A class that the Measures of its application do not have for a licence is a
finding, and until two people have decided about it the registration is good for no benefit: neither a subsidy nor a
relief is given on it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from rules.filing.finding import finding
from rules.filing.order import is_open, of_kind
from rules.filing.watch import at_once
from rules.questions.technology_contract import is_class_of_licences
from schemas.standing.fact import Fact, LicenceFacts
from schemas.standing.position import ClassDecision, Finding, Task
from schemas.standing.surroundings import RegistrationSpan
from schemas.values.actor import Role
from schemas.values.money import Money

_ENDS = ("cancel_registration", "revoke_registration")
_ARTICLE = "D-26, D-49; Measures 2026"


class Certificate(NamedTuple):
    """One registration. ``until_on``: the first day on which it no longer stood; amounts are None while they are open.

    ``decision`` is None where the class is the one of its Measures.
    """

    fact: Fact[Any]
    until_on: date | None
    contract_amount: Money | None
    technology_transaction_amount: Money | None
    decision: ClassDecision | None
    decided_on: date | None

    @property
    def on(self) -> date:
        """The day of the registration."""
        on: date = self.fact.act.on
        return on

    @property
    def number(self) -> str:
        """The number that the desk gave."""
        number: str = self.fact.act.registration_number
        return number

    @property
    def contract_class(self) -> str:
        """The class as it is printed."""
        printed: str = self.fact.act.contract_class
        return printed

    @property
    def span(self) -> RegistrationSpan | None:
        """The days on which benefits could rest on it; from the decision on where two people had to decide."""
        if self.decision in ("open", "does_not_count"):
            return None
        from_on = max(self.on, self.decided_on or self.on)
        if self.until_on is not None and self.until_on <= from_on:
            return None
        return RegistrationSpan(from_on=from_on, until_on=self.until_on)


def certificates_of(ordered: LicenceFacts, effective_on: date | None) -> tuple[Certificate, ...]:
    """Every registration that stood on at least one day, by day; one follows the other."""
    one_a_day = {fact.act.on: fact for fact in of_kind(ordered, "register")}
    found = []
    for on, fact in one_a_day.items():
        if not _stood(ordered, on):
            continue
        ends = [day for day in one_a_day if day > on]
        ends += [one.act.on for one in of_kind(ordered, *_ENDS) if one.act.on > on and not _stood(ordered, one.act.on)]
        until_on = min(ends, default=None)
        supplements = [
            one.act
            for one in of_kind(ordered, "supplement_amounts")
            if one.act.on >= on and (until_on is None or one.act.on < until_on)
        ]
        amounts = supplements[-1] if supplements else fact.act
        found.append(
            Certificate(
                fact,
                until_on,
                amounts.contract_amount,
                amounts.technology_transaction_amount,
                *_decision(ordered, fact, effective_on),
            )
        )
    return tuple(found)


def class_findings(ordered: LicenceFacts, certificates: Sequence[Certificate]) -> list[Finding]:
    """The registrations that stand with a class of other Measures, until two people have decided."""
    asked = [one.number for one in certificates if one.decision is not None]
    return [
        *(finding("class_contradicts_regime", one.fact) for one in certificates if _is_asked(one)),
        *(
            finding("class_not_contradicted", one)
            for one in of_kind(ordered, "decide_class")
            if one.act.registration_number not in asked
        ),
    ]


def class_tasks(certificates: Sequence[Certificate]) -> list[Task]:
    """Two people decide about each of them; the law sets no day."""
    return [
        at_once(f"decide_class:{one.number}", "decide_class", Role.OPERATOR, _ARTICLE, one.on, one.decided_on)
        for one in certificates
        if one.decision is not None and (one.until_on is None or one.decided_on is not None)
    ]


def _is_asked(certificate: Certificate) -> bool:
    return certificate.decision == "open" and certificate.until_on is None


def _stood(ordered: LicenceFacts, day: date) -> bool:
    """Whether a contract was registered at the end of that day."""
    opened = [one.act.on for one in of_kind(ordered, "register") if one.act.on <= day]
    return is_open(opened, [one.act.on for one in of_kind(ordered, *_ENDS) if one.act.on <= day])


def _decision(
    ordered: LicenceFacts, registered: Fact[Any], effective_on: date | None
) -> tuple[ClassDecision | None, date | None]:
    act = registered.act
    # Nobody told of an application: it cannot have been later than what came of it.
    applied_on = max((one.act.on for one in of_kind(ordered, "apply") if one.act.on <= act.on), default=act.on)
    if is_class_of_licences(act.contract_class, applied_on, effective_on):
        return None, None
    decided = [
        (one.act.on, one.act.decision == "does_not_count")
        for one in of_kind(ordered, "decide_class")
        if one.act.registration_number == act.registration_number and one.act.on >= act.on
    ]
    if not decided:
        return "open", None
    # Of two decisions of one day the stricter stands: they have no order.
    on, is_refused = max(decided)
    return ("does_not_count" if is_refused else "stands"), on
