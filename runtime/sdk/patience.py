"""How long a run may think before the SDK takes it for deadlocked: two seconds are for a machine that is not busy."""

from temporalio.worker import Worker

PATIENCE = 60
"""Seconds. Our runs wait for nothing but acts and days, so what takes long is a machine that others use."""


def patient(worker: Worker) -> Worker:
    """The worker, which interrupts a run after ``PATIENCE`` only.

    The SDK interrupts the run's thread wherever it is. In some places the run cannot be evicted afterwards: its acts
    are never answered by this worker, and the worker does not drain (seen with twenty busy processes on two cores).
    Raises AttributeError where the SDK keeps the number elsewhere.
    """
    runs = worker._workflow_worker
    assert runs is not None
    if runs._deadlock_timeout_seconds is not None:  # None: somebody debugs
        runs._deadlock_timeout_seconds = PATIENCE
    return worker
