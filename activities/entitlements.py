"""Posts what a licence's act changes in the years of its owners' schemes, in the transaction that records the act.

Each line is ``f(after) - f(before)`` under the lock of the year, so the lines of a year add up to ``f`` of all its
receipts, whatever the order and however many come at once; what a reversal frees is free once.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from database.entitlements import (
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
from database.pool import Connection
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.provisional import Counted, adds_up, counted_under, given_by, year_from_base, year_from_items
from rules.schemes.receipts import receipt_items
from rules.schemes.yearly import version_of
from schemas.act import Act
from schemas.determination import Determination
from schemas.money import STORED, stored
from schemas.position import LicencePosition
from schemas.scheme_facts import Claimant, SchemeItem
from schemas.surroundings import LicenceSurroundings


async def post_entitlements(
    connection: Connection, act: Act, before: LicencePosition | None, after: LicencePosition,
    surroundings: LicenceSurroundings,
) -> None:
    """Adds the lines of one act; nothing where no receipt changed, or nobody said what the owners are."""
    items = receipt_items(after, surroundings)
    if before is None or items == receipt_items(before, surroundings):
        return
    known = await profiles_of(connection, [UUID(owner) for owner in items])
    wanted: dict[tuple[YearKey, str], Counted] = {}
    for owner, receipts in items.items():
        for item in receipts:
            assert item.received_on is not None  # a receipt has its day
            held = profile_on(known.get(UUID(owner), ()), item.received_on)
            if held is None:
                continue
            claimant = Claimant(claimant=held.beneficiary, kind=held.profile.kind, region=held.profile.region)
            for one in counted_under(bundled_schemes(), claimant, item):
                wanted[(YearKey(one.scheme, held.beneficiary, one.year), one.item.item_id)] = one
    standing = {(one.key, one.item_id): one for one in await items_of_licence(connection, act.filing_id)}
    for key, item_id in sorted({*wanted, *standing}, key=lambda one: (*vars(one[0]).values(), one[1])):
        await _post(connection, act, key, item_id, standing.get((key, item_id)), wanted.get((key, item_id)))


async def _post(
    connection: Connection, act: Act, key: YearKey, item_id: str, standing: EntitlementItem | None,
    wanted: Counted | None,
) -> None:
    new = EntitlementItem(key, item_id, wanted.base_fen, stored(wanted.item)) if wanted else EntitlementItem(
        key, item_id, 0, standing.item if standing else {},
    )
    if standing is not None and (standing.base_fen, standing.item) == (new.base_fen, new.item):
        return
    base_fen, payable_fen = await lock_year(connection, key)
    await put_item(connection, act.filing_id, new)
    base_fen += new.base_fen - (standing.base_fen if standing else 0)
    made = await _year(connection, key, base_fen, act)
    given = given_by(made).fen
    line = EntitlementLine(
        key, item_id, act.filing_id, act.act_id, given - payable_fen, wanted.assumed if wanted else (), _shown(made),
    )
    await put_line(connection, line, base_fen, given)


async def _year(connection: Connection, key: YearKey, base_fen: int, act: Act) -> Determination:
    scheme = bundled_schemes()[key.scheme]
    version = version_of(scheme, key.year)
    if adds_up(version):
        return year_from_base(scheme, version, key.year, base_fen, act.on)
    items = tuple(_items(await items_of_year(connection, key)))
    return year_from_items(scheme, key.year, items, act.on)


def _items(found: list[EntitlementItem]) -> Iterator[SchemeItem]:
    for one in found:
        yield SchemeItem.model_validate(one.item, context=STORED)


def _shown(made: Determination) -> dict[str, Any]:
    # The receipts of the year stand in rows of their own; kept in each line as well they would grow with its square.
    plain = stored(made)
    del plain["inputs"]
    return plain
