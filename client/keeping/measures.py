"""What a worker tells Prometheus beside what Temporal's SDK does: acts, and how far behind the engine is.

It goes through the SDK's own meter, so that one process has one address for all of it.
"""

from collections import Counter
from datetime import UTC, datetime
from typing import get_args

from temporalio.common import MetricMeter

from database.dashboard.lags import lags
from database.dashboard.risks import Why, stuck
from database.pool import Pool

EVERY = 15.0
"""Seconds; Prometheus usually asks as often."""
ACTS = "open_licence_acts_total"
_OUTBOX, _SEQUENCER = "open_licence_outbox_age_seconds", "open_licence_sequencer_lag_seconds"
_SEALING, _QUARANTINED = "open_licence_unsealed_age_seconds", "open_licence_outbox_quarantined"
_STUCK, _MEASURED = "open_licence_stuck_filings", "open_licence_measured_at_seconds"
GAUGES = {
    _OUTBOX: "How long the oldest message has waited to be delivered.",
    _SEQUENCER: "How long the oldest event has waited for its sequence number.",
    _SEALING: "How long the oldest row has waited to be sealed in the log.",
    _QUARANTINED: "Messages that wait for a person, counted up to a thousand.",
    _STUCK: "Filings that do not go on though nobody is waited for, by reason, up to a hundred of each.",
    _MEASURED: "When the database was last looked into; the others are as of then.",
}


class Measures:
    """Tells through ``meter``; ``counted`` is what this worker's recorder counts, acts by kind and outcome."""

    def __init__(self, pool: Pool, meter: MetricMeter, counted: Counter[tuple[str, str]]) -> None:
        self._pool, self._counted = pool, counted
        self._acts = meter.create_counter(ACTS, "Acts by kind and outcome (granted, refused, fault).")
        self._told: Counter[tuple[str, str]] = Counter()
        self._gauges = {name: meter.create_gauge_float(name, said) for name, said in GAUGES.items()}

    async def tell(self) -> int:
        """Looks once and tells all of it; raises what an outage of the database raises. 0: nothing is left to do."""
        self._tell_acts()
        now = datetime.now(UTC)
        async with self._pool.acquire() as connection:
            found = await lags(connection)
            held = await stuck(connection, now)
        for name, value in (
            (_OUTBOX, found.outbox.total_seconds()),
            (_SEQUENCER, found.sequencer.total_seconds()),
            (_SEALING, found.sealing.total_seconds()),
            (_QUARANTINED, found.quarantined),
            (_MEASURED, now.timestamp()),
        ):
            self._gauges[name].set(value)
        for why in get_args(Why):
            self._gauges[_STUCK].set(sum(one.why == why for one in held), {"why": why})
        return 0

    def _tell_acts(self) -> None:
        for (kind, outcome), number in self._counted.items():
            if new := number - self._told[kind, outcome]:
                self._acts.add(new, {"kind": kind, "outcome": outcome})
                self._told[kind, outcome] = number
