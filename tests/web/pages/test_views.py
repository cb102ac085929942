"""A list as it is narrowed is kept under a name of one's own, and shared by who may; nobody else sees or changes it."""

import re
from html import unescape

import pytest

from database.registers.parties import erase
from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.web.house import Guest, House
from texts.lines import Language
from texts.words import refusal_in
from web.pages.views import KEPT
from web.words import word, words

AT = "/views/new?list=/filings&kind=declaration"


async def _kept(guest: Guest, name: str, at: str = AT, **fields: str) -> str:
    """The address at which a view is changed, once it is saved."""
    answer = await guest.post(at, name=name, **fields)
    assert answer.status_code == 303, answer.text
    found = re.search(r'href="(/views/[0-9a-f-]{36})"', (await guest.get(answer.headers["location"])).text)
    assert found is not None
    return found[1]


async def test_a_narrowed_list_is_kept_opened_renamed_and_deleted(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    assert "/views/" not in (await licensor.get("/filings")).text
    page = (await licensor.get("/filings", kind="declaration", older="2026-01-01T00:00:00+00:00~x")).text
    assert AT.replace("&", "&amp;").replace("/filings", "%2Ffilings", 1) in page
    assert (await licensor.get(AT)).status_code == 200
    view = await _kept(licensor, "我的声明")
    listed = (await licensor.get("/filings")).text
    assert 'href="/filings?kind=declaration">我的声明<' in listed
    assert "/views/" not in (await licensor.get("/offers")).text
    narrowed = (await licensor.get("/filings", kind="declaration")).text
    assert re.search(r'aria-current="page">我的声明<', narrowed)
    assert word("view_save", "zh") not in narrowed
    assert 'value="我的声明"' in (await licensor.get(view)).text
    assert (await licensor.post(view, name="新名称", is_shared="1")).headers["location"] == "/filings?kind=declaration"
    listed = (await licensor.get("/filings")).text
    assert ("新名称" in listed, "我的声明" in listed, word("view_shared", "zh") in listed) == (True, False, False)
    assert (await licensor.post(f"{view}/delete")).headers["location"] == "/filings"
    assert "新名称" not in (await licensor.get("/filings")).text
    assert (await licensor.get(view)).status_code == 404


async def test_what_an_operator_shares_is_seen_by_the_others_of_the_organisation_and_changed_by_none(
    house: House,
) -> None:
    first = await house.guest(Role.OPERATOR)
    colleague = await house.guest(Role.OPERATOR, first.organisation_id)
    auditor, other = await house.guest(Role.AUDITOR, first.organisation_id), await house.guest(Role.OPERATOR)
    at = "/views/new?list=/tasks&due=late"
    view = await _kept(first, "逾期待办", at, is_shared="1")
    await _kept(first, "自用", "/views/new?list=/tasks&due=week")
    seen = (await colleague.get("/tasks")).text
    assert ("逾期待办" in seen, word("view_shared", "zh") in seen, "自用" in seen, view in seen) == (
        True,
        True,
        False,
        False,
    )
    for stranger in (colleague, auditor, other):
        answers = [await stranger.get(view), await stranger.post(view, name="x"), await stranger.post(f"{view}/delete")]
        assert [one.status_code for one in answers] == [404, 404, 404]
    for stranger in (auditor, other):
        assert "逾期待办" not in (await stranger.get("/tasks")).text
    taken = await colleague.post(at, name=" 逾期 待办 ", is_shared="1")
    assert taken.status_code == 422
    await _kept(colleague, "逾期待办", at)
    await first.post(view, name="逾期待办")
    assert "逾期待办" not in (await (await house.guest(Role.OPERATOR, first.organisation_id)).get("/tasks")).text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "field_missing"),
        (" \u3000", "empty_text"),
        ("<b>x</b>", "view_name_not_plain"),
        ("长" * 41, "too_long"),
        ("x" * 1_000_000, "too_long"),
        ("有了", "view_name_taken"),
    ],
    ids=["none", "blank", "html", "long", "1 MB", "twice"],
)
async def test_a_name_that_cannot_be_is_refused_beside_its_field(
    house: House, name: str, code: str, language: Language
) -> None:
    licensor = await house.guest(Role.LICENSOR)
    view, other = await _kept(licensor, "有了"), await _kept(licensor, "别的", f"{AT}&q=电池")
    assert view != other
    for address in (AT, other if code == "view_name_taken" else view):
        answer = await licensor.post(f"{address}{'&' if '?' in address else '?'}language={language}", name=name)
        assert answer.status_code == 422
        said = re.search(r'id="name-error"[^>]*>(.*?)</p>', answer.text, re.DOTALL)
        assert said is not None
        assert "<b>" not in answer.text
        if name.strip():
            assert "&lt;b&gt;" in answer.text or f'value="{name}"' in answer.text
        wanted = refusal_in(refusal(code, "name", given=name, most=40, least=1, hint_zh="", hint_en=""), language).what
        assert wanted in unescape(said[1])
    kept = await house.pool.fetch("SELECT name FROM saved_views WHERE account_id = $1", licensor.session.account_id)
    assert {row["name"] for row in kept} == {"有了", "别的"}


async def test_a_form_that_is_sent_twice_saves_once_and_one_of_another_site_not_at_all(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    form = (await licensor.get(AT)).text
    asked_as = re.search(r'name="asked_as" value="([^"]+)"', form)
    assert asked_as is not None
    for _ in range(2):
        assert (await licensor.post(AT, name="一次", asked_as=asked_as[1])).status_code == 303
    assert (await licensor.post(AT, name="别处", csrf="x")).status_code == 422
    kept = await house.pool.fetch("SELECT name FROM saved_views WHERE account_id = $1", licensor.session.account_id)
    assert [row["name"] for row in kept] == ["一次"]


@pytest.mark.parametrize(
    "at", ["/filings", "/filings&q=", "/keys&kind=licence", "//evil.example&kind=x", "/filings&q=" + "长" * 201]
)
async def test_what_is_no_list_or_narrows_none_is_not_kept(house: House, at: str) -> None:
    licensor = await house.guest(Role.LICENSOR)
    assert (await licensor.get(f"/views/new?list={at}")).status_code == 404
    assert (await licensor.post(f"/views/new?list={at}", name="x")).status_code == 404


async def test_of_one_list_so_many_are_kept_and_no_more(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    for number in range(30):
        assert (await licensor.post(f"{AT}&q=电池{number}", name=f"第{number}")).status_code == 303
    full = await licensor.post(AT, name="再一个")
    assert (full.status_code, "30" in full.text) == (422, True)


async def test_what_somebody_called_things_goes_with_the_person(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    await _kept(licensor, "王小明的")
    async with house.pool.acquire() as connection:
        await erase(connection, licensor.session.party_id, licensor.session.party_id, "operator")
    number = "SELECT count(*) FROM saved_views WHERE account_id = $1"
    assert await house.pool.fetchval(number, licensor.session.account_id) == 0


def test_every_list_that_can_be_narrowed_has_a_name() -> None:
    assert {f"nav_{path[1:].replace('-', '_')}" for path in KEPT} <= set(words())
    assert "/offers" in KEPT
