"""A recorder that dies between the commit and the answer: the first attempt of every act, and only that one."""

from uuid import UUID

from activities.record import Recorder
from database.pool import Pool
from rules.law.calendar import Calendar
from schemas.standing.answer import Outcome, Recorded, Recording


class ForgetfulRecorder(Recorder):
    """``lost`` keeps the answers that were committed and never arrived."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool, Calendar.bundled(), "tests", "acts")
        self.lost: dict[UUID, Recorded] = {}

    async def recorded(self, recording: Recording) -> Outcome:
        outcome = await super().recorded(recording)
        if isinstance(outcome, Recorded) and recording.act.act_id not in self.lost:
            self.lost[recording.act.act_id] = outcome
            self._remembered.forget(recording.act.filing_id)  # a process that died remembers nothing
            raise ConnectionResetError("the connection was lost after the commit")
        return outcome
