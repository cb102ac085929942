"""Declarations for tests of lists: recorded through the functions that the recording activity uses."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from database.pool import Pool
from tests.database.record.filings import record

ANNOUNCED = date(2026, 11, 3)


async def organisation(pool: Pool, name: str = "示例大学", credit_code: str | None = None) -> UUID:
    """An organisation of that name."""
    party_id = uuid4()
    await pool.execute(
        "INSERT INTO parties (party_id, kind, public_name, credit_code) VALUES ($1, 'organisation', $2, $3)",
        party_id,
        name,
        credit_code,
    )
    return party_id


def position_of(
    owners: tuple[UUID, ...],
    *,
    title: str = "一种装置",
    classification: str | None = None,
    platform: str | None = None,
    agency: UUID | None = None,
    patent_number: str = "202010000001.2",
    price_form: str = "lump_sum",
    announced_on: date | None = ANNOUNCED,
) -> dict[str, Any]:
    """What of a declaration's position lists are made of."""
    return {
        "offer": {
            "patent_number": patent_number,
            "patent_kind": "invention",
            "owners": [{"party_id": str(one)} for one in owners],
            "terms": [{"version": 1, "royalty": {"form": price_form}}],
            "in_force_from": announced_on and announced_on.isoformat(),
        },
        "particulars": {
            "title": title,
            "main_classification": classification,
            "sub_platform": platform,
            "agency": agency and str(agency),
        },
    }


async def declared(
    pool: Pool, owners: tuple[UUID, ...], *, stage: str = "in_force", filing_id: UUID | None = None, **said: Any
) -> UUID:
    """A declaration, or one more act of it, that stands in that stage and says that; ``said``: see ``position_of``."""
    declaration_id = filing_id or uuid4()
    await record(pool, declaration_id, stage=stage, position=position_of(owners, **said))
    return declaration_id
