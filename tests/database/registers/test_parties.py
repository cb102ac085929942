"""Persons are sealed under their own keys; erasing one deletes a key and nothing else."""

from secrets import token_bytes
from uuid import UUID, uuid4

import asyncpg
import pytest
from pydantic import ValidationError

from database.pool import Pool
from database.registers.audit_log import read_audit
from database.registers.parties import Party, PartyKind, add_party, erase, public_names, read_party
from schemas.values.credit_code import credit_code_of
from schemas.values.refusal import Fault, Refused
from tests.database.registers.people import somebody

MASTER = token_bytes(32)


def _person(party_id: UUID | None = None, name: str = "P1") -> Party:
    return Party(party_id=party_id or uuid4(), kind=PartyKind.PERSON, private={"name": name, "account": "账户一"})


async def test_a_person_is_read_as_added_and_lies_sealed(engine: Pool) -> None:
    person = _person()
    async with engine.acquire() as connection:
        assert await add_party(connection, MASTER, person)
        assert await read_party(connection, MASTER, person.party_id) == person
        row = await connection.fetchrow("SELECT * FROM parties WHERE party_id = $1", person.party_id)
        assert row is not None
        assert "账户一".encode() not in row["sealed"]
        assert (row["public_name"], row["credit_code"]) == (None, None)
        assert await read_party(connection, MASTER, uuid4()) is None


async def test_an_organisation_is_public(engine: Pool) -> None:
    unit = Party(
        party_id=uuid4(),
        kind=PartyKind.ORGANISATION,
        public_name="某大学",
        credit_code=credit_code_of("12100000400000000"),
    )
    person = _person()
    async with engine.acquire() as connection:
        await add_party(connection, MASTER, unit)
        await add_party(connection, MASTER, person)
        assert await read_party(connection, MASTER, unit.party_id) == unit
        assert await public_names(connection, (unit.party_id, person.party_id)) == {unit.party_id: "某大学"}


async def test_adding_a_party_again_changes_nothing_and_another_under_its_id_is_refused(engine: Pool) -> None:
    person = _person()
    async with engine.acquire() as connection:
        assert [await add_party(connection, MASTER, person) for _ in range(2)] == [True, False]
        with pytest.raises(Refused, match="party_differs"):
            await add_party(connection, MASTER, _person(person.party_id, "P2"))
        assert await read_party(connection, MASTER, person.party_id) == person


async def test_an_erased_person_cannot_be_read_or_brought_back(engine: Pool) -> None:
    person = _person()
    async with engine.acquire() as connection:
        officer = await somebody(connection)
        await add_party(connection, MASTER, person)
        with pytest.raises(Refused, match="party_unknown"):
            await erase(connection, person.party_id, uuid4(), "operator")
        assert await erase(connection, person.party_id, officer, "operator")
        erased = await read_party(connection, MASTER, person.party_id)
        assert erased is not None
        assert (erased.is_erased, erased.private) == (True, {})
        assert not await add_party(connection, MASTER, person)
        assert await connection.fetchval("SELECT count(*) FROM party_keys WHERE party_id = $1", person.party_id) == 0
        assert not await erase(connection, person.party_id, officer, "operator")
        (entry,) = await read_audit(connection, who=officer)
        assert (entry.act_kind, entry.act_id, entry.outcome) == ("erase_party", person.party_id, "granted")


async def test_a_key_goes_only_with_a_line_in_the_audit_log(engine: Pool) -> None:
    async with engine.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM party_keys")


async def test_another_master_key_opens_nothing(engine: Pool) -> None:
    person = _person()
    async with engine.acquire() as connection:
        await add_party(connection, MASTER, person)
        with pytest.raises(Fault, match="master key"):
            await read_party(connection, token_bytes(32), person.party_id)


async def test_sealed_data_copied_to_another_party_does_not_open(engine: Pool) -> None:
    person, thief = _person(), uuid4()
    async with engine.acquire() as connection:
        await add_party(connection, MASTER, person)
        await connection.execute(
            """INSERT INTO parties (party_id, kind, sealed)
               SELECT $2, kind, sealed FROM parties WHERE party_id = $1""",
            person.party_id,
            thief,
        )
        await connection.execute(
            "INSERT INTO party_keys SELECT $2, sealed_key FROM party_keys WHERE party_id = $1", person.party_id, thief
        )
        with pytest.raises(Fault):
            await read_party(connection, MASTER, thief)


def test_a_person_has_no_public_name_and_an_organisation_has_one() -> None:
    with pytest.raises(ValidationError, match="no public name"):
        Party(party_id=uuid4(), kind=PartyKind.PERSON, public_name="P1")
    with pytest.raises(ValidationError, match="needs its public name"):
        Party(party_id=uuid4(), kind=PartyKind.ORGANISATION)
