"""The embedded PostgreSQL."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil

from runtime.place import find_place, remove_place
from runtime.ports import PortBook
from runtime.process import PATIENCE, ServerProcess, not_started, wait_until
from runtime.settings import ROOT, SetupError, write_secret

DATABASE = "open_licence"
ROLES = ("owner", "engine", "auditor")
SUPERUSER = "postgres"
_LOADED, _REPLACED = f"{DATABASE}_loaded", f"{DATABASE}_replaced"
USUAL_PORT = 5432
_ROLES_FILE = ROOT / "deploy" / "postgres" / "roles.sql"
_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C.UTF-8")
_TRIES = 3
_SSL_REQUEST = bytes([0, 0, 0, 8, 4, 210, 22, 47])
"""The shortest question of the protocol: no password is needed for its answer, of one byte."""


class PostgresServer:
    """One cluster below ``home``. It outlives this object; another object for the same home finds it again."""

    def __init__(self, home: Path, *, usual_port: bool = False) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._passwords_file = home / "passwords.json"
        self._ports = PortBook(home)
        self._usual = USUAL_PORT if usual_port else None
        self._place = find_place(home)
        self.data = self._place.folder / "data"
        self._lock = self.data / "postmaster.pid"
        self._process = ServerProcess(
            "postgres", self.data, record=home / "postgres.pid", log=home / "postgres.log", goodbye=signal.SIGINT
        )

    @property
    def process_id(self) -> int | None:
        """None when it does not run."""
        found = self._process.find()
        return found.pid if found else None

    @property
    def port(self) -> int:
        """Where the server listens, or listened last; KeyError before the first start."""
        return self._ports.read()["postgres"]

    def url(self, role: str = SUPERUSER, database: str = DATABASE) -> str:
        """The address for one of ``ROLES`` or the superuser."""
        return f"postgresql://{role}:{self._passwords()[role]}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts it, on new data if there is none, or adopts the one that already runs; SetupError if neither."""
        if self._process.adopt() is None or not wait_until(self._is_ready, self._process):
            self._create()
            self._launch()
        self._ports.note(postgres=self._listens_on())
        self._prepare()

    def stop(self) -> None:
        """Ends all connections and stops the server; the data stays."""
        self._process.stop()

    def kill(self) -> None:
        """Kills the server as a crash would."""
        self._process.kill()

    def destroy(self) -> None:
        """Ends the server and removes its data."""
        self.kill()
        remove_place(self._place)
        self._passwords_file.unlink(missing_ok=True)
        self._process.forget()

    def dump(self, to: Path) -> None:
        """The database as one file, of one instant, beside whoever works with it."""
        self._as_superuser("pg_dump", "--format=custom", f"--file={to}", DATABASE)

    def load(self, dumped: Path) -> None:
        """A dump into a database beside ours; ``take_over`` then puts it in its place."""
        self.unload()
        self._as_superuser("createdb", "--owner=owner", "--template=template0", "--encoding=UTF8", *_LOCALE, _LOADED)
        self._as_superuser("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={_LOADED}", str(dumped))

    def unload(self) -> None:
        """The database beside ours is gone, if there is one."""
        self._as_superuser("dropdb", "--if-exists", "--force", _LOADED)

    def loaded_migration(self) -> str:
        """The name of the newest migration of the loaded database; empty where it has none."""
        if self._asked_of_loaded("SELECT to_regclass('schema_migrations') IS NULL") == "t":
            return ""
        return self._asked_of_loaded("SELECT max(name) FROM schema_migrations")

    def _asked_of_loaded(self, query: str) -> str:
        return self._as_superuser(
            "psql", "--no-psqlrc", "--tuples-only", "--no-align", f"--command={query}", _LOADED
        ).strip()

    def take_over(self) -> None:
        """The loaded database becomes ours, at once or not at all; the one before is gone."""
        # Of an earlier one that was cut off after the change of names: then it is ours that is the old one.
        self._as_superuser("dropdb", "--if-exists", "--force", _REPLACED)
        self._as_superuser(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            f"--command=ALTER DATABASE {DATABASE} RENAME TO {_REPLACED}",
            f"--command=ALTER DATABASE {_LOADED} RENAME TO {DATABASE}",
            "postgres",
        )
        self._as_superuser("dropdb", "--if-exists", "--force", _REPLACED)

    def _as_superuser(self, name: str, *arguments: str) -> str:
        where = ("--host=127.0.0.1", f"--port={self.port}", f"--username={SUPERUSER}")
        return self._run(name, *where, *arguments, PGPASSWORD=self._passwords()[SUPERUSER])

    def _create(self) -> None:
        if self.data.exists():
            return
        self._place.make()
        self._passwords_file.unlink(missing_ok=True)
        passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, *ROLES)}
        write_secret(self._passwords_file, json.dumps(passwords))
        draft, password_file = self._place.folder / "data.new", self._place.folder / "password"
        shutil.rmtree(draft, ignore_errors=True)  # of an earlier run that was killed
        password_file.unlink(missing_ok=True)
        write_secret(password_file, passwords[SUPERUSER])
        if self._place.user is not None:
            os.chown(password_file, *self._place.user)
        self._run(
            "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            *_LOCALE,
        )
        password_file.unlink()
        draft.rename(self.data)

    def _launch(self) -> None:
        self._clear_stale_lock()
        for _ in range(_TRIES):  # another program can take the chosen port before the server does
            port = self._ports.choose("postgres", self._usual)
            self._process.launch(
                [
                    self._place.tool("postgres"),
                    "-D",
                    self.data,
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    f"port={port}",
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "timezone=UTC",
                    "-c",
                    "log_timezone=UTC",
                ],
                _environment(),
                self._place.user,
            )
            if wait_until(self._is_ready, self._process):
                return
        raise not_started(self._process)

    def _listens_on(self) -> int:
        return int(self._lock.read_text().splitlines()[3])

    def _is_ready(self) -> bool:
        try:
            said = self._lock.read_text().splitlines()[7].startswith("ready")
            # A server that is just being killed still says so; only a living one answers.
            with socket.create_connection(("127.0.0.1", self._listens_on()), timeout=1) as probe:
                probe.sendall(_SSL_REQUEST)
                return said and probe.recv(1) in (b"N", b"S")
        except (IndexError, OSError):
            return False

    def _clear_stale_lock(self) -> None:
        """Removes the lock file of a killed server.

        Postgres does so itself unless a stranger has the old process id by now, and then it would never start again.
        The connections of the killed server end by themselves, but must be gone first: two servers spoil the data.
        """
        if not self._lock.exists():
            return
        give_up_at = time.monotonic() + PATIENCE
        while self._has_orphans():
            if time.monotonic() > give_up_at:
                raise not_started(self._process)
            time.sleep(0.02)
        self._lock.unlink()

    def _has_orphans(self) -> bool:
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.name() == "postgres" and process.cwd() == str(self.data):
                    return True
        return False

    def _prepare(self) -> None:
        """Makes the roles and the database, once."""
        done = self._place.folder / "prepared"
        if done.exists():
            return
        passwords = self._passwords()
        named = {f"{role.upper()}_PASSWORD": passwords[role] for role in ROLES}
        self._run(
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--host=127.0.0.1",
            f"--port={self.port}",
            f"--username={SUPERUSER}",
            f"--file={_ROLES_FILE}",
            "postgres",
            PGPASSWORD=passwords[SUPERUSER],
            **named,
        )
        done.touch()

    def _run(self, name: str, *arguments: str, **environment: str) -> str:
        """What it wrote; SetupError where it failed."""
        # Clients read and write files of ours, which the server's user may not; initdb makes files of the server.
        become = self._place.user if name == "initdb" else None
        user, group = become or (None, None)
        done = subprocess.run(
            [self._place.tool(name), *arguments],
            env=_environment() | environment,
            cwd="/",
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            user=user,
            group=group,
            extra_groups=[] if become else None,
        )
        if done.returncode != 0:
            raise SetupError(f"{name} failed: {done.stderr.strip()}", f"{name} 失败，原因如上")
        return done.stdout

    def _passwords(self) -> dict[str, str]:
        try:
            passwords: dict[str, str] = json.loads(self._passwords_file.read_text())
        except FileNotFoundError:
            raise SetupError(
                f"{self._passwords_file} is missing but there is data in {self.data}: put the file back, or remove the"
                " data with make clean",
                f"缺少 {self._passwords_file}，而 {self.data} 中仍有数据：请恢复该文件，或用 make clean 清除数据",
            ) from None
        return passwords


def _environment() -> dict[str, str]:
    # Not the caller's: PG* variables and its locale would change what the programs do.
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
