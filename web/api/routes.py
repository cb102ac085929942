"""The API: every list and every act, with problem details for each no; described by its own OpenAPI document."""

from collections.abc import Awaitable, Callable
from operator import attrgetter
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from schemas.values.refusal import Fault, Refused
from web.api import acts, documents, events, imports, licences, reads, registers, statistics
from web.api.caller import Forbidden, Malformed
from web.api.console import bulks, calendars, consents, dashboard, keys, messages, people, work
from web.api.console import registers as registers_written
from web.api.described import API, document_of
from web.api.filing import pages, previews
from web.api.limits import Limits, TooMany
from web.console import Console
from web.problems import problem, problem_of
from web.visit import NotFound, SignInNeeded, Visit, visit_of
from web.watching.refused_calls import write_down

__all__ = ["API", "api_of"]
log = structlog.get_logger()
ROUTERS = (
    reads.router,
    licences.router,
    statistics.router,
    registers.router,
    work.router,
    keys.router,
    bulks.router,
    calendars.router,
    messages.router,
    people.router,
    dashboard.router,
    pages.router,
    consents.router,
    registers_written.router,
    acts.router,
    previews.router,
    events.router,
    documents.router,
    imports.router,
)
"""All operations; one that is not here is not served."""
_REUSED = "act_id_reused"
"""The key of a request came with another content before."""


def api_of(console: Console, limits: Limits | None = None) -> FastAPI:
    """The API over the console's connections."""
    app = FastAPI(
        title="Patent open licences 专利开放许可",
        version="1",
        description=(
            "Every list and every act of the console. Money is a string of yuan, days are days in Asia/Shanghai. "
            "控制台的全部列表和行为；金额为元的字符串，日期为北京时间的日期。"
        ),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        generate_unique_id_function=attrgetter("name"),
    )
    app.state.console, app.state.limits = console, limits or Limits()
    for router in ROUTERS:
        app.include_router(router)
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    made = dict[str, Any]()

    async def described() -> JSONResponse:
        if not made:  # it takes a second, and not everybody who starts the console reads it
            made.update(document_of(app))
        return JSONResponse(made)

    app.add_api_route("/openapi.json", described, include_in_schema=False)
    return app


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    if any(one.code == _REUSED for one in error.refusals):
        return problem(409, "conflict")
    return problem_of(error.refusals)


async def _fault(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Fault)
    log.error("fault", whose=error.whose, what=error.what)
    return problem(503, "fault", retry=error.retry)


async def _not_found(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, NotFound)
    await write_down(getattr(request.state, "visit", None) or await visit_of(request), error)
    return problem(404, "not_found")


async def _by_framework(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    kind = {404: "not_found", 405: "not_found"}.get(error.status_code, "malformed")
    answer = problem(error.status_code, kind)
    answer.headers.update(error.headers or {})
    return answer


async def _not_signed_in(_request: Request, _error: Exception) -> JSONResponse:
    answer = problem(401, "not_signed_in")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


async def _forbidden(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Forbidden)
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is not None:
        await write_down(visit, error)
    return problem(403, "forbidden")


async def _too_many(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TooMany)
    answer = problem(429, "too_many", retry=True)
    answer.headers["Retry-After"] = str(error.seconds)
    return answer


async def _cannot_be_read(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Malformed)
    return problem(422, "malformed", places=[{"where": error.where, "code": error.code}])


async def _malformed(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places: list[dict[str, Any]] = [
        {"where": ".".join(map(str, one["loc"])), "code": one["type"]} for one in error.errors()
    ]
    return problem(422, "malformed", places=places)


async def _broken(_request: Request, _error: Exception) -> JSONResponse:
    """A defect of ours: whoever runs the server finds it in the log, by the number of the request."""
    return problem(500, "fault", retry=False)


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[JSONResponse]]] = {
    Refused: _refused,
    Fault: _fault,
    NotFound: _not_found,
    HTTPException: _by_framework,
    SignInNeeded: _not_signed_in,
    Forbidden: _forbidden,
    TooMany: _too_many,
    Malformed: _cannot_be_read,
    RequestValidationError: _malformed,
    Exception: _broken,
}
