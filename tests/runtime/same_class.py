"""A workflow that tells which class it sees; in a file of its own because the sandbox imports it again."""

from pydantic import BaseModel
from temporalio import workflow

from schemas.values.refusal import Refusal


class Seen(BaseModel):
    """What the workflow saw: ids of the class ``Refusal``, and of the class of what it was given."""

    class_imported: int
    class_received: int
    received: Refusal


@workflow.defn
class SameClassWorkflow:
    """Gives back what it was given, with the identity of its class."""

    @workflow.run
    async def run(self, given: Refusal) -> Seen:
        """One model in, one model out."""
        return Seen(class_imported=id(Refusal), class_received=id(type(given)), received=given)
