"""What goes on in the console's process after a page was answered."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from schemas.values.refusal import Fault

log = structlog.get_logger()


@dataclass(frozen=True)
class Background:
    """Tasks by what they are about, one after the other: what is begun while one is under way comes behind it."""

    _tasks: dict[UUID, asyncio.Task[None]] = field(default_factory=dict)

    def begin(self, about: UUID, work: Coroutine[Any, Any, None]) -> None:
        """Does it, when what was begun before about the same has ended; the work sees for itself what is left to do."""
        task = self._tasks[about] = asyncio.create_task(_told(about, work, self._tasks.get(about)))
        task.add_done_callback(lambda ended: self._forget(about, ended))

    def _forget(self, about: UUID, ended: asyncio.Task[None]) -> None:
        if self._tasks.get(about) is ended:
            del self._tasks[about]

    async def close(self) -> None:
        """Stops all; what is stopped can be begun again."""
        for task in (tasks := list(self._tasks.values())):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _told(about: UUID, work: Coroutine[Any, Any, None], before: asyncio.Task[None] | None) -> None:
    try:
        if before is not None:
            await asyncio.wait([before])
        await work
    except Fault as fault:
        log.error("background_fault", about=str(about), whose=fault.whose, what=fault.what)
    except Exception as error:  # nobody waits for it: the log is the only place where it can be told
        log.error("background_failed", about=str(about), error=type(error).__name__)
        raise
