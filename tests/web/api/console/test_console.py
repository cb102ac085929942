"""What people do on the console beside acts of filings, done by programs: with the same rights, by as many people."""

from uuid import UUID, uuid4

from schemas.values.actor import Role
from tests.web.api.programs import Program, program
from tests.web.house import House
from tests.web.pages.bulk.test_bulk import becomes
from tests.web.pages.consents.test_consents import draft_of
from tests.web.pages.operator.test_messages import noticed, unmatched
from tests.web.pages.work.test_queue import LONG_AGO, waiting
from tests.web.told import declare

TABLE = {
    "year": 2170,
    "rest": [{"first": "2170-10-01", "last": "2170-10-07"}],
    "cite": {"provision": "国庆节", "instrument": "演示通知"},
    "mark": "M",
    "checked_on": "2026-11-30",
}
RETURNED = {"reasons": [{"field": "offer.fee_explanation", "reason": "说明过于简略"}], "on": "2026-11-27"}


async def test_a_delivery_is_booked_once_and_a_line_put_away_by_two(house: House) -> None:
    licence = await noticed(house, "booked by a program")
    kept, other = await unmatched(house, licence, "api-1"), await unmatched(house, licence, "api-2", "5.00")
    first, second = await program(house, Role.OPERATOR), await program(house, Role.OPERATOR)
    shown = (await first.get(f"/deliveries/unmatched/{kept}")).json()
    assert (shown["delivery"]["delivery_id"], shown["first"]) == (str(kept), None)
    booking = f"/deliveries/unmatched/{kept}/booking"
    assert (await first.ask(booking, {"filing_id": str(licence.declaration.filing_id)})).status_code == 409
    booked = await first.granted(booking, {"filing_id": str(licence.filing_id)})
    assert await second.granted(booking, {"filing_id": str(licence.filing_id)}) == booked
    assert (await first.get(f"/acts/{booked['act_id']}")).json()["filing_id"] == str(licence.filing_id)

    away = f"/deliveries/unmatched/{other}/seen-to"
    assert await first.granted(away, {"reason": "退回付款人"}) == {"ended": False}
    assert (await first.ask(away, {})).status_code == 409, "the second is another one"
    assert (await second.get(f"/deliveries/unmatched/{other}")).json()["first"]["reason"] == "退回付款人"
    assert await second.granted(away, {}) == {"ended": True}
    assert (await second.get(f"/deliveries/unmatched/{other}")).status_code == 404


async def test_registers_are_written_as_on_their_pages(house: House) -> None:
    operator, number = await program(house, Role.OPERATOR), await house.patent("旧名称")
    name = f"程序登记的大学{uuid4().hex[:6]}"
    unit = (await operator.granted("/parties", {"kind": "organisation", "public_name": name}))["party_id"]
    profile = {"from_on": "2026-01-01", "kind": "university", "region": "guangdong.shenzhen"}
    assert await operator.granted(f"/parties/{unit}/profiles", profile) == {"is_new": True}
    assert await operator.granted(f"/parties/{unit}/profiles", profile) == {"is_new": False}
    wrong = await operator.ask(f"/parties/{unit}/profiles", {**profile, "region": "=1+1"})
    assert wrong.status_code == 422
    stated = (await operator.get(f"/parties/{unit}/profiles")).json()["rows"]
    assert [(one["kind"], one["region"]) for one in stated] == [("university", "guangdong.shenzhen")]
    row = {"patent_number": f"ZL{number}", "title": "新名称", "status": "lapsed", "source": "年费查询"}
    assert await operator.granted("/patents", row) == {"patent_number": str(number)}
    versions = (await operator.get(f"/patents/ZL{number}/versions")).json()["rows"]
    assert {one["title"] for one in versions} == {"旧名称", "新名称"}
    licensor = await program(house, Role.LICENSOR)
    assert (await licensor.get(f"/patents/{number}/versions")).status_code == 403
    assert (await licensor.get(f"/parties/{unit}/profiles")).status_code == 403


async def test_a_calendar_is_put_in_use_by_two(house: House) -> None:
    first, second = await program(house, Role.OPERATOR), await program(house, Role.OPERATOR)
    assert await first.granted("/calendars", TABLE) == {"year": 2170}
    assert (await first.ask("/calendars/2170/approval", None)).status_code == 409
    assert (await second.get("/calendars/2170/moved")).status_code == 404
    assert await second.granted("/calendars/2170/approval", None) == {"done": True}
    assert (await second.get("/calendars/2170/moved")).json()["rows"] == []
    assert (await first.ask("/calendars/2170/withdrawal", None)).status_code == 409, "what is in use stays"
    listed = {(one["year"], one["state"]): one for one in (await first.get("/calendars")).json()["rows"]}
    assert listed[2170, "in_use"]["approved_by"] == str(second.created_by)
    assert listed[2026, "bundled"]["loaded_by"] is None


async def test_work_is_divided_by_programs_too(house: House) -> None:
    person = await house.guest(Role.LICENSOR)
    mine = await program(house, Role.LICENSOR, of=person.organisation_id)
    filing = await declare(house, person)
    await waiting(house, filing, LONG_AGO)
    chosen = [{"filing_id": str(filing), "key": "made:00"}]
    assert await mine.granted("/tasks/assignments", {"tasks": chosen, "way": "take"}) == {"changed": [str(filing)]}
    assert await mine.granted("/tasks/assignments", {"tasks": chosen, "way": "take"}) == {"changed": []}
    shown = (await mine.get("/tasks", of=str(mine.created_by))).json()["rows"]
    assert [one["key"] for one in shown] == ["made:00"]
    nobody = await mine.ask("/tasks/assignments", {"tasks": chosen, "way": "give", "to": str(uuid4())})
    assert nobody.status_code == 404

    away = {"party_id": str(person.session.party_id), "from_on": "2098-12-01", "until_on": "2098-12-04"}
    told = await mine.granted("/absences", away)
    assert (await mine.ask("/absences", {**away, "until_on": "2098-11-30"})).status_code == 422
    shown = (await mine.get("/absences")).json()
    assert {one["party_id"] for one in shown["rows"]} == {str(mine.created_by), str(person.session.party_id)}
    assert [one["absence_id"] for one in shown["absences"]] == [told["absence_id"]]
    stranger = await program(house, Role.LICENSOR)
    assert (await stranger.ask(f"/absences/{told['absence_id']}/end", None)).status_code == 404
    assert await mine.granted(f"/absences/{told['absence_id']}/end", None) == {"done": True}


async def test_a_bulk_is_tried_and_done_by_the_key_of_its_person(house: House) -> None:
    filing = await declare(house, await house.guest(Role.LICENSOR))
    operator = await program(house, Role.OPERATOR)
    assert (await operator.ask("/bulks", {"filing_ids": [str(uuid4())]})).json()["refusals"][0]["code"] == (
        "bulk_without_filings"
    )
    for neither in ({}, {"filing_ids": [str(filing)], "all_of": {}}):
        assert (await operator.ask("/bulks", neither)).status_code == 422
    begun = await operator.granted("/bulks", {"filing_ids": [str(filing), str(uuid4())]})
    assert begun["filings"] == 1
    bulk = begun["bulk_id"]
    act = {"act": "declaration.return", "body": RETURNED, "reason": "平台例行核对"}
    assert (await operator.ask(f"/bulks/{bulk}/trial", {**act, "body": {"on": "2026-11-27"}})).status_code == 422
    assert await operator.granted(f"/bulks/{bulk}/trial", act) == {"bulk_id": bulk, "stage": "trying"}
    await becomes(house, UUID(bulk), "tried")
    colleague = await program(house, Role.OPERATOR, of=operator.organisation_id)
    assert (await colleague.ask(f"/bulks/{bulk}/start", None)).status_code == 404
    assert (await operator.granted(f"/bulks/{bulk}/start", None))["stage"] == "doing"
    await becomes(house, UUID(bulk), "done")
    shown = (await colleague.get(f"/bulks/{bulk}")).json()
    assert (shown["counts"]["outcome.granted"], shown["items"][0]["filing_id"]) == (1, str(filing))
    assert [one["bulk_id"] for one in (await colleague.get("/bulks")).json()["rows"]] == [bulk]
    assert (await colleague.ask(f"/bulks/{bulk}/signature", None)).status_code == 404, "that act needs no second person"


async def test_a_co_owner_is_asked_by_a_program_and_the_code_comes_from_the_operator(house: House) -> None:
    person = await house.guest(Role.LICENSOR, "某程序大学")
    other = (await house.guest(Role.LICENSOR, "某程序共有公司")).organisation_id
    draft = await draft_of(house, person, other)
    mine, operator = await program(house, Role.LICENSOR, of=person.organisation_id), await program(house, Role.OPERATOR)
    assert draft in [one["draft_id"] for one in (await mine.get("/drafts")).json()["rows"]]
    asked, key = f"/drafts/{draft}/consents", uuid4()
    link = await mine.granted(asked, {"party_id": str(other)}, key)
    assert await mine.granted(asked, {"party_id": str(other)}, key) == link
    assert (await mine.ask(asked, {"party_id": str(person.organisation_id)})).status_code == 409
    path = "/consent/" + link["address"].rpartition("/consent/")[2]
    co_owner = house.public()
    await co_owner.post(f"{path}/ask")
    (waits,) = [one for one in (await operator.get("/consent-codes")).json()["rows"] if one["party_id"] == str(other)]
    assert (await mine.ask(f"/consent-codes/{waits['link_id']}", None)).status_code == 403
    code = await operator.granted(f"/consent-codes/{waits['link_id']}", None)
    assert (await co_owner.post(f"{path}/code", data={"code": code["code"]})).status_code == 303
    shown = (await mine.get(asked)).json()["rows"]
    assert [(one["link_id"], one["holds"]) for one in shown] == [(waits["link_id"], True)]
    assert await mine.granted(f"{asked}/{waits['link_id']}/withdrawal", None) == {"done": True}
    stranger = await program(house, Role.LICENSOR)
    assert (await stranger.get(asked)).status_code == 404


async def test_a_draft_is_written_by_a_program_and_not_over_what_another_typed(house: House) -> None:
    mine, key = await program(house, Role.LICENSOR), uuid4()
    begun = await mine.granted("/drafts", None, key)
    assert await mine.granted("/drafts", None, key) == begun
    fields = f"/drafts/{begun['draft_id']}/fields"
    saved = await mine.granted(fields, {"fields": {"offer.title": "一种装置"}, "version": begun["version"]})
    late = await mine.ask(fields, {"fields": {"offer.title": "另一种"}, "version": begun["version"]})
    assert (late.status_code, late.json()["refusals"][0]["code"]) == (409, "draft_changed")
    assert (await mine.ask(fields, {"fields": {"offer.title": "一\u0000"}})).status_code == 422
    await mine.granted(fields, {"fields": {"offer.contact": None}, "version": saved["version"]})
    shown = (await mine.get(f"/drafts/{begun['draft_id']}")).json()
    assert shown["fields"]["offer.title"] == "一种装置"
    assert "offer.contact" not in shown["fields"]


async def test_a_role_is_given_by_two_administrators_in_person(house: House) -> None:
    first, second = await house.guest(Role.ADMINISTRATOR), await house.guest(Role.ADMINISTRATOR)
    key, name = uuid4(), f"somebody-{uuid4().hex[:8]}"
    invited = (await first.ask("/people", {"sign_in_name": name, "name": "新人"}, key)).json()
    assert (await first.ask("/people", {"sign_in_name": name, "name": "新人"}, key)).json() == invited
    path = "/invitation/" + invited["address"].rpartition("/invitation/")[2]
    assert (await house.public().get(path)).status_code == 200
    unit = str(first.organisation_id)
    account = f"/people/{invited['account_id']}"
    wrong = await first.ask(f"{account}/roles", {"role": "timer", "region": "nowhere"})
    assert (wrong.status_code, {one["where"] for one in wrong.json()["refusals"]}) == (422, {"role", "region"})
    role = (await first.ask(f"{account}/roles", {"role": "operator", "organisation": unit})).json()["membership_id"]
    assert (await first.ask(f"/roles/{role}/grant")).status_code == 409, "the second is another one"
    assert role in [one["membership_id"] for one in (await second.get("/api/v1/roles")).json()["rows"]]
    assert (await second.ask(f"/roles/{role}/grant")).json() == {"done": True}
    (shown,) = (await first.get(f"/api/v1{account}")).json()["roles"]
    assert (shown["membership_id"], shown["counts"]) == (role, True)
    assert (await second.ask(f"/roles/{role}/end", {"reason": "离职"})).json() == {"done": True}
    assert (await first.ask(f"{account}/suspension")).json() == {"done": True}
    assert (await first.ask(f"{account}/restoration")).json() == {"done": True}
    replaced = (await first.ask(f"{account}/replacement")).json()
    assert replaced["account_id"] != invited["account_id"]
    operator = await house.guest(Role.OPERATOR)
    assert (await operator.ask("/people", {"sign_in_name": name})).status_code == 403
    assert (await operator.get("/api/v1/people")).status_code == 403


async def test_an_address_of_deadlines_is_made_read_and_ended_by_its_owner(house: House) -> None:
    person, colleague = await house.guest(Role.LICENSOR), await house.guest(Role.LICENSOR)
    made = (await person.ask("/deadline-calendars", {"language": "en"})).json()
    path = "/deadlines/" + made["address"].rpartition("/deadlines/")[2]
    assert "BEGIN:VCALENDAR" in (await house.public().get(path)).text
    listed = (await person.get("/api/v1/deadline-calendars")).json()["rows"]
    assert [one["calendar_id"] for one in listed] == [made["calendar_id"]]
    end = f"/deadline-calendars/{made['calendar_id']}/end"
    assert (await colleague.ask(end)).status_code == 404
    assert (await person.ask(end)).json() == {"done": True}
    assert (await house.public().get(path)).status_code == 404


async def _ended(who: Program, key_id: str) -> int:
    return (await who.ask(f"/keys/{key_id}/end", None)).status_code


async def test_a_key_is_ended_by_any_program_of_the_organisation_and_by_no_other(house: House) -> None:
    person = await house.guest(Role.LICENSOR)
    made = (await person.ask("/keys", {"name": "ERP", "scopes": ["read"]})).json()
    mine, stranger = await program(house, Role.LICENSOR, of=person.organisation_id), await program(house, Role.LICENSOR)
    assert [await _ended(who, made["key_id"]) for who in (stranger, mine, mine)] == [404, 200, 404]
