"""What every page of the console works with."""

from dataclasses import dataclass

from client.ask import Asker
from database.pool import Pool
from runtime.settings import Settings
from web.sign_in.session import Sessions


@dataclass(frozen=True)
class Console:
    """The open connections of one process, and what signs people in."""

    settings: Settings
    pool: Pool
    asker: Asker
    sessions: Sessions
    public_address: str | None = None
    """Where the public reaches the console, as it stands on papers; None: as each request came."""
    temporal_page: str | None = None
    """Where Temporal's own UI shows a workflow: its address up to the id; None where there is none."""
