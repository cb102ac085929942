"""In and out: name and password, the code, an invitation, and the way out."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from schemas.values.refusal import refusal
from web.pages.signing.entered import (
    WHERE,
    browser,
    device_of,
    entered,
    form_of,
    gone,
    new_device,
    origin,
    put_device,
    put_session,
    token_of_device,
    told,
)
from web.render import render
from web.sign_in.attempts import Denied
from web.sign_in.hashing import LEAST, weakness
from web.sign_in.people import accept
from web.sign_in.ways.passkeys import Place
from web.sign_in.ways.passwords import Account, NeedsCode, second_step, sign_in
from web.visit import SESSION, Anybody, SignInNeeded, Visit, back_or_home
from web.watching.metrics import signed_in

router = APIRouter()


@router.get("/sign-in")
async def sign_in_form(visit: Anybody) -> Response:
    """The form; whoever is in goes on, and whoever lacks something goes where he gets it."""
    to = back_or_home(visit.request.query_params.get("next"))
    if visit.session is not None:
        return RedirectResponse(to, 303)
    cookie = visit.request.cookies.get(SESSION)
    found = await visit.console.sessions.entered(cookie) if cookie else None
    if found is not None and found.lacks is not None:
        return RedirectResponse(WHERE[found.lacks], 303)
    ended = await visit.console.sessions.why_ended(cookie) if cookie else None
    return page(visit, "signing/sign_in.html", 200, next=to, ended=ended, given={})


@router.post("/sign-in")
async def sign_in_sent(visit: Anybody) -> Response:
    """Name and password; the next page is the one that was asked for, or the code's."""
    given = await form_of(visit, token_of_device(visit, device_of(visit)))
    names = (given.get("name", ""), given.get("password", ""))
    answer = await sign_in(visit.console.sessions.door, *names, None, origin(visit), device_of(visit))
    return await let_in(visit, answer, back_or_home(given.get("next")), given)


@router.post("/sign-in/code")
async def code_sent(visit: Anybody) -> Response:
    """The code of the authenticator, or a recovery code."""
    given = await form_of(visit, token_of_device(visit, device_of(visit)))
    ticket, to = given.get("ticket", ""), back_or_home(given.get("next"))
    door = visit.console.sessions.door
    answer = await second_step(door, ticket, given.get("code", ""), origin(visit), device_of(visit))
    if isinstance(answer, Denied):
        signed_in(answer.refusal.code)
        if answer.refusal.code == "sign_in_too_old":
            return page(visit, "signing/sign_in.html", denied=answer, next=to, ended=None, given={})
        return page(visit, "signing/code.html", denied=answer, ticket=ticket, next=to)
    return await _in(visit, answer, to)


@router.post("/sign-out")
async def sign_out(visit: Anybody) -> Response:
    """Out; the same again changes nothing."""
    try:
        found = await entered(visit)
    except SignInNeeded:
        return gone("/")
    await form_of(visit, found.csrf)
    await visit.console.sessions.end(visit.request.cookies[SESSION])
    return gone("/")


@router.get("/invitation/{invitation}")
async def invitation_form(visit: Anybody, invitation: str) -> Response:
    """Where somebody who was invited chooses a password."""
    return page(visit, "signing/invitation.html", 200, least=LEAST, invitation=invitation)


@router.post("/invitation/{invitation}")
async def invitation_sent(visit: Anybody, invitation: str) -> Response:
    """The first password; then he signs in with it."""
    given = await form_of(visit, token_of_device(visit, device_of(visit)))
    password = given.get("password", "")
    if (weak := weakness(password, "")) is not None:
        return page(visit, "signing/invitation.html", denied=Denied(weak), least=LEAST, invitation=invitation)
    if await accept(visit.console.sessions.door, invitation, password) is None:
        denied = Denied(refusal("invitation_over"))
        return page(visit, "signing/invitation.html", denied=denied, least=LEAST, invitation=invitation)
    return RedirectResponse("/sign-in", 303)


async def let_in(
    visit: Visit, answer: Account | NeedsCode | Denied, to: str, given: dict[str, str] | None = None
) -> Response:
    """The page after the first step, whichever that was."""
    if isinstance(answer, NeedsCode):
        return page(visit, "signing/code.html", 200, ticket=answer.ticket, next=to)
    if isinstance(answer, Denied):
        signed_in(answer.refusal.code)
        return page(visit, "signing/sign_in.html", denied=answer, next=to, ended=None, given=given or {})
    return await _in(visit, answer, to)


async def _in(visit: Visit, account: Account, to: str) -> Response:
    cookie, _ = await visit.console.sessions.begin(
        account.account_id,
        None,
        device_of(visit),
        browser=browser(visit),
        instead_of=visit.request.cookies.get(SESSION),
    )
    signed_in("signed_in")
    found = await visit.console.sessions.entered(cookie)
    lacks = found.lacks if found else None
    answer = RedirectResponse(WHERE[lacks] if lacks else to, 303)
    put_session(visit, answer, cookie)
    return answer


def page(
    visit: Visit, template: str, status: int | None = None, *, denied: Denied | None = None, **context: Any
) -> Response:
    """A page that everybody sees, with a device's token in its form; ``denied``: what it says no to."""
    device = device_of(visit) or new_device()
    refusals = (denied.refusal,) if denied else ()
    if status is None:
        status = 429 if denied and denied.retry_after else 422
    settings = visit.console.settings
    is_named = Place.of(visit.address("/")).is_named
    common = {"token": token_of_device(visit, device), "provider": settings.oidc_issuer, "has_passkeys": is_named}
    answer = render(visit, template, status, **common, **told(visit, refusals), **context)
    if denied and denied.retry_after:
        answer.headers["Retry-After"] = str(denied.retry_after)
    put_device(visit, answer, device)
    return answer
