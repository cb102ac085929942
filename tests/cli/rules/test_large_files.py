"""A text of more than 10 MB is refused before it is read, in less than a second, with the limit that it passes."""

from pathlib import Path
from time import process_time

import pytest

from tests.cli.shell import Rules

TEN_MEGABYTES = 10 * 1024 * 1024


@pytest.mark.parametrize(
    "command",
    [
        ("lint", "--scheme", "{file}.yaml"),
        ("subsidy", "{file}.json", "--as-of", "2026-03-31", "--scheme", "SZ-2021-UNIV-5PCT"),
        ("subsidy", "{file}.small", "--as-of", "2026-03-31", "--scheme", "{file}.yaml"),
        ("deadline", "{file}.json", "--as-of", "2026-11-05"),
    ],
)
@pytest.mark.parametrize("size", [TEN_MEGABYTES + 1, 64 * TEN_MEGABYTES])
def test_a_text_of_more_than_ten_megabytes_is_not_even_read(
    rules: Rules, tmp_path: Path, command: tuple[str, ...], size: int
) -> None:
    for ending in ("yaml", "json"):
        with (tmp_path / f"large.{ending}").open("wb") as file:
            file.truncate(size)
    (tmp_path / "large.small").write_text("{}", encoding="utf-8")
    began = process_time()
    ended = rules(*(one.format(file=tmp_path / "large") for one in command), "--json")
    took = process_time() - began
    (no,) = ended.json["refused"]
    assert (ended.code, no["code"], no["facts"]["largest"]) == (2, "document_too_large", str(TEN_MEGABYTES))
    assert str(TEN_MEGABYTES) in no["zh"]
    assert str(TEN_MEGABYTES) in no["en"]
    assert took < 1, "of this process alone, however busy the machine is"
