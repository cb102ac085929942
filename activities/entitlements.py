"""Posts what a licence's act changes in the years of its owners' schemes, in the transaction that records the act.

Each line is ``f(after) - f(before)`` under the lock of the year, so the lines of a year add up to ``f`` of all its
receipts, whatever the order and however many come at once; what a reversal frees is free once.
"""

from typing import Any
from uuid import UUID

from database.pool import Connection
from database.standing.entitlements import (
    EntitlementItem,
    EntitlementLine,
    YearKey,
    items_of_licence,
    items_of_year,
    lock_year,
    profile_on,
    profiles_of,
    put_item,
    put_line,
)
from database.standing.settlements import credit_codes
from rules.licence.parties.substitution import successions_of
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.provisional import Counted, adds_up, counted_under, given_by, holder_in, year_of
from rules.schemes.receipts import receipt_items
from rules.schemes.yearly import version_of
from schemas.acts.act import Act
from schemas.schemes.inputs import Claimant
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings
from schemas.values.determination import Determination
from schemas.values.money import stored


async def post_entitlements(
    connection: Connection,
    act: Act,
    before: LicencePosition | None,
    after: LicencePosition,
    surroundings: LicenceSurroundings,
) -> None:
    """Adds the lines of one act; nothing where no receipt changed, or nobody said what the owners are."""
    items, successions = receipt_items(after, surroundings), successions_of(after)
    if before is None or (items, successions) == (receipt_items(before, surroundings), successions_of(before)):
        return
    known = await profiles_of(connection, [UUID(owner) for owner in items])
    codes = await credit_codes(connection, [one.successor for one in successions])
    wanted: dict[tuple[YearKey, str], Counted] = {}
    for owner, receipts in items.items():
        for item in receipts:
            assert item.received_on is not None  # a receipt has its day
            held = profile_on(known.get(UUID(owner), ()), item.received_on)
            if held is None:
                continue
            claimant = Claimant(claimant=held.beneficiary, kind=held.profile.kind, region=held.profile.region)
            for one in counted_under(bundled_schemes(), claimant, item):
                holder = holder_in(bundled_schemes()[one.scheme], one.year, UUID(owner), successions)
                beneficiary = held.beneficiary if str(holder) == owner else codes.get(holder, str(holder))
                wanted[(YearKey(one.scheme, beneficiary, one.year), one.item.item_id)] = one
    standing = {(one.key, one.item_id): one for one in await items_of_licence(connection, act.filing_id)}
    for key in sorted({one for one, _ in (*wanted, *standing)}, key=lambda one: tuple(vars(one).values())):
        await _post(
            connection,
            act,
            key,
            {
                item_id: (standing.get((key, item_id)), wanted.get((key, item_id)))
                for one, item_id in sorted({*wanted, *standing}, key=lambda one: one[1])
                if one == key
            },
        )


async def _post(
    connection: Connection, act: Act, key: YearKey, items: dict[str, tuple[EntitlementItem | None, Counted | None]]
) -> None:
    changed = [
        (old, new, counted)
        for old, new, counted in (
            (old, _as_counted(key, item_id, old, counted), counted) for item_id, (old, counted) in items.items()
        )
        if old is None or (old.base_fen, old.item) != (new.base_fen, new.item)
    ]
    if not changed:
        return
    base_fen, payable_fen = await lock_year(connection, key)
    for old, new, _ in changed:  # all of them before the year is calculated: receipts of one contract must agree
        await put_item(connection, act.filing_id, new)
        base_fen += new.base_fen - (old.base_fen if old else 0)
    made = await _year(connection, key, base_fen, act)
    given = given_by(made).fen
    assumed = sorted({what for _, _, counted in changed if counted for what in counted.assumed})
    line = EntitlementLine(
        key,
        [new.item_id for _, new, _ in changed],
        act.filing_id,
        act.act_id,
        given - payable_fen,
        assumed,
        _shown(made),
    )
    await put_line(connection, line, base_fen, given)


def _as_counted(key: YearKey, item_id: str, old: EntitlementItem | None, counted: Counted | None) -> EntitlementItem:
    if counted is not None:
        return EntitlementItem(key, item_id, counted.base_fen, stored(counted.item))
    return EntitlementItem(key, item_id, 0, old.item if old else {})


async def _year(connection: Connection, key: YearKey, base_fen: int, act: Act) -> Determination:
    scheme = bundled_schemes()[key.scheme]
    is_base_enough = adds_up(version_of(scheme, key.year))
    items = () if is_base_enough else await items_of_year(connection, key)
    return year_of(scheme, key.year, base_fen, (one.receipt for one in items), act.on)


def _shown(made: Determination) -> dict[str, Any]:
    # The receipts of the year stand in rows of their own; kept in each line as well they would grow with its square.
    plain = stored(made)
    del plain["inputs"]
    return plain
