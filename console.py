"""The console: serves its pages until SIGTERM, then finishes what is under way.

python console.py [--host 127.0.0.1] [--port 8080]
"""

import argparse
import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import structlog
import uvicorn

from activities.previews import Previews
from activities.record import Recorder
from audit.code_version import code_version
from client.ask import Asker
from client.kept_lines import KeptLines
from database.migrate import see_migrated
from database.pool import open_pool
from rules.law.calendar import Calendar
from runtime.connection import TemporalAway, connect
from runtime.leave import leave, take_streams
from runtime.logs import configure
from runtime.process import follow
from runtime.settings import Settings, SetupError
from runtime.stack import addresses
from schemas.values.refusal import NotSetUp
from web.app import create_app
from web.bulks.running import go_through_bulks
from web.console import Console
from web.importing.running import resume
from web.mailing.codes import mail_codes
from web.mailing.mailer import Smtp
from web.receiving.scanner import Clamd
from web.sign_in.forgetting import forgetting
from web.sign_in.session import Sessions
from web.watching.metrics import told_at

_CONNECTIONS = 10
DRAIN_SECONDS = 20
log = structlog.get_logger()


class _Server(uvicorn.Server):
    """Signals are the program's own business: it also ends when its parent has."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Takes none of them over."""
        yield


async def serve(settings: Settings, host: str, port: int, stop: asyncio.Event) -> None:
    """Serves until ``stop`` is set; raises SetupError where a server is not there."""
    known = addresses(settings)
    pool = await open_pool(known.database_url, _CONNECTIONS)
    try:
        await see_migrated(pool)
        client = await connect(settings, known)
        recorder = Recorder(pool, Calendar.bundled(), code_version(), settings.legal_clock)
        console = Console(
            settings=settings,
            pool=pool,
            asker=Asker(client, pool, kept=KeptLines(settings.var), installed_clock=settings.legal_clock),
            sessions=Sessions(pool, settings.master_key()),
            preview=Previews(pool, recorder, settings.legal_clock).of,
            public_address=settings.console_address,
            temporal_page=known.ui_url and f"{known.ui_url}/namespaces/{known.temporal_namespace}/workflows/",
            scanner=Clamd.at(settings.scanner),
            mailer=Smtp.at(settings.mail, settings.mail_from),
        )
        # Our own lines say what was asked, without addresses of people; uvicorn's would not.
        config = uvicorn.Config(
            create_app(console),
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=DRAIN_SECONDS,
        )
        server = _Server(config)
        forgets = asyncio.create_task(forgetting(console.sessions.door))
        await resume(console)
        goes_through = asyncio.create_task(go_through_bulks(console))
        mails = asyncio.create_task(mail_codes(console))
        with told_at(settings.console_metrics):
            serving, stopping = asyncio.create_task(server.serve()), asyncio.create_task(stop.wait())
            log.info("console_ready", host=host, port=port)
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            forgets.cancel()
            goes_through.cancel()
            mails.cancel()
            server.should_exit = True
            await serving
            await console.background.close()
    finally:
        await pool.close()


async def main() -> int:
    """Runs the console; 0 when it drained, 1 when it could not be set up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--with-parent", type=int, metavar="PID", help="end when this program, its parent, has ended")
    options = parser.parse_args()
    configure()
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    following = asyncio.create_task(follow(options.with_parent, stop)) if options.with_parent else None
    try:
        await serve(Settings.read(), options.host, options.port, stop)
    except (SetupError, NotSetUp, TemporalAway) as error:
        log.error("console_not_set_up", en=error.en, zh=error.zh)
        return 1
    except (OSError, asyncpg.PostgresError) as error:
        log.error(
            "console_without_database",
            error=repr(error),
            en="start Postgres, or correct DATABASE_URL",
            zh="请启动 Postgres，或更正 DATABASE_URL",
        )
        return 1
    finally:
        if following is not None:
            following.cancel()
    return 0


if __name__ == "__main__":
    import uvloop

    take_streams()
    leave(uvloop.run(main()))
