"""What an office tells again with another content is recorded beside what is known; a person is told where that is."""

from typing import Any

import pytest

from client.deliver.delivering import Outcome
from client.deliver.delivery import read_event
from schemas.acts.act import FilingKind
from schemas.values.refusal import Refused
from tests.cli.deliver.deliveries import Platform, a_life, announcement, bank_line, event, notice
from tests.lives.licences import LicenceLife


def again(given: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**given, "id": f"{given['id']} again", "data": {**given["data"], **changes}}


async def test_an_announcement_a_recordal_and_a_withdrawal_told_with_another_day_count_as_they_were_told_first(
    platform: Platform,
) -> None:
    life = await platform.filed("told with another day")
    told = [one for one in a_life(life) if "registered" not in one["type"]]
    announced, recorded, withdrawn = told[0], told[-2], told[-1]
    first = {one.event_id: one for one in await platform.deliver(*told)}
    licence = LicenceLife(life)
    before, of_licence = await platform.position(life), await platform.licence(licence)
    otherwise = [again(announced, on="2026-04-03"), again(recorded, on="2026-05-18"), again(withdrawn, on="2026-08-03")]
    done = await platform.deliver(*otherwise)
    assert [(one.outcome, one.findings) for one in done] == [(Outcome.CONTRADICTING, ("told_otherwise",))] * 3
    assert [one.refusals[0].code for one in done] == ["fact_known"] * 3
    assert [one.refusals[0].facts["act_id"] for one in done] == [
        str(first[one["id"]].act_id) for one in (announced, recorded, withdrawn)
    ]
    after, then = await platform.position(life), await platform.licence(licence)
    assert {**after, "findings": before["findings"]} == before
    assert then.but(findings=of_licence.findings) == of_licence
    assert {one.outcome for one in await platform.deliver(*told, *otherwise)} == {Outcome.REPEATED}


async def test_a_reversal_told_with_another_amount_under_its_serial_takes_back_what_was_told_first(
    platform: Platform,
) -> None:
    life = await platform.filed("reversal with another amount")
    await platform.deliver(announcement(life), notice(life))
    licence = LicenceLife(life)
    line = bank_line(licence, "1", "10000.00")
    named = {"line": line["data"]["line"], "bank_serial": "R1", "reason": "冲正"}
    back = event(life, "bank.reversed", "v", "bank", **named, amount="1000.00", on="2026-04-25")
    await platform.deliver(line, back)
    (done,) = await platform.deliver(again(back, amount="2000.00"))
    assert (done.outcome, done.findings) == (Outcome.CONTRADICTING, ("reversal_told_twice",))
    assert str((await platform.licence(licence)).receipts[0].net) == "9000.00"


async def test_a_person_who_says_otherwise_what_is_known_is_told_where_it_stands(platform: Platform) -> None:
    life = await platform.filed("said by a person")
    (known,) = await platform.deliver(announcement(life))
    otherwise = read_event(announcement(life, on="2026-04-03"), 1, None).act_for(life.filing_id)
    with pytest.raises(Refused) as refused:
        await platform.session.ask(FilingKind.DECLARATION, otherwise)
    no = refused.value.refusals[0]
    assert (no.code, no.facts["filing_id"], no.facts["act_id"]) == (
        "fact_known",
        str(life.filing_id),
        str(known.act_id),
    )
