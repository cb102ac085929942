"""The recording activity: one act is one transaction that appends the fact, derives, and posts the difference."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import asyncpg
from pydantic import TypeAdapter
from temporalio import activity

from activities.calendars import CalendarInUse, ReadCalendars
from activities.clocks import Clocks, granted_before
from activities.handlings.declarations import DeclarationHandling
from activities.handlings.handling import Before, Handling
from activities.handlings.licences import LicenceHandling
from activities.handlings.payouts import PayoutHandling
from activities.handlings.settlements import SettlementHandling
from activities.identities import settled, shared_now, tells_sharing
from activities.named import check_named
from activities.outcomes import Counted, told
from activities.remembered import Known, Remembered
from database.pool import Connection
from database.record.difference import posted_difference
from database.record.event_log import Opened, post, seal
from database.record.posting import FilingRow, Posting
from rules.filing.change import Change
from rules.filing.corrections import would_be_made
from rules.filing.guards import guard_day, guard_day_to_come, guard_dismissal, guard_second_person
from rules.filing.scene import judged
from rules.law.calendar import Calendar
from schemas.acts.act import Act, SurroundingsChanged
from schemas.acts.beginning import BEGINNINGS, known_as, parent_id_of
from schemas.lifecycle.row import NOTHING
from schemas.lifecycle.table import check
from schemas.standing.answer import Answer, Behind, Outcome, Recorded, Recording, Start, head_of
from schemas.standing.fact import Fact, Made
from schemas.standing.legal_clock import LegalClock
from schemas.standing.position import BasePosition
from schemas.standing.surroundings import Surroundings
from schemas.values.canonical import FIRST_PREVIOUS_HASH, plain
from schemas.values.determination import travelling
from schemas.values.model import SHANGHAI
from schemas.values.money import STORED, stored
from schemas.values.refusal import Refusal, Refused, refuse
from schemas.wire.same_act import identity_hash

AnyHandling = Handling[Any, Any, Any]
AnyChange = Change[Any, Any, Any]
_HANDLINGS: tuple[type[AnyHandling], ...] = (DeclarationHandling, LicenceHandling, PayoutHandling, SettlementHandling)
_ANSWER = TypeAdapter(Answer)


class Recorder:
    """Holds the pool and what of the log was parsed already; ``code_version`` names the commit in every event.

    ``legal_clock``: the installation's, of filings without a parent; see ``Clocks``.
    """

    def __init__(
        self, pool: asyncpg.Pool, calendar: Calendar, code_version: str, legal_clock: LegalClock | None = None
    ) -> None:
        self._pool, self._code_version, self.counted = pool, code_version, Counted()
        self._remembered, self._clocks = Remembered(), Clocks(legal_clock)
        self._calendars = ReadCalendars(calendar)
        self._handlings = {one.kind.name.value: one() for one in _HANDLINGS}

    @activity.defn(name="record")
    async def record(self, recording: Recording) -> Outcome:
        """Records one act, or says no: a Refusal travels as ``ApplicationError(type=code, details=[Refusal ...])``."""
        return await told(recording.act, self.recorded(recording), self.counted)

    async def recorded(self, recording: Recording) -> Outcome:
        """The same without Temporal: raises Refused."""
        async with self._pool.acquire() as connection:
            async with connection.transaction():
                outcome, known = await self._transact(connection, recording)
            if known is not None:
                self._remembered.keep(recording.act.filing_id, known)  # only now: a rolled back fact is no fact
        return outcome

    async def hypothetical(self, connection: Connection, recording: Recording) -> Answer:
        """What would be answered, in a transaction that is rolled back: nothing is remembered. Raises Refused."""
        outcome, _ = await self._transact(connection, recording)
        assert isinstance(outcome, Recorded), "whoever asks has read the head in the same transaction"
        return outcome.answer

    async def _transact(self, connection: Connection, recording: Recording) -> tuple[Outcome, Known | None]:
        act, handling = recording.act, self._handlings[recording.filing_kind]
        opened, known = await self._remembered.opened(connection, act)
        body_hash = identity_hash(act)
        if opened.known is not None:
            if opened.known.body_hash != body_hash or opened.known.filing_id != act.filing_id:
                raise refuse(known_as(act), "act_id", act_id=act.act_id, filing_id=opened.known.filing_id)
            answer = _ANSWER.validate_python(opened.known.answer, context=STORED)
            return Recorded(answer=answer, head=self._head(opened, handling)), None
        version = opened.filing.version if opened.filing else 0
        if version != recording.expected:
            return self._behind(opened, handling, known), None
        if isinstance(act, SurroundingsChanged) and act.only_wakes and opened.filing is not None:
            return self._nothing_new(opened, handling, act, body_hash), None
        known = self._grown(opened, handling, known)
        recording = await self._clocks.of_the_filing(connection, recording, opened.legal_clock)
        stands_on = await handling.surroundings(connection, act, Before(known.position, known.surroundings))
        surroundings = await shared_now(connection, act, stands_on)
        in_use = await self._calendars.in_use(connection, opened.calendar)
        is_news = surroundings != known.surroundings or in_use.moves(handling.kind, known)
        if isinstance(act, SurroundingsChanged) and not is_news:
            # What it stands on was read after the change already: no news is no fact, or how fast a message came would
            # show in the log.
            return self._nothing_new(opened, handling, act, body_hash), None
        opened = await granted_before(connection, recording, known.facts, opened, body_hash)
        warnings = self._checked(recording, opened, handling, known, surroundings, in_use.calendar)
        await check_named(connection, act, opened.missing, would_be_made(act, known.facts, handling.kind.acts))
        return await self._append(
            connection, recording, opened, handling, known, surroundings, in_use, warnings, body_hash
        )

    def _behind(self, opened: Opened, handling: AnyHandling, known: Known | None) -> Behind:
        """What a workflow must catch up on: the head, and payouts whose beginning may have been lost with an answer."""
        now = self._grown(opened, handling, known)
        starts = handling.kind.starts(now.position, now.surroundings) if now.position else ()
        return Behind(head=head_of(now.version, now.position), starts=starts)

    @staticmethod
    def _new_starts(handling: AnyHandling, change: AnyChange) -> tuple[Start, ...]:
        before = handling.kind.starts(change.before, change.surroundings) if change.before else ()
        return tuple(one for one in handling.kind.starts(change.after, change.surroundings) if one not in before)

    def _nothing_new(self, opened: Opened, handling: AnyHandling, act: Act, body_hash: bytes) -> Recorded:
        position, head = self._stored_position(opened, handling), self._head(opened, handling)
        return Recorded(
            head=head,
            answer=Answer(
                act_id=act.act_id,
                filing_id=act.filing_id,
                filing_kind=handling.kind.name,
                head=head,
                legal_on=act.on.isoformat(),
                recorded_at=plain(opened.recorded_at),
                content_hash=body_hash.hex(),
                next_deadline=position.next_deadline if position else None,
            ),
        )

    def _grown(self, opened: Opened, handling: AnyHandling, known: Known | None) -> Known:
        facts = list(known.facts) if known else []
        surroundings = known.surroundings if known else None
        for event in opened.events:
            facts.append(handling.kind.fact(event.version, event.recorded_at, event.body))
            surroundings = facts[-1].made.surroundings or surroundings
        calendar = facts[-1].made.calendar if facts else 0
        position = known.position if known and not opened.events else self._stored_position(opened, handling)
        reached = opened.filing.hash if opened.filing else b""
        return Known(len(facts), tuple(facts), position, surroundings, reached, calendar)

    def _stored_position(self, opened: Opened, handling: AnyHandling) -> BasePosition | None:
        if opened.filing is None:
            return None
        position: BasePosition = handling.kind.stored_position(opened.filing.position)
        return position

    def _head(self, opened: Opened, handling: AnyHandling) -> Any:
        position = self._stored_position(opened, handling)
        return head_of(opened.filing.version if opened.filing else 0, position)

    def _checked(
        self,
        recording: Recording,
        opened: Opened,
        handling: AnyHandling,
        known: Known,
        surroundings: Surroundings,
        calendar: Calendar,
    ) -> tuple[Refusal, ...]:
        """Looks the act up in the lifecycle table again, then the guards; facts of authorities pass (R2)."""
        act, position = recording.act, known.position
        stage, tracks = (position.stage, position.tracks.stages()) if position else (NOTHING, {})
        first = not known.facts
        no = check(handling.kind.lifecycle, stage, tracks, act.kind, act.by.role, is_known=not first)
        if first and type(act) not in BEGINNINGS:
            raise refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
        if no is not None:
            raise Refused(no)
        of_every_act = [*guard_second_person(act, known.facts, handling.kind.acts), *guard_dismissal(act, position)]
        today = opened.present.astimezone(SHANGHAI).date()
        if "timer" in (recording.legal_clock, self._clocks.installed):
            of_every_act += guard_day_to_come(act, would_be_made(act, known.facts, handling.kind.acts), today)
        if recording.legal_clock == "timer":
            of_every_act += guard_day(act, known.facts, opened.received_at.astimezone(SHANGHAI).date())
        general = judged(of_every_act)
        verdict = handling.kind.guard(act, position, known.facts, surroundings, calendar)
        if general.refusals or verdict.refusals:
            raise Refused(*general.refusals, *verdict.refusals)
        return verdict.warnings

    async def _append(
        self,
        connection: Connection,
        recording: Recording,
        opened: Opened,
        handling: AnyHandling,
        known: Known,
        surroundings: Surroundings,
        in_use: CalendarInUse,
        warnings: Sequence[Refusal],
        body_hash: bytes,
    ) -> tuple[Outcome, Known]:
        act: Act = recording.act
        version, calendar = known.version + 1, in_use.calendar
        number = await handling.receipt_number(connection, act) if version == 1 else None
        made = Made(
            receipt_number=number,
            granted_at=opened.granted_at,
            calendar=in_use.number,
            moved=in_use.moved(handling.kind, known),
        )
        facts = (*known.facts, Fact(version, act, opened.recorded_at, made))
        position, surroundings = await settled(
            connection, act, known, surroundings, lambda around: handling.kind.derive(facts, around, calendar)
        )
        if surroundings != known.surroundings:
            made = made.model_copy(update={"surroundings": surroundings})
        change = Change(act, version, facts, known.position, position, surroundings)
        made = made.model_copy(update={"determinations": handling.kind.determinations(change, calendar)})
        facts = (*known.facts, Fact(version, act, opened.recorded_at, made))
        event = seal(
            act.filing_id,
            version,
            act.act_id,
            handling.kind.lifecycle.event(act.kind),
            act.on,
            opened.recorded_at,
            {"act": stored(act), "made": stored(made)},
            opened.filing.hash if opened.filing else FIRST_PREVIOUS_HASH,
            self._code_version,
        )
        head = head_of(version, position)
        answer = Answer(
            act_id=act.act_id,
            filing_id=act.filing_id,
            filing_kind=handling.kind.name,
            head=head,
            legal_on=act.on.isoformat(),
            recorded_at=plain(opened.recorded_at),
            content_hash=sha256(event.canonical).hexdigest(),
            next_deadline=position.next_deadline,
            receipt_number=made.receipt_number,
            warnings=tuple(warnings),
            findings=position.findings,
            determinations=travelling(made.determinations),
            starts=self._new_starts(handling, change),
        )
        rows, difference = handling.rows(change), posted_difference(known.position, position, act.on)
        await post(
            connection,
            Posting(
                filing=FilingRow(
                    act.filing_id,
                    handling.kind.name.value,
                    recording.workflow_id,
                    opened.filing.parent_id if opened.filing else parent_id_of(act),
                    version,
                    position.stage,
                    stored(position),
                    position.due_by,
                    recording.legal_clock,
                ),
                event=event,
                body_hash=body_hash,
                answer=stored(answer),
                tasks=difference.tasks,
                findings=difference.findings,
                lines=difference.lines,
                messages=(*handling.tells(change), *tells_sharing(change, known.surroundings)),
                offer=rows.offer,
                licence=rows.licence,
                bank_line=rows.bank_line,
                receipts=rows.receipts,
            ),
        )
        await handling.posts_besides(connection, change)
        return Recorded(answer=answer, head=head), Known(
            version, facts, position, surroundings, event.hash, in_use.number
        )
