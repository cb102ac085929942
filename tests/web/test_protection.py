"""What holds for every answer: headers, a bound for what comes in, a number, and what no log line has."""

import json
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import uuid4

import pytest
import structlog
from fastapi import FastAPI, Request
from httpx2 import ASGITransport, AsyncClient, Response
from starlette.responses import PlainTextResponse, StreamingResponse
from structlog.testing import capture_logs

from runtime.settings import Settings
from web.app import create_app
from web.console import Console
from web.protection import HEADERS, LARGEST_BODY, REQUEST_ID

_CHUNK = b"x" * 65_536
_NOBODY: Any = None


def _nothing_is_open() -> Console:
    """Of pages that look at nothing; what does look is a defect, which has to be answered too."""
    return Console(Settings(), _NOBODY, _NOBODY, _NOBODY, _NOBODY)


@pytest.fixture
def app() -> FastAPI:
    made = create_app(_nothing_is_open())

    @made.get("/test/broken")
    async def broken() -> None:
        raise ValueError("王小明 cannot be read")

    @made.get("/test/broken-off")
    async def broken_off() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            yield b"begun"
            raise ValueError("in the middle")

        return StreamingResponse(parts())

    @made.post("/test/form")
    async def form(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.form())))

    @made.post("/test/body")
    async def body(request: Request) -> PlainTextResponse:
        return PlainTextResponse(str(len(await request.body())))

    @made.post("/test/json")
    async def stated(given: dict[str, Any]) -> int:
        return len(given)

    return made


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://console") as client:
        yield client


def _is_guarded(answer: Response) -> bool:
    return all(answer.headers.get(name) == value for name, value in HEADERS.items())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/filings", 303),
        ("/nowhere", 404),
        ("/healthz", 200),
        ("/static/console.css", 200),
        ("/static/nothing.css", 404),
        ("/api/v1/nowhere", 404),
        ("/test/form", 405),
        ("/test/broken", 500),
    ],
)
async def test_every_answer_is_guarded_whatever_it_says(browser: AsyncClient, path: str, status: int) -> None:
    answer = await browser.get(path)
    assert answer.status_code == status
    assert _is_guarded(answer)


async def test_no_page_may_run_what_is_not_ours(browser: AsyncClient) -> None:
    policy = (await browser.get("/")).headers["content-security-policy"]
    rules = {name: values for name, *values in (one.split() for one in policy.split(";"))}
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in policy
    assert "*" not in policy


async def test_a_browser_that_came_encrypted_is_told_to_stay_so(app: FastAPI, browser: AsyncClient) -> None:
    assert "strict-transport-security" not in (await browser.get("/")).headers
    async with AsyncClient(transport=ASGITransport(app), base_url="https://console") as encrypted:
        assert (await encrypted.get("/")).headers["strict-transport-security"].startswith("max-age=")


async def test_each_answer_has_a_number_of_its_own_that_is_not_the_askers(browser: AsyncClient) -> None:
    given = [
        (await browser.get(path, headers={REQUEST_ID: "mine"})).headers[REQUEST_ID]
        for path in ("/", "/nowhere", "/test/broken", "/")
    ]
    assert len(set(given)) == len(given)
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in given)


class _Sent:
    """A body that is made while it is read; ``read`` says how much of it was taken."""

    def __init__(self, size: int, begin: bytes = b"") -> None:
        self._size, self._begin, self.read = size, begin, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._begin:
            self.read += len(self._begin)
            yield self._begin
        while self.read < self._size:
            self.read += len(_CHUNK)
            yield _CHUNK


_KINDS = {
    "/test/form": "multipart/form-data; boundary=edge",
    "/test/body": "application/octet-stream",
    "/test/json": "application/json",
}


_BEGINS = {"/test/form": b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'}


class _Posted:
    """One request on the ASGI interface itself: what the program takes, message by message, and what it answers."""

    def __init__(self, path: str, body: _Sent, length: int | None) -> None:
        headers = [(b"host", b"console"), (b"content-type", _KINDS[path].encode())]
        if length is not None:
            headers.append((b"content-length", str(length).encode()))
        self.scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
            "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
            "client": ("192.0.2.7", 1), "server": ("console", 80),
        }  # fmt: skip
        self.sent: list[dict[str, Any]] = []
        self._parts = aiter(body)

    async def receive(self) -> dict[str, Any]:
        part = await anext(self._parts, None)
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        (start,) = (one["status"] for one in self.sent if one["type"] == "http.response.start")
        return cast(int, start)


@pytest.mark.parametrize("path", _KINDS)
async def test_thirteen_megabytes_are_refused_and_no_more_than_the_bound_is_ever_taken(app: FastAPI, path: str) -> None:
    body = _Sent(200 * 1024 * 1024, _BEGINS.get(path, b""))
    posted = _Posted(path, body, length=None)
    await app(posted.scope, posted.receive, posted.send)
    assert posted.status == 413
    assert body.read <= LARGEST_BODY + len(_CHUNK)
    assert [one["type"] for one in posted.sent] == ["http.response.start", "http.response.body"]
    assert (b"connection", b"close") in posted.sent[0]["headers"]


async def test_a_body_that_tells_that_it_is_too_large_is_not_even_begun(app: FastAPI) -> None:
    body = _Sent(13 * 1024 * 1024)
    posted = _Posted("/test/body", body, length=13 * 1024 * 1024)
    await app(posted.scope, posted.receive, posted.send)
    assert (posted.status, body.read) == (413, 0)


async def test_a_body_at_the_bound_comes_through_whole(browser: AsyncClient) -> None:
    answer = await browser.post("/test/body", content=b"x" * LARGEST_BODY)
    assert (answer.status_code, answer.text) == (200, str(LARGEST_BODY))
    assert (await browser.post("/test/body", content=b"x" * (LARGEST_BODY + 1))).status_code == 413


async def test_no_line_of_the_log_has_an_address_a_cookie_or_a_name(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    secrets = {"filing": str(uuid4()), "cookie": "cookie-of-somebody", "name": "王小明", "host": "203.0.113.9"}
    transport = ASGITransport(app, raise_app_exceptions=False, client=("203.0.113.9", 4_711))
    headers = {"cookie": f"language=zh; other={secrets['cookie']}", "x-forwarded-for": "203.0.113.9"}
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        async with AsyncClient(transport=transport, base_url="http://console", headers=headers) as browser:
            for path in (f"/filings/{secrets['filing']}", "/nowhere", "/healthz", "/api/v1/nowhere"):
                await browser.get(path, params={"q": secrets["name"]})
            await browser.post("/test/form", data={"name": secrets["name"]})
    said = json.dumps(
        [*lines, *(one for one in caplog.messages if "HTTP Request" not in one)], ensure_ascii=False, default=repr
    )
    assert [name for name, value in secrets.items() if value in said] == []
    requests = [one for one in lines if one["event"] == "request"]
    assert len(requests) == 5
    assert len({one["request_id"] for one in requests}) == 5
    assert {one["log_level"] for one in requests if one["route"] == "/healthz"} == {"debug"}
    assert "/api/v1/-" in {one["route"] for one in requests}


async def test_a_defect_is_written_down_once_under_the_number_that_the_answer_shows(browser: AsyncClient) -> None:
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = await browser.get("/test/broken")
        await browser.get("/test/broken-off")
    failed = [one for one in lines if one["event"] == "request_failed"]
    assert [(one["route"], one["error"]) for one in failed] == [
        ("/test/broken", "ValueError"),
        ("/test/broken-off", "ValueError"),
    ]
    assert failed[0]["request_id"] == answer.headers[REQUEST_ID]
    assert failed[0]["where"][-1].endswith(" broken")
    assert [one["status"] for one in lines if one["event"] == "request"] == [500, 200]


async def test_what_a_defect_says_of_people_stays_out_of_the_log(
    browser: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as lines:
        answer = await browser.get("/test/broken")
    assert answer.status_code == 500
    assert "王小明" not in repr(lines) + caplog.text + answer.text
