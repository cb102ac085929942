"""What a run is found by in Temporal's Web UI: FilingId, a search attribute that is set once, when the run begins."""

from datetime import timedelta
from uuid import UUID

from temporalio.client import Client
from temporalio.common import TypedSearchAttributes
from temporalio.service import RPCError

from runtime.connection import MEANINGS, Meaning
from workflows.options import FILING_ID, found_by

_PATIENCE = timedelta(seconds=5)


class FoundBy:
    """Whether this Temporal knows the attribute, asked once by each program: a start with one it does not know fails.

    Where nobody registered it, runs begin without, and are found by their workflow id alone.
    """

    def __init__(self) -> None:
        self._is_known: bool | None = None

    async def attributes(self, client: Client, filing_id: UUID) -> TypedSearchAttributes:
        """Of a run that begins for the filing."""
        return found_by(filing_id, is_known=await self.is_known(client))

    async def is_known(self, client: Client) -> bool:
        """No act waits for it: where the lists of runs do not answer just now, it counts as unknown this once."""
        if self._is_known is None:
            try:
                await client.count_workflows(f"{FILING_ID.name} = 'nothing'", rpc_timeout=_PATIENCE)
            except RPCError as error:
                if MEANINGS[error.status] is not Meaning.FINAL:
                    return False
                self._is_known = False
            else:
                self._is_known = True
        return self._is_known

    async def is_lost(self, client: Client) -> bool:
        """Whether a Temporal that knew it does so no more, as one that came back empty: then starts with it fail."""
        was, self._is_known = self._is_known, None
        return was is True and not await self.is_known(client)
