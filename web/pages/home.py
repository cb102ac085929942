"""The first page: what the product is to the public, what is to be done to somebody signed in."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from schemas.values.actor import Role
from web.components.samples import sample_facts
from web.render import render
from web.visit import Anybody

router = APIRouter()


@router.get("/")
async def home(visit: Anybody) -> Response:
    """Whoever is signed in goes to his filings; the public to what it may do."""
    if visit.session is not None:
        is_administrator = visit.session.membership.role is Role.ADMINISTRATOR
        return RedirectResponse("/people" if is_administrator else "/filings", 303)
    made: HTMLResponse = render(visit, "home.html")
    return made


@router.get("/components")
async def components(visit: Anybody) -> HTMLResponse:
    """All parts of the design with their states: what pages are made of."""
    return render(visit, "components.html", **sample_facts())
