"""What guards every answer: a bound for what comes in, the headers that browsers obey, a number for each request."""

import time
import traceback
from dataclasses import dataclass
from secrets import token_hex

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from runtime.settings import ROOT
from web.pages.health import LIVES, READY
from web.watching.metrics import answered

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
_ONLY_ENCRYPTED = "max-age=31536000"
"""Said where the proxy tells that the browser came by HTTPS; for the other names of the host it does not speak."""
REQUEST_ID = "x-request-id"
_MOST_FRAMES, _PACKAGES, _HERE = 12, "site-packages/", f"{ROOT}/"
_ASKED_BY_MACHINES = (LIVES, READY)
log = structlog.get_logger()


class _TooLarge(Exception):
    """More has come than any form has."""


class _CutOff(Exception):
    """An answer that cannot be ended: the server closes the connection."""


@dataclass
class _Answer:
    """What is known of one answer; ``is_whole``: nobody may add to it any more."""

    status: int = 0
    begun_after: float = 0.0
    is_whole: bool = False


class Guarded:
    """Around the whole program, also around what answers for its defects.

    A body that is too large is answered when its length is told, or as soon as too much has come: no more of it is kept
    in memory, and what the program makes of the rest is not sent.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, answer, came = token_hex(8), time.monotonic(), _Answer(), 0
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)

        async def bounded() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > LARGEST_BODY:
                if answer.status == 0:
                    await _say_too_large(guarded)
                raise _TooLarge
            return message

        async def guarded(message: Message) -> None:
            if answer.is_whole:
                return
            if message["type"] == "http.response.start":
                answer.status, answer.begun_after = message["status"], time.monotonic() - began
                _guard(MutableHeaders(scope=message), scope, request_id)
            await send(message)
            answer.is_whole = message["type"] == "http.response.body" and not message.get("more_body", False)

        try:
            if _told_length(scope) > LARGEST_BODY:
                await _say_too_large(guarded)
            else:
                await self._app(scope, bounded, guarded)
        except _TooLarge:
            pass
        except Exception as error:
            log.error("request_failed", route=_route(scope), error=type(error).__name__, where=_where(error))
            if not answer.is_whole:  # else the program has answered for its defect already
                raise _CutOff from None
        finally:
            _tell(scope, answer, time.monotonic() - began)


def _guard(headers: MutableHeaders, scope: Scope, request_id: str) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope.get("scheme") == "https":
        headers.setdefault("Strict-Transport-Security", _ONLY_ENCRYPTED)
    headers[REQUEST_ID] = request_id


def _told_length(scope: Scope) -> int:
    """What the request says of its own length; the server has seen that it is a number."""
    told = Headers(scope=scope).get("content-length", "")
    return int(told) if told.isdecimal() else 0


def _route(scope: Scope) -> str:
    """The pattern and not the address, which can have ids, names and what was searched for in it."""
    mounted_at, path = scope.get("root_path", ""), getattr(scope.get("route"), "path", None)
    return f"{mounted_at}{path or '/-'}" if mounted_at else path or "-"


def _where(error: Exception) -> list[str]:
    """The calls that led there. What an error says can have a name or a number of somebody in it, and is left out."""
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return [f"{one.filename.rpartition(_PACKAGES)[2].removeprefix(_HERE)}:{one.lineno} {one.name}" for one in frames]


def _tell(scope: Scope, answer: _Answer, seconds: float) -> None:
    route, method = _route(scope), scope["method"]
    # An answer that is told in parts, as something goes on, is not slow for that.
    answered(route, method, answer.status, answer.begun_after or seconds)
    line = log.debug if route in _ASKED_BY_MACHINES and answer.status < 400 else log.info
    line("request", method=method, route=route, status=answer.status, milliseconds=round(seconds * 1_000, 1))


async def _say_too_large(send: Send) -> None:
    body = "所提交的内容超过 12 MB；请减小后再提交。 What was sent is larger than 12 MB; make it smaller.".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": [*headers, (b"connection", b"close")]})
    await send({"type": "http.response.body", "body": body})
