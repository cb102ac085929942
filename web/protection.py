"""What guards every answer: a bound for what comes in, the headers that browsers obey, a number for each request."""

import time
from secrets import token_hex

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 12 * 1024 * 1024
"""A document of 10 MB and the fields of its form."""
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "X-Frame-Options": "DENY",
}
REQUEST_ID = "x-request-id"
log = structlog.get_logger()


class _TooLarge(Exception):
    """More has come than any form has."""


class Guarded:
    """Around the whole program; a request that is too large is answered before it is kept in memory."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, told = token_hex(8), time.monotonic(), {"status": 0}
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        came = 0

        async def bounded() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > LARGEST_BODY:
                raise _TooLarge
            return message

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers[REQUEST_ID] = request_id
            await send(message)

        try:
            await self._app(scope, bounded, with_headers)
        except _TooLarge:
            await _answer_too_large(with_headers)
        finally:
            self._tell(scope, told["status"], time.monotonic() - began)

    @staticmethod
    def _tell(scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")  # the pattern, not the address: that can have ids in it
        log.info(
            "request",
            method=scope["method"],
            route=getattr(route, "path", None) or "-",
            status=status,
            milliseconds=round(seconds * 1_000, 1),
        )


async def _answer_too_large(send: Send) -> None:
    body = "所提交的内容超过 12 MB；请减小后再提交。 What was sent is larger than 12 MB; make it smaller.".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": body})
