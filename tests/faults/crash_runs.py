"""Payment orders under chance: whoever records them dies before, inside or after the transaction; others ask again."""

import asyncio
from collections import Counter
from random import Random
from typing import Any
from uuid import UUID

from activities.record import Recorder
from activities.remembered import Remembered
from database.pool import Pool
from rules.law.calendar import Calendar
from schemas.acts.act import Act
from schemas.standing.answer import Outcome, Recording
from schemas.values.refusal import Refused
from tests.faults.crowd import CrowdedWorld
from tests.lives.desk import Desk
from tests.lives.payouts import PayoutLife
from tests.lives.stories_of_money import approved, booked

MEMBERS = 25
"""Of the team that is paid; each has a line, and each line is one run."""
_CRASHES = ("before", "inside", "after", "none", "none")


class Crashed(ConnectionResetError):
    """The process that was recording is gone."""


class CrashingRecorder(Recorder):
    """Dies where chance has it; what comes after it remembers nothing."""

    def __init__(self, pool: Pool, random: Random) -> None:
        super().__init__(pool, Calendar.bundled(), "tests", "acts")
        self.random, self.crashes = random, Counter[str]()
        self._inside: list[UUID] = []

    async def recorded(self, recording: Recording) -> Outcome:
        crash = self.random.choice(_CRASHES)
        self.crashes[crash] += 1
        if crash == "before":
            raise Crashed(crash)
        if crash == "inside":
            self._inside.append(recording.act.act_id)
        try:
            outcome = await super().recorded(recording)
        finally:
            if crash == "inside" and recording.act.act_id in self._inside:
                self._inside.remove(recording.act.act_id)
        if crash == "after":
            self._remembered = Remembered()
            raise Crashed(crash)
        return outcome

    async def _append(self, connection: Any, recording: Recording, *rest: Any) -> Any:
        appended = await super()._append(connection, recording, *rest)
        if recording.act.act_id in self._inside:
            self._remembered = Remembered()
            raise Crashed("inside")
        return appended


async def crash_runs(pool: Pool, seed: int, payouts: int) -> tuple[int, Counter[str]]:
    """Orders every line of so many payouts, two clerks at once, through crashes; how many lines, and which crashes.

    Raises AssertionError where a line was not ordered exactly once.
    """
    random, crashes, runs = Random(seed), Counter[str](), 0
    for number in range(payouts):
        world = await CrowdedWorld(f"crash {seed} {number}", crowd=MEMBERS, of="person").write(pool)
        payout = await _approved(Desk(pool), world)
        desk = Desk(pool)
        desk.recorder = recorder = CrashingRecorder(pool, random)
        lines = [f"member:{world.party(name)}" for name in world.names()]
        random.shuffle(lines)
        for line in lines:
            order = payout.instruct(line)
            granted = await asyncio.gather(
                *(_insist(desk, payout, order.but(act_id=payout.world.id("clerk", clerk, line))) for clerk in (1, 2))
            )
            assert sorted(granted) == [False, True], f"{line} was ordered {sum(granted)} times"
        ordered = Counter(await _ordered(pool, payout.filing_id))
        assert ordered == Counter(lines), "the log has another number of orders than lines"
        crashes += recorder.crashes
        runs += len(lines)
    return runs, crashes


async def _insist(desk: Desk, payout: PayoutLife, act: Act) -> bool:
    """Asks until there is an answer; whether the order was granted."""
    while True:
        try:
            await desk.ask(payout, act)
        except Crashed:
            continue
        except Refused:
            return False
        return True


async def _approved(desk: Desk, world: CrowdedWorld) -> PayoutLife:
    payout = await booked(desk.ask, world, registered=False)
    rule = {
        "kind": "internal_rule",
        "document": world.paper("rule"),
        "from_on": "2021-01-01",
        "basis": "income",
        "shares": (
            {"party": world.party("court"), "kind": "team", "percent": "80"},
            {"party": world.party("unit"), "kind": "institution", "percent": "20"},
        ),
        "team": tuple({"party": world.party(name), "percent": "1"} for name in world.names()),
    }
    await approved(desk.ask, payout, rules=(rule,), contributions=None, inventors=())
    return payout


async def _ordered(pool: Pool, payout_id: UUID) -> list[str]:
    rows = await pool.fetch(
        "SELECT body->'act'->>'line' AS line FROM events WHERE filing_id = $1 AND kind = 'payout:payment_instructed'",
        payout_id,
    )
    return [row["line"] for row in rows]
