"""What was not the usual way, with both persons, and who had how many of it."""

from datetime import date

from audit.questions.exceptions import Exceptional, exceptions
from cli.demo.filings.filing import tell as told
from database.pool import Pool
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.stories import noticed
from tests.lives.stories_of_money import claimed
from tests.lives.world import World

LATER, AFTER = date(2030, 1, 1), date(2026, 12, 1)


async def _found(auditor: Pool, what: str) -> list[Exceptional]:
    return [one for one in (await exceptions(auditor, LATER)).rows if one.what == what]


async def test_an_override_is_told_with_both_persons_and_what_it_is_about(tell: Tell, auditor: Pool) -> None:
    worlds = await tell(STORIES["an_instalment_is_waived"])
    world = worlds["an_instalment_is_waived"]
    (waived,) = await _found(auditor, "override")
    assert (waived.act, waived.about) == ("waive", "due:2")
    assert {waived.person, waived.second} == {world.party("licensor"), world.party("second_licensor")}


async def test_a_correction_counts_for_who_asked_and_for_who_signed(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["a_declaration_is_taken_over_and_corrected"])
    (correction,) = await _found(auditor, "correction")
    assert correction.second is not None
    assert correction.second != correction.person
    found = await exceptions(auditor, LATER)
    counts = {one.person: one.counts for one in found.by_person}
    assert counts[correction.person]["correction"] == counts[correction.second]["correction"] == 1
    assert len(await _found(auditor, "taken_over")) == 1


async def test_a_held_claim_the_activation_of_a_scheme_and_the_first_use_of_parameters_are_told(
    engine: Pool, auditor: Pool
) -> None:
    desk = Desk(engine)
    settlement, claim, _ = await claimed(desk.ask, await World("held").write(engine))
    await told(desk.ask, settlement, settlement.hold(claim))
    (hold,) = await _found(auditor, "hold")
    assert (hold.about, hold.person) == ("evidence", settlement.world.party("scheme_officer"))
    acts = [one.act for one in await _found(auditor, "activation")]
    assert acts.count("activate") == 2


async def test_the_parameters_that_a_determination_was_made_under_are_an_activation(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["inventors_are_paid"])
    (used,) = [one for one in await _found(auditor, "activation") if one.act == "parameters_used_first"]
    assert used.filing_id is not None
    assert "(tests)" in used.about


async def test_an_open_task_is_late_from_the_day_after_its_day(tell: Tell, auditor: Pool) -> None:
    await tell(STORIES["an_entry_fee_is_paid_and_a_report_stays_out"])
    late = await _found(auditor, "late")
    assert late
    assert all(one.article for one in late)
    first = min(one.on for one in late if one.act == "open")
    assert not [one for one in (await exceptions(auditor, first)).rows if one.act == "open" and one.on == first]


async def test_whoever_did_a_task_late_is_named_and_of_an_open_one_only_the_role(engine: Pool, auditor: Pool) -> None:
    desk = Desk(engine)
    licence = await noticed(desk.ask, await World("recorded late").write(engine))
    missed = licence.pay()
    await told(desk.ask, licence, missed, licence.pass_day(AFTER), licence.file_recordal(AFTER))
    late = {one.about: one for one in await _found(auditor, "late")}
    filed = next(one for one in late.values() if one.act == "done_late")
    assert filed.person == licence.world.party(filed.role or "")
    found = await exceptions(auditor, LATER, filed.person)
    assert filed in found.rows
    still = [one for one in late.values() if one.act == "open"]
    assert all(one.person is None and one.role for one in still)


async def test_one_persons_exceptions_can_be_asked_for_alone(tell: Tell, auditor: Pool) -> None:
    worlds = await tell(STORIES["an_instalment_is_waived"])
    second = worlds["an_instalment_is_waived"].party("second_licensor")
    found = await exceptions(auditor, LATER, second)
    assert [one.second for one in found.rows] == [second]
