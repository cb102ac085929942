"""A licence from the licensee's notice to the end of its term, with recordal, registration and royalties."""

from contextlib import suppress

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from schemas.acts.beginning import workflow_id_of
from schemas.acts.licence import LicenceAct
from schemas.standing.answer import Answer, Head, LicenceRecording
from schemas.standing.workflow import FilingInput, FilingResult, PayoutInput
from workflows.options import FILING_ID, PAYOUT_WORKFLOW, found_by
from workflows.procedure import Procedure, determination_of


@workflow.defn(name="Licence")
class LicenceWorkflow:
    """Waits for payment, then runs its term; each receipt that counts begins a payout of its own."""

    @workflow.init
    def __init__(self, given: FilingInput) -> None:
        self.procedure = Procedure(LicenceRecording, given.filing_id, given.head, given.legal_clock)

    @workflow.run
    async def run(self, given: FilingInput) -> FilingResult:
        """Ends when nothing more is expected of the licence; a late fact then begins a new run."""
        await self.procedure.carried(self._next_turn)
        while self.procedure.starts:
            await self._begin_payouts()
            await workflow.wait_condition(workflow.all_handlers_finished)
        if self.procedure.goes_on:
            workflow.continue_as_new(given.but(head=self.procedure.head))
        return FilingResult(head=self.procedure.head)

    async def _next_turn(self) -> None:
        if self.procedure.starts:
            await self._begin_payouts()
        else:
            await self.procedure.next_turn(called=lambda: bool(self.procedure.starts))

    async def _begin_payouts(self) -> None:
        while self.procedure.starts:
            start = self.procedure.starts[0]
            # A repeated act may call for it again; the payout is told of news by messages of its own.
            with suppress(WorkflowAlreadyStartedError):
                await workflow.start_child_workflow(
                    PAYOUT_WORKFLOW,
                    PayoutInput(filing_id=start.payout_id, start=start, legal_clock=self.procedure.legal_clock),
                    id=workflow_id_of(determination_of(start)),
                    parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    memo={**workflow.memo(), "filing_id": str(start.payout_id)},
                    search_attributes=found_by(start.payout_id, is_known=self._is_searchable()),
                )
            self.procedure.starts.remove(start)

    def _is_searchable(self) -> bool:
        """Whoever began this run has asked the server; one that begins it anew after it was registered asks again."""
        return workflow.info().typed_search_attributes.get(FILING_ID) is not None

    @workflow.update
    async def perform(self, act: LicenceAct) -> Answer:
        """Any act of a licence; the update's id is the act's id."""
        return await self.procedure.perform(act)

    @workflow.query
    def head(self) -> Head:
        """Where the workflow believes the filing stands."""
        return self.procedure.head
