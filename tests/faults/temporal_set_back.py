"""A Temporal of one test's own, whose file goes back to what it was, or to nothing."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from temporalio.client import Client

from runtime.plugin import open_licence_plugin
from runtime.stack import Stack
from runtime.temporal_server import NAMESPACE, TemporalServer
from tests.conftest import Database
from tests.lives.office import Office, opened

NewStack = Callable[..., Stack]


@asynccontextmanager
async def own_temporal(new_stack: NewStack, database: Database) -> AsyncIterator[tuple[Office, TemporalServer]]:
    server = new_stack().temporal
    server.start()
    client = await Client.connect(server.address, namespace=NAMESPACE, plugins=[open_licence_plugin()])
    async with opened(client, database) as office:
        yield office, server


def files(server: TemporalServer) -> list[Path]:
    return sorted(server.data.parent.glob(f"{server.data.name}*"))


def copy_to(server: TemporalServer, folder: Path) -> None:
    server.stop()
    for file in files(server):
        shutil.copy(file, folder)
    server.start()


def set_back(server: TemporalServer, folder: Path | None) -> None:
    """To the copy, or to nothing at all."""
    server.kill()
    for file in files(server):
        file.unlink()
    for file in sorted(folder.iterdir()) if folder else ():
        shutil.copy(file, server.data.parent)
    server.start()
