"""Delivers events: finds the filing of each, asks for its act, and says what came of it.

Acts that touch one declaration go in the order of the file; others side by side. What finds no filing, or is refused,
is tried again at the end as long as anything else was granted: senders do not wait for each other.
"""

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from client.ask import Ask
from client.deliver.delivery import Delivery, named_in, read_event, read_line
from client.deliver.matching import Allocate, Match, match
from client.files.raw_lines import RawLine
from database.pool import Pool
from database.reads.read_model import findings_of
from database.registers.deliveries import find_delivered, keep_delivered, keep_unmatched, mark_matched
from database.registers.refused_lines import end_taken, keep_refused
from schemas.acts.act import Act
from schemas.values.refusal import Refusal, Refused, refusal

IN_FLIGHT = 10


class Outcome(StrEnum):
    """What came of one event."""

    MATCHED = "matched"
    REPEATED = "repeated"
    CONTRADICTING = "contradicting"
    UNMATCHED = "unmatched"
    REFUSED = "refused"


@dataclass(frozen=True)
class Delivered:
    """One line's outcome; ``findings``: codes of the contradictions that it opened."""

    line: int
    outcome: Outcome
    source: str | None = None
    event_id: str | None = None
    type: str | None = None
    act_id: UUID | None = None
    filing_id: UUID | None = None
    findings: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class _Turn:
    """An act under way, and whose turn it takes."""

    root: UUID
    filing_id: UUID
    task: "asyncio.Task[Delivered]"

    def precedes(self, next_one: Match) -> bool:
        """Whether both are acts on one filing, or one of them is the declaration's own."""
        return self.root == next_one.root and (
            self.filing_id in (next_one.filing_id, self.root) or next_one.filing_id == self.root
        )


@dataclass
class Deliverer:
    """One run over events; ``by``: the party for events that name none."""

    pool: Pool
    ask: Ask
    allocate: Allocate
    by: UUID | None = None
    file: str = "-"
    """Its name, which stands beside what was refused."""
    _turns: list[_Turn] = field(default_factory=list)
    _done: list[Delivered] = field(default_factory=list)
    _under_way: set[tuple[str, str]] = field(default_factory=set)

    async def deliver(self, lines: Iterable[RawLine]) -> list[Delivered]:
        """What came of each line, in their order. Raises Fault; what was granted until then stays granted."""
        found: dict[int, Delivered] = {}
        waiting: list[Delivery] = []
        for line in lines:
            if not line.body.strip():
                continue
            try:
                waiting.append(read_line(line, self.by))
            except Refused as refused:
                found[line.number] = Delivered(line.number, Outcome.REFUSED, refusals=refused.refusals)
                await self._keep_refused(line.number, line.body, refused.refusals)
        return await self.deliver_events(waiting, found)

    async def deliver_batch(self, events: Sequence[Any]) -> list[Delivered]:
        """The same of events that stand in one document; their numbers are their places in it, from 1."""
        found: dict[int, Delivered] = {}
        waiting: list[Delivery] = []
        for number, one in enumerate(events, start=1):
            try:
                waiting.append(read_event(one, number, self.by))
            except Refused as refused:
                found[number] = Delivered(number, Outcome.REFUSED, refusals=refused.refusals)
                body = json.dumps(one, ensure_ascii=False, sort_keys=True).encode()
                await self._keep_refused(number, body, refused.refusals)
        return await self.deliver_events(waiting, found)

    async def deliver_events(
        self, waiting: list[Delivery], found: dict[int, Delivered] | None = None
    ) -> list[Delivered]:
        """The same from events whose form is known to be good."""
        found = {} if found is None else found
        while waiting:
            for one in await self._round(waiting):
                found[one.line] = one
            again = [one for one in waiting if found[one.line].outcome in (Outcome.UNMATCHED, Outcome.REFUSED)]
            if len(again) == len(waiting):
                break
            waiting = again
        for delivery in waiting:
            if found[delivery.line].outcome is Outcome.UNMATCHED:
                await self._keep(delivery)
            elif found[delivery.line].outcome is Outcome.REFUSED:
                body = delivery.event.model_dump_json().encode()
                await self._keep_refused(delivery.line, body, found[delivery.line].refusals)
        return [found[line] for line in sorted(found)]

    async def _round(self, waiting: list[Delivery]) -> list[Delivered]:
        self._done = []
        try:
            for delivery in waiting:
                await self._begin(delivery)
            await self._until(0)
        finally:
            for turn in self._turns:
                turn.task.cancel()
            await asyncio.gather(*(turn.task for turn in self._turns), return_exceptions=True)
            self._turns = []
        return self._done

    async def _begin(self, delivery: Delivery) -> None:
        event = (delivery.event.source, delivery.event.id)
        if event in self._under_way:
            await self._until(0)  # the same event again, or another content under its name
        said = await self._said_before(delivery)
        if said is not None:
            self._done.append(said)
            return
        found = await self._match(delivery)
        if not isinstance(found, Match) and self._turns:
            await self._until(0)  # an earlier line may be about to make what this one is about
            found = await self._match(delivery)
        if not isinstance(found, Match):
            self._done.append(_unmatched(delivery, found))
            return
        self._under_way.add(event)
        await self._until(IN_FLIGHT - 1)
        before = [turn.task for turn in self._turns if turn.precedes(found)]
        task = asyncio.create_task(self._take_turn(delivery, before))
        self._turns.append(_Turn(found.root, found.filing_id, task))

    async def _said_before(self, delivery: Delivery) -> Delivered | None:
        """What came of the same event; one name with two contents is told, and neither is recorded again."""
        event = delivery.event
        async with self.pool.acquire() as connection:
            known = await find_delivered(connection, event.source, event.id)
        if known is None:
            return None
        said = replace(_said(delivery, Outcome.REPEATED), act_id=known.act_id, filing_id=known.filing_id)
        if known.content == delivery.content:
            return said
        told = refusal("event_told_otherwise", "id", event=event.id, source=event.source, filing_id=known.filing_id)
        return replace(said, outcome=Outcome.REFUSED, refusals=(told,))

    async def _until(self, most: int) -> None:
        while len(self._turns) > most:
            done, _ = await asyncio.wait([turn.task for turn in self._turns], return_when=asyncio.FIRST_COMPLETED)
            self._done += [task.result() for task in done]
            self._turns = [turn for turn in self._turns if turn.task not in done]
        if not self._turns:
            self._under_way.clear()

    async def _match(self, delivery: Delivery) -> Match | Refusal | None:
        async with self.pool.acquire() as connection:
            return await match(connection, delivery, self.allocate)

    async def _take_turn(self, delivery: Delivery, before: list["asyncio.Task[Delivered]"]) -> Delivered:
        if before:
            await asyncio.wait(before)
        # Matched again: what went before may have changed which number is next and what is still owed.
        found = await self._match(delivery)
        if not isinstance(found, Match):
            return _unmatched(delivery, found)
        open_before = await self._findings(found.filing_id)
        try:
            answer = await self.ask(delivery.type.kind, found.act)
        except Refused as refused:
            return _said(delivery, Outcome.REFUSED, found.act, refused.refusals)
        async with self.pool.acquire() as connection:
            await mark_matched(connection, delivery.delivery_id, answer.act_id, answer.filing_id)
            await keep_delivered(
                connection, delivery.event.source, delivery.event.id, delivery.content, answer.act_id, answer.filing_id
            )
            await end_taken(connection, delivery.event.source, delivery.event.id, answer.act_id)
        if found.known:
            return _said(delivery, Outcome.REPEATED, found.act)
        new = (one for one in answer.findings if one.about == answer.act_id or one.key not in open_before)
        findings = tuple(one.code for one in new)
        outcome = Outcome.CONTRADICTING if findings else Outcome.MATCHED
        told = (found.contradicts,) if found.contradicts else ()
        return _said(delivery, outcome, found.act, told, findings)

    async def _findings(self, filing_id: UUID) -> frozenset[str]:
        async with self.pool.acquire() as connection:
            return frozenset(one.key for one in await findings_of(connection, filing_id) if one.closed_on is None)

    async def _keep(self, delivery: Delivery) -> None:
        event = delivery.event
        async with self.pool.acquire() as connection:
            await keep_unmatched(
                connection, delivery.delivery_id, event.source, event.id, event.type, event.model_dump(mode="json")
            )

    async def _keep_refused(self, line: int, body: bytes, refusals: tuple[Refusal, ...]) -> None:
        async with self.pool.acquire() as connection:
            await keep_refused(connection, "deliver", self.file, line, body, refusals, *named_in(body))


def _unmatched(delivery: Delivery, question: Refusal | None) -> Delivered:
    return _said(delivery, Outcome.UNMATCHED, refusals=(question,) if question else ())


def _said(
    delivery: Delivery,
    outcome: Outcome,
    act: Act | None = None,
    refusals: tuple[Refusal, ...] = (),
    findings: tuple[str, ...] = (),
) -> Delivered:
    event = delivery.event
    return Delivered(
        delivery.line,
        outcome,
        event.source,
        event.id,
        event.type,
        act.act_id if act else None,
        act.filing_id if act else None,
        findings,
        refusals,
    )
