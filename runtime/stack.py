"""The embedded servers together, or those the environment names instead."""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from runtime.leave import undisturbed
from runtime.postgres import PostgresServer
from runtime.settings import AUDIT_LINES, LOG_FOLDER, LOG_KEY, Settings, SetupError, usable
from runtime.temporal_server import NAMESPACE, TemporalServer

RESTORING = "restoring"
"""Stands in the folder while the parts of a backup are put in place: until all are, nothing may begin."""
LOADING = "loading"
"""Stands there while a restore has Postgres for itself, with a copy of the database beside the one that is there."""


@dataclass(frozen=True)
class Addresses:
    """Where the programs find their servers. The database addresses carry passwords, so they are not shown."""

    database_url: str = field(repr=False)
    migration_database_url: str | None = field(repr=False)
    audit_database_url: str | None = field(repr=False)
    temporal_address: str
    temporal_namespace: str
    ui_url: str | None

    def for_migrations(self) -> str:
        """As the role ``owner``; SetupError where only DATABASE_URL was given."""
        return _required(self.migration_database_url, "MIGRATION_DATABASE_URL")

    def for_audit(self) -> str:
        """As the role ``auditor``; SetupError where only DATABASE_URL was given."""
        return _required(self.audit_database_url, "AUDIT_DATABASE_URL")


class Stack:
    """Postgres and Temporal with their data below ``home``; they outlive this object and the process that made it.

    What ``given`` names is used instead of an embedded server, and never started or stopped.
    """

    def __init__(
        self,
        home: Path,
        usual_ports: bool = False,
        ui: bool = False,
        continue_as_new_after: int = 2000,
        given: Settings | None = None,
    ) -> None:
        self.home = home.resolve()
        self.given = given or Settings()
        with usable(self.home):
            self.postgres = PostgresServer(self.home, usual_port=usual_ports)
            self.temporal = TemporalServer(
                self.home, usual_ports=usual_ports, ui=ui, continue_as_new_after=continue_as_new_after
            )
        self._servers: list[PostgresServer | TemporalServer] = []
        if self.given.database_url is None:
            self._servers.append(self.postgres)
        if not self.given.given_temporal:
            self._servers.append(self.temporal)

    def start(self) -> Addresses:
        """Starts, or adopts what already runs."""
        with self.untouched():
            self._see_whole()
            for server in self._servers:
                server.start()
            if self.postgres in self._servers and (self.home / LOADING).exists():
                self.postgres.unload()  # of a restore that was cut off before it touched anything
                (self.home / LOADING).unlink()
        return self.addresses()

    def _see_whole(self) -> None:
        if (self.home / RESTORING).exists():
            raise SetupError(
                f"a restore into {self.home} was cut off; give the same make restore again",
                f"向 {self.home} 的恢复中断了；请再次执行同一条 make restore",
            )

    def database_url(self) -> str:
        """The database alone, as the role ``engine``; SetupError if it is the embedded one and does not run."""
        self._see_running([server for server in self._servers if server is self.postgres])
        return self.given.database_url or self.postgres.url("engine")

    def audit_database_url(self) -> str:
        """The same as the role ``auditor``; SetupError also where only DATABASE_URL was given."""
        self._see_running([server for server in self._servers if server is self.postgres])
        if self.given.database_url is not None:
            return _required(self.given.audit_database_url, "AUDIT_DATABASE_URL")
        return self.postgres.url("auditor")

    def _see_running(self, servers: Sequence[PostgresServer | TemporalServer]) -> None:
        if servers:
            self._see_whole()
        if any(server.process_id is None for server in servers):
            raise SetupError(
                f"the embedded servers of {self.home} are not running; start them with make up",
                f"{self.home} 的内置服务器未运行；请用 make up 启动",
            )

    def addresses(self) -> Addresses:
        """Of the servers as they run; SetupError if one that is needed does not."""
        self._see_running(self._servers)
        given, embedded = self.given, self.given.database_url is None
        if given.given_temporal:
            from runtime.given_temporal import given_temporal  # the database alone is known without the SDK

            profile = given_temporal()
            temporal: tuple[str, str, str | None] = profile["target_host"], profile["namespace"], None
        else:
            temporal = self.temporal.address, NAMESPACE, self.temporal.ui_url
        return Addresses(
            database_url=given.database_url or self.postgres.url("engine"),
            migration_database_url=self.postgres.url("owner") if embedded else given.migration_database_url,
            audit_database_url=self.postgres.url("auditor") if embedded else given.audit_database_url,
            temporal_address=temporal[0],
            temporal_namespace=temporal[1],
            ui_url=temporal[2],
        )

    @contextmanager
    def running(self) -> Iterator[Addresses]:
        """Starts what does not run yet, and stops that again at the end, but not what ran before."""
        ran_before = [server for server in self._servers if server.process_id is not None]
        try:
            yield self.start()
        finally:
            with undisturbed():
                self.stop(sparing=ran_before)

    def stop(self, sparing: Sequence[PostgresServer | TemporalServer] = ()) -> None:
        """Stops the servers; the data stays."""
        with self.untouched():
            for server in reversed(self._servers):
                if server not in sparing:
                    server.stop()

    def destroy(self) -> None:
        """Stops the servers and removes all data, the keys and the log; of ``home`` only what is not ours stays."""
        with self.untouched():
            self.temporal.destroy()
            self.postgres.destroy()
            for name in ("ports.json", "master.key", LOG_KEY, RESTORING, LOADING, "up.pid", ".lock"):
                (self.home / name).unlink(missing_ok=True)
            for folder in (AUDIT_LINES, LOG_FOLDER):
                shutil.rmtree(self.home / folder, ignore_errors=True)
        with suppress(OSError):  # not empty
            self.home.rmdir()

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Nobody else starts, stops or removes the servers meanwhile; who wants to, waits."""
        # Two starts at the same time would make two servers on one set of data.
        with usable(self.home), (self.home / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def database_url(settings: Settings) -> str:
    """For a program that only reads: Temporal may be down."""
    return Stack(settings.var, given=settings).database_url()


def audit_database_url(settings: Settings) -> str:
    """The same for a program that reads as the auditor."""
    return Stack(settings.var, given=settings).audit_database_url()


def addresses(settings: Settings) -> Addresses:
    """For a program that works beside a running ``make up``, or on given servers. Starts nothing."""
    return Stack(settings.var, given=settings).addresses()


def _required(url: str | None, variable: str) -> str:
    if url is None:
        raise SetupError(
            f"DATABASE_URL is set but {variable} is not; set it as .env.example shows",
            f"已设置 DATABASE_URL，但未设置 {variable}；请按 .env.example 设置",
        )
    return url
