"""What is recorded gets into the log, once and in order; what was signed is published, and never contradicted."""

from audit.sealing.folder import LogFolder
from audit.sealing.key import signing_key
from tests.audit.sealed import Record
from tests.lives.stories_of_money import inventors_are_paid

_COUNTED = "SELECT source, count(*) FROM log_entries GROUP BY source"


async def test_every_event_and_every_row_that_decides_is_sealed_once(record: Record) -> None:
    await record.tell(inventors_are_paid)
    first = await record.seal()
    assert first.checkpoint is not None
    assert first.added == first.checkpoint.size
    sealed = {one["source"]: one["count"] for one in await record.engine.fetch(_COUNTED)}
    events = await record.engine.fetchval("SELECT count(*) FROM events")
    assert (sealed["event"], sealed["act"]) == (events, events)
    assert min(sealed[one] for one in ("party", "document", "patent_version", "parameters")) > 0
    assert (await record.seal()).added == 0
    published = LogFolder(record.settings.log_folder).checkpoint(signing_key(record.settings).verifier)
    assert published is not None
    assert (published.size, published.root) == (first.checkpoint.size, first.checkpoint.root)


async def test_what_was_sealed_is_proved_and_a_changed_row_is_found(record: Record) -> None:
    await record.tell(inventors_are_paid)
    await record.seal()
    assert (await record.verify()).as_json()["differences"] == []
    await record.superuser.execute("UPDATE patent_versions SET title = 'another'")
    found = await record.found()
    assert found
    assert all(where.startswith("patent_versions.") for where in found)
