"""Facts of a declaration for tests: short builders, every id from a seed."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from rules.declaration.position import derive_declaration
from rules.law.calendar import Calendar
from schemas.acts.declaration import DECLARATION_ACT, DeclarationAct
from schemas.standing.fact import Fact, Made
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.statements.offer import Offer
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id

FILING = derived_id("test", "declaration")
PAPER = "ab" * 32
CALENDAR = Calendar.bundled()
LICENSOR = derived_id("test", "licensor")
GAZETTE = {"issue": "41-02"}
INVENTION = "201910065946.9"
UTILITY_MODEL = "202020987643.0"


def offer(**changes: Any) -> Offer:
    """A complete offer of one invention by one patentee."""
    fields: dict[str, Any] = {
        "patent_number": INVENTION,
        "title": "一种信息处理方法",
        "patentees": [{"party_id": str(LICENSOR)}],
        "filed_on": "2019-01-24",
        "granted_on": "2021-03-02",
        "contact": str(LICENSOR),
        "commitments": True,
        "royalty": {"form": "lump_sum", "amount": "2995.00"},
        "term": {"form": "years_from_effect", "years": 5},
        "fee_explanation": "参照同行业许可费统计数据确定。",
    }
    return Offer.model_validate({**fields, **changes})


def act(
    kind: str, on: str, n: int = 0, role: Role = Role.OPERATOR, by: UUID | None = None, **fields: Any
) -> DeclarationAct:
    """One act; ``n`` tells acts of one kind and day apart."""
    return DECLARATION_ACT.validate_python(
        {
            "kind": kind,
            "act_id": derived_id("test", kind, on, n),
            "filing_id": FILING,
            "on": on,
            "by": Actor(role=role, party_id=by or derived_id("test", role.value)),
            **fields,
        }
    )


def recorded(*acts: DeclarationAct) -> tuple[Fact[DeclarationAct], ...]:
    """The acts as facts, recorded in this order on one day, long after."""
    return tuple(
        Fact(version, one, datetime(2026, 11, 20, 8, version % 60, tzinfo=UTC), Made())
        for version, one in enumerate(acts, start=1)
    )


def submitted(on: str = "2025-01-06", **changes: Any) -> DeclarationAct:
    """The submission of that offer."""
    return act("submit", on, role=Role.LICENSOR, offer=offer(**changes))


def announced(on: str = "2025-02-14") -> DeclarationAct:
    """The announcement, from which the offer is in force."""
    return act("announce", on, role=Role.OFFICE, declaration_number="KF2025-0001", gazette=GAZETTE)


def filed(on: str = "2025-01-10") -> DeclarationAct:
    """The filing at the office."""
    return act("mark_filed", on, office_receipt_number="R-1", bars=[])


def ended(on: str, cause: str = "lapse", noticed_on: str | None = None) -> DeclarationAct:
    """The end of the patent right."""
    return act("report_patent_end", on, role=Role.OFFICE, cause=cause, noticed_on=noticed_on or on)


def day(text: str) -> date:
    """A day from its text."""
    return date.fromisoformat(text)


def derive(*acts: DeclarationAct) -> DeclarationPosition:
    """Where these acts leave the declaration."""
    return derive_declaration(recorded(*acts), DeclarationSurroundings(), CALENDAR)


def passed(on: str) -> DeclarationAct:
    """The day is over."""
    return act("pass_day", on)


IN_FORCE = (submitted(), filed(), announced())
