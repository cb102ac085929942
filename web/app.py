"""The console as one ASGI program: its pages, their twins in JSON, and what every answer carries."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from schemas.values.refusal import Fault, Refused
from web.api.routes import API, api_of
from web.console import Console
from web.forms.saying import wrong
from web.pages.all import PAGES
from web.problems import problem
from web.protection import Guarded
from web.render import render
from web.visit import NotFound, SignInNeeded, Visit, back_or_home, visit_of
from web.watching.refused_calls import write_down

STATIC = Path(__file__).parent / "static"
log = structlog.get_logger()


def create_app(console: Console) -> FastAPI:
    """The console over its open connections; whoever makes them closes them."""
    app = _Guarded(title="open-licence", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.console = console
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount(API, api_of(console))
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    return app


class _Guarded(FastAPI):
    """What guards every answer stands around all, also around what answers for a defect of ours."""

    def build_middleware_stack(self) -> ASGIApp:
        return Guarded(super().build_middleware_stack())


async def _sign_in(request: Request, _error: Exception) -> Response:
    return RedirectResponse(f"/sign-in?next={back_or_home(request.url.path)}", 303)


async def _not_found(request: Request, error: Exception) -> Response:
    if request.url.path.startswith(f"{API}/"):  # what leads nowhere there either, such as an id with a line end in it
        return problem(404, "not_found")
    visit = await visit_of(request)
    if isinstance(error, NotFound):
        await write_down(visit, error)
    return render(visit, "not_found.html", 404)


async def _not_asked_so(request: Request, _error: Exception) -> Response:
    """What takes forms only, as whoever signs in again or changes the language after a no comes to it."""
    return render(await visit_of(request), "not_found.html", 405)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    visit = await visit_of(request)
    return render(visit, "refused.html", 422, errors=wrong((), {}, error.refusals, visit.language)[0])


async def _faulty(request: Request, error: Exception) -> Response:
    assert isinstance(error, Fault)
    log.error("fault", whose=error.whose, what=error.what)
    visit = await visit_of(request)
    return render(visit, "fault.html", 503, retry=error.retry)


async def _broken(request: Request, _error: Exception) -> Response:
    """A defect of ours: whoever runs the server finds it in the log, by the number of the request."""
    return render(Visit(request.app.state.console, request, None), "fault.html", 500, retry=False)


_HANDLERS: dict[type[Exception] | int, Callable[[Request, Exception], Awaitable[Response]]] = {
    SignInNeeded: _sign_in,
    NotFound: _not_found,
    RequestValidationError: _not_found,  # what stands in an address and is no id there leads nowhere
    404: _not_found,
    405: _not_asked_so,
    Refused: _refused,
    Fault: _faulty,
    Exception: _broken,
}
