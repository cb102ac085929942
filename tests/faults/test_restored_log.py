"""The restore drill of a sealed record: nothing is signed until it is said what happened, and nothing is lost."""

from pathlib import Path

import pytest

from audit.sealing.append import seal
from audit.sealing.taking_back import take_back
from audit.verify.everything import verify
from cli.demo.filings.filing import tell
from database.pool import open_pool
from database.record.sequencer import sequence
from runtime.settings import Settings
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.faults.proofs import kinds_of
from tests.faults.set_back import copy_of
from tests.faults.test_restore_drill import agrees, repaired
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.stories import noticed

_SMALL = Money.of("1.00")
_ADDED_AGAIN = """INSERT INTO unsealed (source, key) SELECT 'document', '["' || content_hash || '"]' FROM documents d
                  WHERE NOT EXISTS (SELECT FROM log_entries l
                                    WHERE l.source = 'document' AND l.key = '["' || d.content_hash || '"]')"""
"""What the triggers leave of documents that were lost and then added again, which those of the copy did not see."""


async def _sealed(office: Office, settings: Settings) -> int:
    async with office.pool.acquire() as connection:
        while await sequence(connection):
            pass
    done = await seal(office.pool, settings, "tests")
    assert done.checkpoint is not None
    return done.checkpoint.size


async def test_a_sealed_record_that_came_back_is_repaired_and_its_log_goes_on_with_what_it_lost(
    office: Office, fresh_database: Database, tmp_path: Path
) -> None:
    settings = Settings(var=tmp_path)
    old = await noticed(office.ask, await office.world("sealed drill"))
    before = await _sealed(office, settings)
    copy = await copy_of(fresh_database)
    later = LicenceLife(old.declaration, "second_licensee")
    await office.ask(later, later.give_notice())
    await tell(office.ask, old, old.pay(), old.book_receipt())
    published = await _sealed(office, settings)
    await copy.set_back("documents")
    await office.pool.execute(_ADDED_AGAIN)
    await office.ask(old, old.pay(_SMALL, again="between"))

    with pytest.raises(Refused, match="log_set_back"):
        await _sealed(office, settings)
    async with await open_pool(fresh_database.auditor, 2) as auditor:
        missing = {one.where for one in (await verify(auditor, settings)).differences}
        assert f"log_entries.{published - 1}" in missing
        await repaired(office, ask_again=True)
        operator = old.world.party("operator")
        assert await take_back(office.pool, settings, operator, "the disk had failed") == published - before
        assert await _sealed(office, settings) > published
        report = await verify(auditor, settings)
    assert report.as_json()["differences"] == []
    assert [(one.first, one.end, one.said_by) for one in report.set_backs] == [(before, published, operator)]
    assert sorted(await kinds_of(office.pool, old)) == ["book_receipt", "give_notice", "pay", "pay"]
    assert await kinds_of(office.pool, later) == ["give_notice"]
    await agrees(office)
