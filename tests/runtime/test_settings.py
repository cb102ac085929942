import base64
import stat
from pathlib import Path

import pytest

from runtime.settings import ROOT, Settings, SetupError

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
