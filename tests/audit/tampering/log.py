"""The log itself: entries and checkpoints."""

import random
from typing import Any

from audit.sealing.leaves import row_hash
from database.evidence.sources import SOURCES


async def a_changed_entry(connection: Any, chance: random.Random) -> str:
    position = await _position(connection, chance)
    await connection.execute(
        "UPDATE log_entries SET hash = set_byte(hash, 3, (get_byte(hash, 3) + 1) % 256) WHERE position = $1", position
    )
    return f"log_entries.{position}"


async def a_row_and_its_entry(connection: Any, chance: random.Random) -> str:
    """The row, and the log's entry made to agree with it: only what was signed still says otherwise."""
    source = SOURCES["patent_version"]
    rows = await connection.fetch(f"SELECT {source.selected}, {source.key_text} AS k FROM {source.table} t ORDER BY id")
    row = chance.choice(rows)
    await connection.execute("UPDATE patent_versions SET title = title || 'x' WHERE id = $1", row["id"])
    changed = {name: row[name] for name in source.columns} | {"title": row["title"] + "x"}
    position = await connection.fetchval(
        "UPDATE log_entries SET hash = $3 WHERE source = $1 AND key = $2 RETURNING position",
        *(source.name, row["k"], row_hash(changed)),
    )
    return f"log_entries.{position}"


async def a_removed_entry(connection: Any, chance: random.Random) -> str:
    position = await _position(connection, chance)
    await connection.execute("DELETE FROM log_entries WHERE position = $1", position)
    return f"log_entries.{position}"


async def a_log_cut_off(connection: Any, chance: random.Random) -> str:
    """Entries and checkpoints, as if the database had been set back."""
    position = await _position(connection, chance)
    await connection.execute("DELETE FROM log_entries WHERE position >= $1", position)
    await connection.execute("DELETE FROM checkpoints WHERE size > $1", position)
    return f"log_entries.{position}"


async def a_changed_checkpoint(connection: Any, chance: random.Random) -> str:
    sizes = [row["size"] for row in await connection.fetch("SELECT size FROM checkpoints ORDER BY size")]
    size = chance.choice(sizes)
    change = chance.choice(["root = sha256(root)", "subtrees = sha256(subtrees)", "note = replace(note, '=', 'A')"])
    await connection.execute(f"UPDATE checkpoints SET {change} WHERE size = $1", size)
    return f"checkpoints.{size}"


async def _position(connection: Any, chance: random.Random) -> int:
    return chance.randrange(await connection.fetchval("SELECT count(*) FROM log_entries"))
