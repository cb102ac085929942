"""What the environment says; everything has a default that needs no environment at all."""

import base64
import binascii
import os
import resource
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
TEMPORAL_VARIABLES = ("TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE")
"""Any of these names a Temporal of the reader's own; the others of TEMPORAL_* only refine it."""
AUDIT_LINES = "audit-lines"
"""The folder of what still waits for the audit log, below ``var``."""
MASTER_KEY_BYTES = 32
LEAST_FILES, WANTED_FILES = 128, 4_096
LEAST_MEMORY, LEAST_ADDRESS_SPACE = 3 * 2**29, 2 * 2**30
"""Bytes; the second counts what is reserved and never used, such as the stacks of threads."""
LOG_KEY, LOG_FOLDER = "log.key", "log"
"""What signs the Merkle log, and where it is published, below ``var``."""
CONTAINER_MEMORY = Path("/sys/fs/cgroup/memory.max")


class SetupError(Exception):
    """The programs cannot be set up: what is wrong, where, and what to do next, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        self.en, self.zh = en, zh
        super().__init__(f"{en}\n{zh}")


@dataclass(frozen=True)
class Settings:
    """None stands for "not given": the embedded server is used, or the key kept beside it. Secrets are not shown."""

    var: Path = ROOT / "var"
    """Data, ports, passwords and logs of the embedded servers."""
    database_url: str | None = field(default=None, repr=False)
    migration_database_url: str | None = field(default=None, repr=False)
    audit_database_url: str | None = field(default=None, repr=False)
    given_temporal: bool = False
    """Whether the standard TEMPORAL_* variables name a server; temporalio.envconfig reads them."""
    given_master_key: str | None = field(default=None, repr=False)
    given_log_key: str | None = field(default=None, repr=False)
    given_log_folder: Path | None = None
    """Where the Merkle log is published: better on another machine's disk than on the database's."""
    witness: str | None = None
    """Address of a witness that cosigns the log's checkpoints, with its verifier key: ``KEY@URL``."""
    timestamp_authority: str | None = None
    """Address of an authority of RFC 3161 that stamps a checkpoint every night."""
    timestamp_roots: Path | None = None
    """The certificates (PEM) that its answers have to lead to."""
    metrics: str | None = None
    """HOST:PORT at which a worker tells its metrics to Prometheus; None: it tells none."""
    console_metrics: str | None = None
    """The same of the console: an address of its own, since the console's is for everybody."""
    console_address: str | None = None
    """Where the public reaches the console, such as ``https://licences.example``; it stands on receipts."""
    scanner: str | None = None
    """HOST:PORT of a clamd that looks for viruses in documents before they are kept; None: nothing looks."""
    mail: str | None = field(default=None, repr=False)
    """``smtp://USER:PASSWORD@HOST:587`` or ``smtps://…:465``: the server that mails codes to co-owners; None: operators
    hand them over."""
    mail_from: str | None = None
    """The address that such mail is from."""
    oidc_issuer: str | None = None
    """The identity provider by which people sign in, as it calls itself; with the two that it gave the console."""
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    demo_people: bool = True
    """Whether embedded servers get a person of each role to try the console with."""
    legal_clock: Literal["timer", "acts"] = "timer"
    """Of filings without a parent: whether days pass by themselves, or only by ``pass-day`` (demonstrations)."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings of this process. An empty variable counts as not given."""
        given = {name: value for name, value in environment.items() if value}
        return cls(
            var=Path(given.get("OPEN_LICENCE_VAR", ROOT / "var")).resolve(),
            database_url=given.get("DATABASE_URL"),
            migration_database_url=given.get("MIGRATION_DATABASE_URL"),
            audit_database_url=given.get("AUDIT_DATABASE_URL"),
            given_temporal=any(name in given for name in TEMPORAL_VARIABLES),
            given_master_key=given.get("OPEN_LICENCE_MASTER_KEY"),
            given_log_key=given.get("OPEN_LICENCE_LOG_KEY"),
            given_log_folder=Path(given["OPEN_LICENCE_LOG_DIR"]).resolve() if "OPEN_LICENCE_LOG_DIR" in given else None,
            witness=given.get("OPEN_LICENCE_WITNESS"),
            timestamp_authority=given.get("OPEN_LICENCE_TIMESTAMP_AUTHORITY"),
            timestamp_roots=Path(given["OPEN_LICENCE_TIMESTAMP_ROOTS"]).resolve()
            if "OPEN_LICENCE_TIMESTAMP_ROOTS" in given
            else None,
            metrics=given.get("OPEN_LICENCE_METRICS"),
            console_metrics=given.get("OPEN_LICENCE_CONSOLE_METRICS"),
            console_address=given.get("OPEN_LICENCE_CONSOLE_ADDRESS", "").rstrip("/") or None,
            scanner=_scanner(given.get("OPEN_LICENCE_SCANNER")),
            mail=_mail(given.get("OPEN_LICENCE_MAIL"), given.get("OPEN_LICENCE_MAIL_FROM")),
            mail_from=given.get("OPEN_LICENCE_MAIL_FROM"),
            oidc_issuer=given.get("OPEN_LICENCE_OIDC_ISSUER"),
            oidc_client_id=given.get("OPEN_LICENCE_OIDC_CLIENT_ID"),
            oidc_client_secret=given.get("OPEN_LICENCE_OIDC_CLIENT_SECRET"),
            demo_people=given.get("OPEN_LICENCE_DEMO_PEOPLE") != "0",
            legal_clock=_legal_clock(given.get("OPEN_LICENCE_LEGAL_CLOCK", "timer")),
        )

    @property
    def log_folder(self) -> Path:
        """The folder of the published log."""
        return self.given_log_folder or self.var / LOG_FOLDER

    def of_demo(self) -> "Settings":
        """The demo keeps its data apart, so that it does not disturb what ``make up`` keeps."""
        return replace(self, var=self.var / "demo", given_log_folder=None, witness=None, timestamp_authority=None)

    def master_key(self) -> bytes:
        """32 bytes that seal the keys of persons: OPEN_LICENCE_MASTER_KEY, else kept in ``var`` and made on first use.

        With a database of one's own the key must be given: one made up in a container would go with the container,
        and every person with it.
        """
        if self.given_master_key is not None:
            return _decoded(self.given_master_key)
        if self.database_url is not None:
            raise SetupError(
                "DATABASE_URL is set but OPEN_LICENCE_MASTER_KEY is not; set it as .env.example shows",
                "已设置 DATABASE_URL，但未设置 OPEN_LICENCE_MASTER_KEY；请按 .env.example 设置",
            )
        kept = self.var / "master.key"
        self.var.mkdir(parents=True, exist_ok=True)
        # Of two processes that begin at the same time only one may make the key.
        with suppress(FileExistsError):
            write_secret(kept, base64.b64encode(os.urandom(MASTER_KEY_BYTES)).decode())
        return _decoded(kept.read_text())


def check_limits() -> None:
    """Raises the soft limit of open files as far as it may; SetupError where a worker has too few or too little memory.

    With too few files a thread of the Temporal SDK ends in silence, and with too little memory the system ends the
    worker under load. docs/operations.md has what was measured.
    """
    files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files != resource.RLIM_INFINITY and files < WANTED_FILES:
        files = WANTED_FILES if most == resource.RLIM_INFINITY else min(most, WANTED_FILES)
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    if files != resource.RLIM_INFINITY and files < LEAST_FILES:
        raise SetupError(
            f"this process may open {files} files, and a worker needs {LEAST_FILES}; raise the limit"
            " (ulimit -n, LimitNOFILE=, ulimits: nofile)",
            f"本进程最多可打开 {files} 个文件，工作进程需要 {LEAST_FILES} 个；请提高限制"
            "（ulimit -n、LimitNOFILE=、ulimits: nofile）",
        )
    space = resource.getrlimit(resource.RLIMIT_AS)[0]
    for limit, least in ((space, LEAST_ADDRESS_SPACE), (_memory_of_the_container(), LEAST_MEMORY)):
        if limit not in (None, resource.RLIM_INFINITY) and limit < least:
            raise SetupError(
                f"this process may use {limit // 2**20} MiB of memory, and a worker needs {least // 2**20}; raise the"
                " limit (ulimit -v, MemoryMax=, mem_limit)",
                f"本进程最多可用 {limit // 2**20} MiB 内存，工作进程需要 {least // 2**20} MiB；请提高限制"
                "（ulimit -v、MemoryMax=、mem_limit）",
            )


def _memory_of_the_container() -> int | None:
    """The limit of our control group; None where there is none, or no such thing."""
    with suppress(OSError, ValueError):
        return int(CONTAINER_MEMORY.read_text())
    return None


@contextmanager
def usable(folder: Path) -> Iterator[None]:
    """What the system says no to in this block is said with the folder that it is about: SetupError."""
    try:
        yield
    except OSError as error:
        raise SetupError(
            f"the folder {folder} cannot be used: {error}; make room or let this user write there, or name another"
            " folder in OPEN_LICENCE_VAR",
            f"目录 {folder} 无法使用（原因如上）；请腾出空间或授予写权限，或用 OPEN_LICENCE_VAR 指定另一目录",
        ) from error


def write_secret(path: Path, text: str) -> None:
    """Writes a new file only its owner can read, whole or not at all; FileExistsError if it is there already."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def _legal_clock(text: str) -> Literal["timer", "acts"]:
    clocks: tuple[Literal["timer"], Literal["acts"]] = ("timer", "acts")
    for clock in clocks:
        if text == clock:
            return clock
    raise SetupError(
        f"OPEN_LICENCE_LEGAL_CLOCK is {text!r}; set it to timer or acts, or leave it out",
        f"OPEN_LICENCE_LEGAL_CLOCK 为 {text!r}；请设为 timer 或 acts，或不设置",
    )


def _scanner(text: str | None) -> str | None:
    host, _, port = (text or "").rpartition(":")
    if text is not None and not (host and port.isascii() and port.isdecimal()):
        raise SetupError(
            f"OPEN_LICENCE_SCANNER is {text!r}; set it to HOST:PORT of a clamd, or leave it out",
            f"OPEN_LICENCE_SCANNER 为 {text!r}；请设为 clamd 的 主机:端口，或不设置",
        )
    return text


def _mail(address: str | None, sender: str | None) -> str | None:
    if address is None and sender is None:
        return None
    try:
        parts = urlsplit(address or "")
        is_server = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_server = False
    # The address can hold a password, so it is not said again.
    if not is_server or "@" not in (sender or "") or not (sender or "").isprintable():
        raise SetupError(
            "OPEN_LICENCE_MAIL and OPEN_LICENCE_MAIL_FROM belong together: set smtp://USER:PASSWORD@HOST:587 (or smtps://)"
            " and an address of mail, or leave both out",
            "OPEN_LICENCE_MAIL 与 OPEN_LICENCE_MAIL_FROM 须一并设置：smtp://USER:PASSWORD@HOST:587（或 smtps://）及发件地址；或都不设置",
        )
    return address


def _decoded(text: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != MASTER_KEY_BYTES:
        raise SetupError(
            "OPEN_LICENCE_MASTER_KEY is not 32 bytes in base64; make one as .env.example shows",
            "OPEN_LICENCE_MASTER_KEY 不是 32 字节的 base64；请按 .env.example 生成",
        )
    return key
