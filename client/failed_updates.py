"""What an update that failed says: a refusal, a fault, or a run that gave way to the next."""

from pydantic import TypeAdapter
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError, CancelledError, TerminatedError
from temporalio.exceptions import TimeoutError as TemporalTimeout

from schemas.acts.act import Act
from schemas.values.refusal import Fault, Refusal, Refused, refuse

_REFUSAL = TypeAdapter(Refusal)


def is_passing_by(error: WorkflowUpdateFailedError) -> bool:
    """Whether the run ended, was ended, or continued as new between our call and its turn: the next run answers."""
    cause: BaseException | None = error.cause
    while cause is not None:
        if isinstance(cause, CancelledError | TerminatedError | TemporalTimeout):
            return True
        if isinstance(cause, ApplicationError) and cause.type == "AcceptedUpdateCompletedWorkflow":
            return True
        cause = cause.__cause__
    return False


def meaning_of(error: WorkflowUpdateFailedError, act: Act) -> Exception:
    cause: BaseException | None = error.cause
    while cause is not None and not (isinstance(cause, ApplicationError) and cause.details):
        cause = cause.__cause__
    if isinstance(cause, ApplicationError):
        return Refused(*(_REFUSAL.validate_python(detail) for detail in cause.details))
    if isinstance(error.cause, ApplicationError) and error.cause.type == "filing_unknown":
        return refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
    return Fault("ours", f"{act.kind} {act.act_id} failed: {error.cause!r}", retry=False)
