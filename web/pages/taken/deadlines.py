"""What is due in the filings of somebody, as all-day events of a calendar."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

from icalendar import Calendar, Event

from database.console.mine import Mine, Narrowed, mine
from database.console.whose import Whose
from database.pool import Pool
from texts.lines import Language
from web.words import task_in, word

MOST = 2_000
"""Filings that one calendar looks through, the newest first."""
_BATCH = 500


async def deadlines_of(pool: Pool, whose: Sequence[Whose], language: Language, address: str) -> bytes:
    """The calendar; a legal deadline and a service day say which they are. ``address``: of a filing, up to its id."""
    feed = Calendar()
    feed.add("prodid", "-//open-licence//deadlines//ZH")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", word("deadlines_feed", language))
    async for one in _all(pool, whose):
        if one.next_by is None or one.next_what is None:
            continue
        what = task_in(one.next_what, language)
        event = Event()
        event.add("uid", f"{one.filing_id}-{one.next_what}-{one.next_by}@open-licence")
        event.add("dtstamp", one.updated_at)
        event.add("dtstart", one.next_by)
        event.add("dtend", one.next_by + timedelta(days=1))
        event.add("summary", f"{what} · {one.title or one.party_name or one.filing_id}")
        event.add("description", word(f"basis_{one.next_basis}", language))
        event.add("url", f"{address}{one.filing_id}")
        feed.add_component(event)
    made: bytes = feed.to_ical()
    return made


async def _all(pool: Pool, whose: Sequence[Whose]) -> AsyncIterator[Mine]:
    place = None
    for _ in range(MOST // _BATCH):
        async with pool.acquire() as connection:
            found = await mine(connection, whose, Narrowed(), place=place, size=_BATCH)
        for one in found.rows:
            yield one
        place = found.older
        if place is None:
            return
