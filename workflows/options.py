"""All numbers of the workflows, each with its reason."""

from datetime import timedelta
from uuid import UUID

from temporalio.common import RetryPolicy, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

TASK_QUEUE = "open-licence"
PAYOUT_WORKFLOW = "Payout"
"""By name, so that a licence's run need not import the payout's module again."""
SETTLEMENT_WORKFLOW = "Settlement"
OPENING_WORKFLOW = "Opening"

FILING_ID = SearchAttributeKey.for_keyword("FilingId")
"""What a run is found by, for people; a server has to know it before a run sets it, or the run hangs."""

RECORD_TIMEOUT = timedelta(seconds=20)
"""One transaction of some milliseconds; the rest is for a Postgres that is just restarting."""

RECORD_PATIENCE = timedelta(days=7)
"""How long recording is tried again: an outage of the database must never lose an acknowledged act or need a person."""

RECORD_RETRY = RetryPolicy(
    initial_interval=timedelta(milliseconds=100),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=5),  # so that acts go on at most 5 s after the database is back
)

LOCAL_RETRY_THRESHOLD = timedelta(seconds=30)
"""Longer waits between tries become timers of the server; ours never grow that long, so retries stay in the worker."""

MOST_BEHIND = 20
"""How often one act may find that the log knows more: each time costs one more, and writers beside a run are rare."""

LONGEST_RUN = timedelta(days=5 * 365)
"""A run is continued as new after five years, so that code never has to replay an older one."""

PASS_DAY_PAUSE = timedelta(minutes=5)
"""If the day could not be passed (a refusal would be our fault), it is tried again, without flooding the history."""


def found_by(filing_id: UUID, *, is_known: bool) -> TypedSearchAttributes:
    """The search attributes of a run that begins; none where its server may not know them."""
    return TypedSearchAttributes([SearchAttributePair(FILING_ID, str(filing_id))] if is_known else [])


NIGHT_WORKFLOW = "Nightly"
NIGHT_STEP_LASTS = timedelta(hours=20)
"""So that a night is over before the next one; a step over 100,000 filings takes an hour."""

NIGHT_STEP_BEATS = timedelta(minutes=2)
"""A worker that was killed under a step is noticed; the step beats while its program lives."""

NIGHT_RETRY = RetryPolicy(
    initial_interval=timedelta(seconds=5),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=10),  # an outage of hours: the result is a row in the end, and never lost
)
