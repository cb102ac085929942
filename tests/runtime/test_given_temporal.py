"""A Temporal that cannot be read from the variables is told as the set-up it is, and no key with it."""

from pathlib import Path

import pytest

from runtime.connection import TemporalAway, connect
from runtime.given_temporal import given_temporal
from runtime.settings import Settings, SetupError
from runtime.temporal_server import NAMESPACE


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "none.toml"))
    for name in ("TEMPORAL_ADDRESS", "TEMPORAL_PROFILE", "TEMPORAL_NAMESPACE", "TEMPORAL_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "address", ["http://hush:hush@127.0.0.1:7233", "hush", "hush:hush", ":7233", "S3 cr:7233", "hush:0", "::1:7233", ""]
)
def test_an_address_is_a_host_and_a_port(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", address)
    with pytest.raises(SetupError, match=r"^TEMPORAL_ADDRESS cannot be read") as told:
        given_temporal()
    assert "hush" not in str(told.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TEMPORAL_PROFILE", "hush"),
        ("TEMPORAL_API_KEY", "hush\nhush"),
        ("TEMPORAL_API_KEY", "hush密"),
        ("TEMPORAL_GRPC_META_TENANT", "hush\n"),
        ("TEMPORAL_TLS_CLIENT_CERT_PATH", "/nowhere/hush"),
        ("TEMPORAL_TLS_CLIENT_CERT_DATA", "hush"),
    ],
)
async def test_nothing_of_the_other_variables_is_told(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    monkeypatch.setenv(variable, value)
    with pytest.raises(SetupError, match=r"^the TEMPORAL_\* variables") as told:
        await connect(Settings(given_temporal=True))
    assert "hush" not in str(told.value)
    assert not isinstance(told.value, TemporalAway)


def test_a_configuration_file_that_is_no_toml_is_told_without_its_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "temporal.toml").write_text("api_key = = hush", encoding="utf-8")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(tmp_path / "temporal.toml"))
    with pytest.raises(SetupError) as told:
        given_temporal()
    assert "hush" not in str(told.value)


def test_an_address_alone_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example:7233")
    assert given_temporal() == {"target_host": "temporal.example:7233", "namespace": NAMESPACE}


async def test_a_temporal_that_is_not_there_is_worth_waiting_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
    with pytest.raises(TemporalAway, match=r"Temporal does not answer at 127\.0\.0\.1:1"):
        await connect(Settings(given_temporal=True))
