import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from runtime.settings import ROOT, Settings, SetupError
from runtime.stack import Stack, addresses
from runtime.up import clean, down, staying_up

_STAY = """
import time
from runtime.settings import Settings
from runtime.up import staying_up
with staying_up(Settings.read()) as addresses:
    print(addresses.ui_url, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def settings(server_folder: Path) -> Iterator[Settings]:
    kept = Settings(var=server_folder / secrets.token_hex(4))
    yield kept
    clean(kept)


@contextmanager
def _up(settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {"OPEN_LICENCE_VAR": str(settings.var)}
    with subprocess.Popen([sys.executable, "-c", _STAY], cwd=ROOT, env=environment, stdout=-1, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        try:
            yield process
        finally:
            process.kill()


def test_up_stays_until_down_and_the_data_stays(settings: Settings) -> None:
    with _up(settings) as process:
        assert addresses(settings).ui_url
        with pytest.raises(SetupError, match=f"already runs here, as process {process.pid}"), staying_up(settings):
            pass
        down(settings)
        assert process.wait(10) == 0
    one = Stack(settings.var)
    assert (one.postgres.process_id, one.temporal.process_id) == (None, None)
    assert one.postgres.data.exists()


def test_whoever_is_told_to_stop_again_and_again_still_stops_the_servers(settings: Settings) -> None:
    with _up(settings) as process:
        give_up_at = time.monotonic() + 60
        while process.poll() is None:
            assert time.monotonic() < give_up_at
            process.terminate()
            time.sleep(0.01)
    one = Stack(settings.var)
    assert (one.postgres.process_id, one.temporal.process_id) == (None, None)


def test_down_ends_the_servers_that_a_killed_up_left(settings: Settings) -> None:
    with _up(settings) as process:
        process.kill()
        process.wait()
        one = Stack(settings.var)
        assert one.postgres.process_id
        down(settings)
        with pytest.raises(SetupError, match="not running"):
            one.addresses()


@pytest.mark.parametrize("work", [down, clean, addresses, lambda settings: staying_up(settings).__enter__()])
def test_a_folder_that_cannot_be_used_is_told_by_its_name(tmp_path: Path, work: Callable[[Settings], object]) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SetupError, match=f"{tmp_path}/file cannot be used.*OPEN_LICENCE_VAR"):
        work(Settings(var=tmp_path / "file"))
    with pytest.raises(SetupError, match="cannot be used"):
        work(Settings(var=tmp_path / "file" / "inside"))


def test_clean_removes_what_a_killed_demo_left(settings: Settings) -> None:
    one = Stack(settings.of_demo().var)
    one.postgres.start()
    running = psutil.Process(one.postgres.process_id)
    clean(settings)
    assert not running.is_running() or running.status() == psutil.STATUS_ZOMBIE
    assert not one.home.exists()


def test_down_does_not_harm_a_stranger_who_has_the_recorded_number(settings: Settings) -> None:
    settings.var.mkdir()
    with subprocess.Popen(["sleep", "600"]) as stranger:
        (settings.var / "up.pid").write_text(f"{stranger.pid}\n")
        down(settings)
        assert stranger.poll() is None
        stranger.kill()


def test_the_servers_of_a_killed_test_session_are_removed(server_folder: Path) -> None:
    folder = server_folder / secrets.token_hex(4)
    one = Stack(folder / "one")
    one.postgres.start()
    running = psutil.Process(one.postgres.process_id)
    with subprocess.Popen(["sleep", "600"]) as owner:
        guard = subprocess.Popen(
            [sys.executable, "-m", "tests.guard", folder, str(owner.pid)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert guard.stdout
        assert guard.stdout.readline() == b"watching\n"
        assert running.is_running()
        owner.kill()
    guard.communicate(timeout=20)
    assert guard.returncode == 0
    assert not running.is_running() or running.status() == psutil.STATUS_ZOMBIE
    assert not folder.exists()
