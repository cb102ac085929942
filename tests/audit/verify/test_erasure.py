"""Erasing a person deletes one key: every proof holds, and who erased whom, and when, is told."""

from uuid import uuid4

from audit.sealing.folder import LogFolder
from audit.sealing.key import signing_key
from audit.sealing.proving import proof_of_row
from audit.transparency.proofs import proof_of, see_proof
from database.registers.parties import Party, PartyKind, add_party, erase, read_party
from tests.audit.sealed import MASTER_KEY, Record
from tests.lives.stories import a_draft_is_discarded


async def test_all_proofs_hold_when_a_person_is_erased(record: Record) -> None:
    await record.tell(a_draft_is_discarded)
    who, whom = uuid4(), uuid4()
    async with record.engine.acquire() as connection:
        person = Party(party_id=whom, kind=PartyKind.PERSON, private={"name": "某人", "identity_number": "4403"})
        await add_party(connection, MASTER_KEY, person)
        await add_party(connection, MASTER_KEY, Party(party_id=who, kind=PartyKind.PERSON))
        await record.seal()
        verifier = signing_key(record.settings).verifier
        folder = LogFolder(record.settings.log_folder)
        before = str(await proof_of_row(connection, folder, verifier, "party", f'["{whom}"]'))
        assert await erase(connection, whom, who, "operator")
        erased = await read_party(connection, MASTER_KEY, whom)
        assert erased is not None
        assert erased.is_erased
    await record.seal()
    proof = proof_of(before)
    see_proof(proof, proof.extra, verifier)
    report = await record.verify()
    assert report.as_json()["differences"] == []
    assert [(one.party_id, one.erased_by, one.role) for one in report.erased] == [(whom, who, "operator")]
    assert report.erased[0].erased_at is not None


async def test_nothing_in_the_published_log_says_anything_of_a_person(record: Record) -> None:
    async with record.engine.acquire() as connection:
        person = Party(party_id=uuid4(), kind=PartyKind.PERSON, private={"name": "某人甲", "contact": "13800001234"})
        await add_party(connection, MASTER_KEY, person)
    await record.seal()
    files = [one.read_bytes() for one in record.settings.log_folder.rglob("*") if one.is_file()]
    assert files
    assert not [one for one in files if "某人甲".encode() in one or b"13800001234" in one]
