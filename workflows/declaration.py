"""A declaration from its submission to the end of its offer."""

from temporalio import workflow

from schemas.acts.declaration import DeclarationAct
from schemas.standing.answer import Answer, DeclarationRecording, Head
from schemas.standing.workflow import FilingInput, FilingResult
from workflows.procedure import Procedure


@workflow.defn(name="Declaration")
class DeclarationWorkflow:
    """Waits for acts and days: submitted, filed, in force, ended. What they mean is derived when they are recorded."""

    @workflow.init
    def __init__(self, given: FilingInput) -> None:
        self.procedure = Procedure(DeclarationRecording, given.filing_id, given.head, given.legal_clock)

    @workflow.run
    async def run(self, given: FilingInput) -> FilingResult:
        """Ends when nothing more is expected of the filing; a late fact then begins a new run."""
        await self.procedure.carried(self.procedure.next_turn)
        if self.procedure.goes_on:
            workflow.continue_as_new(given.but(head=self.procedure.head))
        return FilingResult(head=self.procedure.head)

    @workflow.update
    async def perform(self, act: DeclarationAct) -> Answer:
        """Any act of a declaration; the update's id is the act's id."""
        return await self.procedure.perform(act)

    @workflow.query
    def head(self) -> Head:
        """Where the workflow believes the filing stands."""
        return self.procedure.head
