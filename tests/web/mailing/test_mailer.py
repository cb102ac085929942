"""Mail goes to a server of the settings, in time or not at all, and to nothing that is no plain address."""

import asyncio

import pytest

from runtime.settings import Settings, SetupError
from schemas.values.refusal import Fault
from tests.web.mailing.server import SENDER, mail_server
from web.mailing import mailer
from web.mailing.mailer import Smtp, is_address


async def test_a_text_arrives_as_it_was_written() -> None:
    async with mail_server() as server:
        await server.smtp.send("owner@example.com", "验证码 / code", "您的验证码：12345678\n.\nthe end")
        ((to, message),) = server.taken
    assert (to, message["From"], message["To"], message["Subject"]) == (
        "owner@example.com",
        SENDER,
        "owner@example.com",
        "验证码 / code",
    )
    assert message.get_content().splitlines() == ["您的验证码：12345678", ".", "the end"]


@pytest.mark.parametrize(("answer", "retry"), [("550 no such user", False), ("451 later", True)])
async def test_an_address_that_there_is_not_is_not_tried_again(answer: str, retry: bool) -> None:
    async with mail_server() as server:
        server.recipient = answer
        with pytest.raises(Fault) as told:
            await server.smtp.send("owner@example.com", "code", "12345678")
    assert told.value.retry is retry
    assert "12345678" not in told.value.what


async def test_a_server_that_is_silent_or_away_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailer, "_PATIENCE_SECONDS", 0.2)
    async with mail_server() as server:
        server.is_silent, smtp = True, server.smtp
        async with asyncio.timeout(10):
            with pytest.raises(Fault) as told:
                await smtp.send("owner@example.com", "code", "12345678")
    assert told.value.retry
    with pytest.raises(Fault, match="does not answer"):
        await smtp.send("owner@example.com", "code", "12345678")


async def test_nothing_goes_unencrypted_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    async with mail_server() as server:  # it offers no STARTTLS
        monkeypatch.setattr(Smtp, "_is_own", lambda _: False)
        with pytest.raises(Fault):
            await server.smtp.send("owner@example.com", "code", "12345678")
        assert server.taken == []
    monkeypatch.undo()
    assert [Smtp(host, 25, SENDER)._is_own() for host in ("127.0.0.1", "::1", "localhost", "mail.example")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "owner",
        "owner@example",
        "owner@example.com\r\nBcc: other@example.com",
        "Owner <owner@example.com>",
        "a@example.com,b@example.com",
        "owner@-example.com",
        f"{'x' * 65}@example.com",
        "所有人@example.com",
    ],
)
def test_what_is_no_plain_address_is_none(text: str) -> None:
    assert not is_address(text)
    assert is_address("first.last+codes@mail.example.com.cn")


def test_a_server_is_named_whole_or_not_at_all() -> None:
    given = {"OPEN_LICENCE_MAIL": "smtp://user:hush%40@mail.example", "OPEN_LICENCE_MAIL_FROM": SENDER}
    settings = Settings.read(given)
    assert Smtp.at(settings.mail, settings.mail_from) == Smtp("mail.example", 587, SENDER, "user", "hush@", False)
    assert Smtp.at("smtps://mail.example", SENDER) == Smtp("mail.example", 465, SENDER, None, None, True)
    assert Smtp.at(None, None) is None
    assert "hush%40" not in repr(settings)
    for wrong in (
        {"OPEN_LICENCE_MAIL": "smtp://user:hush@mail.example"},
        {"OPEN_LICENCE_MAIL_FROM": SENDER},
        {**given, "OPEN_LICENCE_MAIL": "http://user:hush@mail.example"},
        {**given, "OPEN_LICENCE_MAIL": "smtp://user:hush@mail.example:port"},
        {**given, "OPEN_LICENCE_MAIL_FROM": "nobody"},
    ):
        with pytest.raises(SetupError, match="OPEN_LICENCE_MAIL") as told:
            Settings.read(wrong)
        assert "hush" not in f"{told.value.en}{told.value.zh}"
