"""How often a sign-in failed. A try is counted before it is looked at: a thousand at once count as a thousand."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from database.pool import Connection

_FORGOTTEN_AFTER = timedelta(days=1)
_NEXT = "CASE WHEN f.last_at < $2::timestamptz - $4::interval THEN 1 ELSE f.failures + 1 END"
_FREE = """(SELECT CASE WHEN wait > 0 THEN $2::timestamptz + make_interval(secs => wait) ELSE '-infinity' END
            FROM (SELECT ($3::int[])[least({}, cardinality($3::int[]))]) one (wait))"""
"""Where nobody waits, it is free from ever: of two tries at once one may tell an earlier instant than the other."""


async def count_try(
    connection: Connection, bucket: bytes, waits: Sequence[int], now: datetime
) -> tuple[int, datetime | None]:
    """Counts a try, and how many there are now; or, where it comes too early, 0 and from when one is looked at.

    ``waits``: seconds that the next try waits after the n-th failure; the last one holds for all that follow.
    """
    row = await connection.fetchrow(
        f"""INSERT INTO sign_in_failures AS f (bucket, failures, last_at, free_at)
            VALUES ($1, 1, $2::timestamptz, {_FREE.format("1")})
            ON CONFLICT (bucket) DO UPDATE
            SET failures = {_NEXT}, last_at = $2::timestamptz, free_at = {_FREE.format(_NEXT)}
            WHERE f.free_at <= $2::timestamptz
            RETURNING failures""",
        bucket,
        now,
        list(waits),
        _FORGOTTEN_AFTER,
    )
    if row is not None:
        return row["failures"], None
    # Whoever came in between may have been right, so that nobody waits any more; this one has still been too early.
    early = "SELECT greatest(free_at, $2) FROM sign_in_failures WHERE bucket = $1"
    free_at: datetime = await connection.fetchval(early, bucket, now)
    return 0, free_at


async def take_back_try(connection: Connection, bucket: bytes) -> None:
    """What was counted beforehand was no failure."""
    await connection.execute(
        "UPDATE sign_in_failures SET failures = greatest(failures - 1, 0), free_at = '-infinity' WHERE bucket = $1",
        bucket,
    )


async def forget_failures(connection: Connection, buckets: Sequence[bytes]) -> None:
    """Somebody signed in there: what failed before counts no more."""
    await connection.execute(
        "UPDATE sign_in_failures SET failures = 0, free_at = '-infinity' WHERE bucket = ANY($1)", list(buckets)
    )
