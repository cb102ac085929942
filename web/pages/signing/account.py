"""One's own account: in which role one acts, the password, the second factor, and every session at once."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import segno
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from database.sign_in.accounts import find_account, set_language
from schemas.values.refusal import Refusal, refusal
from web.pages.signing.entered import browser, device_of, entered, form_of, gone, put_session, told
from web.render import render
from web.sign_in.hashing import LEAST, weakness
from web.sign_in.session import Entered
from web.sign_in.ways import recovery, second_factor
from web.sign_in.ways.passwords import change_password
from web.visit import LANGUAGE, SESSION, Anybody, NotFound, Visit, back_or_home

router = APIRouter()


@router.get("/account")
async def account(visit: Anybody) -> Response:
    """All of it on one page."""
    return await _account(visit, await entered(visit))


@router.post("/membership")
async def membership(visit: Anybody) -> Response:
    """Acts in another role from now on, by another session."""
    found = await entered(visit)
    given = await form_of(visit, found.csrf)
    chosen = next((one for one in found.memberships if str(one.membership_id) == given.get("membership_id")), None)
    if chosen is None:
        raise NotFound
    try:
        cookie, session = await visit.console.sessions.change(visit.request.cookies[SESSION], chosen.membership_id)
    except PermissionError:
        raise NotFound from None
    answer = RedirectResponse(back_or_home(given.get("next")) if session else "/second-factor", 303)
    put_session(visit, answer, cookie)
    return answer


@router.post("/account/language")
async def language(visit: Anybody) -> Response:
    """In which language the pages are, on every device."""
    found = await entered(visit)
    chosen = "en" if (await form_of(visit, found.csrf)).get("language") == "en" else "zh"
    async with visit.console.pool.acquire() as connection:
        await set_language(connection, found.account_id, chosen)
    answer = RedirectResponse(f"/account?{LANGUAGE}={chosen}", 303)
    return answer


@router.post("/account/password")
async def password(visit: Anybody) -> Response:
    """Another password; all sessions but a new one of this browser end."""
    found = await entered(visit)
    given = await form_of(visit, found.csrf)
    before, after = given.get("before", ""), given.get("password", "")
    if (weak := weakness(after, found.name)) is not None:
        return await _account(visit, found, weak)
    no = await change_password(visit.console.sessions.door, found.account_id, before, after, device_of(visit))
    if no is not None:
        return await _account(visit, found, no.refusal)
    return await _renewed(visit, found, "/account?done=password")


@router.post("/account/everywhere")
async def everywhere(visit: Anybody) -> Response:
    """Signs out on all devices, here too."""
    found = await entered(visit)
    await form_of(visit, found.csrf)
    await visit.console.sessions.end_all(found.account_id)
    return gone("/sign-in")


@router.get("/account/lasts")
async def lasts(request: Request) -> JSONResponse:
    """How many seconds the session lasts yet; asking does not make it last longer."""
    sessions = request.app.state.console.sessions
    session = await sessions.find(request.cookies.get(SESSION, ""), is_used=False)
    return JSONResponse({"lasts": session.lasts if session else 0}, headers={"Cache-Control": "no-store"})


@router.post("/account/lasts")
async def stay(visit: Anybody) -> JSONResponse:
    """Somebody is still there."""
    found = await entered(visit)
    await form_of(visit, found.csrf)
    return JSONResponse({"lasts": found.session.lasts if found.session else 0}, headers={"Cache-Control": "no-store"})


@router.get("/second-factor")
async def second_factor_form(visit: Anybody) -> Response:
    """The code to scan with an authenticator."""
    return await _second_factor(visit, await entered(visit), 200)


@router.post("/second-factor")
async def second_factor_sent(visit: Anybody) -> Response:
    """The first code of the authenticator; then the recovery codes, shown this once."""
    found = await entered(visit)
    given = await form_of(visit, found.csrf)
    codes = await second_factor.confirm(visit.console.sessions.door, found.account_id, given.get("code", ""))
    if codes is None:
        return await _second_factor(visit, found, 422)
    return _codes(visit, found, codes)


@router.post("/account/recovery-codes")
async def recovery_codes(visit: Anybody) -> Response:
    """New recovery codes, shown this once."""
    found = await entered(visit)
    await form_of(visit, found.csrf)
    codes = await recovery.renew(visit.console.sessions.door, found.account_id, found.party_id)
    return RedirectResponse("/second-factor", 303) if codes is None else _codes(visit, found, codes)


def _codes(visit: Visit, found: Entered, codes: tuple[str, ...]) -> Response:
    return render(visit, "signing/recovery_codes.html", codes=codes, token=found.csrf)


async def _second_factor(visit: Visit, found: Entered, status: int) -> Response:
    address = await second_factor.offered(visit.console.sessions.door, found.account_id, found.name)
    if address is None:
        return RedirectResponse("/account", 303)
    wrong = told(visit, (refusal("wrong_code", "code"),) if status != 200 else ())
    matrix = segno.make(address, error="m", micro=False).matrix
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    context = {"matrix": matrix, "secret": secret, "token": found.csrf, "needed": found.lacks == "second_factor"}
    return render(visit, "signing/second_factor.html", status, **context, **wrong)


async def _account(visit: Visit, found: Entered, *wrong: Refusal) -> Response:
    async with visit.console.pool.acquire() as connection:
        row = await find_account(connection, found.account_id)
    codes = row.recovery_codes if row else 0
    return render(
        visit,
        "signing/account.html",
        422 if wrong else 200,
        entered=found,
        chosen=_chosen(found),
        codes=codes,
        least=LEAST,
        provider=visit.console.settings.oidc_issuer,
        done=visit.request.query_params.get("done"),
        token=found.csrf,
        **told(visit, wrong),
    )


def _chosen(found: Entered) -> UUID | None:
    return found.session.membership.membership_id if found.session else None


async def _renewed(visit: Visit, found: Entered, to: str) -> Response:
    sessions = visit.console.sessions
    await sessions.end_all(found.account_id)
    cookie, _ = await sessions.begin(found.account_id, _chosen(found), device_of(visit), browser=browser(visit))
    answer = RedirectResponse(to, 303)
    put_session(visit, answer, cookie)
    return answer
