"""Every licensee of a patent has the announced terms, and is let off as much as the others."""

from dataclasses import replace
from uuid import uuid4

import pytest

from audit.questions.equal import equal_by_declaration, equal_by_patent
from cli.demo.filings.filing import tell as told
from database.pool import Pool
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.audit.forging import Forger
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.lives.world import World


async def _two_licensees(engine: Pool) -> LicenceLife:
    desk = Desk(engine)
    declaration = await announced(desk.ask, DeclarationLife(await World("equal").write(engine)))
    first = LicenceLife(declaration)
    second = replace(first, licensee="second_licensee")
    await told(desk.ask, first, first.give_notice(), first.pay())
    await told(desk.ask, second, second.give_notice(), second.pay(Money.of("1.00")))
    return first


async def test_all_have_the_announced_terms(engine: Pool, auditor: Pool) -> None:
    first = await _two_licensees(engine)
    found = await equal_by_patent(auditor, str(first.world.patent_number))
    assert found.ok
    assert len(found.licences) == 2
    assert {str(one.fixed["due:1"]) for one in found.licences} == {"10000.00"}
    assert found == await equal_by_declaration(auditor, first.declaration.filing_id)
    paid = {one.licensee: str(one.paid) for one in found.licences}
    assert paid[first.world.party("second_licensee")] == "1.00"


@pytest.mark.parametrize(
    ("field", "value", "flag"),
    [("{obligations,0,amount}", "900000", "amount_differs"), ("{terms_version}", "2", "terms_of_another_day")],
)
async def test_other_terms_are_flagged(
    field: str, value: str, flag: str, engine: Pool, auditor: Pool, tampering: Forger
) -> None:
    first = await _two_licensees(engine)
    await tampering.execute(
        "UPDATE filings SET position = jsonb_set(position, $2::text[], $3) WHERE filing_id = $1",
        first.filing_id,
        field.strip("{}").split(","),
        int(value),
    )
    found = await equal_by_declaration(auditor, first.declaration.filing_id)
    assert not found.ok
    assert {one.filing_id: one.flags for one in found.licences if one.flags} == {first.filing_id: (flag,)}


async def test_who_was_let_off_what_another_still_owes_is_flagged_on_both_sides(
    engine: Pool, auditor: Pool, tampering: Forger
) -> None:
    first = await _two_licensees(engine)
    for licensee, state, given_up in (("licensee", "closed", 400000), ("second_licensee", "overdue", 0)):
        await tampering.execute(
            """UPDATE filings SET position = jsonb_set(jsonb_set(jsonb_set(position, '{obligations,0,state}', $2),
                 '{obligations,0,given_up}', $3), '{obligations,0,closed}', $3)
               WHERE position ->> 'licensee' = $1::uuid::text""",
            first.world.party(licensee),
            state,
            given_up,
        )
    found = await equal_by_declaration(auditor, first.declaration.filing_id)
    assert all("given_up_differs" in one.flags for one in found.licences)
    assert not found.ok


async def test_a_patent_without_a_declaration_and_a_licence_in_its_place_are_refused(
    engine: Pool, auditor: Pool
) -> None:
    first = await _two_licensees(engine)
    with pytest.raises(Refused, match="nothing_of_that_number"):
        await equal_by_patent(auditor, "nobody's")
    for filing in (first.filing_id, uuid4()):
        with pytest.raises(Refused, match="filing_unknown"):
            await equal_by_declaration(auditor, filing)
