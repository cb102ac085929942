"""A settlement from the opening of its year to the money; and the small run by which a schedule opens a year."""

from contextlib import suppress

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from schemas.acts.beginning import begun, workflow_id_of
from schemas.acts.settlement import OpenYear, SettlementAct
from schemas.standing.answer import Answer, Head, SettlementRecording
from schemas.standing.workflow import FilingResult, Opening, SettlementInput
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.model import SHANGHAI
from workflows.options import OPENING_WORKFLOW, SETTLEMENT_WORKFLOW, found_by
from workflows.procedure import Procedure


@workflow.defn(name=SETTLEMENT_WORKFLOW)
class SettlementWorkflow:
    """Opens its year, then waits: call, claims, calculation, publicity, approvals, lock, the treasury."""

    @workflow.init
    def __init__(self, given: SettlementInput) -> None:
        self.procedure = Procedure(SettlementRecording, given.filing_id, given.head, given.legal_clock)

    @workflow.run
    async def run(self, given: SettlementInput) -> FilingResult:
        """Ends when everything is paid and nothing is left to adjust; a late fact then begins a new run."""
        if given.opened is not None and not self.procedure.head.version:
            await self.procedure.perform(given.opened)
        await self.procedure.carried(self.procedure.next_turn)
        if self.procedure.goes_on:
            workflow.continue_as_new(given.but(head=self.procedure.head))
        return FilingResult(head=self.procedure.head)

    @workflow.update
    async def perform(self, act: SettlementAct) -> Answer:
        """Any act of a settlement; the update's id is the act's id."""
        return await self.procedure.perform(act)

    @workflow.query
    def head(self) -> Head:
        """Where the workflow believes the filing stands."""
        return self.procedure.head


@workflow.defn(name=OPENING_WORKFLOW)
class OpeningWorkflow:
    """What a schedule starts: begins the settlement of the year, once, however often it is started."""

    @workflow.run
    async def run(self, given: Opening) -> str:
        """The workflow id of the settlement; the year is that of this instant in Asia/Shanghai, less ``years_back``."""
        today = workflow.now().astimezone(SHANGHAI).date()
        year = today.year - given.years_back
        opened = begun(
            OpenYear,
            on=today,
            by=Actor(role=Role.TIMER, party_id=ENGINE),
            authority=given.authority,
            scheme=given.scheme,
            year=year,
        )
        name = workflow_id_of(opened)
        with suppress(WorkflowAlreadyStartedError):  # somebody opened the year by hand, or the schedule fired twice
            await workflow.start_child_workflow(
                SETTLEMENT_WORKFLOW,
                SettlementInput(filing_id=opened.filing_id, opened=opened, legal_clock=given.legal_clock),
                id=name,
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                memo={"filing_id": str(opened.filing_id), "scheme": given.scheme, "year": str(year)},
                search_attributes=found_by(opened.filing_id, is_known=given.is_searchable),
            )
        return name
