"""What was recorded went the ways of the lifecycle tables; what did not is told with its article and its weight."""

from typing import Any
from uuid import uuid4

import pytest

from audit.conform import _WAITS, GRAVITY, conform_filings
from database.pool import Pool
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.refusal import Refused
from tests.audit.forging import Forger, write_again
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES


async def test_every_shape_of_life_conforms(tell: Tell, auditor: Pool) -> None:
    await tell(*STORIES.values())
    found = await conform_filings(auditor)
    assert found.deviations == ()
    assert found.counts["events"] == await auditor.fetchval("SELECT count(*) FROM events")
    assert min(found.counts[what] for what in ("facts_of_others", "settlements", "payouts")) > 0


def _by(role: str) -> Any:
    return lambda body: body["act"]["by"].update(role=role)


async def test_an_act_of_a_role_that_may_not_do_it_is_told_with_its_article_and_the_money_behind_it(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["inventors_are_paid"])
    licence = await write_again(tampering, "licence:paid", _by("inventor"))
    (deviation,) = (await conform_filings(auditor)).deviations
    assert (deviation.what, deviation.filing_id, deviation.act) == ("role_not_allowed", licence, "pay")
    assert (deviation.article, str(deviation.money)) == ("PL-51-1; GL-6", "10000.00")
    assert deviation.weight == GRAVITY["role_not_allowed"] * 1_000_000


async def test_what_was_done_from_a_stage_that_the_table_does_not_know_ranks_below_what_has_more_money_behind_it(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["inventors_are_paid"], STORIES["a_notice_is_retracted"])

    def asks_too_early(body: dict[str, Any]) -> None:
        act = body["act"]
        for name in ("licensee", "n", "declaration_id", "foreign_licensee", "affiliate_of_licensor"):
            act.pop(name, None)
        act.update(kind="close_unpaid", by={**act["by"], "role": "operator"})

    early = await write_again(tampering, "licence:retracted", asks_too_early)
    heavy = await write_again(tampering, "licence:paid", _by("inventor"))
    found = await conform_filings(auditor)
    assert [one.filing_id for one in found.deviations] == [heavy]  # a notice may be closed unpaid by the operator
    await write_again(tampering, "licence:retracted", lambda body: body["act"]["by"].update(role="licensee"))
    found = await conform_filings(auditor, [early])
    assert [(one.what, str(one.money)) for one in found.deviations] == [("role_not_allowed", "0.00")]


async def test_an_act_after_its_stage_is_not_allowed_any_more(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    await tell(STORIES["inventors_are_paid"])

    def pays_again(body: dict[str, Any]) -> None:
        kept = {name: body["act"][name] for name in ("act_id", "filing_id", "by", "on", "origin", "evidence")}
        body["act"] = {**kept, "kind": "retract", "by": {**kept["by"], "role": "licensee"}}

    filing = await write_again(tampering, "licence:recorded", pays_again)
    deviation = (await conform_filings(auditor)).deviations[0]
    assert (deviation.filing_id, deviation.what) == (filing, "act_not_allowed_now")
    assert deviation.stage == "effective"


async def test_a_second_signature_of_the_same_person_is_none(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    await tell(STORIES["an_instalment_is_waived"])
    first = await tampering.fetchval(
        "SELECT body #>> '{act,by,party_id}' FROM events WHERE body #>> '{act,kind}' = 'waive'"
    )
    await write_again(tampering, "licence:countersigned", lambda body: body["act"]["by"].update(party_id=first))
    assert [one.what for one in (await conform_filings(auditor)).deviations] == ["same_person"]


async def test_a_stage_that_the_table_does_not_lead_to_is_told(
    tell: Tell, auditor: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell(STORIES["a_notice_is_retracted"])
    table = LIFECYCLES[FilingKind.LICENCE]
    rows = tuple(row._replace(to=("=",)) if row.act == "retract" else row for row in table.rows)
    monkeypatch.setitem(LIFECYCLES, FilingKind.LICENCE, table._replace(rows=rows))
    (deviation,) = (await conform_filings(auditor)).deviations
    assert (deviation.what, deviation.stage) == ("stage_not_reached", "awaiting_payment -> not_concluded")


async def test_a_day_that_the_program_did_not_stamp_is_told_where_days_pass_by_themselves(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["a_notice_is_retracted"])
    await tampering.execute("UPDATE filings SET legal_clock = 'timer' WHERE kind = 'licence'")
    found = await conform_filings(auditor)
    assert {(one.what, one.act) for one in found.deviations} == {
        ("day_not_theirs", "give_notice"),
        ("day_not_theirs", "retract"),
    }


async def test_what_is_no_act_of_ours_is_told_and_the_other_filings_are_still_looked_at(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["a_notice_is_retracted"])
    await write_again(tampering, "licence:retracted", lambda body: body["made"].update(determinations="none"))
    found = await conform_filings(auditor)
    assert [one.what for one in found.deviations] == ["unreadable"]
    assert found.counts["declarations"] == 1


async def test_a_filing_that_there_is_not_is_refused(auditor: Pool) -> None:
    with pytest.raises(Refused, match="filing_unknown"):
        await conform_filings(auditor, [uuid4()])


def test_what_waits_for_a_day_is_in_the_tables() -> None:
    assert {row.act for table in LIFECYCLES.values() for row in table.rows if row.derived} >= _WAITS
