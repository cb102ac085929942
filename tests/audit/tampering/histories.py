"""A kept history with an edited payload, and all of its hashes made to agree."""

import random
import re
from hashlib import sha256
from typing import Any

from audit.evidence.packing import Dictionaries, packed
from database.evidence.histories import Part


async def a_history_with_an_edited_payload(connection: Any, chance: random.Random) -> str:
    """One digit of an act or an answer, as in an amount or a day; the history reads and replays as before."""
    row = chance.choice(
        await connection.fetch(
            "SELECT h.*, c.copy_number FROM histories h JOIN history_copies c USING (content_hash) ORDER BY 1"
        )
    )
    dictionaries = Dictionaries()
    await dictionaries.learn(connection, [row["dictionary_hash"]])
    part = Part(row["content_hash"], row["compressed"], row["bytes"], row["dictionary_hash"])
    text = bytearray(dictionaries.unpacked(part))
    place = chance.choice([one.start() for one in re.finditer(rb'(?<=":)[0-9](?=[,}])|(?<=-)[0-9](?=")', text)])
    text[place] = ord("0") + (text[place] - ord("0") + 1) % 10
    edited = packed(bytes(text))
    await connection.execute(
        "UPDATE histories SET content_hash = $2, compressed = $3, bytes = $4 WHERE content_hash = $1",
        *(row["content_hash"], edited.content_hash, edited.compressed, edited.size),
    )
    await connection.execute(
        "UPDATE history_copies SET content_hash = $2, history_hash = $3 WHERE copy_number = $1",
        *(row["copy_number"], edited.content_hash, sha256(bytes(text)).digest()),
    )
    return f"history_copies.{row['copy_number']}"
