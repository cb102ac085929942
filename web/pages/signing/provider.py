"""By an identity provider: there, back, and the account that it is linked with."""

from functools import cache
from hmac import compare_digest

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from web.pages.signing.entered import entered
from web.pages.signing.entrance import let_in, page
from web.sign_in.attempts import Denied
from web.sign_in.ways import oidc
from web.sign_in.ways.oidc import Provider
from web.visit import Anybody, NotFound, Visit, back_or_home

router = APIRouter()
_KEPT = "provider"
_BACK = "/sign-in/provider/back"
_TEN_MINUTES = 600


@cache
def provider_of(issuer: str, client_id: str, client_secret: str) -> Provider:
    """One for all requests: it reads the provider's metadata once."""
    return Provider(issuer, client_id, client_secret)


@router.get("/sign-in/provider")
async def there(visit: Anybody) -> Response:
    """To the provider."""
    return await _there(visit, back_or_home(visit.request.query_params.get("next")))


@router.get("/account/identity")
async def link_there(visit: Anybody) -> Response:
    """To the provider, to link who comes back with the own account; the address has the token of our own page."""
    found = await entered(visit)
    if not compare_digest(visit.request.query_params.get("csrf", "").encode(), found.csrf.encode()):
        raise NotFound
    return await _there(visit, "/account?done=identity", links=True)


@router.get(_BACK)
async def back(visit: Anybody) -> Response:
    """From the provider; what the browser kept for this way is worth nothing after it."""
    answer = await _back(visit)
    answer.delete_cookie(_KEPT, path="/")
    return answer


async def _back(visit: Visit) -> Response:
    door = visit.console.sessions.door
    came = dict(visit.request.query_params)
    answer = await oidc.finish(door, _provider(visit), visit.request.cookies.get(_KEPT, ""), came)
    if isinstance(answer, Denied):
        return page(visit, "signing/sign_in.html", denied=answer, next="/", ended=None, given={})
    if answer.links is not None:
        found = await entered(visit)
        if found.account_id != answer.links:
            raise NotFound
        await oidc.link(door, answer, found.account_id, found.party_id)
        return RedirectResponse(answer.to, 303)
    return await let_in(visit, await oidc.sign_in_by(door, answer), answer.to)


def _provider(visit: Visit) -> Provider:
    settings = visit.console.settings
    if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret):
        raise NotFound
    return provider_of(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret)


async def _there(visit: Visit, to: str, *, links: bool = False) -> Response:
    account_id = (await entered(visit)).account_id if links else None
    door = visit.console.sessions.door
    url, kept = await oidc.begin(door, _provider(visit), visit.address(_BACK), to, account_id)
    answer = RedirectResponse(url, 303)
    is_secure = visit.request.url.scheme == "https"
    answer.set_cookie(_KEPT, kept, max_age=_TEN_MINUTES, httponly=True, samesite="lax", secure=is_secure, path="/")
    return answer
