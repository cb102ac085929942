"""A licence from the licensee's notice to the end of its term, with recordal, registration and royalties."""

from contextlib import suppress

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from schemas.answer import Answer, Head, LicenceRecording, Start
from schemas.identifiers import workflow_id
from schemas.licence import LicenceAct
from schemas.workflow import FilingResult, LicenceInput, PayoutInput
from workflows.options import PAYOUT_WORKFLOW
from workflows.procedure import Procedure


@workflow.defn(name="Licence")
class LicenceWorkflow:
    """Waits for payment, then runs its term; each receipt that counts begins a payout of its own."""

    @workflow.init
    def __init__(self, given: LicenceInput) -> None:
        self.procedure = Procedure(LicenceRecording, given.filing_id, given.head, given.legal_clock)
        self.starts: list[Start] = list(given.starts)

    @workflow.run
    async def run(self, given: LicenceInput) -> FilingResult:
        """Ends when nothing more is expected of the licence; a late fact then begins a new run."""
        if await self.procedure.begun():
            while not self.procedure.is_over:
                await self._next_turn()
        await workflow.wait_condition(workflow.all_handlers_finished)
        await self._begin_payouts()
        if not self.procedure.head.ended and self.procedure.head.version:
            workflow.continue_as_new(given.but(head=self.procedure.head, starts=tuple(self.starts)))
        return FilingResult(head=self.procedure.head)

    async def _next_turn(self) -> None:
        if self.starts:
            await self._begin_payouts()
        else:
            await self.procedure.next_turn(called=lambda: bool(self.starts))

    async def _begin_payouts(self) -> None:
        while self.starts:
            start = self.starts[0]
            # A repeated act may call for it again; the payout is told of news by messages of its own.
            with suppress(WorkflowAlreadyStartedError):
                await workflow.start_child_workflow(
                    PAYOUT_WORKFLOW,
                    PayoutInput(filing_id=start.payout_id, start=start, legal_clock=self.procedure.legal_clock),
                    id=workflow_id("payout", start.parent_id, start.unit, start.subject),
                    parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                )
            self.starts.remove(start)

    @workflow.update
    async def perform(self, act: LicenceAct) -> Answer:
        """Any act of a licence; the update's id is the act's id."""
        answer = await self.procedure.perform(act)
        self.starts.extend(start for start in answer.starts if start not in self.starts)
        return answer

    @workflow.query
    def head(self) -> Head:
        """Where the workflow believes the filing stands."""
        return self.procedure.head
