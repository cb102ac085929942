"""The programs of organisations, each with a key of its own; and what they send."""

from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe
from typing import Any
from uuid import UUID, uuid4

import httpx2 as httpx

from cli.demo.filings.days import FILED_ON, GRANTED_ON
from database.console.api_keys import add_api_key
from schemas.values.actor import Role
from schemas.values.patent_number import PatentNumber
from tests.web.house import TITLE, House
from tests.web.people import account_of, granted, organisation, person
from web.sign_in.keys import plain_hash

API = "/api/v1"


@dataclass(frozen=True)
class Program:
    """A client with the key of an organisation, made by a person of it."""

    account_id: UUID

    organisation_id: UUID
    created_by: UUID
    secret: str
    http: httpx.AsyncClient

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """A list or a page."""
        return await self.http.get(f"{API}{path}", params=query or None)

    async def ask(self, path: str, body: Any, key: UUID | None = None) -> httpx.Response:
        """An act."""
        return await self.http.post(f"{API}{path}", json=body, headers={"Idempotency-Key": str(key or uuid4())})

    async def granted(self, path: str, body: Any, key: UUID | None = None) -> dict[str, Any]:
        """The answer to an act that is granted."""
        answer = await self.ask(path, body, key)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def paper(self, text: str) -> str:
        """The hash of a paper that was sent."""
        kept = await self.http.post(f"{API}/documents", params={"name": "paper.txt"}, content=text.encode())
        assert kept.status_code == 201, kept.text
        return str(kept.json()["content_hash"])


async def program(
    house: House, role: Role, *scopes: str, of: UUID | None = None, ends_on: date | None = None, who: UUID | None = None
) -> Program:
    """A program of that role; with both scopes where none is named. ``who``: the person who made its key."""
    secret = token_urlsafe(32)
    async with house.pool.acquire() as connection, connection.transaction():
        unit = of or await organisation(connection, "某单位")
        creator = who or await person(connection)
        account_id = await account_of(connection, creator)
        await granted(connection, account_id, role, unit)
        await add_api_key(
            connection, uuid4(), plain_hash(secret), unit, role, "program", scopes or ("read", "act"), creator, ends_on
        )
    return Program(account_id, unit, creator, secret, house.client(headers={"authorization": f"Bearer {secret}"}))


def declared(number: PatentNumber, owner: UUID, **changes: Any) -> dict[str, Any]:
    """A declaration as a program sends it."""
    offer = {
        "patent_number": f"ZL{number}",
        "title": TITLE,
        "patentees": [{"party_id": str(owner)}],
        "filed_on": FILED_ON.isoformat(),
        "granted_on": GRANTED_ON.isoformat(),
        "royalty": {"form": "lump_sum", "amount": "10000.00", "pay_within_days": 30},
        "term": {"form": "years_from_effect", "years": 3},
        "contact": str(owner),
        "commitments": True,
        "fee_explanation": "参照同类许可的市场价格确定。",
    }
    return {"offer": {**offer, **changes}}


async def announced(house: House, licensor: Program, office: Program, number: str) -> str:
    """A declaration that is filed and announced, by programs alone."""
    body = declared(await house.patent(), licensor.organisation_id)
    declaration = (await licensor.granted("/declarations/submit", body))["filing_id"]
    told = {"on": "2026-11-02", "declaration_number": number, "gazette": {"issue": f"issue {number}"}}
    papers = {"evidence": [await office.paper(f"公报 {number}")]}
    await office.granted(f"/declarations/{declaration}/announce", told | papers)
    return str(declaration)
