"""What an option names is there, or is one of its words: invented, it is refused, and never an empty table and 0."""

from uuid import UUID

import click
import pytest

from cli.typed.commands import Command
from tests.cli.shell import Shell
from tests.cli.typed.tree import leaves

INVENTED = ("no-such-thing", str(UUID(int=77)), "202010159323.0")
"""A word, an id and a patent's number, well formed, that nothing here has."""
WRITES = frozenset(
    {
        ("party", "add"),
        ("party", "erase"),
        ("party", "profile"),
        ("document", "add"),
        ("patent", "add"),
        ("audit", "seal"),
        ("audit", "stamp"),
        ("audit", "take-back"),
        ("audit", "retain"),
        ("calendar", "propose"),
        ("calendar", "approve"),
        ("calendar", "withdraw"),
        ("pass-day",),
        ("deliver",),
        ("import",),
        ("repair",),
        ("demo",),
        ("up",),
        ("backup",),
        ("restore",),
        ("settlement", "schedule"),
        ("rules", "lock"),
    }
)
"""What asks for acts or writes; its values are judged by models and registers, with tests of their own."""
ACTS = ("declaration", "licence", "payout", "settlement")
ANOTHERS = (("audit", "psql"),)
FREE = {
    ("list", "--title"): "a part of a title is looked for",
    ("party list", "--name"): "a part of a name is looked for",
    ("export receipts", "--out"): "a file that is written",
    ("package", "--out"): "a folder that is written",
    ("rules schema", "--out"): "a folder that is written",
    ("rules whatif", "--out"): "a folder that is written",
    ("audit sample", "-o"): "a file that is written",
    ("audit tables", "-o"): "a folder that is written",
    ("audit report", "-o"): "a folder that is written",
    ("audit process", "--ocel"): "a file that is written",
    ("audit process", "--xes"): "a file that is written",
}
"""Options that take any text, and why."""
NEEDED = {"--provision": "art. 45(1)(1)", "--scheme": "SZ-2021-UNIV-5PCT", "--as-of": "2026-11-20", "YEAR": "2027"}
"""What another option of the same command needs beside it, well formed."""


def reading() -> list[tuple[tuple[str, ...], Command]]:
    """Every command that only reads."""
    return [
        (words, command)
        for words, command in leaves()
        if words not in (*WRITES, *ANOTHERS) and not (words[0] in ACTS and len(words) > 1)
    ]


def valued(command: click.Command) -> list[click.Option]:
    """The options that take a value."""
    return [one for one in command.params if isinstance(one, click.Option) and not (one.is_flag or one.count)]


ASKED = [(words, command, option) for words, command in reading() for option in valued(command)]


def test_every_command_that_is_left_out_is_there() -> None:
    assert {words for words, _ in leaves()} >= WRITES
    assert {(" ".join(words), option.opts[0]) for words, _, option in ASKED} >= set(FREE)
    assert len(ASKED) > 40


@pytest.mark.parametrize("invented", INVENTED)
async def test_an_invented_value_of_an_option_of_whatever_reads_is_refused(
    surroundings: str, shell: Shell, invented: str
) -> None:
    taken = []
    for words, command, option in ASKED:
        if (" ".join(words), option.opts[0]) in FREE:
            continue
        beside = []
        for one in command.params:
            known = NEEDED.get(one.opts[0], NEEDED.get(str(one.metavar)))
            if one is not option and one.required and known is not None:
                beside += [one.opts[0], known] if isinstance(one, click.Option) else [known]
            elif isinstance(one, click.Argument) and one.required:
                beside.append(str(UUID(int=77)))
        ended = await shell(*words, *beside, option.opts[0], *[invented] * option.nargs, "--json")
        if ended.code not in (2, 64) or "refused" not in ended.json:
            taken.append((words, option.opts[0], ended.code, ended.out[:200]))
    assert taken == []


@pytest.mark.parametrize("invented", INVENTED)
async def test_an_invented_argument_of_whatever_reads_is_refused(
    surroundings: str, shell: Shell, invented: str
) -> None:
    taken = []
    for words, command in reading():
        if any(isinstance(one, click.Argument) for one in command.params):
            needed = [
                word
                for one in valued(command)
                if one.required and one.opts[0] in NEEDED
                for word in (one.opts[0], NEEDED[one.opts[0]])
            ]
            ended = await shell(*words, invented, *needed, "--json")
            if ended.code == 0:
                taken.append((words, ended.code, ended.out[:200]))
    assert taken == []


async def test_what_was_meant_is_told_first(surroundings: str, shell: Shell) -> None:
    for name in ("某通信公司", "某大学"):
        assert (await shell("party", "add", "--organisation", "--name", name)).code == 0
    for words, nearest in (
        (("list", "--party", "某通讯公司"), "某通信公司"),
        (("entitlements", "--scheme", "SZ-2021-UNIV-5PC"), "SZ-2021-UNIV-5PCT"),
        (("audit", "log", "--act", "give-notise"), "give-notice"),
        (("yuan", "--provision", "Patent Law art. 500"), "Patent Law art. "),
        (("list", "--stage", "in-force"), "in_force"),
    ):
        ended = await shell(*words, "--json")
        assert ended.code in (2, 64), words
        told = ended.json["refused"][0]["remedy_en"]
        assert told.partition(": ")[2].startswith(nearest), (words, told)
