"""A co-owner gets his code by mail at an address that the operator names; nobody else sees it, and no fall loses it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import httpx2 as httpx

from schemas.values.actor import Role
from tests.web.house import Guest, House
from tests.web.mailing.server import MailServer, mail_server
from tests.web.pages.consents.test_consents import _LINK, code_of, draft_of
from tests.web.serving import served
from web.app import create_app
from web.console import Console
from web.mailing.codes import mail_next
from web.words import word

_CODE = re.compile(r"：(\d{8})")
ADDRESS = "owner@example.com"


@asynccontextmanager
async def _mailing(house: House) -> AsyncIterator[tuple[Console, Guest, MailServer]]:
    """The same console with a mail server, and an operator at it."""
    operator = await house.guest(Role.OPERATOR)
    async with mail_server() as server:
        console = replace(house.console, mailer=server.smtp)
        async with served(create_app(console)) as port:
            address, cookies = f"http://127.0.0.1:{port}", {"session": operator.cookie}
            async with httpx.AsyncClient(base_url=address, cookies=cookies, timeout=60) as client:
                yield console, replace(operator, http=client), server


async def _asked(house: House) -> tuple[str, str, UUID, Guest]:
    """Draft, link and its id of a co-owner who waits for a code; and who asked him."""
    licensor = await house.guest(Role.LICENSOR, "某大学")
    other = (await house.guest(Role.LICENSOR, "某共有公司")).organisation_id
    draft = await draft_of(house, licensor, other)
    found = _LINK.search((await licensor.post(f"/consents/{draft}", party_id=str(other))).text)
    assert found
    link = f"/consent/{found[1]}"
    await house.public().post(f"{link}/ask")
    link_id = await house.pool.fetchval("SELECT link_id FROM consent_links WHERE draft_id = $1", UUID(draft))
    return draft, link, link_id, licensor


async def test_the_code_goes_to_the_address_alone_and_opens_the_link(house: House) -> None:
    async with _mailing(house) as (console, operator, server):
        draft, link, link_id, licensor = await _asked(house)
        wrong = await operator.post(f"/consent-codes/{link_id}/mail", mail_to="Owner <owner@example.com>")
        assert (wrong.status_code, "Owner &lt;owner@example.com&gt;" in wrong.text) == (422, True)
        assert not await mail_next(console)

        page = await operator.post(f"/consent-codes/{link_id}/mail", mail_to=ADDRESS)
        assert word("consent_mail_waiting", "zh") in page.text
        kept = await house.pool.fetchval("SELECT sealed_to FROM code_mails WHERE link_id = $1", link_id)
        assert ADDRESS.encode() not in kept
        assert await mail_next(console)
        assert not await mail_next(console)
        ((to, message),) = server.taken
        found = _CODE.search(message.get_content())
        assert (to, bool(found)) == (ADDRESS, True)
        assert found
        after = (await operator.get("/consent-codes")).text
        assert word("consent_mail_sent", "zh") in after
        seen = [after, page.text, (await licensor.get(f"/consents/{draft}")).text]
        assert not any(found[1] in one or ADDRESS in one for one in seen)
        assert await house.pool.fetchval("SELECT sealed_to FROM code_mails WHERE link_id = $1", link_id) is None
        assert (await licensor.post(f"/consent-codes/{link_id}/mail", mail_to=ADDRESS)).status_code == 404
        assert (await house.public().post(f"{link}/code", data={"code": found[1]})).status_code == 303


async def test_a_mail_that_did_not_go_is_tried_again_and_given_up_to_the_operator(house: House) -> None:
    async with _mailing(house) as (console, operator, server):
        draft, link, link_id, _ = await _asked(house)
        server.recipient = "451 later"
        await operator.post(f"/consent-codes/{link_id}/mail", mail_to=ADDRESS)
        assert await mail_next(console)
        assert not await mail_next(console)  # not before its time
        again = "UPDATE code_mails SET next_try_at = clock_timestamp() WHERE link_id = $1"
        await house.pool.execute(again, link_id)
        server.recipient = "550 no such user"
        assert await mail_next(console)
        assert word("consent_mail_given_up", "zh") in (await operator.get("/consent-codes")).text
        assert server.taken == []
        code = await code_of(operator, house, draft)  # what there was before there was mail
        assert (await house.public().post(f"{link}/code", data={"code": code})).status_code == 303


async def test_a_code_that_is_handed_over_is_not_replaced_by_mail(house: House) -> None:
    async with _mailing(house) as (console, operator, server):
        draft, link, link_id, _ = await _asked(house)
        await operator.post(f"/consent-codes/{link_id}/mail", mail_to=ADDRESS)
        code = await code_of(operator, house, draft)
        assert not await mail_next(console)
        assert server.taken == []
        assert (await house.public().post(f"{link}/code", data={"code": code})).status_code == 303


async def test_without_a_mail_server_nothing_of_it_is_offered(house: House) -> None:
    _, _, link_id, _ = await _asked(house)
    operator = await house.guest(Role.OPERATOR)
    assert word("consent_mail", "zh") not in (await operator.get("/consent-codes")).text
    assert (await operator.post(f"/consent-codes/{link_id}/mail", mail_to=ADDRESS)).status_code == 404
    assert not await mail_next(house.console)
