"""What these pages share: who has signed in though no role can be used yet, our cookies, and forms that are ours."""

from collections.abc import Iterable
from hmac import compare_digest
from secrets import token_urlsafe
from typing import Any

from starlette.responses import RedirectResponse, Response

from schemas.values.refusal import Refusal, refuse
from texts.words import refusal_in
from web.sign_in.session import Entered
from web.visit import DEVICE, SESSION, SignInNeeded, Visit

_A_YEAR = 365 * 86_400
_FAMILIES = ("Edg", "OPR", "Firefox", "MicroMessenger", "Chrome", "Safari")
"""Words by which browsers name themselves, the more special ones first."""
WHERE = {"second_factor": "/second-factor", "role": "/account"}
"""Where somebody goes who lacks this."""


async def entered(visit: Visit) -> Entered:
    """Who has signed in, with a usable role or without; raises SignInNeeded."""
    cookie = visit.request.cookies.get(SESSION)
    found = await visit.console.sessions.entered(cookie) if cookie else None
    if found is None:
        raise SignInNeeded
    return found


async def form_of(visit: Visit, token: str) -> dict[str, str]:
    """The posted texts, if they come from our page; raises Refused as ``posted``, and for another token."""
    form = await visit.posted()
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    sent = visit.request.headers.get("x-csrf-token") or given.get("csrf", "")
    if not (token and compare_digest(sent.encode(), token.encode())):
        raise refuse("form_not_ours")
    return given


def device_of(visit: Visit) -> str | None:
    """The token of the device, if it has one."""
    return visit.request.cookies.get(DEVICE) or None


def token_of_device(visit: Visit, device: str | None) -> str:
    """What the forms before a sign-in carry: made from the device's cookie, which no other site can read or set."""
    return visit.console.sessions.keys.hashed("csrf", "before", device).hex() if device else ""


def new_device() -> str:
    """A token for a device that has none."""
    return token_urlsafe(32)


def put_session(visit: Visit, answer: Response, cookie: str) -> None:
    """The cookie of a session: it goes with the browser, and scripts do not see it."""
    answer.set_cookie(SESSION, cookie, httponly=True, samesite="lax", secure=_is_secure(visit), path="/")


def put_device(visit: Visit, answer: Response, device: str) -> None:
    """The cookie by which a device is known again."""
    answer.set_cookie(
        DEVICE, device, max_age=_A_YEAR, httponly=True, samesite="lax", secure=_is_secure(visit), path="/"
    )


def gone(to: str) -> Response:
    """To that page, without the cookie of a session."""
    answer = RedirectResponse(to, 303)
    answer.delete_cookie(SESSION, path="/")
    return answer


def origin(visit: Visit) -> str:
    """The address that asks."""
    return visit.request.client.host if visit.request.client else ""


def browser(visit: Visit) -> str | None:
    """The family of the browser."""
    agent = visit.request.headers.get("user-agent", "")
    return next((one for one in _FAMILIES if one in agent), None)


def told(visit: Visit, refusals: Iterable[Refusal]) -> dict[str, Any]:
    """What is wrong, for the page: above the form as ``errors``, beside its fields as ``problems``."""
    above, beside = [], {}
    for one in refusals:
        said = refusal_in(one, visit.language)
        above.append({"text": said.what, "note": said.remedy, **({"href": f"#{one.where}"} if one.where else {})})
        if one.where:
            beside[one.where] = (
                f"{said.what}。{said.remedy}" if visit.language == "zh" else f"{said.what}. {said.remedy}"
            )
    return {"errors": above, "problems": beside}


def _is_secure(visit: Visit) -> bool:
    return visit.request.url.scheme == "https"
