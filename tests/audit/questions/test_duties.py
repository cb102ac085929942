"""Four different people: where that was broken, and where it is strained."""

from audit.questions.duties import duties
from database.pool import Pool
from tests.audit.forging import Change, Forger, write_again
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES


def _by(person: object) -> Change:
    return lambda body: body["act"]["by"].update(party_id=str(person))


async def test_nothing_is_broken_in_any_shape_of_life(tell: Tell, auditor: Pool) -> None:
    await tell(*STORIES.values())
    found = await duties(auditor)
    assert [one for one in found.rows if one.is_broken] == []
    assert found.ok
    assert found.filings == await auditor.fetchval("SELECT count(*) FROM filings")


async def test_who_prepared_and_approved_and_who_gets_the_money_and_approved_is_told(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    worlds = await tell(STORIES["inventors_are_paid"])
    world = worlds["inventors_are_paid"]
    for who, what in (("finance", "prepared_and_approved"), ("inventor_1", "beneficiary_approved")):
        payout = await write_again(tampering, "payout:approved", _by(world.party(who)))
        found = await duties(auditor)
        assert not found.ok
        assert (what, world.party(who), payout) in [(one.what, one.person, one.filing_id) for one in found.rows]


async def test_one_person_in_both_approvals_is_told_with_both_roles(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["inventors_are_paid"])
    second = await tampering.fetchval(
        "SELECT body #>> '{act,by,party_id}' FROM events WHERE kind = 'payout:approved' ORDER BY version DESC LIMIT 1"
    )
    await write_again(tampering, "payout:approved", _by(second))
    (twice,) = [one for one in (await duties(auditor)).rows if one.what == "approved_twice"]
    assert twice.roles == ("first_approver", "second_approver")
    roles = [one for one in (await duties(auditor)).rows if one.what == "two_roles"]
    assert [str(one.person) for one in roles] == [second]


async def test_a_signature_under_ones_own_act_is_broken(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    await tell(STORIES["an_instalment_is_waived"])
    first = await tampering.fetchval(
        "SELECT body #>> '{act,by,party_id}' FROM events WHERE body #>> '{act,kind}' = 'waive'"
    )
    await write_again(tampering, "licence:countersigned", _by(first))
    assert [one.what for one in (await duties(auditor)).rows if one.is_broken] == ["signed_own_act"]


async def test_two_who_always_approve_together_are_strained(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    stories = ("inventors_are_paid", "the_first_grant_is_rewarded", "a_reversal_after_payment_waits_for_a_decision")
    worlds = await tell(*(STORIES[name] for name in stories))
    assert not [one for one in (await duties(auditor)).rows if one.what == "always_together"]
    first, *others = worlds.values()
    for world in others:
        for role in ("first_approver", "second_approver"):
            await tampering.execute(
                """UPDATE events SET canonical = convert_to(replace(convert_from(canonical, 'UTF8'), $1, $2), 'UTF8'),
                   hash = sha256(previous_hash || convert_to(replace(convert_from(canonical, 'UTF8'), $1, $2), 'UTF8'))
                   WHERE kind = 'payout:approved'""",
                str(world.party(role)),
                str(first.party(role)),
            )
    (pair,) = [one for one in (await duties(auditor)).rows if one.what == "always_together"]
    assert pair.times == 3
    assert {pair.person, pair.other} == {first.party("first_approver"), first.party("second_approver")}
    assert (await duties(auditor)).ok
