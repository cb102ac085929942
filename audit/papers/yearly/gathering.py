"""What the statistics are made of: of each filing the few things that are counted, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from audit.questions.moment import Step, one_moment
from database.pool import Connection, Pool
from database.questions.movements import known_until
from database.questions.rows import regions_of
from database.questions.stream import StandingFiling, logged_events, standing_filings
from schemas.values.model import SHANGHAI


class Paid(NamedTuple):
    """An amount in fen on its day."""

    on: date
    fen: int


@dataclass(frozen=True)
class DeclarationFacts:
    """One declaration."""

    filing_id: UUID
    patent_number: str
    patent_kind: str
    form: str
    region: str
    submitted_on: date | None
    announced_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class LicenceFacts:
    """One licence; ``stands``: something came of it, and it is not void."""

    filing_id: UUID
    declaration: DeclarationFacts | None
    region: str
    stands: bool
    received_on: date
    effective_on: date | None
    recorded_on: date | None
    registered_on: date | None
    term_ends_on: date | None
    ended_on: date | None
    receipts: tuple[Paid, ...]
    arrived: Mapping[str, date]


@dataclass(frozen=True)
class PaidOut:
    """A payout or a settlement; ``of``: the receipt that a payout shares, or the scheme of a settlement."""

    filing_id: UUID
    of: str
    payments: tuple[Paid, ...]


@dataclass(frozen=True)
class Gathered:
    """All filings, and until when they were known."""

    until_number: int
    until_at: str
    declarations: tuple[DeclarationFacts, ...]
    licences: tuple[LicenceFacts, ...]
    payouts: tuple[PaidOut, ...]
    settlements: tuple[PaidOut, ...]


_NOT_STATED = "not_stated"
_FAILED = ("void", "void_provisional", "not_concluded")


async def gather(pool: Pool, year: int, step: Step) -> Gathered:
    """Everything, of whatever year: a time per stage can begin in the year before."""
    async with one_moment(pool) as connection:
        regions = await regions_of(connection, date(year, 12, 31))
        submitted = await _submitted(connection)
        number, at = await known_until(connection)
        declarations: dict[UUID, DeclarationFacts] = {}
        licences: list[LicenceFacts] = []
        payouts: list[PaidOut] = []
        settlements: list[PaidOut] = []
        for kind in ("declaration", "licence", "payout", "settlement"):
            async for filing in standing_filings(connection, kind):
                step()
                match kind:
                    case "declaration":
                        if (facts := _declaration(filing, regions, submitted)) is not None:
                            declarations[filing.filing_id] = facts
                    case "licence":
                        licences.append(_licence(filing, regions, declarations))
                    case "payout":
                        payouts.append(_paid_out(filing, filing.position["subject"]))
                    case _:
                        settlements.append(_paid_out(filing, filing.position["scheme"]))
    return Gathered(
        number,
        at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else "",
        tuple(declarations.values()),
        tuple(licences),
        tuple(payouts),
        tuple(settlements),
    )


async def _submitted(connection: Connection) -> dict[UUID, date]:
    found: dict[UUID, date] = {}
    async for event in logged_events(connection, ["declaration:submitted"]):
        found.setdefault(event.filing_id, event.legal_on)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _declaration(
    filing: StandingFiling, regions: Mapping[UUID, str], submitted: Mapping[UUID, date]
) -> DeclarationFacts | None:
    offer = filing.position.get("offer")
    if not offer:
        return None
    return DeclarationFacts(
        filing_id=filing.filing_id,
        patent_number=offer["patent_number"],
        patent_kind=offer["patent_kind"],
        form=offer["terms"][-1]["royalty"]["form"],
        region=regions.get(UUID(offer["owners"][0]["party_id"]), _NOT_STATED),
        submitted_on=submitted.get(filing.filing_id),
        announced_on=_day(offer["in_force_from"]),
        ended_on=_day(offer["ended_on"]),
    )


def _licence(
    filing: StandingFiling, regions: Mapping[UUID, str], declarations: Mapping[UUID, DeclarationFacts]
) -> LicenceFacts:
    position = filing.position
    receipts: list[dict[str, Any]] = position["receipts"]
    return LicenceFacts(
        filing_id=filing.filing_id,
        declaration=declarations.get(filing.parent_id) if filing.parent_id else None,
        region=regions.get(UUID(position["licensee"]), _NOT_STATED),
        stands=filing.stage not in _FAILED,
        received_on=date.fromisoformat(position["received_on"]),
        effective_on=_day(position["effective_on"]),
        recorded_on=_day(position["recorded_on"]),
        registered_on=_day(position["registered_on"]),
        term_ends_on=_day(position["term_ends_on"]),
        ended_on=_day(position["ended_on"]),
        receipts=tuple(
            Paid(date.fromisoformat(one["received_on"]), one["amount"] - one["reversed_amount"]) for one in receipts
        ),
        arrived={one["receipt_id"]: date.fromisoformat(one["received_on"]) for one in receipts},
    )


def _paid_out(filing: StandingFiling, of: str) -> PaidOut:
    payments = [one for line in filing.position["lines"] for one in line["payments"]]
    return PaidOut(
        filing.filing_id, of, tuple(Paid(date.fromisoformat(one["paid_on"]), one["amount"]) for one in payments)
    )
