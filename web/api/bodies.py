"""Bodies of requests: read as strictly as files are, whatever the framework would make of them."""

from typing import Any

from fastapi import Request

from schemas.values.refusal import refuse
from schemas.wire.json_text import decoded, parse_json
from schemas.wire.reading import kind_of

_BODY = "body"


async def json_body(request: Request) -> Any:
    """What the body says; raises Refused with the place where it is no JSON or no UTF-8."""
    return parse_json(decoded(await request.body(), _BODY), _BODY)


async def object_body(request: Request) -> dict[str, Any]:
    """The object in the body; raises Refused."""
    given = await json_body(request)
    if not isinstance(given, dict):
        raise refuse("not_an_object", _BODY, found=kind_of(given))
    return given
