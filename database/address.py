"""The address of a database as a person wrote it: read before it is used, and never told, since it has a password."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qsl

import asyncpg

from schemas.values.refusal import NotSetUp

_SCHEME = re.compile(r"postgres(ql)?://")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^:@\[\]]*)(:([0-9]{1,5}))?")
_MOST_PORT = 65_535


@contextmanager
def readable(address: str, variable: str) -> Iterator[None]:
    """For connecting to ``address``, which ``variable`` gave: NotSetUp for one that cannot be read."""
    if not _SCHEME.match(address):
        raise NotSetUp(
            f"{variable} cannot be read: it does not begin with postgresql://; write postgresql://ROLE:PASSWORD@HOST:5432"
            "/DATABASE, as .env.example shows",
            f"{variable} 无法读取：应以 postgresql:// 开头；请按 .env.example 写作"
            " postgresql://ROLE:PASSWORD@HOST:5432/DATABASE",
        )
    if not _has_form(address):
        raise _unreadable(variable)
    try:
        yield
    except (ValueError, asyncpg.UnsupportedClientFeatureError):
        # Its text repeats what was not understood. An option of the address, or one of the PG* variables.
        raise _unreadable(variable) from None


def place_of(address: str, variable: str) -> str:
    """``HOST:PORT/DATABASE``, for people: without role, password and options. NotSetUp when it cannot be read."""
    with readable(address, variable):
        return address.partition("?")[0].partition("://")[2].rpartition("@")[2]


def _has_form(address: str) -> bool:
    rest = address.partition("://")[2]
    if any(one.isspace() or not one.isprintable() for one in rest) or "#" in rest:
        return False
    place, _, options = rest.partition("?")
    server, _, database = place.partition("/")
    login, _, hosts = server.rpartition("@")
    if "@" in login or "@" in database or "/" in database:
        return False
    for host in hosts.split(","):
        found = _HOST.fullmatch(host)
        if found is None or int(found.group(3) or 1) not in range(1, _MOST_PORT + 1):
            return False
    try:
        parse_qsl(options, strict_parsing=bool(options))
    except ValueError:
        return False
    return True


def _unreadable(variable: str) -> NotSetUp:
    return NotSetUp(
        f"{variable} cannot be read; write postgresql://ROLE:PASSWORD@HOST:5432/DATABASE, and in the password %23 for"
        " #, %2F for /, %3A for :, %3F for ?, %40 for @, %25 for %, %20 for a blank; after ? only options of Postgres",
        f"{variable} 无法读取；请写作 postgresql://ROLE:PASSWORD@HOST:5432/DATABASE，口令中的 # 写作 %23，"
        "/ 写作 %2F，: 写作 %3A，? 写作 %3F，@ 写作 %40，% 写作 %25，空格写作 %20；? 之后只能是 Postgres 的选项",
    )
