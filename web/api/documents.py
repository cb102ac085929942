"""Papers: sent before the acts that name them, and given back to whoever may see a filing that names them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from database.registers.documents import add_document
from web.api.caller import Reader, Writer
from web.api.described import noes
from web.api.reads import OWN
from web.documents import paper_of
from web.pages.filing.package import package
from web.receiving.judging import judged

router = APIRouter()
_ANY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class KeptDocument(BaseModel):
    """A paper that was kept; acts name it by its hash."""

    content_hash: str
    media_type: str
    size: int


@router.post(
    "/documents",
    status_code=201,
    response_model=KeptDocument,
    responses=noes(401, 403, 409, 413),
    openapi_extra=OWN | {"requestBody": {"required": True, "content": {"application/octet-stream": _ANY}}},
    tags=["documents"],
)
async def send_document(
    request: Request, visit: Writer, name: Annotated[str, Query(min_length=1, max_length=200)]
) -> JSONResponse:
    """Keeps a paper of at most 10 MB, judged by its content; the same bytes again are the same paper. 存入文件。"""
    body = await request.body()
    media_type = await judged(visit.console, body, name, "body")
    assert visit.session is not None
    async with visit.console.pool.acquire() as connection:
        kept = await add_document(connection, body, name=name, media_type=media_type, added_by=visit.session.party_id)
    return JSONResponse({"content_hash": kept, "media_type": media_type, "size": len(body)}, 201)


@router.get(
    "/filings/{filing_id}/package",
    response_class=Response,
    responses=noes(401, 403, 404, 409) | {200: {"content": {"application/zip": _ANY}}},
    openapi_extra=OWN,
    tags=["documents"],
)
async def read_package(visit: Reader, filing_id: UUID) -> Response:
    """A declaration in the order of the office's form, with its attachments, as ZIP. 报送专利局的材料。"""
    return Response(await package(visit, filing_id), media_type="application/zip")


@router.get(
    "/filings/{filing_id}/documents/{content_hash}",
    response_class=Response,
    responses=noes(401, 403, 404) | {200: {"content": {"application/octet-stream": _ANY}}},
    openapi_extra=OWN,
    tags=["documents"],
)
async def read_document(
    visit: Reader, filing_id: UUID, content_hash: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> Response:
    """A paper that the filing names, to be kept and not shown: no browser runs anything in it. 取回事项所列文件。"""
    return await paper_of(visit, filing_id, content_hash)
