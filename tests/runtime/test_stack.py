import secrets
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import psutil
import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from runtime.connection import connect
from runtime.ports import PortBook
from runtime.postgres import ROLES
from runtime.settings import Settings, SetupError
from runtime.stack import Stack, addresses
from tests.runtime.same_class import SameClassWorkflow
from tests.runtime.test_plugin import GIVEN

NewStack = Callable[..., Stack]


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    """A living process that has nothing to do with us."""
    process = subprocess.Popen(["sleep", "600"])
    yield process
    process.kill()
    process.wait()


async def _ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def _client(one: Stack) -> Client:
    return await connect(Settings(var=one.home))


async def _begin(client: Client) -> str:
    name = f"left-alone-{secrets.token_hex(4)}"
    await client.start_workflow(SameClassWorkflow.run, GIVEN, id=name, task_queue=name)
    return name


def test_a_second_start_finds_the_running_servers(new_stack: NewStack) -> None:
    first = new_stack()
    told = first.start()
    second = new_stack(first.home)
    assert second.start() == told
    assert addresses(Settings(var=first.home)) == told
    assert second.postgres.process_id == first.postgres.process_id
    assert second.temporal.process_id == first.temporal.process_id


async def test_what_was_written_survives_an_orderly_stop(new_stack: NewStack) -> None:
    one = new_stack()
    told = one.start()
    await _ask(told.for_migrations(), "CREATE TABLE kept AS SELECT 7 AS n")
    workflow_id = await _begin(await _client(one))
    one.stop()
    assert (one.postgres.process_id, one.temporal.process_id) == (None, None)
    assert new_stack(one.home).start() == told, "addresses must stay true over a restart"
    assert await _ask(told.for_migrations(), "SELECT n FROM kept") == 7
    assert (await (await _client(one)).get_workflow_handle(workflow_id).describe()).id == workflow_id


async def test_what_was_acknowledged_survives_killed_servers(new_stack: NewStack) -> None:
    one = new_stack()
    told = one.start()
    await _ask(told.for_migrations(), "CREATE TABLE kept AS SELECT 7 AS n")
    workflow_id = await _begin(await _client(one))
    for process_id in (one.postgres.process_id, one.temporal.process_id):
        assert process_id
        psutil.Process(process_id).send_signal(signal.SIGKILL)
    assert new_stack(one.home).start() == told
    assert await _ask(told.for_migrations(), "SELECT n FROM kept") == 7
    assert (await (await _client(one)).get_workflow_handle(workflow_id).describe()).id == workflow_id


def test_each_server_can_be_killed_and_started_alone(new_stack: NewStack) -> None:
    one = new_stack()
    told = one.start()
    temporal = one.temporal.process_id
    one.postgres.kill()
    assert (one.postgres.process_id, one.temporal.process_id) == (None, temporal)
    with pytest.raises(SetupError, match="make up"):
        one.addresses()
    one.postgres.start()
    one.temporal.kill()
    one.temporal.start()
    assert one.temporal.process_id != temporal
    assert one.addresses() == told


def test_a_stale_record_neither_harms_a_stranger_nor_stops_a_start(
    new_stack: NewStack, stranger: "subprocess.Popen[bytes]"
) -> None:
    one = new_stack()
    one.start()
    one.postgres.kill()
    one.temporal.kill()
    lock = one.postgres.data / "postmaster.pid"
    lock.write_text("\n".join([str(stranger.pid), *lock.read_text().splitlines()[1:]]) + "\n")
    for name in ("postgres.pid", "temporal.pid"):
        (one.home / name).write_text(f"{stranger.pid}\n")
    one.stop()
    assert stranger.poll() is None
    one.start()
    one.stop()
    assert stranger.poll() is None


def test_servers_whose_records_are_lost_are_adopted(new_stack: NewStack) -> None:
    one = new_stack()
    one.start()
    running = one.postgres.process_id, one.temporal.process_id
    for name in ("postgres.pid", "temporal.pid"):
        (one.home / name).unlink()
    one.start()
    assert (one.postgres.process_id, one.temporal.process_id) == running


def test_servers_whose_records_are_lost_are_stopped(new_stack: NewStack) -> None:
    one = new_stack()
    one.start()
    running = [psutil.Process(server.process_id) for server in (one.postgres, one.temporal)]
    for name in ("postgres.pid", "temporal.pid"):
        (one.home / name).unlink()
    new_stack(one.home).stop()
    assert [one for one in running if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []


async def test_data_that_was_begun_by_a_killed_run_is_begun_again(new_stack: NewStack) -> None:
    one = new_stack()
    (one.postgres.data.parent / "data.new").mkdir(parents=True)
    (one.home / "passwords.json").write_text("{")
    one.postgres.start()
    assert await _ask(one.postgres.url("owner"), "SELECT 1") == 1


def test_lost_passwords_are_told_and_not_a_reason_to_throw_data_away(new_stack: NewStack) -> None:
    one = new_stack()
    one.postgres.start()
    (one.home / "passwords.json").unlink()
    with pytest.raises(SetupError, match=r"passwords\.json is missing"):
        one.postgres.url("engine")
    assert one.postgres.data.exists()


async def test_the_server_is_closed_to_whoever_has_no_password(stack: Stack) -> None:
    for role in ROLES:
        assert await _ask(stack.postgres.url(role), "SELECT current_user") == role
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(stack.postgres.url(role), password="guess")


def test_secrets_are_for_their_owner_only(stack: Stack) -> None:
    told = stack.addresses()
    assert (stack.home / "passwords.json").stat().st_mode & 0o077 == 0
    assert told.database_url.split(":")[2].split("@")[0] not in repr(told)
    assert not list(stack.postgres.data.parent.glob("password"))


async def test_the_database_sorts_by_code_point_and_indexes_chinese(stack: Stack) -> None:
    kind = "SELECT datlocprovider::text || datlocale || datcollate || datctype || pg_encoding_to_char(encoding)"
    named = f"{kind} FROM pg_database WHERE datname = current_database()"
    assert await _ask(stack.postgres.url("owner"), named) == "bC.UTF-8CC.UTF-8UTF8"


async def test_the_owner_can_make_the_trigram_extension_and_it_knows_chinese(new_stack: NewStack) -> None:
    one = new_stack()
    one.postgres.start()
    await _ask(one.postgres.url("owner"), "CREATE EXTENSION pg_trgm")
    # One trigram lies inside the word; the others reach over its ends.
    assert await _ask(one.postgres.url("owner"), "SELECT cardinality(show_trgm('发动机'))") == 4


async def test_histories_are_kept_for_ten_years(stack: Stack, temporal_client: Client) -> None:
    asked = DescribeNamespaceRequest(namespace="open-licence")
    answer = await temporal_client.workflow_service.describe_namespace(asked)
    assert answer.config.workflow_execution_retention_ttl.ToTimedelta() == timedelta(days=3650)


@pytest.mark.parametrize("taken", ["postgres", "temporal"])
def test_a_port_that_somebody_else_took_is_given_up(new_stack: NewStack, taken: str) -> None:
    one = new_stack()
    server = one.postgres if taken == "postgres" else one.temporal
    server.start()
    server.kill()
    before = one.postgres.port if taken == "postgres" else int(one.temporal.address.split(":")[1])
    with socket.create_server(("127.0.0.1", before)):
        server.start()
        assert server.process_id
    after = one.postgres.port if taken == "postgres" else int(one.temporal.address.split(":")[1])
    assert after != before


def test_the_server_of_somebody_who_was_given_the_same_port_is_not_taken_for_ours(
    new_stack: NewStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, ours = new_stack(), new_stack()
    theirs.temporal.start()
    choose, given = PortBook.choose, [int(theirs.temporal.address.split(":")[1])]

    def choose_theirs_first(book: PortBook, name: str, usual: int | None = None) -> int:
        return given.pop() if given else choose(book, name, usual)

    monkeypatch.setattr(PortBook, "choose", choose_theirs_first)
    ours.temporal.start()
    assert ours.temporal.address != theirs.temporal.address


async def test_a_home_that_is_closed_to_others_works_too(new_stack: NewStack, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o700)
    one = new_stack(tmp_path / "closed" / "var")
    one.postgres.start()
    assert await _ask(one.postgres.url("engine"), "SELECT 1") == 1
    one.destroy()
    assert not one.postgres.data.exists()
    assert not one.home.exists()


async def test_destroying_leaves_what_is_not_ours(new_stack: NewStack) -> None:
    one = new_stack()
    one.postgres.start()
    (one.home / "notes.txt").write_text("mine")
    one.destroy()
    assert [file.name for file in one.home.iterdir()] == ["notes.txt"]
    (one.home / "notes.txt").unlink()


def test_only_what_was_begun_is_ended_again(new_stack: NewStack) -> None:
    one = new_stack()
    one.postgres.start()
    with new_stack(one.home).running() as told:
        assert one.addresses() == told
    assert one.postgres.process_id is not None
    assert one.temporal.process_id is None


async def test_given_servers_are_used_and_nothing_is_started(
    new_stack: NewStack, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = stack.addresses()
    monkeypatch.setenv("DATABASE_URL", shared.database_url)
    monkeypatch.setenv("TEMPORAL_ADDRESS", shared.temporal_address)
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "open-licence")
    monkeypatch.setenv("OPEN_LICENCE_VAR", str(stack.home.with_name(secrets.token_hex(4))))
    settings = Settings.read()
    one = new_stack(settings.var, given=settings)
    told = one.start()
    assert (one.postgres.process_id, one.temporal.process_id) == (None, None)
    assert (told.database_url, told.temporal_address) == (shared.database_url, shared.temporal_address)
    with pytest.raises(SetupError, match="MIGRATION_DATABASE_URL is not"):
        told.for_migrations()
    client = await connect(settings)
    assert client.namespace == "open-licence"


async def test_a_temporal_that_does_not_answer_is_told_with_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    with pytest.raises(SetupError, match=r"does not answer at 127\.0\.0\.1:1"):
        await connect(Settings.read())
