"""The pages of a filing: what happened, its money to the last line, its papers, its record; to each what is his."""

import re
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import pytest

from cli.demo.filings.filing import tell
from schemas.values.actor import Role
from schemas.values.money import Money
from tests.lives.payouts import PayoutLife
from tests.lives.stories_of_money import approved, booked
from tests.web.house import Guest, House
from tests.web.told import declare
from texts.words import name_of
from web.words import word

_LARGEST = 60_000


@dataclass(frozen=True)
class Paid:
    """A licence whose receipt reached two inventors."""

    payout: PayoutLife
    operator: Guest

    @property
    def licence(self) -> UUID:
        return self.payout.parent.filing_id


@pytest.fixture(scope="session")
async def paid(house: House) -> Paid:
    world, ask = await house.office.world("pages of a filing"), house.office.ask
    payout = await booked(ask, world)
    await approved(ask, payout)
    first, second = payout.line_of("inventor_1"), payout.line_of("inventor_2")
    await tell(ask, payout, payout.instruct(first), payout.instruct(second), payout.paid(first, Money.of("3000.00")))
    return Paid(payout, await house.guest(Role.OPERATOR))


async def test_every_page_of_a_filing_is_there_and_none_is_too_large(house: House, paid: Paid) -> None:
    operator = await house.guest(Role.OPERATOR)  # the language that is chosen stays chosen
    for filing in (paid.licence, paid.payout.filing_id):
        for page in ("", "/doing", "/money", "/documents", "/below", "/history", "/history/1"):
            for language in ("zh", "en"):
                answer = await operator.get(f"/filings/{filing}{page}", language=language)
                assert (answer.status_code, len(answer.content) < _LARGEST) == (200, True), (page, len(answer.content))
                assert ("/workflows/" in answer.text) is False  # no address of Temporal's own pages is set


async def test_the_lifecycle_is_drawn_and_the_path_is_told_in_words(paid: Paid) -> None:
    page = (await paid.operator.get(f"/filings/{paid.payout.filing_id}")).text
    walked = [name_of("stages", f"payout.{one}", "zh") for one in ("determined", "publicity", "approved", "instructed")]
    words = re.findall(r'id="life-right-words">(.*?)</p>', page, re.DOTALL)[0]
    assert re.findall("|".join(walked), words)[:4] == walked
    assert f"<strong>{walked[-1]}</strong>" in words
    assert page.count("console-life__stage--here") == 1


async def test_the_money_of_a_receipt_is_followed_to_each_line_and_each_line_to_its_clauses(paid: Paid) -> None:
    page = (await paid.operator.get(f"/filings/{paid.licence}/money")).text
    assert "¥10,000.00" in page
    assert f'href="/filings/{paid.payout.filing_id}"' in page
    assert "¥3,000.00" in page
    money = (await paid.operator.get(f"/filings/{paid.payout.filing_id}/money")).text
    lines = re.findall(r'href="(/filings/[^"]+/money/\d+/\d+\?line=[^"]+)"', money)
    assert lines
    for line in lines:
        shown = (await paid.operator.get(line.replace("&amp;", "&"))).text
        assert word("clauses_of_line", "zh") in shown
        assert word("how_calculated", "zh") in shown


async def test_papers_are_listed_with_the_act_that_brought_them_and_come_as_they_were_sent(paid: Paid) -> None:
    filing = paid.payout.filing_id
    page = (await paid.operator.get(f"/filings/{filing}/documents")).text
    hashes = re.findall(rf'href="/filings/{filing}/documents/([0-9a-f]{{64}})"', page)
    assert paid.payout.world.paper("shares") in hashes
    for one in hashes:
        body = await paid.operator.get(f"/filings/{filing}/documents/{one}")
        assert sha256(body.content).hexdigest() == one
        assert "attachment" in body.headers["content-disposition"]
    assert (await paid.operator.get(f"/filings/{filing}/documents/{'0' * 64}")).status_code == 404


async def test_each_event_shows_the_hash_of_the_bytes_that_can_be_downloaded(paid: Paid) -> None:
    base = f"/filings/{paid.licence}/history"
    first, second = [(await paid.operator.get(f"{base}/{version}")).text for version in (1, 2)]
    body = (await paid.operator.get(f"{base}/1/bytes")).content
    assert sha256(body).hexdigest() in first
    chained = sha256(bytes(32) + body).hexdigest()
    assert (chained in first) == (chained in second)
    assert (await paid.operator.get(f"{base}/999")).status_code == 404
    assert (await paid.operator.get(f"{base}/{10**20}")).status_code == 404


async def test_a_licensee_sees_what_it_paid_and_neither_the_inventors_nor_the_raw_record(
    house: House, paid: Paid
) -> None:
    world = paid.payout.world
    licensee = await house.guest(Role.LICENSEE, world.party("licensee"))
    page = (await licensee.get(f"/filings/{paid.licence}/money")).text
    assert "¥10,000.00" in page
    assert "¥3,000.00" not in page
    assert str(paid.payout.filing_id) not in page
    for hidden in (f"/filings/{paid.licence}/history", f"/filings/{paid.licence}/history/1/bytes"):
        assert (await licensee.get(hidden)).status_code == 404
    assert (await licensee.get(f"/filings/{paid.payout.filing_id}/money")).status_code == 404


async def test_an_inventor_sees_his_own_part_of_a_payout_and_nothing_of_the_others(house: House, paid: Paid) -> None:
    world, filing = paid.payout.world, paid.payout.filing_id
    first, second = world.party("inventor_1"), world.party("inventor_2")
    inventor = await house.guest(Role.INVENTOR, world.party("unit"), who=first)
    money = (await inventor.get(f"/filings/{filing}/money")).text
    assert "¥3,000.00" in money
    assert "¥2,000.00" not in money
    for page in (f"/filings/{filing}", f"/filings/{filing}/money", f"/filings/{filing}/documents"):
        text = (await inventor.get(page)).text
        assert str(second)[:8] not in text
    assert (await inventor.get(f"/filings/{filing}/documents/{world.paper('shares')}")).status_code == 404
    position = (await inventor.get(f"/api/v1/filings/{filing}")).json()["position"]
    assert [one["party"] for one in position["lines"]] == [str(first)]
    assert "facts" not in position
    events = (await inventor.get(f"/api/v1/filings/{filing}/events")).text
    assert str(second) not in events
    acts = await house.pool.fetch("SELECT act_id FROM events WHERE filing_id = $1", filing)
    for act in acts:
        assert (await inventor.get(f"/acts/{act['act_id']}")).status_code == 404
        assert (await inventor.get(f"/api/v1/acts/{act['act_id']}")).status_code == 404


async def test_what_cannot_be_done_now_says_where_it_can_and_leads_on(paid: Paid) -> None:
    page = await paid.operator.get(f"/filings/{paid.licence}/acts/close_unpaid")
    assert page.status_code == 200
    assert name_of("stages", "licence.awaiting_payment", "zh") in page.text
    assert f'href="/filings/{paid.licence}/doing"' in page.text
    assert "<form method" not in page.text.partition("<main")[2]
    doing = (await paid.operator.get(f"/filings/{paid.licence}/doing")).text
    assert name_of("acts", "licence.close_unpaid", "zh") in doing.partition(word("not_now", "zh"))[2]


async def test_the_timeline_goes_on_where_it_ended(house: House, paid: Paid) -> None:
    second = "SELECT legal_on, version FROM events WHERE filing_id = $1 ORDER BY 1 DESC, 2 DESC OFFSET 1 LIMIT 1"
    last = await house.pool.fetchrow(second, paid.licence)
    assert last is not None
    part = await paid.operator.http.get(
        f"/filings/{paid.licence}",
        params={"before": f"{last['legal_on']}.{last['version']}"},
        headers={"hx-request": "true"},
    )
    shown = re.findall(r'class="moj-timeline__title">([^<]+)<', part.text)
    assert len(shown) == await house.pool.fetchval("SELECT count(*) - 2 FROM events WHERE filing_id = $1", paid.licence)
    assert "<html" not in part.text


async def test_what_is_asked_for_next_stands_first_and_nothing_else_is_offered_before_the_rest(house: House) -> None:
    licensor, operator = await house.guest(Role.LICENSOR), await house.guest(Role.OPERATOR)
    declaration = await declare(house, licensor)
    first = re.compile(r'<div class="govuk-button-group">\s*<a href="[^"]*/acts/(\w+)"[^>]*?class="([^"]*)"', re.DOTALL)
    by_operator = first.search((await operator.get(f"/filings/{declaration}")).text)
    assert by_operator is not None, "the pre-check is the platform's"
    assert (by_operator[1], "secondary" in by_operator[2]) == ("mark_filed", False)
    by_licensor = first.search((await licensor.get(f"/filings/{declaration}")).text)
    assert by_licensor is not None
    assert "secondary" in by_licensor[2], "nothing is asked of the licensor: no act of his stands out"
