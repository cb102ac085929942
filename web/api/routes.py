"""The API: every list and every act, with problem details for each no; described by its own OpenAPI document."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse

from schemas.values.refusal import Fault, Refused
from web.api import acts, reads
from web.console import Console
from web.problems import problem, problem_of
from web.visit import NotFound, SignInNeeded

API = "/api/v1"


def api_of(console: Console) -> FastAPI:
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
    )
    app.state.console = console
    app.include_router(reads.router)
    app.include_router(acts.router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Fault, _fault)
    app.add_exception_handler(NotFound, _not_found)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(SignInNeeded, _not_signed_in)
    app.add_exception_handler(RequestValidationError, _malformed)
    return app


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return problem_of(error.refusals)


async def _fault(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Fault)
    return problem(503, "fault", retry=error.retry)


async def _not_found(_request: Request, _error: Exception) -> JSONResponse:
    return problem(404, "not_found")


async def _not_signed_in(_request: Request, _error: Exception) -> JSONResponse:
    answer = problem(401, "not_signed_in")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


async def _malformed(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places: list[dict[str, Any]] = [
        {"where": ".".join(map(str, one["loc"])), "code": one["type"]} for one in error.errors()
    ]
    return problem(422, "malformed", places=places)
