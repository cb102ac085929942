"""Every amount follows from its own inputs and every position from its facts; what does not is told where it parts."""

from typing import Any

from audit.recompute import recompute_filings
from database.pool import Pool
from tests.audit.forging import Forger, write_again
from tests.audit.questions.conftest import Tell
from tests.lives.all_stories import STORIES


async def test_every_amount_and_every_position_is_what_it_follows_from(tell: Tell, auditor: Pool) -> None:
    await tell(*STORIES.values())
    seen = 0

    def step() -> None:
        nonlocal seen
        seen += 1

    report = await recompute_filings(auditor, step=step)
    assert report.as_json()["differences"] == []
    assert report.counts["positions"] == seen == await auditor.fetchval("SELECT count(*) FROM filings")
    made = await auditor.fetchval("SELECT count(*) FROM determinations_made")
    assert report.counts["determinations"] == report.counts["determinations_under_todays_parameters"] == made > 0


async def test_a_changed_amount_is_told_with_its_line_and_the_step_that_led_there(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["inventors_are_paid"])

    def gives_more(body: dict[str, Any]) -> None:
        made = body["made"]["determinations"][0]
        made["result"][-1]["amount"] += 100
        made["steps"][2]["result"] = "another"

    filing = await write_again(tampering, "payout:facts_stated", gives_more)
    report = await recompute_filings(auditor, [filing])
    found = {one.where: (one.proved, one.found) for one in report.differences}
    version = await tampering.fetchval("SELECT version FROM events WHERE kind = 'payout:facts_stated'")
    results = {
        where: fen for where, fen in found.items() if where.startswith(f"events.{version}.determination.result.")
    }
    ((proved, recorded),) = results.values()
    assert recorded == proved + 100
    assert found[f"events.{version}.determination.steps.3"][1].endswith("= another []") or "another" in str(found)
    assert report.counts["payouts"] == 1


async def test_a_value_that_was_another_is_told_by_its_name(tell: Tell, auditor: Pool, tampering: Forger) -> None:
    await tell(STORIES["inventors_are_paid"])

    def was_less(body: dict[str, Any]) -> None:
        (read,) = [
            one for one in body["made"]["determinations"][0]["reads"] if one["name"] == "national.remuneration_floor"
        ]
        read["value"] = "0.4"

    await write_again(tampering, "payout:facts_stated", was_less)
    (difference,) = [one for one in (await recompute_filings(auditor)).differences if ".reads." in one.where]
    assert "national.remuneration_floor@" in difference.where
    assert difference.found == "0.4"


async def test_a_rule_that_there_is_not_is_told_and_the_rest_goes_on(
    tell: Tell, auditor: Pool, tampering: Forger
) -> None:
    await tell(STORIES["inventors_are_paid"])
    filing = await write_again(
        tampering, "payout:facts_stated", lambda body: body["made"]["determinations"][0].update(rule="nobody's")
    )
    report = await recompute_filings(auditor)
    assert [(one.filing_id, one.found) for one in report.differences] == [(filing, "nobody's")]
    assert report.counts["positions"] == 3
