"""Posts what an act changes in the years of its owners' schemes, in its transaction: of a licence, or a call's window.

Each line is ``f(after) - f(before)`` under the lock of the year, so the lines of a year add up to ``f`` of all its
receipts, whatever the order and however many come at once; what a reversal frees is free once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.record.event_log import find_head, snapshot_of
from database.standing.entitlements import (
    EntitlementItem,
    EntitlementLine,
    YearKey,
    called_windows,
    items_of_licence,
    items_of_year,
    licences_with_receipts,
    lock_calls,
    lock_year,
    profile_on,
    profiles_of,
    put_item,
    put_line,
)
from database.standing.settlements import credit_codes
from rules.kinds import LICENCE
from rules.licence.parties.substitution import successions_of
from rules.schemes.catalogue import bundled_schemes
from rules.schemes.provisional import (
    CalledWindows,
    Counted,
    adds_up,
    counted_under,
    given_by,
    holder_in,
    leaves_window_to_call,
    year_of,
)
from rules.schemes.receipts import receipt_items
from rules.schemes.yearly import version_of
from schemas.acts.act import Act
from schemas.schemes.inputs import CallWindow, Claimant, SchemeItem
from schemas.schemes.scheme import Scheme
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings, Succession
from schemas.values.determination import Determination
from schemas.values.money import STORED, stored

Changes = dict[YearKey, dict[UUID, dict[str, tuple[EntitlementItem | None, Counted | None]]]]
"""By year and licence, each receipt as it stood there and as it counts now."""


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
    called = await _windows(connection)
    wanted = await _wanted(connection, items, successions, bundled_schemes(), called)
    standing = await items_of_licence(connection, act.filing_id)
    await _post_all(connection, act, _changes({act.filing_id: (standing, wanted)}), called)


async def post_called(
    connection: Connection, act: Act, scheme: Scheme, before: CallWindow | None, after: CallWindow | None
) -> None:
    """Adds the lines of every licence whose receipts a call's window brings into a year, or leaves out of it.

    Before a call nobody knows of which year a receipt is under such a scheme.
    """
    if before == after or not leaves_window_to_call(scheme):
        return
    await lock_calls(connection, alone=True)
    called = await called_windows(connection, [scheme.id])
    first, last = _days(scheme, called.get(scheme.id, {}).values())
    licences: dict[UUID, tuple[list[EntitlementItem], list[tuple[YearKey, Counted]]]] = {}
    for licence_id in await licences_with_receipts(connection, scheme.id, first, last):
        # Not locked: whoever books a receipt now waits for this call before it looks at the windows.
        head = await find_head(connection, licence_id)
        assert head is not None  # filings are never removed
        position = LICENCE.stored_position(head.position)
        snapshot = await snapshot_of(connection, licence_id)
        items = receipt_items(position, LicenceSurroundings.model_validate(snapshot, context=STORED))
        wanted = await _wanted(connection, items, successions_of(position), {scheme.id: scheme}, called)
        standing = [one for one in await items_of_licence(connection, licence_id) if one.key.scheme == scheme.id]
        licences[licence_id] = (standing, wanted)
    await _post_all(connection, act, _changes(licences), called)


async def _windows(connection: Connection) -> CalledWindows:
    waiting = [scheme.id for scheme in bundled_schemes().values() if leaves_window_to_call(scheme)]
    if not waiting:
        return {}
    await lock_calls(connection, alone=False)
    return await called_windows(connection, waiting)


def _days(scheme: Scheme, windows: Iterable[CallWindow]) -> tuple[date, date]:
    """When receipts arrive that can count in these windows: any day, where another one decides."""
    if any(one.window.span == "call" and one.window.decided_by != "received_on" for one in scheme.versions):
        return date(1985, 1, 1), date(2199, 12, 31)
    known = list(windows)
    first, last = [one.first_on for one in known], [one.last_on for one in known]
    return min(first, default=date.max), max(last, default=date.min)


async def _wanted(
    connection: Connection,
    items: Mapping[str, Sequence[SchemeItem]],
    successions: Sequence[Succession],
    schemes: Mapping[str, Scheme],
    called: CalledWindows,
) -> list[tuple[YearKey, Counted]]:
    """Where the receipts of one licence count."""
    known = await profiles_of(connection, [UUID(owner) for owner in items])
    codes = await credit_codes(connection, [one.successor for one in successions])
    found = []
    for owner, receipts in items.items():
        for item in receipts:
            assert item.received_on is not None  # a receipt has its day
            held = profile_on(known.get(UUID(owner), ()), item.received_on)
            if held is None:
                continue
            claimant = Claimant(claimant=held.beneficiary, kind=held.profile.kind, region=held.profile.region)
            for one in counted_under(schemes, claimant, item, called):
                holder = holder_in(schemes[one.scheme], one.year, UUID(owner), successions)
                beneficiary = held.beneficiary if str(holder) == owner else codes.get(holder, str(holder))
                found.append((YearKey(one.scheme, beneficiary, one.year), one))
    return found


def _changes(licences: Mapping[UUID, tuple[Sequence[EntitlementItem], Sequence[tuple[YearKey, Counted]]]]) -> Changes:
    found: Changes = {}
    for licence_id, (standing, wanted) in licences.items():
        old = {(one.key, one.item_id): one for one in standing}
        new = {(key, one.item.item_id): one for key, one in wanted}
        for key, item_id in sorted({*old, *new}, key=lambda one: one[1]):
            place = found.setdefault(key, {}).setdefault(licence_id, {})
            place[item_id] = (old.get((key, item_id)), new.get((key, item_id)))
    return found


async def _post_all(connection: Connection, act: Act, changes: Changes, called: CalledWindows) -> None:
    for key in sorted(changes, key=lambda one: tuple(vars(one).values())):
        for licence_id, items in changes[key].items():
            await _post(connection, act, key, licence_id, items, called.get(key.scheme, {}).get(key.year))


async def _post(
    connection: Connection,
    act: Act,
    key: YearKey,
    licence_id: UUID,
    items: Mapping[str, tuple[EntitlementItem | None, Counted | None]],
    window: CallWindow | None,
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
        await put_item(connection, licence_id, new)
        base_fen += new.base_fen - (old.base_fen if old else 0)
    made = await _year(connection, key, base_fen, act, window)
    given = given_by(made).fen
    assumed = sorted({what for _, _, counted in changed if counted for what in counted.assumed})
    line = EntitlementLine(
        key, [new.item_id for _, new, _ in changed], licence_id, act.act_id, given - payable_fen, assumed, _shown(made)
    )
    await put_line(connection, line, base_fen, given)


def _as_counted(key: YearKey, item_id: str, old: EntitlementItem | None, counted: Counted | None) -> EntitlementItem:
    if counted is not None:
        return EntitlementItem(key, item_id, counted.base_fen, stored(counted.item))
    return EntitlementItem(key, item_id, 0, old.item if old else {})


async def _year(
    connection: Connection, key: YearKey, base_fen: int, act: Act, window: CallWindow | None
) -> Determination:
    scheme = bundled_schemes()[key.scheme]
    is_base_enough = adds_up(version_of(scheme, key.year))
    items = () if is_base_enough else await items_of_year(connection, key)
    return year_of(scheme, key.year, base_fen, (one.receipt for one in items), act.on, window)


def _shown(made: Determination) -> dict[str, Any]:
    # The receipts of the year stand in rows of their own; kept in each line as well they would grow with its square.
    plain = stored(made)
    del plain["inputs"]
    return plain
