"""A case's declaration: what it offers, when it is announced and watched, and what may befall it."""

from datetime import date
from typing import Any
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.terms import royalty_of, term_of
from cli.demo.filings.days import after
from cli.demo.filings.declaration import Declaration
from cli.demo.filings.filing import tell
from cli.demo.lives.desk import Desk
from cli.demo.lives.world import TODAY, WORLD, paper, party
from rules.law.calendar import corresponding_day

_LAST_CHECK = date(2026, 11, 9)
_FILED_AFTER, _ANNOUNCED_AFTER = 6, 38
_LAPSED_AFTER, _NOTICED_AFTER, _RESTORED_AFTER = 150, 20, 75
_LONGEST_RIGHT = 20


def declaration_of(example: Example) -> Declaration:
    """The declaration of a case."""
    royalty, term = royalty_of(example), term_of(example)
    return Declaration(
        WORLD, royalty, term, offer_changes=_offer(example), name=example.case, licensor=example.licensor
    )


def announced_on(example: Example) -> date:
    """The day from which the offer is in force; the examination has no time limit, this length is made up."""
    return after(example.declared_on, _ANNOUNCED_AFTER)


async def announce(desk: Desk, declaration: Declaration, example: Example) -> None:
    """Handed to the office, announced in the Gazette, and looked up on every day on which the annual fee is due."""
    filed = declaration.mark_filed(after(example.declared_on, _FILED_AFTER))
    checks = (declaration.check_status(on) for on in _check_days(example))
    await tell(desk.ask, declaration, filed, declaration.announce(announced_on(example)), *checks)


async def withdraw(desk: Desk, declaration: Declaration, asked_on: date, on: date) -> None:
    """The licensor asks, and the office announces; the announcement is told late."""
    withdrawal = declaration.announce_withdrawal(on)
    await tell(desk.ask, declaration, declaration.file_withdrawal(asked_on), withdrawal)
    await desk.is_settled(declaration.filing_id)


async def lapse_and_restore(desk: Desk, declaration: Declaration, example: Example, *licences: UUID) -> None:
    """An annual fee is missed, the right ends provisionally and is restored in time; the licences hear of both."""
    ended_on = after(announced_on(example), _LAPSED_AFTER)
    lapse = declaration.report_patent_end(ended_on, noticed_on=after(ended_on, _NOTICED_AFTER))
    for act in (lapse, declaration.restore_right(after(ended_on, _RESTORED_AFTER))):
        await desk.ask(declaration, act)
        await desk.is_settled(declaration.filing_id, *licences)


def _offer(example: Example) -> dict[str, Any]:
    owners = [name for name in (example.licensor, example.co_licensor) if name]
    several = len(owners) > 1
    report = {"document": paper("report"), "issued_on": after(example.declared_on, -30), "conclusion": "conditions_met"}
    return {
        "patent_number": example.number,
        "title": example.title,
        "patentees": tuple(
            {
                "party_id": party(name),
                "is_person": example.licensor_kind == "person",
                "consent": paper(f"consent {n}") if several else None,
                "share": {"numerator": 3 - n, "denominator": 5, "basis": "agreement"} if several else None,
            }
            for n, name in enumerate(owners)
        ),
        "filed_on": example.filed_on,
        # The form asks for the day of the grant; where there is none, the licensor writes the day of the declaration.
        "granted_on": example.granted_on or example.declared_on,
        "contact": party(example.licensor),
        "fee_explanation": "参照同类专利的许可费，并按预期被许可人数调整（假定）",
        "evaluation_report": report if example.has_report else None,
    }


def _check_days(example: Example) -> list[date]:
    days = [after(corresponding_day(example.filed_on, years=years), 0) for years in range(1, _LONGEST_RIGHT)]
    if example.story == "one_void_by_late_withdrawal":
        return []
    if example.story != "runs_out":
        days.append(_LAST_CHECK)
    return [day for day in days if announced_on(example) < day <= TODAY]
