"""The technology-contract registration of a licence (Measures 2000, Measures 2026; L-18, L-20 to L-22).

Nobody is bound to register a contract as such, so the track is never *due*; the local desk's day is shown as a service
day. The regime is the one of the day of application.
"""

from datetime import date
from typing import NamedTuple

from rules.filing.finding import finding
from rules.filing.order import is_open, last, of_kind
from rules.filing.watch import Watch, at_once
from rules.law.calendar import Calendar
from rules.licence.recordal import period
from rules.licence.registration.certificates import Certificate, certificates_of, class_findings, class_tasks
from rules.licence.right import Right
from rules.licence.royalty import fixed_total, running_part
from rules.questions.technology_contract import decision, regime_on
from schemas.lifecycle.stages.licence import LicenceStage, RegistrationStage
from schemas.standing.fact import LicenceFacts
from schemas.standing.position import Finding, Task
from schemas.values.actor import Role


class Registration(NamedTuple):
    """``open_amounts``: registered while an amount was still open, and not supplemented since."""

    stage: RegistrationStage
    number: str | None
    regime: str | None
    open_amounts: bool
    certificates: tuple[Certificate, ...]
    watches: tuple[Watch, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]

    @property
    def registered(self) -> Certificate | None:
        """The registration that stands."""
        latest = self.certificates[-1] if self.certificates else None
        return latest if latest is not None and latest.until_on is None else None


def registration_of(ordered: LicenceFacts, right: Right, calendar: Calendar) -> Registration:
    """The registration track; it begins with the effect of a licence for which anything is or will be paid."""
    stage = _stage(ordered, right)
    applied = last(ordered, "apply")
    registered = last(ordered, "register")
    certificates = certificates_of(ordered, right.effective_on)
    open_amounts = (
        registered is not None
        and stage == RegistrationStage.REGISTERED
        and (
            None in (registered.act.contract_amount, registered.act.technology_transaction_amount)
            and not any(day >= registered.act.on for day in _days(ordered, "supplement_amounts"))
        )
    )
    return Registration(
        stage,
        registered.act.registration_number if registered and stage == RegistrationStage.REGISTERED else None,
        regime_on(applied.act.on, right.effective_on) if applied else None,
        open_amounts,
        certificates,
        tuple(_watches(ordered, right, stage, calendar)),
        (*_tasks(ordered, open_amounts), *class_tasks(certificates)),
        (*_findings(ordered, right), *class_findings(ordered, certificates)),
    )


def _days(ordered: LicenceFacts, *kinds: str) -> list[date]:
    return [one.act.on for one in of_kind(ordered, *kinds)]


def _is_paid_for(right: Right) -> bool:
    return right.terms is not None and (
        bool(fixed_total(right.terms.royalty)) or running_part(right.terms.royalty) is not None
    )


def _stage(ordered: LicenceFacts, right: Right) -> RegistrationStage:
    applied, registered = _days(ordered, "apply"), _days(ordered, "register")
    refused = _days(ordered, "refuse_registration")
    cancelled, revoked = _days(ordered, "cancel_registration"), _days(ordered, "revoke_registration")
    if is_open(registered, cancelled + revoked):
        return RegistrationStage.REGISTERED
    if is_open(applied, registered + refused):
        accepted = max(_days(ordered, "accept"), default=None)
        return (
            RegistrationStage.ACCEPTED
            if accepted is not None and accepted >= max(applied)
            else RegistrationStage.APPLIED
        )
    closings = [(day, 3, RegistrationStage.REVOKED) for day in revoked] + [
        (day, 2, RegistrationStage.CANCELLED) for day in cancelled
    ]
    closings += [(day, 1, RegistrationStage.NOT_REGISTERED) for day in refused]
    if closings:
        return max(closings)[2]
    return RegistrationStage.NOT_APPLIED if right.stands and _is_paid_for(right) else RegistrationStage.NONE


def _watches(ordered: LicenceFacts, right: Right, stage: RegistrationStage, calendar: Calendar) -> list[Watch]:
    watches = []
    first_step = min(_days(ordered, "apply", "register"), default=None)
    over = right.stage != LicenceStage.EFFECTIVE
    if right.effective_on is not None and _is_paid_for(right):
        desk = period("guangdong.contract_registration_application_period", right.effective_on, calendar)
        if desk is not None:
            watches.append(
                Watch(
                    "registration",
                    "apply_for_registration",
                    Role.LICENSOR,
                    desk,
                    "service",
                    "L-21 (Guangdong desk)",
                    first_step,
                    moot=over and first_step is None,
                )
            )
    export_from = _export_from(ordered, right)
    if export_from is not None:
        export = period("national.export_registration_period", export_from, calendar)
        if export is not None:
            watches.append(
                Watch(
                    "export_registration",
                    "register_export",
                    Role.LICENSOR,
                    export,
                    "legal",
                    "Regulations arts. 36, 37, 40; Order 3 of 2009 arts. 6, 7",
                    first_step,
                    moot=over and first_step is None and not right.provisional,
                )
            )
    if stage == RegistrationStage.ACCEPTED:
        watches += _decision(ordered, right, calendar)
    return watches


def _export_from(ordered: LicenceFacts, right: Right) -> date | None:
    """A foreign licensee: from effect, and where the royalty only runs, from the first base amount (L-18)."""
    if right.effective_on is None or not getattr(right.begun.act, "foreign_licensee", False) or right.terms is None:
        return None
    if running_part(right.terms.royalty) is None or fixed_total(right.terms.royalty):
        return right.effective_on
    return min((max(day, right.effective_on) for day in _days(ordered, "report_sales")), default=None)


def _decision(ordered: LicenceFacts, right: Right, calendar: Calendar) -> list[Watch]:
    papers = _days(ordered, "supplement_registration")
    when = decision(
        calendar,
        applied_on=max(_days(ordered, "apply")),
        effective_on=right.effective_on,
        accepted_on=max(_days(ordered, "accept")),
        complete_papers_on=max(papers, default=None),
        amount=fixed_total(right.terms.royalty) if right.terms is not None else None,
    )
    if when.due is None:
        return []
    return [Watch("registration_decision", "ask_registration_desk", Role.OPERATOR, when.due, "legal", when.article)]


def _tasks(ordered: LicenceFacts, open_amounts: bool) -> tuple[Task, ...]:
    arrived = min(_days(ordered, "book_receipt"), default=None)
    if not open_amounts or arrived is None:
        return ()
    registered_on = max(_days(ordered, "register"))
    return (
        at_once("supplement_amounts", "supplement_amounts", Role.LICENSOR, "Rules 2001", max(arrived, registered_on)),
    )


def _findings(ordered: LicenceFacts, right: Right) -> tuple[Finding, ...]:
    applied, registered = _days(ordered, "apply"), _days(ordered, "register")
    found = [
        finding("no_application", one)
        for one in of_kind(ordered, "accept", "register", "refuse_registration")
        if not any(day <= one.act.on for day in applied)
    ]
    if not right.stands:
        found += [finding("registered_without_effect", one) for one in of_kind(ordered, "register")]
    found += [
        finding("not_registered", one)
        for one in of_kind(ordered, "cancel_registration", "revoke_registration", "supplement_amounts")
        if not any(day <= one.act.on for day in registered)
    ]
    return tuple(found)
