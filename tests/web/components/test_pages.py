"""The parts in a real browser: at both widths, in both languages, for those who see, hear or type only."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.fixtures import DESKTOP, PHONE, NewPage
from tests.browser.seeing import axe, overflow, stops
from tests.web.components.conftest import Served

WIDTHS = pytest.mark.parametrize("width", [DESKTOP, PHONE])


@WIDTHS
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shape", ["", "&compact"])
async def test_a_page_of_all_parts_has_no_barrier_and_fits(
    new_page: NewPage, pages: Served, width: int, language: str, shape: str
) -> None:
    page = await new_page(width, language)
    await page.goto(f"{pages.address}/components?language={language}{shape}")
    assert await axe(page) == []
    assert await overflow(page) == []


async def test_everything_that_can_be_pressed_is_reached_by_keyboard(page: Page, pages: Served) -> None:
    await page.goto(f"{pages.address}/components")
    reached = await stops(page)
    assert reached[0] == "A#跳到正文"
    assert "BUTTON#退出" in reached
    pressed = "main :is(a[href], button:not([disabled]), select, textarea, summary):not([tabindex='-1']):visible"
    missed = await page.locator(pressed).evaluate_all(
        "all => all.filter(one => !one.dataset.reached).map(one => one.outerHTML)"
    )
    assert missed == []


async def test_an_error_leads_to_its_field(page: Page, pages: Served) -> None:
    await page.goto(f"{pages.address}/components")
    await page.locator(".govuk-error-summary a").last.click()
    await expect(page.locator("#paid")).to_be_focused()


async def test_a_table_is_cards_on_a_phone_and_still_a_table(phone: Page, pages: Served) -> None:
    await phone.goto(f"{pages.address}/components")
    table = phone.get_by_role("table", name="期限")
    await expect(table.get_by_role("row")).to_have_count(5)
    first, second = table.get_by_role("rowheader").first, table.get_by_role("cell").first
    above, below = await first.bounding_box(), await second.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]


async def test_filters_are_open_on_a_desk_and_folded_on_a_phone(new_page: NewPage, pages: Served) -> None:
    for width in (DESKTOP, PHONE):
        page = await new_page(width)
        await page.goto(f"{pages.address}/components")
        await page.evaluate("document.querySelector('.console-filter').removeAttribute('open')")
        fields = page.locator("#filter-q")
        await (expect(fields).to_be_visible() if width == DESKTOP else expect(fields).to_be_hidden())


async def test_a_refused_form_comes_back_with_what_was_typed(page: Page, pages: Served) -> None:
    await page.goto(f"{pages.address}/form")
    await page.fill("#number", "ZL 2020 <b>")
    await page.get_by_role("button", name="保存并继续").click()
    await expect(page.locator("#number-error")).to_contain_text("校验位不符")
    await expect(page.locator("#number")).to_have_value("ZL 2020 <b>")
    assert pages.came == ["a\"b'c<d"], "htmx sends the token with every request"
    await page.get_by_label("委托代理机构").check()
    await expect(page.locator("#agent_name"), "parts that came later work too").to_be_visible()


async def test_a_form_is_sent_once_however_often_its_button_is_pressed(page: Page, pages: Served) -> None:
    await page.goto(f"{pages.address}/once")
    async with page.expect_response(f"{pages.address}/once"):
        await page.get_by_role("button", name="保存并继续").click(click_count=3)
    await expect(page.locator("form[aria-busy]")).to_have_count(1)
    assert len(pages.came) == 1


async def test_pages_work_without_scripts(new_page: NewPage, pages: Served) -> None:
    page = await new_page()
    await page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    await page.goto(f"{pages.address}/form")
    await page.fill("#number", "1")
    await page.get_by_role("button", name="保存并继续").click()
    await expect(page.locator("#number-error")).to_be_visible()


async def test_what_is_printed_has_content_and_no_controls(page: Page, pages: Served) -> None:
    await page.goto(f"{pages.address}/components")
    await page.emulate_media(media="print")
    await expect(page.get_by_role("table", name="期限")).to_be_visible()
    for control in (".govuk-service-navigation", ".console-filter", "main .govuk-button >> nth=0"):
        await expect(page.locator(control).first).to_be_hidden()
    await expect(page.locator("#tab-history")).to_be_visible()
