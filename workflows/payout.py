"""A payout from its determination to the money and its tax record."""

from temporalio import workflow

from schemas.acts.payout import PayoutAct
from schemas.standing.answer import Answer, Head, PayoutRecording
from schemas.standing.workflow import FilingResult, PayoutInput
from workflows.options import PAYOUT_WORKFLOW
from workflows.procedure import Procedure, determination_of


@workflow.defn(name=PAYOUT_WORKFLOW)
class PayoutWorkflow:
    """Determines, then waits: publicity, approvals, the bank, the tax record."""

    @workflow.init
    def __init__(self, given: PayoutInput) -> None:
        self.procedure = Procedure(PayoutRecording, given.filing_id, given.head, given.legal_clock)

    @workflow.run
    async def run(self, given: PayoutInput) -> FilingResult:
        """Ends when nothing more is owed or expected."""
        if given.start is not None and not self.procedure.head.version:
            await self.procedure.perform(determination_of(given.start))
        await self.procedure.carried(self.procedure.next_turn)
        if self.procedure.goes_on:
            workflow.continue_as_new(given.but(head=self.procedure.head))
        return FilingResult(head=self.procedure.head)

    @workflow.update
    async def perform(self, act: PayoutAct) -> Answer:
        """Any act of a payout; the update's id is the act's id."""
        return await self.procedure.perform(act)

    @workflow.query
    def head(self) -> Head:
        """Where the workflow believes the filing stands."""
        return self.procedure.head
