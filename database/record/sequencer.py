"""One order over all filings: sequence numbers without gaps, by the instant of recording."""

from database.pool import Connection

BATCH = 1_000
"""Events numbered in one call."""


async def sequence(connection: Connection, limit: int = BATCH) -> int:
    """Numbers at most ``limit`` waiting events and returns how many. One transaction, one sequencer at a time.

    What a running writer could still precede is left for the next call. Must run as the role that records (``engine``):
    a writer whose start it may not see stops it.
    """
    taken: int = await connection.fetchval("SELECT sequence_events($1)", limit)
    return taken


async def count_unsequenced(connection: Connection) -> int:
    """How many events have no sequence number yet."""
    waiting: int = await connection.fetchval("SELECT count(*) FROM unsequenced")
    return waiting
