"""The co-owner's own pages: without an account, with a code, to exactly what is shown."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from database.console.consent_links import CODE_LASTS, ConsentLink, ask_code
from database.registers.parties import public_names
from schemas.values.refusal import Refused, refuse
from web.consents.links import content_now, decide, is_proved, open_link, prove
from web.consents.shown import NOT_SHOWN, OFFERED
from web.forms.saying import wrong
from web.pages.signing.entered import origin
from web.parties import party_ids
from web.render import render
from web.visit import Anybody, Visit

router = APIRouter(prefix="/consent")
PROOF = "consent"
"""The name of the cookie, which only these pages get."""
_LONGEST_REASON = 2_000


@router.get("/{secret}")
async def opened(visit: Anybody, secret: str) -> Response:
    """What to do next: ask for a code, type it, or decide."""
    return await _page(visit, secret, await _link(visit, secret))


@router.post("/{secret}/ask")
async def code_asked(visit: Anybody, secret: str) -> Response:
    """The operator is told that a code is waited for."""
    await visit.form()
    link = await _link(visit, secret)
    async with visit.console.pool.acquire() as connection:
        await ask_code(connection, link.link_id)
    return RedirectResponse(f"/consent/{secret}", 303)


@router.post("/{secret}/code")
async def code_typed(visit: Anybody, secret: str) -> Response:
    """With the right code this browser is shown the declaration."""
    form, link = await visit.form(), await _link(visit, secret)
    try:
        proof = await prove(visit, link, str(form.get("code", "")))
    except Refused as refused:
        return await _page(visit, secret, await _link(visit, secret), refused)
    answer = RedirectResponse(f"/consent/{secret}", 303)
    answer.set_cookie(
        PROOF,
        proof,
        path=f"/consent/{secret}",
        max_age=int(CODE_LASTS / timedelta(seconds=1)),
        httponly=True,
        samesite="strict",
        secure=visit.request.url.scheme == "https",
    )
    return answer


@router.post("/{secret}/decision")
async def decided(visit: Anybody, secret: str) -> Response:
    """He consents, or declines and says why; then the link is used up."""
    form, link, proof = await visit.form(), await _link(visit, secret), visit.request.cookies.get(PROOF)
    if not proof or not await is_proved(visit, link, proof):
        return RedirectResponse(f"/consent/{secret}", 303)
    declines = form.get("decision") == "decline"
    reason = str(form.get("reason", "")).strip()[:_LONGEST_REASON]
    try:
        if declines and not reason:
            raise refuse("consent_reason_missing", "reason")
        await decide(visit, link, proof, reason if declines else None)
    except Refused as refused:
        return await _page(visit, secret, link, refused)
    return render(visit, "consents/decided.html", declines=declines, link=link)


async def _link(visit: Visit, secret: str) -> ConsentLink:
    if wait := visit.console.sessions.door.rates.wait(origin(visit)):
        raise refuse("too_many_from_here", seconds=wait)
    return await open_link(visit, secret)


async def _page(visit: Visit, secret: str, link: ConsentLink, refused: Refused | None = None) -> Response:
    above, _ = wrong((), {}, refused.refusals if refused else (), visit.language)
    context: dict[str, Any] = {"link": link, "secret": secret, "errors": above}
    context["problem"] = " ".join(f"{one['text']} {one['note']}" for one in above)
    found = await content_now(visit, link)
    if found is None or not await is_proved(visit, link, visit.request.cookies.get(PROOF)):
        return render(visit, "consents/code.html", 422 if refused else 200, **context)
    fields = {name: value for name, value in found[0].fields.items() if not name.endswith(NOT_SHOWN)}
    async with visit.console.pool.acquire() as connection:
        names = await public_names(connection, party_ids(dict(fields), link.party_id))
    context |= {"fields": fields, "places": OFFERED, "names": {str(one): name for one, name in names.items()}}
    return render(visit, "consents/decide.html", 422 if refused else 200, **context)
