"""Settlements, as the recording activity handles them."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from activities.entitlements import post_called
from activities.handlings.handling import Before, Handling
from database.pool import Connection
from database.record.event_log import find_head, snapshot_of
from database.record.posting import Message
from database.record.settlement_rows import SettlementRows, settlement_rows
from database.standing.entitlements import profile_on, profiles_of
from database.standing.settlements import (
    adjustments_for,
    credit_codes,
    licences_of_receipts,
    lock_receipts,
    lock_scheme,
    other_claims,
    put_settlement,
    receipts_between,
    taken_of,
)
from rules.filing.change import Change
from rules.kinds import LICENCE, SETTLEMENT
from rules.licence.settlements import receipts_for_settlements
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import version_of
from schemas.acts.act import Act, CorrectFact, Countersign, SurroundingsChanged
from schemas.acts.settlement import (
    ApproveSettlement,
    Calculate,
    DemandBack,
    LockSettlement,
    PublishSettlement,
    SettlementAct,
)
from schemas.acts.settlement_claims import SubmitClaim, SupplementClaim
from schemas.standing.settlement import SettlementPosition
from schemas.standing.surroundings import (
    Beneficiary,
    Carried,
    ClaimedReceipt,
    ClaimElsewhere,
    LicenceSurroundings,
    SettlementSurroundings,
    Taken,
)
from schemas.standing.topics import TELL_SETTLEMENTS
from schemas.values.money import STORED, Money

_NEEDS_NEWS = (
    SubmitClaim,
    SupplementClaim,
    Calculate,
    PublishSettlement,
    ApproveSettlement,
    LockSettlement,
    DemandBack,
    SurroundingsChanged,
    CorrectFact,
    Countersign,
)


class SettlementHandling(Handling[SettlementAct, SettlementPosition, SettlementSurroundings]):
    """See ``activities.handlings.handling.Handling``."""

    kind = SETTLEMENT

    async def surroundings(
        self, connection: Connection, act: SettlementAct, before: Before[SettlementPosition, SettlementSurroundings]
    ) -> SettlementSurroundings:
        position, known = before.position, before.surroundings or SettlementSurroundings()
        if position is None or not isinstance(act, _NEEDS_NEWS):
            return known
        await lock_scheme(connection, position.authority, position.scheme)
        receipts = tuple(_receipts_named(position, act, known))
        scheme = find_scheme(position.scheme)
        is_automatic = version_of(scheme, position.year).application == "automatic"
        if is_automatic:
            receipts = tuple(sorted({*receipts, *await _receipts_around(connection, position.year)}))
        if isinstance(act, SubmitClaim | SupplementClaim):
            await lock_receipts(connection, receipts)
        side, views = scheme.beneficiary, await _receipts(connection, receipts)
        return SettlementSurroundings(
            receipts=views,
            beneficiaries=await _beneficiaries(connection, views) if is_automatic else (),
            elsewhere=tuple(
                [
                    ClaimElsewhere.model_validate(one._asdict())
                    for one in await other_claims(connection, receipts, side, act.filing_id)
                ]
            ),
            carried=await _carried(connection, position, act) if _takes_over(act, position) else known.carried,
            taken=tuple(
                [
                    Taken(credit_code=code, payer=payer, amount=Money(fen))
                    for (code, payer), fen in (await taken_of(connection, act.filing_id)).items()
                ]
            ),
        )

    async def posts_besides(
        self, connection: Connection, change: Change[SettlementAct, SettlementPosition, SettlementSurroundings]
    ) -> None:
        await put_settlement(connection, _rows(change))
        before, after = change.before.window if change.before else None, change.after.window
        await post_called(connection, change.act, find_scheme(change.after.scheme), before, after)

    def tells(self, change: Change[SettlementAct, SettlementPosition, SettlementSurroundings]) -> tuple[Message, ...]:
        """Who claims the same receipts, and the settlements whose adjustments this run has taken over."""
        rows = _rows(change)
        receipts = sorted({one.receipt_id for one in rows.claimed_receipts})
        others = {one.settlement_id for one in rows.adjustments_taken}
        if not receipts and not others:
            return ()
        payload = {
            "receipts": receipts,
            "settlements": sorted(str(one) for one in others),
            "cause": change.act.act_id,
            "on": change.act.on,
            "but": change.filing_id,
        }
        return (Message(TELL_SETTLEMENTS, f"{change.filing_id}:{change.version}", payload),)


def _takes_over(act: Act, position: SettlementPosition) -> bool:
    """Whether it takes what earlier settlements adjust; a supplementary list pays from its own year's reserve alone."""
    return isinstance(act, Calculate) and position.locked_on is None


def _rows(change: Change[SettlementAct, SettlementPosition, SettlementSurroundings]) -> SettlementRows:
    side, carried = find_scheme(change.after.scheme).beneficiary, change.surroundings.carried
    return settlement_rows(change.act, change.version, change.before, change.after, side, carried)


def _receipts_named(position: SettlementPosition, act: Act, before: SettlementSurroundings) -> Iterator[UUID]:
    # What was known stays known: a correction names receipts before its second person makes them part of the claim.
    named = {one.receipt_id for one in before.receipts}
    named |= {line.receipt_id for claim in position.claims for line in claim.lines if line.receipt_id is not None}
    if isinstance(act, SubmitClaim | SupplementClaim):
        named |= {line.receipt_id for line in act.lines if line.receipt_id is not None}
    if isinstance(act, CorrectFact):
        named |= set(_ids_in(act.replacement.get("lines")))
    return iter(sorted(named))


def _ids_in(lines: Any) -> Iterator[UUID]:
    for line in lines if isinstance(lines, list) else ():
        with suppress(ValueError):  # the guard says what is wrong with it
            yield UUID(str(line.get("receipt_id") if isinstance(line, dict) else line))


async def _receipts(connection: Connection, receipts: Sequence[UUID]) -> tuple[ClaimedReceipt, ...]:
    found: list[ClaimedReceipt] = []
    for licence_id in await licences_of_receipts(connection, receipts):
        # Locked: an act of the licence that we do not see must find this settlement when it tells the settlements.
        head = await find_head(connection, licence_id, locked=True)
        assert head is not None  # filings are never removed
        snapshot = await snapshot_of(connection, licence_id)
        found += receipts_for_settlements(
            LICENCE.stored_position(head.position), LicenceSurroundings.model_validate(snapshot, context=STORED)
        )
    wanted = set(receipts)
    return tuple(sorted((one for one in found if one.receipt_id in wanted), key=lambda one: one.receipt_id))


async def _receipts_around(connection: Connection, year: int) -> list[UUID]:
    """What could belong to the year, whichever day decides: what was paid, recorded or registered near it."""
    return await receipts_between(connection, date(year - 1, 1, 1), date(year + 2, 12, 31))


async def _beneficiaries(connection: Connection, receipts: Sequence[ClaimedReceipt]) -> tuple[Beneficiary, ...]:
    parties = sorted(
        {party for one in receipts for party in (one.licensee, *(owner.party_id for owner in one.licensors))}
    )
    codes, profiles = await credit_codes(connection, parties), await profiles_of(connection, parties)
    latest = max((one.received_on for one in receipts), default=date.min)
    found = []
    for party in parties:
        known = profile_on(profiles.get(party, ()), latest)
        found.append(
            Beneficiary(
                party=party,
                credit_code=codes.get(party),
                kind=known.profile.kind if known else None,
                region=known.profile.region if known else None,
            )
        )
    return tuple(found)


async def _carried(connection: Connection, position: SettlementPosition, act: Act) -> tuple[Carried, ...]:
    return tuple(
        [
            Carried(
                settlement_id=one.settlement_id,
                version=one.version,
                credit_code=one.credit_code,
                claimant=one.claimant,
                payer=one.payer,
                amount=Money(one.fen),
            )
            for one in await adjustments_for(connection, position.authority, position.scheme, act.filing_id)
        ]
    )
