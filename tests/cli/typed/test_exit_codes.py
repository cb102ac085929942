"""What was typed wrongly ends with 64 in every command, before a server or a file is asked for anything."""

from pathlib import Path
from uuid import UUID

import click
import pytest

from tests.cli.shell import Shell
from tests.cli.typed.tree import leaves

FILES = ("BODY", "FILE", "FACTS")
NOT_READ = ("deliver", "backup", "restore")
"""Commands whose file can be left out, is written, or is judged where the servers lie (``tests/runtime``)."""
NOT_OURS = ("psql",)
"""What stands there is another program's."""


def typed(command: click.Command, folder: Path, day: str = "2026-11-20") -> list[str]:
    """Everything that the command needs, well formed, and no file that is there."""
    words = []
    for one in command.params:
        name = str(one.metavar or one.name).strip("[]").upper()
        known = {"DAY": day, "YEAR": "2027", **dict.fromkeys(("ID|FILE", "SCHEME", "SCHEME_NAME"), "SZ-2021-UNIV-5PCT")}
        value = known.get(name, str(folder / "none.csv") if name in FILES else str(UUID(int=1)))
        if isinstance(one, click.Argument) and (one.required or name in FILES):
            words.append(value)
        elif isinstance(one, click.Option) and (one.required or (name == "DAY" and day != "2026-11-20")):
            words += [one.opts[0], value] + ([value] if one.nargs == 2 else [])
    return words


def has(command: click.Command, *names: str) -> bool:
    return any(str(one.metavar or one.name).strip("[]").upper() in names for one in command.params)


LEAVES = [(words, command) for words, command in leaves() if words[-1] not in NOT_OURS]


async def test_an_option_that_there_is_not_is_wrong_usage_of_every_command(shell: Shell) -> None:
    for words, _ in LEAVES:
        ended = await shell(*words, "--no-such-option", "--json")
        assert (ended.code, ended.json["refused"][0]["code"]) == (64, "option_unknown"), words


async def test_a_day_that_is_no_day_is_wrong_usage_of_every_command(shell: Shell, tmp_path: Path) -> None:
    asked = [(words, command) for words, command in LEAVES if has(command, "DAY")]
    assert len(asked) > 100
    for words, command in asked:
        ended = await shell(*words, *typed(command, tmp_path, "2026-02-30"), "--json")
        assert ended.code == 64, (words, ended.out)


async def test_a_file_that_is_not_there_is_wrong_usage_of_every_command(shell: Shell, tmp_path: Path) -> None:
    asked = [(words, command) for words, command in LEAVES if has(command, *FILES) and words[0] not in NOT_READ]
    assert len(asked) > 100
    for words, command in asked:
        ended = await shell(*words, *typed(command, tmp_path), "--json")
        assert ended.code == 64, (words, ended.out)
        assert "file_unreadable" in [one["code"] for one in ended.json["refused"]], (words, ended.out)


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "没有 --ammount 这个选项"), ("en", "there is no option --ammount")]
)
async def test_the_nearest_choice_is_named_once_and_in_one_language(shell: Shell, language: str, said: str) -> None:
    ended = await shell("licence", "pay", UUID(int=1), "--ammount", "3", "--lang", language)
    assert said in ended.err
    assert ended.err.count("--amount") == 1
    assert ended.code == 64
