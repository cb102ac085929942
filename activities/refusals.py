"""A refusal on its way through Temporal."""

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from schemas.values.refusal import Refused


def as_application_error(refused: Refused) -> ApplicationError:
    """Never retried, never an alarm."""
    return ApplicationError(
        str(refused),
        *refused.refusals,
        type=refused.refusals[0].code,
        non_retryable=True,
        category=ApplicationErrorCategory.BENIGN,
    )
