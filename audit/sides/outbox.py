"""Messages whose effect is missing: everything was sent, and a filing still stands on what was before."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from audit.report import Report
from database.pool import Connection, Pool
from database.questions.offers_told import offers_told
from database.questions.payouts_told import PayoutTold, payouts_told
from database.questions.settlements_told import SettlementTold, is_under_way, settlements_told
from database.reads.filters import BEFORE_ALL
from database.record.event_log import find_head, snapshot_of
from database.standing.settlements import licences_of_receipts, other_claims, taken_of
from rules.filing.succession import joined_with
from rules.kinds import LICENCE
from rules.licence.payouts import licence_view_for_payouts
from rules.licence.settlements import receipts_for_settlements
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import version_of
from schemas.standing.surroundings import (
    ClaimedReceipt,
    ClaimElsewhere,
    LicenceSurroundings,
    OfferView,
    PayoutSurroundings,
    SettlementSurroundings,
    SiblingFacts,
    Taken,
)
from schemas.values.canonical import plain
from schemas.values.money import STORED, Money

_BATCH = 500
T = TypeVar("T")


async def compare_told(report: Report, pool: Pool) -> None:
    """What each filing was told beside what stands there now, where no message of the other side is on its way.

    Licences of their offer, payouts of their licence and of each other, settlements of receipts and of each other.
    """
    await _compare_offers(report, pool)
    await _compare_payouts(report, pool)
    await _compare_settlements(report, pool)


async def _compare_offers(report: Report, pool: Pool) -> None:
    async for one in _all(pool, offers_told, lambda one: one.licence_id):
        now = OfferView.model_validate(one.terms, context=STORED)
        then = OfferView.model_validate(one.snapshot, context=STORED)
        _compare(report, one.licence_id, "offer", then, now, is_under_way=one.is_under_way)


async def _compare_payouts(report: Report, pool: Pool) -> None:
    async for one in _all(pool, payouts_told, lambda one: one.payout_id):
        _compare(report, one.payout_id, "licence", *_views(one), is_under_way=one.is_under_way)


async def _compare_settlements(report: Report, pool: Pool) -> None:
    async for one in _all(pool, settlements_told, lambda one: one.settlement_id):
        async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            then, now, is_waiting = await _settlement(connection, one)
        _compare(report, one.settlement_id, "settlement", then, now, is_under_way=is_waiting)


async def _all(
    pool: Pool, read: Callable[[Connection, UUID, int], Awaitable[Sequence[T]]], id_of: Callable[[T], UUID]
) -> AsyncIterator[T]:
    """Each of them, by id; between two readings no connection is held."""
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            batch = await read(connection, after, _BATCH)
        if not batch:
            return
        for one in batch:
            yield one
        after = id_of(batch[-1])


async def _settlement(
    connection: Connection, one: SettlementTold
) -> tuple[SettlementSurroundings, SettlementSurroundings, bool]:
    """What it was told, what it would be told now, and whether it will be.

    What it takes over from others is fixed when it calculates, and who is meant by a scheme without claims is asked
    of registers: nobody tells it of either.
    """
    then = SettlementSurroundings.model_validate(one.snapshot, context=STORED).but(carried=(), beneficiaries=())
    scheme = find_scheme(one.scheme)
    is_automatic = version_of(scheme, one.year).application == "automatic"
    receipts = sorted({view.receipt_id for view in then.receipts})
    now = SettlementSurroundings(
        receipts=tuple(await _receipts(connection, receipts)),
        elsewhere=tuple(
            [
                ClaimElsewhere.model_validate(other._asdict())
                for other in await other_claims(connection, receipts, scheme.beneficiary, one.settlement_id)
            ]
        ),
        taken=tuple(
            [
                Taken(credit_code=code, payer=payer, amount=Money(fen))
                for (code, payer), fen in (await taken_of(connection, one.settlement_id)).items()
            ]
        ),
    )
    return then, now, await is_under_way(connection, one.settlement_id, receipts, of_any_licence=is_automatic)


async def _receipts(connection: Connection, receipts: list[UUID]) -> list[ClaimedReceipt]:
    found: dict[UUID, ClaimedReceipt] = {}
    for licence_id in await licences_of_receipts(connection, receipts):
        head, snapshot = await find_head(connection, licence_id), await snapshot_of(connection, licence_id)
        assert head is not None  # filings are never removed
        offer = LicenceSurroundings.model_validate(snapshot, context=STORED)
        views = receipts_for_settlements(LICENCE.stored_position(head.position), offer)
        found |= {view.receipt_id: view for view in views}
    return [found[one] for one in receipts if one in found]


def _views(one: PayoutTold) -> tuple[PayoutSurroundings, PayoutSurroundings]:
    """What the payout was told, and what it would be told now.

    A sibling that has stated nothing says nothing, whether it is known yet or not.
    """
    then = PayoutSurroundings.model_validate(one.snapshot, context=STORED)
    offer = LicenceSurroundings.model_validate(one.offer, context=STORED)
    now = licence_view_for_payouts(LICENCE.stored_position(one.position), offer)
    joined = joined_with(one.unit, now.successions)
    siblings = [
        SiblingFacts.model_validate({name: sibling[name] for name in SiblingFacts.model_fields}, context=STORED)
        for sibling in one.siblings
        if UUID(sibling["unit"]) in joined
    ]
    then, now = then.but(siblings=_stated(then.siblings)), now.but(siblings=_stated(siblings))
    return then, now if then.registrations is not None else now.but(registrations=None)


def _stated(siblings: Iterable[SiblingFacts]) -> tuple[SiblingFacts, ...]:
    stated = (one for one in siblings if one.facts is not None or one.costs is not None)
    return tuple(sorted(stated, key=lambda one: one.subject))


_COUNTED = {"offer": "licences", "licence": "payouts", "settlement": "settlements"}


def _compare(report: Report, filing_id: UUID, what: str, then: Any, now: Any, *, is_under_way: bool) -> None:
    report.count(f"{_COUNTED[what]}_told")
    if now == then:
        return
    if is_under_way:
        report.count(f"{_COUNTED[what]}_not_told_yet")
        return
    was, is_now = plain(then.model_dump()), plain(now.model_dump())
    report.compare_each(filing_id, f"outbox.{what}", is_now, was)
