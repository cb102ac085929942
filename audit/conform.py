"""Did every event come from a stage and a role in which the lifecycle tables know it, and did it lead where they say?

Each event is looked at where it was recorded: before the facts that were told later. A fact whose legal day lies before
what was known already, a correction, and what an authority tells (R2) may move a filing anywhere that the facts say; it
is counted, and is no deviation. Deviations are ranked by ``weight``: how grave its kind is, times the money behind the
filing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple
from uuid import UUID

from audit.money_behind import money_behind
from audit.questions.moment import Step, no_step, recorded_on
from audit.rebuild import calendars_in_use
from audit.recompute import filings_asked
from database.pool import Connection, Pool
from database.reads.read_model import find_filing
from database.record.event_log import chain_of, find_head
from rules.filing.corrections import countersigned
from rules.kinds import KINDS, Kind
from rules.law.calendar import Calendars
from schemas.acts.act import TWO_PERSON_ACTS, FilingKind, Origin
from schemas.lifecycle.row import NOTHING, SAME, Row
from schemas.lifecycle.stages.stage import Track
from schemas.lifecycle.table import Lifecycle, check
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.values.actor import AUTHORITIES, BACK_DATING
from schemas.values.model import Model
from schemas.values.money import Money
from schemas.values.refusal import refuse

What = Literal[
    "act_unknown",
    "role_not_allowed",
    "act_not_allowed_now",
    "stage_not_reached",
    "same_person",
    "day_not_theirs",
    "unreadable",
]
GRAVITY: Mapping[What, int] = {
    "unreadable": 10,
    "same_person": 8,
    "role_not_allowed": 6,
    "act_not_allowed_now": 5,
    "act_unknown": 5,
    "stage_not_reached": 4,
    "day_not_theirs": 2,
}
"""How grave each kind of deviation is."""
_LEAST_FEN = 100
"""So that a deviation with no money behind it has a rank by its kind."""
_FREE_TO_MOVE = frozenset({"take_over", "correct_fact", "countersign", "dismiss_finding", "surroundings_changed"})
"""What makes other facts count, or tells of another filing: the stage follows from those."""

_WAITS = frozenset(
    {
        "patent_expiry",
        "offer_end",
        "offer_ended",
        "late_fact",
        "term_end",
        "patent_ended",
        "restore",
        "recordal_day_passed",
        "royalty_day_passed",
    }
)
"""What follows when a day has passed or another filing has changed, and so by no other act of the filing itself."""


class Deviation(Model):
    """One event that the tables do not know where it was recorded."""

    weight: int
    what: What
    filing_id: UUID
    filing_kind: str
    version: int
    act: str
    role: str
    stage: str
    """Where it was recorded; of ``stage_not_reached`` with the stage it led to."""
    article: str
    money: Money


class Conformance(Model):
    """How much was looked at, and every deviation, the heaviest first."""

    counts: dict[str, int]
    deviations: tuple[Deviation, ...]

    @property
    def ok(self) -> bool:
        """Whether everything went as the tables say."""
        return not self.deviations


class _Found(NamedTuple):
    what: What
    stage: str
    article: str


async def conform_filings(pool: Pool, filing_ids: Sequence[UUID] = (), step: Step = no_step) -> Conformance:
    """These filings, or all; raises Refused ``filing_unknown``."""
    counts: dict[str, int] = {}
    deviations: list[Deviation] = []
    async with pool.acquire() as connection:
        calendars = await calendars_in_use(connection)
        async for filing_id in filings_asked(connection, filing_ids):
            deviations += await _conform(connection, filing_id, calendars, counts)
            step()
    heaviest = sorted(deviations, key=lambda one: (-one.weight, str(one.filing_id), one.version))
    return Conformance(counts=dict(sorted(counts.items())), deviations=tuple(heaviest))


async def _conform(
    connection: Connection, filing_id: UUID, calendars: Calendars, counts: dict[str, int]
) -> list[Deviation]:
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head, summary = await find_head(connection, filing_id), await find_filing(connection, filing_id)
        if head is None or summary is None:
            raise refuse("filing_unknown", "filing_id", filing_id=filing_id)
        links = [link async for link in chain_of(connection, filing_id)]
    kind = KINDS[FilingKind(head.kind)]
    money = money_behind(head.kind, head.position)

    def deviation(version: int, act: str, role: str, found: _Found) -> Deviation:
        return Deviation(
            weight=GRAVITY[found.what] * max(money.fen, _LEAST_FEN),
            what=found.what,
            filing_id=filing_id,
            filing_kind=head.kind,
            version=version,
            act=act,
            role=role,
            stage=found.stage,
            article=found.article,
            money=money,
        )

    def count(what: str) -> None:
        counts[what] = counts.get(what, 0) + 1

    deviations: list[Deviation] = []
    facts: list[Fact[Any]] = []
    surroundings, before = None, None
    count(f"{head.kind}s")
    for link in links:
        count("events")
        try:
            facts.append(kind.fact(link.version, link.recorded_at, link.body))
            fact = facts[-1]
            surroundings = fact.made.surroundings or surroundings
            after = kind.derive(facts, surroundings, calendars.at(fact.made.calendar))
        except (ValueError, KeyError) as error:
            act = link.body.get("act", {})
            said = _Found("unreadable", repr(error)[:200], "")
            deviations.append(deviation(link.version, str(act.get("kind")), str(act.get("by", {}).get("role")), said))
            break
        found = list(_deviations(kind, facts, before, after, count, is_timed=summary.legal_clock == "timer"))
        deviations += [deviation(fact.version, fact.act.kind, fact.act.by.role.value, one) for one in found]
        before = after
    return deviations


def _deviations(
    kind: Kind[Any, Any, Any],
    facts: Sequence[Fact[Any]],
    before: BasePosition | None,
    after: BasePosition,
    count: Callable[[str], None],
    *,
    is_timed: bool,
) -> Iterator[_Found]:
    """What is wrong with the last of the facts; ``is_timed``: the filing's days pass by themselves."""
    fact, lifecycle = facts[-1], kind.lifecycle
    act = fact.act
    stage, tracks = (before.stage, before.tracks.stages()) if before else (NOTHING, {})
    rows = lifecycle.rows_of(act.kind)
    article = rows[0].article if rows else ""
    no = check(lifecycle, stage, tracks, act.kind, act.by.role, is_known=before is not None)
    here = tracks.get(rows[0].track, NOTHING) if rows and rows[0].track is not Track.RIGHT else stage
    if no is not None:
        yield _Found(_no(no.code), here, article)
    if act.kind == "countersign" and not any(
        one.act.act_id == act.countersigns and one.act.by.party_id != act.by.party_id for one in countersigned(facts)
    ):
        yield _Found("same_person", here, article)
    if is_timed and _has_a_day_of_its_own(fact):
        yield _Found("day_not_theirs", here, "R1")
    if no is not None:
        return
    if act.by.role in AUTHORITIES or act.kind in _FREE_TO_MOVE or fact.made.moved:
        count("facts_of_others")
    elif any(one.act.on > act.on for one in facts[:-1]):
        count("late_facts")
    else:
        # Only the act's own track: what moves beside it (a recordal falls due, a royalty ends) follows by itself.
        follows = act.kind == "pass_day"
        yield from _not_reached(lifecycle, rows, act.by.role, here, after, lets_follow=follows)


def _no(code: str) -> What:
    match code:
        case "act_unknown" | "role_not_allowed":
            return code
        case _:
            return "act_not_allowed_now"


def _has_a_day_of_its_own(fact: Fact[Any]) -> bool:
    """Whether whoever does something itself has another day than that of the recording, which the program stamps."""
    act = fact.act
    stamped = act.by.role not in BACK_DATING and act.origin is not Origin.IMPORTED
    return stamped and act.on != recorded_on(fact.made.granted_at or fact.recorded_at)


def _not_reached(
    lifecycle: Lifecycle, rows: Sequence[Row], role: Any, here: str, after: BasePosition, *, lets_follow: bool
) -> Iterator[_Found]:
    """``lets_follow``: the act is a day that passes, after which what follows by itself has followed."""
    mine = [row for row in rows if role in row.roles and here in row.stages]
    track = rows[0].track
    there = after.stage if track is Track.RIGHT else after.tracks.stages().get(track, NOTHING)
    reached = {here if goal == SAME else str(goal): None for row in mine for goal in row.to}
    if any(row.act in TWO_PERSON_ACTS for row in mine):
        reached[here] = None  # it takes effect with the second person's signature
    while True:
        further = [
            here_too if goal == SAME else str(goal)
            for row in lifecycle.rows
            if row.derived and row.track is track and (lets_follow or row.act not in _WAITS)
            for here_too in row.stages
            if here_too in reached
            for goal in row.to
        ]
        if all(one in reached for one in further):
            break
        reached |= dict.fromkeys(further)
    if there not in reached:
        yield _Found("stage_not_reached", f"{here} -> {there}", rows[0].article)
