"""Events: exchanged, cut off, removed, changed with all their hashes, put in."""

import random
from typing import Any
from uuid import UUID

from database.record.event_log import seal
from schemas.values.canonical import FIRST_PREVIOUS_HASH


async def events_in_another_order(connection: Any, chance: random.Random) -> str:
    numbers = [row["sequence_number"] for row in await connection.fetch("SELECT sequence_number FROM sequence_numbers")]
    first, second = sorted(chance.sample(numbers, 2))
    for one, other in ((first, 10**9), (second, first), (10**9, second)):
        await connection.execute(
            "UPDATE sequence_numbers SET sequence_number = $2 WHERE sequence_number = $1", one, other
        )
    return "sequence_numbers."


async def a_truncated_tail(connection: Any, chance: random.Random) -> str:
    """The last events of a filing with all that belongs to them, and a head that says that there never were more."""
    filing = await _filing(connection, chance, least=3)
    left = chance.randint(1, filing["head"] - 1)
    for statement in (
        "DELETE FROM acts WHERE act_id IN (SELECT act_id FROM events WHERE filing_id = $1 AND version > $2)",
        "DELETE FROM sequence_numbers WHERE filing_id = $1 AND version > $2",
        "DELETE FROM events WHERE filing_id = $1 AND version > $2",
        """UPDATE filings SET head = $2, head_hash = (SELECT hash FROM events WHERE filing_id = $1 AND version = $2)
           WHERE filing_id = $1""",
    ):
        await connection.execute(statement, filing["filing_id"], left)
    return f"events.{filing['filing_id']} {left + 1}"


async def a_removed_event(connection: Any, chance: random.Random) -> str:
    filing = await _filing(connection, chance, least=2)
    version = chance.randint(1, filing["head"])
    await connection.execute("DELETE FROM events WHERE filing_id = $1 AND version = $2", filing["filing_id"], version)
    return f"events.{filing['filing_id']} {version}"


async def a_changed_column_of_an_event(connection: Any, chance: random.Random) -> str:
    filing = await _filing(connection, chance)
    version = chance.randint(1, filing["head"])
    change = chance.choice(["legal_on = legal_on - 1", "recorded_at = recorded_at - interval '1 day'", "kind = 'x'"])
    await connection.execute(
        f"UPDATE events SET {change} WHERE filing_id = $1 AND version = $2", filing["filing_id"], version
    )
    return f"events.{version}."


async def a_fact_with_all_its_hashes(connection: Any, chance: random.Random) -> str:
    """An amount, or where there is none a day, with the whole chain, the head and the answers made to agree."""
    filing = await _filing(connection, chance)
    rows = await connection.fetch("SELECT * FROM events WHERE filing_id = $1 ORDER BY version", filing["filing_id"])
    with_money = [row["version"] for row in rows if (row["body"].get("made") or {}).get("determinations")]
    changed = chance.choice(with_money or [row["version"] for row in rows])
    previous = FIRST_PREVIOUS_HASH
    for row in rows:
        body = row["body"]
        if row["version"] == changed:
            if with_money:
                body["made"]["determinations"][0]["result"][0]["amount"] += 100
            else:
                body["act"]["on"] = "2026-01-02"
        place = (row["filing_id"], row["version"], row["act_id"], row["kind"])
        event = seal(*place, row["legal_on"], row["recorded_at"], body, previous, row["code_version"])
        previous = event.hash
        await connection.execute(
            "UPDATE events SET canonical = $3, previous_hash = $4, hash = $5 WHERE filing_id = $1 AND version = $2",
            *(row["filing_id"], row["version"], event.canonical, event.previous_hash, event.hash),
        )
        await connection.execute(
            """UPDATE acts SET answer = jsonb_set(answer, '{content_hash}', to_jsonb(encode(sha256($2), 'hex')))
               WHERE act_id = $1""",
            *(row["act_id"], event.canonical),
        )
    await connection.execute("UPDATE filings SET head_hash = $2 WHERE filing_id = $1", filing["filing_id"], previous)
    return f"events.{changed}.hash"


async def a_forged_event(connection: Any, chance: random.Random) -> str:
    """One event more at the end of a filing, whose chain agrees."""
    filing = await _filing(connection, chance)
    row = await connection.fetchrow(
        "SELECT * FROM events WHERE filing_id = $1 AND version = $2", filing["filing_id"], filing["head"]
    )
    act_id, version = UUID(int=chance.getrandbits(128)), row["version"] + 1
    body = row["body"] | {"act": row["body"]["act"] | {"act_id": str(act_id)}}
    known = (row["kind"], row["legal_on"], row["recorded_at"], body, row["hash"], row["code_version"])
    event = seal(row["filing_id"], version, act_id, *known)
    await connection.execute(
        """INSERT INTO events (filing_id, version, act_id, kind, legal_on, recorded_at, canonical, previous_hash, hash,
                               code_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        *(row["filing_id"], version, act_id, row["kind"], row["legal_on"], row["recorded_at"]),
        *(event.canonical, event.previous_hash, event.hash, row["code_version"]),
    )
    await connection.execute(
        "UPDATE filings SET head = $2, head_hash = $3 WHERE filing_id = $1", row["filing_id"], version, event.hash
    )
    return f"events.{version}"


async def _filing(connection: Any, chance: random.Random, least: int = 1) -> Any:
    return chance.choice(await connection.fetch("SELECT * FROM filings WHERE head >= $1 ORDER BY filing_id", least))
