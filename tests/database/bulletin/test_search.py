"""The bulletin finds what a reader of all titles would find, and shows each offer once, the newest first."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize
from uuid import UUID, uuid4

import pytest

from database.bulletin.asked import Asked
from database.bulletin.pages import Direction, Page, Place, read_day_place
from database.bulletin.search import Listed, counted, facets, search
from database.pool import Pool
from schemas.values.patent_number import check_character
from schemas.values.refusal import Refused
from tests.database.bulletin.declared import ANNOUNCED, declared, organisation

_SIGNS = "电池组件锂离子ＬＥＤlED灯 　（）-、，·3Ｄ打印的"
"""Titles are made of few signs, so that parts of them are found by chance: wide and narrow, blanks, punctuation."""


def _titles(chance: random.Random, count: int) -> list[str]:
    return ["一" + "".join(chance.choices(_SIGNS, k=chance.randint(1, 14))) for _ in range(count)]


def _is_found(title: str, owner: str, text: str) -> bool:
    """The same without any index: every part of what is typed stands somewhere in the title, or in the name."""
    parts = [part for part in re.split(r"\W+", normalize("NFKC", text).lower()) if part]
    told = [re.sub(r"\s", "", normalize("NFKC", one).lower()) for one in (title, owner)]
    return all(any(part in one for one in told) for part in parts)


async def _all(pool: Pool, asked: Asked, size: int = 7, direction: Direction = "older") -> list[Listed]:
    """Every page, one after the other; from the last one when the direction is back."""
    place: Place | None = None
    found: list[Listed] = []
    async with pool.acquire() as connection:
        while True:
            page = await search(connection, asked, place=place, direction=direction, size=size)
            found = [*found, *page.rows] if direction == "older" else [*page.rows, *found]
            place = page.older if direction == "older" else page.newer
            if place is None:
                return found


async def test_what_is_found_is_what_reading_every_title_finds(fresh_engine: Pool) -> None:
    chance = random.Random(12)
    owners = {name: await organisation(fresh_engine, name) for name in ("示例电池厂", "ＬＥＤ 灯具公司", "某大学")}
    offers: dict[UUID, tuple[str, str]] = {}
    for title in _titles(chance, 200):
        name = chance.choice(list(owners))
        offers[await declared(fresh_engine, (owners[name],), title=title)] = (title, name)
    asked = [text for text in _titles(chance, 150) if any(len(p) > 1 for p in re.split(r"\W+", text[1:]))]
    found_any = 0
    for text in [*(text[1:] for text in asked), *(text[1:4] for text in asked), "led灯", "ＬＥＤ　灯", "电池 大学"]:
        if all(len(part) < 2 for part in re.split(r"\W+", normalize("NFKC", text))):
            continue
        expected = {key for key, (title, name) in offers.items() if _is_found(title, name, text)}
        found = {row.declaration_id for row in await _all(fresh_engine, Asked(text=text), 100)}
        assert found == expected, text
        found_any += bool(expected)
    assert found_any > 50


@pytest.mark.parametrize("text", ["电", " 电 ", "（电）池", "Ａ", "-"])
async def test_one_character_alone_is_refused(engine: Pool, text: str) -> None:
    async with engine.acquire() as connection:
        with pytest.raises(Refused) as refused:
            await search(connection, Asked(text=text))
    assert refused.value.refusals[0].code == "search_too_short"


async def test_each_offer_is_on_one_page_in_both_directions(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine)
    made = [await declared(fresh_engine, (owner,), announced_on=ANNOUNCED + timedelta(days=n % 5)) for n in range(23)]
    forth = await _all(fresh_engine, Asked())
    order = [(row.announced_on, row.declaration_id) for row in forth]
    assert order == sorted(order, reverse=True)
    assert {row.declaration_id for row in forth} == set(made)
    async with fresh_engine.acquire() as connection:
        last = await _last(fresh_engine, 7)
        back = await search(connection, Asked(), place=last.newer, direction="newer", size=7)
        assert [row.declaration_id for row in back.rows] == [row.declaration_id for row in forth[14:21]]
        first = await search(connection, Asked(), place=_place(forth[7]), direction="newer", size=7)
    assert [row.declaration_id for row in first.rows] == [row.declaration_id for row in forth[:7]]
    assert first.newer is None
    assert (last.rows, last.older) == (forth[21:], None)


def _place(row: Listed) -> Place:
    return Place(row.announced_on, row.declaration_id)


async def _last(pool: Pool, size: int) -> Page[Listed]:
    place: Place | None = None
    async with pool.acquire() as connection:
        while True:
            page = await search(connection, Asked(), place=place, size=size)
            if page.older is None:
                return page
            place = page.older


async def test_offers_that_are_announced_while_somebody_turns_pages_move_nothing(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine)
    for _ in range(10):
        await declared(fresh_engine, (owner,))
    async with fresh_engine.acquire() as connection:
        first = await search(connection, Asked(), size=5)
        await declared(fresh_engine, (owner,), announced_on=ANNOUNCED + timedelta(days=1))
        second = await search(connection, Asked(), place=first.older, size=5)
    shown = [row.declaration_id for row in (*first.rows, *second.rows)]
    assert len(set(shown)) == 10
    assert second.older is None


@pytest.mark.parametrize("written", ["ZL{0}", "CN {0}", "{0}", "ｚｌ{0}", "zl 2020 1000 {1}"])
async def test_a_number_is_found_however_it_is_printed(fresh_engine: Pool, written: str) -> None:
    owner = await organisation(fresh_engine)
    digits = "202010001234"
    number = f"{digits}.{check_character(digits)}"
    wanted = await declared(fresh_engine, (owner,), patent_number=number)
    await declared(fresh_engine, (owner,), patent_number=f"202010001235.{check_character('202010001235')}")
    async with fresh_engine.acquire() as connection:
        page = await search(connection, Asked(text=written.format(number, number[8:])))
        beginning = await search(connection, Asked(text="ZL20201000"))
    assert [row.declaration_id for row in page.rows] == [wanted]
    assert len(beginning.rows) == 2


async def test_only_what_was_announced_is_public_and_what_has_ended_is_asked_for(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine)
    stands = await declared(fresh_engine, (owner,))
    await declared(fresh_engine, (owner,), stage="submitted", announced_on=None)
    await declared(fresh_engine, (owner,), stage="-")
    ended = await declared(fresh_engine, (owner,))
    await declared(fresh_engine, (owner,), stage="withdrawn", filing_id=ended)
    async with fresh_engine.acquire() as connection:
        assert [row.declaration_id for row in (await search(connection, Asked())).rows] == [stands]
        assert [row.declaration_id for row in (await search(connection, Asked(status="ended"))).rows] == [ended]


async def test_offers_are_narrowed_by_region_class_price_kind_patentee_and_platform(fresh_engine: Pool) -> None:
    north, south = (
        await organisation(fresh_engine, "北方研究院", "91110000000000000A"),
        await organisation(fresh_engine, "南方电力公司", "914400000000000000"),
    )
    one = await declared(fresh_engine, (north,), classification="h01m 10/0525", price_form="free", platform="分平台")
    other = await declared(fresh_engine, (south,), classification="H01L31/00")
    both = {one, other}
    cases = [
        (Asked(region="beijing"), {one}),
        (Asked(region="guangdong"), {other}),
        (Asked(classification="H"), both),
        (Asked(classification="h01m"), {one}),
        (Asked(classification="H01M10/05"), {one}),
        (Asked(classification="H01L 99"), set()),
        (Asked(price_form="free"), {one}),
        (Asked(patent_kind="invention"), both),
        (Asked(patentee="电力"), {other}),
        (Asked(platform="分平台"), {one}),
        (Asked(text="装置", patentee="北方", region="beijing"), {one}),
    ]
    async with fresh_engine.acquire() as connection:
        for asked, expected in cases:
            assert {row.declaration_id for row in (await search(connection, asked)).rows} == expected, asked
        divided = await facets(connection, Asked(text="装置"))
        number = await counted(connection, Asked(text="装置"))
    assert (divided.of, divided.is_part) == (2, False)
    assert divided.by["region"] == {"beijing": 1, "guangdong": 1}
    assert divided.by["section"] == {"H": 2}
    assert divided.by["price_form"] == {"free": 1, "lump_sum": 1}
    assert (number.number, number.is_more) == (2, False)


async def test_nobody_looks_at_more_offers_than_is_told(fresh_engine: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("database.bulletin.search.COUNTED", 2)
    monkeypatch.setattr("database.bulletin.search.DIVIDED", 2)
    owner = await organisation(fresh_engine)
    looked_at, kept = list[Any](), list[Any]()
    for _ in range(3):
        await declared(fresh_engine, (owner,))
        for told, asked in ((looked_at, Asked(text="装置")), (kept, Asked())):
            async with fresh_engine.acquire() as connection:
                number, divided = await counted(connection, asked), await facets(connection, asked)
            told.append((number.number, number.is_more, divided.of, divided.is_part))
    assert looked_at == [(1, False, 1, False), (2, False, 2, True), (2, True, 2, True)]
    assert kept == [(1, False, 1, False), (2, False, 2, False), (3, False, 3, False)]


async def test_kept_facets_are_those_of_looking_at_every_offer(fresh_engine: Pool) -> None:
    chance = random.Random(8)
    owners = [await organisation(fresh_engine, "甲", "9144"), await organisation(fresh_engine, "乙")]
    filings: list[UUID] = []
    for _ in range(60):
        again = filings and chance.random() < 0.4
        filings += [] if again else [uuid4()]
        await declared(
            fresh_engine,
            (chance.choice(owners),),
            filing_id=chance.choice(filings) if again else filings[-1],
            stage=chance.choice(["submitted", "in_force", "withdrawn"]),
            price_form=chance.choice(["free", "running"]),
            classification=chance.choice([None, "H01M", "G06F"]),
        )
    for asked in (
        Asked(),
        Asked(status="ended"),
        Asked(region="guangdong"),
        Asked(price_form="free", classification="h"),
        Asked(region="guangdong", price_form="running", patent_kind="invention"),
    ):
        async with fresh_engine.acquire() as connection:
            looked_at = replace(asked, text="装置")
            assert await facets(connection, asked) == await facets(connection, looked_at), asked
            assert await counted(connection, asked) == await counted(connection, looked_at), asked
            assert (await facets(connection, asked)).of > 0


@pytest.mark.parametrize("text", ["", "~", "2026-11-03", "2026-11-03~x", "x~00000000-0000-0000-0000-000000000000"])
def test_what_is_no_place_is_none(text: str) -> None:
    assert read_day_place(text) is None


def test_a_place_is_read_as_it_is_written() -> None:
    place = Place(date(2026, 11, 3), UUID(int=7))
    assert read_day_place(str(place)) == place
