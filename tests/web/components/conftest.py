"""The page of all parts, served as the console serves its pages: by HTTP, under its strict policy."""

import socket
from collections.abc import Iterator
from threading import Thread
from typing import NamedTuple

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.web.components.rendered import STATIC, components, context, environment
from texts.lines import Language

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Served(NamedTuple):
    """Where the pages are, and which forms have come, with their token."""

    address: str
    came: list[str | None]


@pytest.fixture(scope="session")
def pages(server_folder: object) -> Iterator[Served]:
    """A server of this process."""
    came: list[str | None] = []
    listening = socket.socket(proto=socket.IPPROTO_TCP)  # told as TCP, or asyncio lets each answer wait 40 ms
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # whoever connects before the server runs is kept waiting
    server = uvicorn.Server(uvicorn.Config(_app(came), log_config=None, lifespan="off"))
    thread = Thread(target=server.run, args=([listening],))
    thread.start()
    yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", came)
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(autouse=True)
def _nothing_came(pages: Served) -> None:
    pages.came.clear()


def _app(came: list[str | None]) -> Starlette:
    async def all_parts(request: Request) -> Response:
        return _page(components(_language(request), compact="compact" in request.query_params))

    async def form(request: Request) -> Response:
        shown = {**context("zh"), "number": "", "error": ""}
        if request.method == "GET":
            return _page(environment().get_template("asked_again.html").render(shown))
        came.append(request.headers.get("x-csrf-token"))
        shown |= {"number": (await request.form())["number"], "error": "校验位不符"}
        return _page(environment().get_template("asked_form.html").render(shown), 422)

    async def once(request: Request) -> Response:
        if request.method == "GET":
            return _page(environment().get_template("sent_once.html").render(context("zh")))
        came.append(None)
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/components", all_parts),
            Route("/form", form, methods=["GET", "POST"]),
            Route("/once", once, methods=["GET", "POST"]),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
    )


def _language(request: Request) -> Language:
    return "en" if request.query_params.get("language") == "en" else "zh"


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, {"Content-Security-Policy": POLICY})
