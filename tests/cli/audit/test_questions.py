"""The auditor's questions at the command line: one document with ``--json``, one language, and how they end."""

import re
from collections.abc import Awaitable, Callable

import pytest

from database.pool import Pool
from database.record.sequencer import sequence
from tests.audit.forging import Forger
from tests.cli.shell import Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World

CHINESE = re.compile("[⺀-鿿]")
ASKED = (
    ("recompute",),
    ("recompute", "--all"),
    ("conform",),
    ("exceptions",),
    ("duties",),
    ("gaps", "--as-of", "2026-06-01"),
    ("cutoff", "--year", "2026"),
    ("prior", "--year", "2027"),
)
Told = Callable[..., Awaitable[World]]


@pytest.fixture
def told(surroundings: str, pool: Pool) -> Told:
    """Tells stories in one world, and numbers their events."""

    async def tell(*names: str) -> World:
        world = World(names[0])
        for name in names:
            world = await World(name).write(pool)
            await STORIES[name](Desk(pool).ask, world)
        async with pool.acquire() as connection:
            while await sequence(connection):
                pass
        return world

    return tell


async def test_every_question_is_answered_as_one_document_and_in_one_language(told: Told, shell: Shell) -> None:
    await told("inventors_are_paid")
    for words in ASKED:
        ended = await shell("audit", *words, "--json")
        assert (ended.code, ended.err) == (0, ""), words
        assert isinstance(ended.json, dict), words
        english = await shell("audit", *words, "--lang", "en")
        assert english.code == 0
        assert not CHINESE.search(english.out), words
        chinese = await shell("audit", *words, "--lang", "zh")
        assert CHINESE.search(chinese.out), words


async def test_a_filing_is_named_by_its_patent_too(told: Told, shell: Shell) -> None:
    world = await told("an_instalment_is_waived")
    for proof in ("recompute", "conform"):
        ended = await shell("audit", proof, str(world.patent_number), "--json")
        assert (ended.code, ended.json["counts"]["declarations"]) == (0, 1)
        both = await shell("audit", proof, str(world.patent_number), "--all", "--json")
        assert (both.code, both.json["refused"][0]["code"]) == (64, "all_and_named")


async def test_the_terms_of_a_patent_are_shown_with_what_each_licensee_paid(told: Told, shell: Shell) -> None:
    world = await told("an_instalment_is_waived")
    ended = await shell("audit", "equal", str(world.patent_number), "--json")
    assert ended.code == 0
    (licence,) = ended.json["licences"]
    assert licence["licensee"] == str(world.party("licensee"))
    assert licence["given_up"] != "0.00"
    read = await shell("audit", "equal", str(world.patent_number))
    assert "licensees" in read.out
    assert licence["given_up"] in read.out


async def test_exceptions_of_one_person_are_asked_for_by_id(told: Told, shell: Shell) -> None:
    world = await told("an_instalment_is_waived")
    ended = await shell("audit", "exceptions", "--by", world.party("second_licensor"), "--json")
    assert [one["act"] for one in ended.json["rows"]] == ["waive"]


async def test_a_difference_ends_with_one(told: Told, shell: Shell, tampering: Forger) -> None:
    await told("inventors_are_paid")
    await tampering.execute("DELETE FROM sequence_numbers WHERE sequence_number = 2")
    ended = await shell("audit", "gaps", "--as-of", "2026-06-01")
    assert ended.code == 1
    assert "sequence number" in ended.out
    await tampering.execute("UPDATE filings SET stage = 'paid', position = position || '{\"stage\": \"paid\"}'")
    for proof in ("recompute",):
        ended = await shell("audit", proof)
        assert ended.code == 1
        assert "position.stage" in ended.out
