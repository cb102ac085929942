"""Documents are stored once, by what they are."""

from hashlib import sha256
from uuid import uuid4

import asyncpg
import pytest

from database.pool import Pool, open_pool
from database.registers.documents import LARGEST_DOCUMENT, add_document, find_document, missing_names, read_document
from schemas.values.refusal import Fault, Refused
from tests.conftest import Database
from tests.database.registers.people import somebody

NOBODY = uuid4()


async def test_a_document_is_found_by_its_content(engine: Pool) -> None:
    body = uuid4().bytes
    async with engine.acquire() as connection:
        sender, other = await somebody(connection), await somebody(connection)
        stored = await add_document(connection, body, name="notice.pdf", media_type="application/pdf", added_by=sender)
        assert stored == sha256(body).hexdigest()
        again = await add_document(connection, body, name="copy.pdf", media_type="text/plain", added_by=other)
        assert again == stored
        assert await read_document(connection, stored) == body
        card = await find_document(connection, stored)
        assert card is not None
        assert (card.name, card.media_type, card.size, card.added_by) == ("notice.pdf", "application/pdf", 16, sender)
        unknown = "0" * 64
        assert await missing_names(connection, (unknown, stored), (sender, NOBODY)) == {unknown, NOBODY}
        assert await read_document(connection, unknown) is None


@pytest.mark.parametrize(
    ("body", "stated", "code"),
    [
        (bytes(LARGEST_DOCUMENT + 1), None, "document_too_large"),
        (b"", None, "document_empty"),
        (b"x", "0" * 64, "document_hash_differs"),
    ],
    ids=["too large", "empty", "not what it is said to be"],
)
async def test_a_document_is_refused_before_it_reaches_the_database(
    engine: Pool, body: bytes, stated: str | None, code: str
) -> None:
    asked: list[str] = []
    async with engine.acquire() as connection:
        with connection.query_logger(lambda query: asked.append(query.query)), pytest.raises(Refused) as refused:
            await add_document(
                connection, body, name="n", media_type="text/plain", added_by=NOBODY, content_hash=stated
            )
    assert (refused.value.refusals[0].code, asked) == (code, [])


async def test_a_document_from_nobody_is_refused(engine: Pool) -> None:
    async with engine.acquire() as connection:
        with pytest.raises(Refused, match="party_unknown"):
            await add_document(connection, uuid4().bytes, name="n", media_type="text/plain", added_by=NOBODY)


async def test_the_largest_document_is_taken(engine: Pool) -> None:
    async with engine.acquire() as connection, connection.transaction():
        body, sender = bytes(LARGEST_DOCUMENT), await somebody(connection)
        stored = await add_document(connection, body, name="n", media_type="text/plain", added_by=sender)
        assert await read_document(connection, stored) == body


async def test_the_database_refuses_a_document_under_a_wrong_hash(engine: Pool) -> None:
    async with engine.acquire() as connection:
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(
                """INSERT INTO documents (content_hash, name, media_type, size, body, added_by)
                   VALUES (repeat('0', 64), 'n', 'text/plain', 1, 'x', $1)""",
                NOBODY,
            )


async def test_a_document_changed_in_the_store_is_not_handed_out(fresh_database: Database) -> None:
    async with await open_pool(fresh_database.superuser, 1) as pool, pool.acquire() as connection:
        sender = await somebody(connection)
        stored = await add_document(connection, b"paper", name="n", media_type="text/plain", added_by=sender)
        await connection.execute(
            "ALTER TABLE documents DROP CONSTRAINT content_hash_is_true, DROP CONSTRAINT size_is_true"
        )
        await connection.execute("UPDATE documents SET body = 'other'")
        with pytest.raises(Fault, match="other bytes"):
            await read_document(connection, stored)
