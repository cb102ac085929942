"""A payout from its determination to the money and its tax record."""

from temporalio import workflow

from schemas.acts.payout import Determine, PayoutAct
from schemas.standing.answer import Answer, Head, PayoutRecording, Start
from schemas.standing.workflow import FilingResult, PayoutInput
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import act_id_of
from workflows.options import PAYOUT_WORKFLOW
from workflows.procedure import ENGINE, Procedure


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


def determination_of(start: Start) -> Determine:
    """The first act of a payout that a receipt called for."""
    return Determine(
        act_id=act_id_of("determine", start.payout_id),
        filing_id=start.payout_id,
        on=start.on,
        by=Actor(role=Role.TIMER, party_id=ENGINE),
        parent_id=start.parent_id,
        unit=start.unit,
        subject=start.subject,
    )
