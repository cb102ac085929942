"""Documents that come with a form: judged by what is in them, kept by their hash, named by it in the act."""

from collections.abc import Iterable

from starlette.datastructures import FormData, UploadFile

from database.pool import Connection
from database.registers.documents import LARGEST_DOCUMENT, add_document
from schemas.values.refusal import Refusal, Refused, refuse
from web.content import kind_of
from web.forms.given import UPLOADED
from web.visit import Visit


async def with_documents(visit: Visit, form: FormData) -> dict[str, str]:
    """The texts of the form, with the hash of each file that came in the place of its field; the files are kept.

    Raises Refused with every file that is none we take, before any is kept.
    """
    texts = {name: value for name, value in form.items() if isinstance(value, str)}
    files = {name.removesuffix(UPLOADED): one for name, one in _files(form) if one.filename}
    bodies, refused = dict[str, tuple[str, str, bytes]](), list[Refusal]()
    for name, one in files.items():
        body = await one.read()
        try:
            bodies[name] = (one.filename or "", kind_of(body, one.filename or "", f"{name}{UPLOADED}"), body)
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


async def _kept(connection: Connection, visit: Visit, body: bytes, name: str, media_type: str) -> str:
    assert visit.session is not None
    return await add_document(connection, body, name=name, media_type=media_type, added_by=visit.session.party_id)


def _files(form: FormData) -> Iterable[tuple[str, UploadFile]]:
    for name, value in form.multi_items():
        if isinstance(value, UploadFile) and name.endswith(UPLOADED):
            if (value.size or 0) > LARGEST_DOCUMENT:
                raise refuse("document_too_large", name, size=value.size, largest=LARGEST_DOCUMENT)
            yield name, value
