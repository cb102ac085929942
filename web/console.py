"""What every page of the console works with."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from limits import RateLimitItemPerMinute

from client.ask import Asker
from database.pool import Pool
from runtime.settings import Settings
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Preview
from web.importing.background import Background
from web.mailing.mailer import Mailer
from web.receiving.scanner import Scanner
from web.sign_in.rates import Rates
from web.sign_in.session import Sessions

Previewing = Callable[[FilingKind, Sequence[Act]], Awaitable[Preview]]
"""What acts would change, one after the other on one filing; raises Refused. Nothing is written."""


@dataclass(frozen=True)
class Console:
    """The open connections of one process, and what signs people in."""

    settings: Settings
    pool: Pool
    asker: Asker
    sessions: Sessions
    preview: Previewing
    public_address: str | None = None
    """Where the public reaches the console, as it stands on papers; None: as each request came."""
    calendar_rates: Rates = field(default_factory=lambda: Rates(RateLimitItemPerMinute(30)), repr=False)
    """How often calendars of one origin may read: an hour apart is what they do."""
    bulks_wait: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    """Set where a bulk is to be gone on with: nobody waits for the next look."""
    temporal_page: str | None = None
    """Where Temporal's own UI shows a workflow: its address up to the id; None where there is none."""
    scanner: Scanner | None = None
    """What looks for viruses in documents; None: nothing does, and the health page says so."""
    mailer: Mailer | None = None
    """What carries codes to co-owners; None: operators hand them over."""
    background: Background = field(default_factory=Background)
    """What goes on when a page was answered already."""
