"""What the event log has of one filing, as the payloads of its histories are compared with it."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import TypeAdapter

from schemas.acts.act import FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.standing.answer import Answer, Head, Outcome, Start
from schemas.standing.workflow import FilingInput, PayoutInput, SettlementInput
from schemas.values.determination import Determination
from schemas.values.money import STORED

ACTS: dict[FilingKind, TypeAdapter[Any]] = {
    FilingKind.DECLARATION: TypeAdapter(DeclarationAct),
    FilingKind.LICENCE: TypeAdapter(LicenceAct),
    FilingKind.PAYOUT: TypeAdapter(PayoutAct),
    FilingKind.SETTLEMENT: TypeAdapter(SettlementAct),
}
INPUTS: dict[FilingKind, type[FilingInput]] = {
    FilingKind.DECLARATION: FilingInput,
    FilingKind.LICENCE: FilingInput,
    FilingKind.PAYOUT: PayoutInput,
    FilingKind.SETTLEMENT: SettlementInput,
}
ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
DETERMINATIONS: TypeAdapter[tuple[Determination, ...]] = TypeAdapter(tuple[Determination, ...])
OUTCOME: TypeAdapter[Any] = TypeAdapter(Outcome)


class Event(NamedTuple):
    """One event: what is hashed, and beside it the answer that its act was given."""

    version: int
    act_id: UUID
    legal_on: str
    recorded_at: str
    canonical: str
    answer: str | None
    """As it is stored: amounts in fen; None where there is none."""


@dataclass(frozen=True)
class FilingLog:
    """The events and answers of one filing; ``refusals``: act id -> what it was refused for, each time, as was told."""

    filing_id: UUID
    kind: FilingKind
    workflow_id: str
    legal_clock: str
    events: tuple[Event, ...]
    refusals: dict[str, list[list[dict[str, Any]]]]

    def as_bytes(self) -> bytes:
        """For the way to a child process."""
        return json.dumps(
            [
                str(self.filing_id),
                self.kind.value,
                self.workflow_id,
                self.legal_clock,
                [[one.version, str(one.act_id), *one[2:]] for one in self.events],
                self.refusals,
            ]
        ).encode()

    @classmethod
    def from_bytes(cls, text: bytes) -> "FilingLog":
        """The same again."""
        filing_id, kind, workflow_id, clock, events, refusals = json.loads(text)
        every = tuple(Event(one[0], UUID(one[1]), *one[2:]) for one in events)
        return cls(UUID(filing_id), FilingKind(kind), workflow_id, clock, every, refusals)

    @cached_property
    def by_act(self) -> dict[UUID, "Fact"]:
        """Act id -> the fact it became."""
        return {one.act_id: Fact(self, one) for one in self.events}

    @cached_property
    def by_version(self) -> dict[int, "Fact"]:
        """Version -> fact."""
        return {one.event.version: one for one in self.by_act.values()}

    def head(self, version: int) -> Head | None:
        """The head that the filing had with that version; None where the log has no such version or no answer to it."""
        if version == 0:
            return Head()
        fact = self.by_version.get(version)
        return fact.answer.head if fact is not None and fact.answer is not None else None

    @cached_property
    def starts(self) -> dict[UUID, list[Start]]:
        """Payout -> what its licence's acts called for it with; more than once where a correction called it again."""
        found: dict[UUID, list[Start]] = {}
        for fact in self.by_act.values():
            for start in fact.answer.starts if fact.answer is not None else ():
                found.setdefault(start.payout_id, []).append(start)
        return found


@dataclass
class Fact:
    """One event, read only as far as somebody asks."""

    log: FilingLog
    event: Event

    @cached_property
    def body(self) -> dict[str, Any]:
        """``act`` and ``made``, amounts in fen."""
        body: dict[str, Any] = json.loads(self.event.canonical)["body"]
        return body

    @cached_property
    def act(self) -> Any:
        """The act as a model."""
        return ACTS[self.log.kind].validate_python(self.body["act"], context=STORED)

    @cached_property
    def determinations(self) -> tuple[Determination, ...]:
        """What recording determined with it; the rest of what it made is not read, and is most of an event."""
        return DETERMINATIONS.validate_python(self.body["made"].get("determinations", ()), context=STORED)

    @cached_property
    def answer(self) -> Answer | None:
        """The answer it was given, as the table of answers has it."""
        if self.event.answer is None:
            return None
        return ANSWER.validate_python(json.loads(self.event.answer), context=STORED)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of its canonical bytes."""
        return sha256(self.event.canonical.encode()).hexdigest()
