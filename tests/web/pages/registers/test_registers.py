"""Operators bring organisations, persons and register evidence; who has no business with registers finds none."""

import re
from uuid import UUID, uuid4

import pytest

from schemas.values.actor import Role
from tests.web.house import House

_CODE = "91440300708461136T"


def _id_of(address: object) -> UUID:
    found = re.search(r"[0-9a-f-]{36}", str(address))
    assert found is not None
    return UUID(found[0])


async def test_an_organisation_is_registered_once_stated_and_found(house: House) -> None:
    operator = await house.guest(Role.OPERATOR)
    name = f"检验大学{uuid4().hex[:6]}"
    refused = await operator.post("/parties/new/organisation", public_name=name, credit_code="91440300708461136X")
    assert (refused.status_code, name in refused.text) == (422, True)
    assert 'id="credit_code-error"' in refused.text
    added = await operator.post("/parties/new/organisation", public_name=name, credit_code=_CODE)
    again = await operator.post("/parties/new/organisation", public_name=name, credit_code=_CODE)
    party = _id_of(added.headers["location"])
    assert _id_of(again.headers["location"]) == party

    unstated = await operator.post(f"/parties/{party}/profile", from_on="2026-01-01", province="guangdong")
    assert unstated.status_code == 422
    assert 'id="party_sort-error"' in unstated.text
    stated = await operator.post(
        f"/parties/{party}/profile",
        from_on="2026-01-01",
        party_sort="university",
        province="guangdong",
        place="shenzhen",
    )
    assert stated.status_code == 303
    page = await operator.get(f"/parties/{party}")
    assert "高等学校" in page.text
    assert "广东深圳" in page.text
    assert str(party) in (await operator.get("/parties", name=name[2:])).text
    found = await house.pool.fetch("SELECT outcome FROM audit_log WHERE act_kind = 'state_profile' ORDER BY id")
    assert [row["outcome"] for row in found][-2:] == ["refused", "granted"]


async def test_a_person_is_sealed_and_a_form_sent_twice_adds_nobody_twice(house: House) -> None:
    operator, added_as = await house.guest(Role.OPERATOR), str(uuid4())
    given = {"added_as": added_as, "person_name": "李检验", "contact": "13800000000"}
    first = await operator.post("/parties/new/person", **given)
    assert (await operator.post("/parties/new/person", **given)).headers["location"] == first.headers["location"]
    page = await operator.get(first.headers["location"])
    assert "李检验" not in page.text
    assert "已加密" in page.text
    differs = await operator.post("/parties/new/person", **{**given, "person_name": "赵检验"})
    assert (differs.status_code, "赵检验" in differs.text) == (422, True)


async def test_evidence_of_a_patent_is_brought_and_its_versions_stay(house: House) -> None:
    operator, number = await house.guest(Role.OPERATOR), await house.patent("旧名称")
    given = {"patent_number": str(number), "title": "新名称", "status": "lapsed", "source": "年费查询"}
    refused = await operator.post("/patents/new", **{**given, "ended_on": "2026-13-01"})
    assert (refused.status_code, 'id="ended_on-error"' in refused.text) == (422, True)
    assert (await operator.post("/patents/new", **given, ended_on="2026-05-01")).status_code == 303
    printed = f"ZL{str(number)[:-2]} . {str(number)[-1]}"
    found = await operator.get("/patents", number=printed)
    page = await operator.get(found.headers["location"])
    assert "新名称" in page.text
    assert "旧名称" in page.text
    assert "已终止" in page.text
    assert (await operator.get("/patents", number="没有的号")).status_code == 404


async def test_organisations_are_listed_a_page_at_a_time(house: House) -> None:
    operator = await house.guest(Role.OPERATOR)
    for number in range(51):
        await operator.post("/parties/new/organisation", added_as=str(uuid4()), public_name=f"翻页单位{number:02d}")
    first = await operator.get("/parties")
    following = re.search(r"/parties\?after=[0-9a-f-]{36}", first.text)
    assert following is not None
    second = await operator.get(following[0])
    links = re.compile(r'/parties/([0-9a-f-]{36})"')
    assert len(links.findall(first.text)) == 50
    assert not set(links.findall(first.text)) & set(links.findall(second.text))
    listed = (await operator.get("/api/v1/parties", limit=50)).json()
    assert [one["party_id"] for one in listed["rows"]] == links.findall(first.text)
    rest = (await operator.get("/api/v1/parties", limit=50, after=listed["following"])).json()
    assert [one["party_id"] for one in rest["rows"]] == links.findall(second.text)


@pytest.mark.parametrize("role", [Role.LICENSOR, Role.LICENSEE])
async def test_registers_are_not_there_for_who_has_no_business_with_them(house: House, role: Role) -> None:
    guest = await house.guest(role)
    for path in (
        "/parties",
        "/parties/new/organisation",
        "/patents",
        "/patents/new",
        f"/parties/{guest.organisation_id}",
    ):
        assert (await guest.get(path)).status_code == 404
    assert (await guest.get("/api/v1/parties")).status_code == 403
    assert (await guest.post("/parties/new/organisation", public_name="不该有")).status_code == 404
    assert not await house.pool.fetchval("SELECT count(*) FROM parties WHERE public_name = '不该有'")
