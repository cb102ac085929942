"""Passkeys: a sign-in without a password, and those of one's own account."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64

from fastapi import APIRouter
from starlette.responses import JSONResponse, RedirectResponse, Response

from database.sign_in.accounts import find_account
from database.sign_in.passkeys import MOST, passkeys_of
from schemas.values.refusal import Refusal, Refused
from web.pages.signing.entered import browser, device_of, entered, form_of, origin, token_of_device, told
from web.pages.signing.entrance import let_in
from web.render import render
from web.sign_in.attempts import Denied
from web.sign_in.session import Entered
from web.sign_in.ways import passkeys
from web.sign_in.ways.passkeys import Place
from web.sign_in.ways.passwords import typed_again
from web.visit import Anybody, NotFound, Visit, back_or_home

router = APIRouter()
_OWN = "/account/passkeys"


@router.get("/sign-in/passkey")
async def asked(visit: Anybody) -> JSONResponse:
    """What the script of the page asks the browser for: made when it is needed, as it holds for ten minutes."""
    it = passkeys.ask(visit.console.sessions.door, place_of(visit))
    return JSONResponse({"options": it.options, "kept": it.kept}, headers={"Cache-Control": "no-store"})


@router.post("/sign-in/passkey")
async def signed(visit: Anybody) -> Response:
    """What the device has signed."""
    given = await form_of(visit, token_of_device(visit, device_of(visit)))
    credential, kept = given.get("credential", ""), given.get("kept", "")
    door = visit.console.sessions.door
    answer = await passkeys.sign_in_by(door, place_of(visit), credential, kept, origin(visit))
    return await let_in(visit, answer, back_or_home(given.get("next")))


@router.get(_OWN)
async def own(visit: Anybody) -> Response:
    """Those of the own account, and where one is added."""
    return await _own(visit, await entered(visit))


@router.post(_OWN)
async def begun(visit: Anybody) -> Response:
    """The password again, for an account that has one; then the device."""
    found = await entered(visit)
    given = await form_of(visit, found.csrf)
    async with visit.console.pool.acquire() as connection:
        account = await find_account(connection, found.account_id)
    door = visit.console.sessions.door
    if account is not None and account.password_hash is not None:
        typed = given.get("before", "")
        again = await typed_again(door, found.account_id, typed, device_of(visit), "add_passkey")
        if isinstance(again, Denied):
            return await _own(visit, found, again.refusal)
    it = await passkeys.ask_for_new(door, place_of(visit), found.account_id, found.name)
    return render(visit, "signing/passkey.html", asked=it, token=found.csrf)


@router.post(f"{_OWN}/new")
async def added(visit: Anybody) -> Response:
    """What the device has made."""
    found = await entered(visit)
    given = await form_of(visit, found.csrf)
    try:
        no = await passkeys.add(
            visit.console.sessions.door,
            place_of(visit),
            found.account_id,
            found.party_id,
            given.get("credential", ""),
            given.get("kept", ""),
            browser(visit),
        )
    except Refused as refused:
        return await _own(visit, found, *refused.refusals)
    if no is not None:
        return await _own(visit, found, no.refusal)
    return RedirectResponse(f"{_OWN}?done=passkey_added", 303)


@router.post(f"{_OWN}/remove")
async def removed(visit: Anybody) -> Response:
    """One that is lost, or not wanted any more."""
    found = await entered(visit)
    given = await form_of(visit, found.csrf)
    try:
        credential_id = urlsafe_b64decode(given.get("passkey", "").encode())
    except (NoBase64, ValueError):
        raise NotFound from None
    if not await passkeys.remove(visit.console.sessions.door, found.account_id, found.party_id, credential_id):
        raise NotFound
    return RedirectResponse(f"{_OWN}?done=passkey_removed", 303)


def place_of(visit: Visit) -> Place:
    """Under which address this visit has the console open."""
    return Place.of(visit.address("/"))


async def _own(visit: Visit, found: Entered, *wrong: Refusal) -> Response:
    async with visit.console.pool.acquire() as connection:
        there = await passkeys_of(connection, found.account_id)
        account = await find_account(connection, found.account_id)
    rows = [(urlsafe_b64encode(one.credential_id).decode(), one) for one in there]
    return render(
        visit,
        "signing/passkeys.html",
        422 if wrong else 200,
        passkeys=rows,
        is_full=len(rows) >= MOST,
        most=MOST,
        is_named=place_of(visit).is_named,
        has_password=account is not None and account.password_hash is not None,
        done=visit.request.query_params.get("done"),
        token=found.csrf,
        **told(visit, wrong),
    )
