"""A case's declaration: submitted, refused or filed, announced, watched; and what may befall it."""

from datetime import date
from uuid import UUID

from cli.demo.examples.cases import Example
from cli.demo.examples.terms import royalty_of, term_of
from cli.demo.lives.desk import Filing, after, first_act_id
from cli.demo.lives.world import TODAY, paper, party
from rules.law.calendar import corresponding_day
from schemas.acts.declaration import (
    Announce,
    AnnounceWithdrawal,
    CheckStatus,
    FileWithdrawal,
    MarkFiled,
    PatentEndCause,
    ReportPatentEnd,
    RestoreRight,
    Submit,
)
from schemas.statements.bars import Bar
from schemas.values.actor import Role

_LAST_CHECK = date(2026, 11, 9)
_FILED_AFTER, _ANNOUNCED_AFTER = 6, 38
_LAPSED_AFTER, _NOTICED_AFTER, _RESTORED_AFTER = 150, 20, 75
_LONGEST_RIGHT = 20


def announced_on(example: Example) -> date:
    """The day from which the offer is in force; the examination has no time limit, this length is made up."""
    return after(example.declared_on, _ANNOUNCED_AFTER)


async def submit(filing: Filing, example: Example) -> None:
    """The declaration itself; raises Refused for a patent that cannot be offered."""
    await filing.do(
        Submit, Role.LICENSOR, example.declared_on, act_id=first_act_id(example.case), offer=_offer(example)
    )


async def announce(filing: Filing, example: Example) -> None:
    """Handed to the office, announced in the Gazette, and looked up on every day on which the annual fee is due."""
    filed_on, in_force_on = after(example.declared_on, _FILED_AFTER), announced_on(example)
    await filing.do(
        MarkFiled, Role.OPERATOR, filed_on, office_receipt_number=f"S{example.case}", bars=_no_bars(filed_on)
    )
    await filing.do(
        Announce,
        Role.OFFICE,
        in_force_on,
        declaration_number=f"K{example.case}",
        gazette={"issue": f"{in_force_on.year - 1984}-{in_force_on:%m%d}"},
    )
    for on in _check_days(example):
        await filing.do(CheckStatus, Role.OPERATOR, on, bars=_no_bars(on))


async def withdraw(filing: Filing, asked_on: date, on: date) -> None:
    """The licensor asks, and the office announces; the announcement is told late."""
    await filing.do(FileWithdrawal, Role.LICENSOR, asked_on, ground="legitimate_reason", reason=paper("decision"))
    await filing.do(AnnounceWithdrawal, Role.OFFICE, on, gazette={"issue": f"{on.year - 1984}-{on:%m%d}"})
    await filing.desk.is_settled(filing.filing_id)


async def lapse_and_restore(filing: Filing, example: Example, *licences: UUID) -> None:
    """An annual fee is missed, the right ends provisionally and is restored in time; the licences hear of both."""
    ended_on = after(announced_on(example), _LAPSED_AFTER)
    noticed_on = after(ended_on, _NOTICED_AFTER)
    await filing.do(ReportPatentEnd, Role.OFFICE, ended_on, cause=PatentEndCause.LAPSE, noticed_on=noticed_on)
    await filing.desk.is_settled(filing.filing_id, *licences)
    await filing.do(RestoreRight, Role.OFFICE, after(ended_on, _RESTORED_AFTER))
    await filing.desk.is_settled(filing.filing_id, *licences)


def _offer(example: Example) -> dict[str, object]:
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
                "consent": paper("consent") if several else None,
                "share": {"numerator": 3 - n, "denominator": 5, "basis": "agreement"} if several else None,
            }
            for n, name in enumerate(owners)
        ),
        "filed_on": example.filed_on,
        # The form asks for the day of the grant; where there is none, the licensor writes the day of the declaration.
        "granted_on": example.granted_on or example.declared_on,
        "contact": party(example.licensor),
        "commitments": True,
        "royalty": royalty_of(example),
        "term": term_of(example),
        "fee_explanation": "参照同类专利的许可费，并按预期被许可人数调整（假定）",
        "evaluation_report": report if example.has_report else None,
    }


def _no_bars(on: date) -> tuple[dict[str, object], ...]:
    return tuple({"bar": bar, "answer": "no", "evidence": paper("register"), "checked_on": on} for bar in Bar)


def _check_days(example: Example) -> list[date]:
    days = [after(corresponding_day(example.filed_on, years=years), 0) for years in range(1, _LONGEST_RIGHT)]
    if example.story == "one_void_by_late_withdrawal":
        return []
    if example.story != "runs_out":
        days.append(_LAST_CHECK)
    return [day for day in days if announced_on(example) < day <= TODAY]
