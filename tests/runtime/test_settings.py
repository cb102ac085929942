import base64
import resource
import stat
from pathlib import Path

import pytest

from runtime.settings import ROOT, Settings, SetupError, check_limits

KEY = bytes(range(32))


def test_nothing_needs_to_be_set() -> None:
    assert Settings.read({}) == Settings(var=ROOT / "var")


def test_an_empty_variable_counts_as_not_given() -> None:
    assert Settings.read({"DATABASE_URL": "", "TEMPORAL_ADDRESS": "", "OPEN_LICENCE_VAR": ""}) == Settings.read({})


@pytest.mark.parametrize("variable", ["TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_CONFIG_FILE"])
def test_a_temporal_of_ones_own_is_recognised(variable: str) -> None:
    assert Settings.read({variable: "x"}).given_temporal


def test_a_namespace_alone_names_no_temporal_server() -> None:
    assert not Settings.read({"TEMPORAL_NAMESPACE": "x"}).given_temporal


def test_secrets_are_not_shown() -> None:
    settings = Settings.read({"DATABASE_URL": "postgresql://engine:hush@h/d", "OPEN_LICENCE_MASTER_KEY": "hush"})
    assert "hush" not in repr(settings)


def test_the_master_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path / "var")
    first = settings.master_key()
    assert (len(first), settings.master_key()) == (32, first)
    assert stat.S_IMODE((tmp_path / "var" / "master.key").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["master.key"]


def test_a_given_master_key_is_used(tmp_path: Path) -> None:
    settings = Settings(var=tmp_path, given_master_key=base64.b64encode(KEY).decode())
    assert settings.master_key() == KEY
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("wrong", ["not base64 !", base64.b64encode(KEY[:31]).decode(), "密钥"])
def test_a_master_key_of_another_form_is_refused_without_repeating_it(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SetupError, match="OPEN_LICENCE_MASTER_KEY") as caught:
        Settings(var=tmp_path, given_master_key=wrong).master_key()
    assert wrong not in str(caught.value)


def test_with_a_database_of_ones_own_the_master_key_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="DATABASE_URL is set but OPEN_LICENCE_MASTER_KEY is not"):
        Settings(var=tmp_path, database_url="postgresql://h/d").master_key()


def test_a_soft_limit_of_files_is_raised_and_a_hard_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[int, tuple[int, int]] = {resource.RLIMIT_NOFILE: (64, 1_024), resource.RLIMIT_AS: (-1, -1)}
    monkeypatch.setattr(resource, "getrlimit", given.__getitem__)
    monkeypatch.setattr(resource, "setrlimit", given.__setitem__)
    check_limits()
    assert given[resource.RLIMIT_NOFILE] == (1_024, 1_024)
    given[resource.RLIMIT_NOFILE] = (64, 100)
    with pytest.raises(SetupError, match=r"may open 100 files.*\n.*100 个文件"):
        check_limits()


def test_too_little_memory_is_told_whoever_limits_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("runtime.settings.CONTAINER_MEMORY", tmp_path / "memory.max")
    (tmp_path / "memory.max").write_text("max\n")
    check_limits()
    (tmp_path / "memory.max").write_text(f"{512 * 2**20}\n")
    with pytest.raises(SetupError, match=r"512 MiB.*\n.*512 MiB"):
        check_limits()
    (tmp_path / "memory.max").unlink()
    given = {resource.RLIMIT_NOFILE: (4_096, 4_096), resource.RLIMIT_AS: (2**30, 2**30)}
    monkeypatch.setattr(resource, "getrlimit", given.__getitem__)
    with pytest.raises(SetupError, match="1024 MiB"):
        check_limits()
