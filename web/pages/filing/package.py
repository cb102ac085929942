"""What a licensor takes to the office, in one file."""

import asyncio
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from client.package.packaged import Reader, packaged
from database.reads.read_model import find_filing
from rules.filing.order import legal_order
from schemas.acts.act import FilingKind
from web.rights.whose import see
from web.visit import NotFound, Somebody, Visit

router = APIRouter()


async def package(visit: Visit, filing_id: UUID) -> bytes:
    """What the office asks for, in one file; raises NotFound where it is no declaration, or not theirs."""
    actor, console = visit.actor(), visit.console
    async with console.pool.acquire() as connection, connection.transaction():
        await see(visit, connection, filing_id)
        known = await find_filing(connection, filing_id)
        if known is None or known.kind != FilingKind.DECLARATION:
            raise NotFound(filing_id, "package")
        reader = Reader(actor.party_id, actor.role.value, console.settings.master_key())
        made = await packaged(connection, filing_id, legal_order, reader)
    return await asyncio.to_thread(made.zipped)


@router.get("/filings/{filing_id}/package.zip")
async def package_file(visit: Somebody, filing_id: UUID) -> Response:
    """The declaration in the order of the office's form, with its attachments."""
    name = f'attachment; filename="package-{filing_id}.zip"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(await package(visit, filing_id), media_type="application/zip", headers=headers)
