"""Documents that come with a form: judged by what is in them, kept by their hash, named by it in the act."""

from collections.abc import Iterable
from urllib.parse import quote
from uuid import UUID

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from database.console.facts import names_document
from database.pool import Connection
from database.reads.read_model import find_filing
from database.registers.documents import LARGEST_DOCUMENT, add_document, find_document, read_document
from schemas.acts.act import FilingKind
from schemas.values.outside import kept
from schemas.values.refusal import Refusal, Refused, refuse
from web.forms.given import UPLOADED
from web.receiving.judging import judged
from web.rights.parts import own_party
from web.rights.whose import see
from web.visit import NotFound, Visit, storable

_LONGEST_NAME = 200


def texts_of(form: FormData) -> dict[str, str]:
    """What was typed, and nothing in the place of each file that came: its row stays, also where it is refused."""
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    came = (name for name, one in form.multi_items() if isinstance(one, UploadFile) and one.filename)
    return {**{name.removesuffix(UPLOADED): "" for name in came}, **texts}


async def with_documents(visit: Visit, form: FormData) -> dict[str, str]:
    """The texts of the form, with the hash of each file that came in the place of its field; the files are kept.

    Raises Refused with every file that is none we take, before any is kept.
    """
    texts = texts_of(form)
    files = {name.removesuffix(UPLOADED): one for name, one in _files(form) if one.filename}
    bodies, refused = dict[str, tuple[str, str, bytes]](), list[Refusal]()
    for name, one in files.items():
        body, called = await one.read(), _named(one)
        try:
            bodies[name] = (called, await judged(visit.console, body, called, f"{name}{UPLOADED}"), body)
        except Refused as why:
            refused.extend(why.refusals)
    if refused:
        raise Refused(*refused)
    if bodies:
        assert visit.session is not None
        async with visit.console.pool.acquire() as connection, connection.transaction():
            for name, (filename, media_type, body) in bodies.items():
                texts[name] = await _kept(connection, visit, body, filename, media_type)
    return texts


async def paper_of(visit: Visit, filing_id: UUID, content_hash: str) -> Response:
    """A paper that the filing names, to be kept and not shown: no browser runs anything in it. Raises NotFound."""
    async with visit.console.pool.acquire() as connection:
        await see(visit, connection, filing_id)
        filing = await find_filing(connection, filing_id)
        if not await names_document(connection, filing_id, content_hash):
            raise NotFound(filing_id, "document")
        if filing is None or own_party(visit, FilingKind(filing.kind)) is not None:
            raise NotFound(filing_id, "document")  # what it says of others, nobody can cut out of a paper
        card, body = await find_document(connection, content_hash), await read_document(connection, content_hash)
    if card is None or body is None:
        raise NotFound
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(card.name, safe='')}",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "private, no-store",
    }
    return Response(body, media_type=card.media_type, headers=headers)


def _named(one: UploadFile) -> str:
    """What the file is called, as a name that can be kept: without folders, and nothing in it that nobody sees."""
    called = kept(storable(one.filename or ""), lines=False).replace("\\", "/").rpartition("/")[2].strip()
    return called[:_LONGEST_NAME] or "-"


async def _kept(connection: Connection, visit: Visit, body: bytes, name: str, media_type: str) -> str:
    assert visit.session is not None
    return await add_document(connection, body, name=name, media_type=media_type, added_by=visit.session.party_id)


def _files(form: FormData) -> Iterable[tuple[str, UploadFile]]:
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and name.endswith(UPLOADED):
            if (value.size or 0) > LARGEST_DOCUMENT:
                raise refuse("document_too_large", name, size=value.size, largest=LARGEST_DOCUMENT)
            yield name, value
