"""How far behind what goes on by itself is: messages, sequence numbers, the log that proves them."""

from dataclasses import dataclass
from datetime import timedelta

from database.pool import Connection

COUNTED = 1_000
_NONE = timedelta(0)


@dataclass(frozen=True)
class Lags:
    """How long the oldest of each has waited by the database's clock; nothing waits: zero."""

    outbox: timedelta
    """A message that is to be delivered and does not wait for a person."""
    sequencer: timedelta
    """A fact without its place in the order over all filings."""
    sealing: timedelta
    """A row that the log does not prove yet: until then it could be changed unseen."""
    quarantined: int
    """Messages that wait for a person, counted up to ``COUNTED``."""


async def lags(connection: Connection) -> Lags:
    """Four looks at the first row of an index each; it counts nothing that can be many."""
    row = await connection.fetchrow(
        """SELECT clock_timestamp() - (SELECT created_at FROM outbox WHERE sent_at IS NULL AND NOT quarantined
                                       ORDER BY id LIMIT 1) AS outbox,
                  clock_timestamp() - (SELECT recorded_at FROM unsequenced ORDER BY recorded_at LIMIT 1) AS sequencer,
                  clock_timestamp() - least(
                      (SELECT left_at FROM unsealed ORDER BY id LIMIT 1),
                      (SELECT e.recorded_at FROM sequence_numbers s
                       JOIN events e ON e.filing_id = s.filing_id AND e.version = s.version
                       WHERE s.sequence_number > (SELECT coalesce(max(sequence_number), 0) FROM log_entries)
                       ORDER BY s.sequence_number LIMIT 1)) AS sealing,
                  (SELECT count(*) FROM (SELECT FROM outbox WHERE quarantined AND sent_at IS NULL LIMIT $1) waiting)
                      AS quarantined""",
        COUNTED,
    )
    assert row is not None  # a selection without FROM has one row
    return Lags(row["outbox"] or _NONE, row["sequencer"] or _NONE, row["sealing"] or _NONE, row["quarantined"])
