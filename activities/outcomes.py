"""What comes of an act on its way out: a refusal through Temporal; a line and a count for whoever runs the engine."""

from collections import Counter
from collections.abc import Awaitable

import asyncpg
import structlog
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from database.pool import AWAY
from schemas.acts.act import Act
from schemas.standing.answer import Behind, Outcome
from schemas.values.refusal import Fault, Refused

Counted = Counter[tuple[str, str]]
"""Acts by kind and outcome: ``granted``, ``refused`` or ``fault``. A repeat counts as it is answered: again."""
_FAULT = "fault"
_OUTAGES = (*AWAY, asyncpg.TransactionRollbackError, asyncpg.IdleInTransactionSessionTimeoutError)
_LONGEST_MESSAGE = 2_000
log = structlog.get_logger()


def as_application_error(refused: Refused) -> ApplicationError:
    """Never retried, never an alarm."""
    return ApplicationError(
        str(refused),
        *refused.refusals,
        type=refused.refusals[0].code,
        non_retryable=True,
        category=ApplicationErrorCategory.BENIGN,
    )


async def told(act: Act, answering: Awaitable[Outcome], counted: Counted) -> Outcome:
    """The outcome, or what Temporal is told instead: a refusal, a defect, or an outage that is tried again.

    What was asked for with a request id is a line; what follows by itself is one for debugging only. An outage is
    neither: what it held up is told when it ends.
    """
    try:
        outcome = await answering
    except Refused as refused:
        no = as_application_error(refused)
        counted[act.kind, "refused"] += 1
        _say("act_refused", act, code=no.type)
        raise no from refused
    except _OUTAGES:
        raise  # tried again until the database is back: nothing was written
    except Exception as error:
        if isinstance(error, Fault) and error.retry:
            raise
        counted[act.kind, _FAULT] += 1
        _say("act_failed", act, error=type(error).__name__)
        # A defect of ours does not go away by itself: trying again would hold the filing's lock for days.
        what = str(error) if isinstance(error, Fault) else f"{act.kind} cannot be recorded: {error!r}"
        raise ApplicationError(what[:_LONGEST_MESSAGE], type=_FAULT, non_retryable=True) from error
    if not isinstance(outcome, Behind):  # the run takes the head over and asks again
        counted[act.kind, "granted"] += 1
        _say("act_recorded", act, version=outcome.head.version)
    return outcome


def _say(event: str, act: Act, **more: object) -> None:
    """Ids and codes; whom they stand for is read elsewhere, by those who may."""
    is_asked_for = "request_id" in structlog.contextvars.get_contextvars()
    write = log.info if is_asked_for else log.debug
    write(event, act=act.kind, act_id=str(act.act_id), filing_id=str(act.filing_id), **more)
