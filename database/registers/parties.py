"""Parties: organisations are public; what identifies a person is sealed under a key of that person's own.

The key is sealed under the master key of the settings. Erasing a person deletes that one key; the party, its id and
every proof that names it stay.
"""

import json
import os
from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from database.pool import Connection
from database.record.guards import refusing
from schemas.values.credit_code import CreditCode
from schemas.values.model import Model, ShortText
from schemas.values.outside import normal
from schemas.values.refusal import Fault, Refused, refusal, refuse

_NONCE = 12


class PartyKind(StrEnum):
    """自然人 / 单位."""

    PERSON = "person"
    ORGANISATION = "organisation"


class Party(Model):
    """Whom acts name by ``party_id``. ``private`` (name, identity number, account, contact) is stored sealed."""

    party_id: UUID
    kind: PartyKind
    public_name: ShortText | None = None
    credit_code: CreditCode | None = None
    private: dict[str, ShortText] = Field(default_factory=dict)
    is_erased: bool = False
    """Set when the party is read: there was private data, and its key is gone."""

    @model_validator(mode="after")
    def _names_where_they_belong(self) -> "Party":
        if self.kind is PartyKind.PERSON and (self.public_name or self.credit_code):
            raise PydanticCustomError("person_public", "a person has no public name or code; put them in private")
        if self.kind is PartyKind.ORGANISATION and not self.public_name:
            raise PydanticCustomError("organisation_nameless", "an organisation needs its public name")
        return self


async def add_party(connection: Connection, master_key: bytes, party: Party) -> bool:
    """Stores a party; True when it is new. The same party again changes nothing, also after an erasure.

    Raises Refused ``party_differs`` when the id belongs to a party with other data, and ``credit_code_known`` when the
    code belongs to another party: one legal person is one party, and has one cap. All is one statement.
    """
    sealed, sealed_key = _seal(master_key, party) if party.private else (None, None)
    is_new = await connection.fetchval(
        """WITH coded AS (
               INSERT INTO credit_codes (credit_code, party_id) SELECT $4, $1
               WHERE $4::text IS NOT NULL AND NOT EXISTS (SELECT FROM parties WHERE party_id = $1)
               ON CONFLICT (credit_code) DO NOTHING RETURNING party_id
           ), added AS (
               INSERT INTO parties (party_id, kind, public_name, credit_code, sealed) SELECT $1, $2, $3, $4, $5
               WHERE $4::text IS NULL OR EXISTS (SELECT FROM coded)
               ON CONFLICT (party_id) DO NOTHING RETURNING party_id
           ), keyed AS (
               INSERT INTO party_keys (party_id, sealed_key) SELECT party_id, $6 FROM added WHERE $6::bytea IS NOT NULL
           )
           SELECT true FROM added""",
        party.party_id,
        party.kind.value,
        party.public_name,
        party.credit_code,
        sealed,
        sealed_key,
    )
    if is_new:
        return True
    owner = await party_with_code(connection, party.credit_code) if party.credit_code else None
    if owner not in (None, party.party_id):
        raise refuse("credit_code_known", "credit_code", credit_code=party.credit_code, party_id=owner)
    stored = await read_party(connection, master_key, party.party_id)
    if stored is None or (_said_by(stored) != _said_by(party) and not stored.is_erased):
        raise refuse("party_differs", "party_id", party_id=party.party_id)
    return False


async def read_party(connection: Connection, master_key: bytes, party_id: UUID) -> Party | None:
    """A party with its private data opened, or with ``is_erased``; the caller writes the read into the audit log.

    Raises a Fault when the master key does not open the person's key.
    """
    row = await connection.fetchrow(
        """SELECT kind, public_name, credit_code, sealed, sealed_key
           FROM parties LEFT JOIN party_keys USING (party_id) WHERE party_id = $1""",
        party_id,
    )
    if row is None:
        return None
    is_erased = row["sealed"] is not None and row["sealed_key"] is None
    private = opened(master_key, party_id, row["sealed"], row["sealed_key"]) if row["sealed_key"] is not None else {}
    return Party.model_construct(  # as it was written, perhaps before a code had to be true
        party_id=party_id,
        kind=PartyKind(row["kind"]),
        public_name=row["public_name"],
        credit_code=row["credit_code"],
        private=private,
        is_erased=is_erased,
    )


def opened(master_key: bytes, party_id: UUID, sealed: bytes, sealed_key: bytes) -> dict[str, Any]:
    """What is private of a person, from the two columns that hold it; a Fault where the master key does not open it."""
    from cryptography.exceptions import InvalidTag  # most reads open nothing, and take less time than to load it
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        own_key = AESGCM(master_key).decrypt(sealed_key[:_NONCE], sealed_key[_NONCE:], party_id.bytes)
        text = AESGCM(own_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], party_id.bytes)
    except InvalidTag as error:
        raise Fault(
            "caller", f"the master key does not open party {party_id}: use the key it was sealed with", retry=False
        ) from error
    private: dict[str, Any] = json.loads(text)
    return private


async def opened_names(connection: Connection, master_key: bytes, party_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of those that are persons, were not erased and have one; whoever asks writes so into the audit log."""
    rows = await connection.fetch(
        "SELECT party_id, sealed, sealed_key FROM parties JOIN party_keys USING (party_id) WHERE party_id = ANY($1)",
        list(party_ids),
    )
    named = {row["party_id"]: opened(master_key, *row).get("name") for row in rows}
    return {party_id: name for party_id, name in named.items() if name}


async def party_with_code(connection: Connection, credit_code: str) -> UUID | None:
    """The party of a unified social credit code."""
    party_id: UUID | None = await connection.fetchval(
        "SELECT party_id FROM credit_codes WHERE credit_code = $1", credit_code
    )
    return party_id


async def erase(connection: Connection, party_id: UUID, who: UUID, role: str) -> bool:
    """Deletes the party's key for good and writes so into the audit log; False when there was none (any more).

    Raises Refused ``party_unknown``, or ``held`` where a filing names it that is under a legal hold.
    """
    await require_parties(connection, party_id, who)
    with refusing(party_id=party_id):
        return bool(await connection.fetchval("SELECT erase_party($1, $2, $3)", party_id, who, role))


async def missing_parties(connection: Connection, party_ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
    """Those of the ids that no party has, in their order; an act that names one of them is refused."""
    rows = await connection.fetch("SELECT party_id FROM parties WHERE party_id = ANY($1)", list(party_ids))
    known = {row["party_id"] for row in rows}
    return tuple(one for one in party_ids if one not in known)


async def require_parties(connection: Connection, *party_ids: UUID) -> None:
    """Raises Refused ``party_unknown`` for each id that names nobody."""
    missing = await missing_parties(connection, tuple(dict.fromkeys(party_ids)))
    if missing:
        raise Refused(*(refusal("party_unknown", "party_id", party_id=one) for one in missing))


async def natural_persons(connection: Connection, party_ids: Sequence[UUID]) -> tuple[UUID, ...]:
    """Those of the ids that are natural persons, by id."""
    rows = await connection.fetch(
        "SELECT party_id FROM parties WHERE party_id = ANY($1) AND kind = $2 ORDER BY party_id",
        list(party_ids),
        PartyKind.PERSON.value,
    )
    return tuple(row["party_id"] for row in rows)


async def public_names(connection: Connection, party_ids: tuple[UUID, ...]) -> dict[UUID, str]:
    """The names of those that are organisations."""
    rows = await connection.fetch(
        "SELECT party_id, public_name FROM parties WHERE party_id = ANY($1) AND public_name IS NOT NULL",
        list(party_ids),
    )
    return {row["party_id"]: row["public_name"] for row in rows}


def _said_by(party: Party) -> tuple[object, ...]:
    """What a party states, in the form in which names are compared."""
    public_name = party.public_name and normal("title", party.public_name)
    private = {name: normal("title", value) for name, value in party.private.items()}
    return party.kind, public_name, party.credit_code, private


def _seal(master_key: bytes, party: Party) -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    # The id is authenticated with both, so that no row can be copied under another party.
    own_key = AESGCM.generate_key(256)
    text = json.dumps(party.private, ensure_ascii=False).encode()
    sealed = []
    for key, plain in ((own_key, text), (master_key, own_key)):
        nonce = os.urandom(_NONCE)
        sealed.append(nonce + AESGCM(key).encrypt(nonce, plain, party.party_id.bytes))
    return sealed[0], sealed[1]
