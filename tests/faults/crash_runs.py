"""Payment orders under chance: whoever records them dies before, inside or after the transaction; others ask again."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from activities.record import Recorder
from database.pool import Pool
from rules.law.calendar import Calendar
from rules.payout.amounts import amounts_hash
from schemas.acts.act import Act
from schemas.standing.answer import Outcome, Recording
from schemas.values.refusal import Refused
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.world import World

MEMBERS = 25
"""Of the team that is paid; each has a line, and each line is one run."""
_CRASHES = ("before", "inside", "after", "none", "none")


class Crashed(ConnectionResetError):
    """The process that was recording is gone."""


class CrashingRecorder(Recorder):
    """Dies where chance has it; what comes after it remembers nothing."""

    def __init__(self, pool: Pool, random: Random) -> None:
        super().__init__(pool, Calendar.bundled(), "tests")
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
            self._known.clear()
            raise Crashed(crash)
        return outcome

    async def _append(self, connection: Any, recording: Recording, *rest: Any) -> Any:
        appended = await super()._append(connection, recording, *rest)
        if recording.act.act_id in self._inside:
            self._known.clear()
            raise Crashed("inside")
        return appended


@dataclass(frozen=True)
class Crowd(World):
    """A world whose payout has many who are paid."""

    def party(self, name: str) -> UUID:
        return self.id("member", name) if name.startswith("member_") else super().party(name)

    @property
    def members(self) -> list[str]:
        return [f"member_{number}" for number in range(MEMBERS)]


async def crash_runs(pool: Pool, seed: int, payouts: int) -> tuple[int, Counter[str]]:
    """Orders every line of so many payouts, two clerks at once, through crashes; how many lines, and which crashes.

    Raises AssertionError where a line was not ordered exactly once.
    """
    random, crashes, runs = Random(seed), Counter[str](), 0
    for number in range(payouts):
        world = Crowd(f"crash {seed} {number}")
        payout = await _approved(pool, world)
        desk = Desk(pool)
        desk.recorder = recorder = CrashingRecorder(pool, random)
        lines = [f"member:{world.party(name)}" for name in world.members]
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


async def _approved(pool: Pool, world: Crowd) -> PayoutLife:
    await world.write(pool)
    await pool.executemany(
        "INSERT INTO parties (party_id, kind) VALUES ($1, 'person')", [(world.party(name),) for name in world.members]
    )
    desk = Desk(pool)
    declaration = DeclarationLife(world)
    licence = LicenceLife(declaration)
    for announcing in declaration.announced():
        await desk.ask(declaration, announcing)
    for paying in (licence.give_notice(), licence.pay(), licence.book_receipt()):
        await desk.ask(licence, paying)
    payout = PayoutLife(licence)
    await desk.ask(payout, payout.determine())
    unit = world.party("unit")
    rule = {
        "kind": "internal_rule",
        "document": world.paper("rule"),
        "from_on": "2021-01-01",
        "basis": "income",
        "shares": (
            {"party": world.party("court"), "kind": "team", "percent": "80"},
            {"party": unit, "kind": "institution", "percent": "20"},
        ),
        "team": tuple({"party": world.party(name), "percent": "1"} for name in world.members),
    }
    stated = await desk.ask(payout, payout.state_facts(rules=(rule,), contributions=None, inventors=()))
    await desk.ask(payout, payout.publish())
    for approval in payout.approved_by_both(amounts_hash(stated.determinations[-1])):
        await desk.ask(payout, approval)
    return payout


async def _ordered(pool: Pool, payout_id: UUID) -> list[str]:
    rows = await pool.fetch(
        "SELECT body->'act'->>'line' AS line FROM events WHERE filing_id = $1 AND kind = 'payout:payment_instructed'",
        payout_id,
    )
    return [row["line"] for row in rows]
