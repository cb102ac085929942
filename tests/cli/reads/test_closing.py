"""What closes a finding is told with a command that can be typed as it stands, once what nobody knows is filled in."""

import shlex
from datetime import date
from uuid import UUID

import click
import pytest

from cli.program import program
from cli.reads.closing.commands import Whose, commands_closing
from database.record.posting import Finding
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from tests.cli.deliver.deliveries import Platform, announcement
from tests.cli.shell import Shell
from tests.lives.declarations import DeclarationLife
from tests.lives.world import World
from texts.words import closing_rows

ABOUT, FILING, ABOVE = UUID(int=1), UUID(int=2), UUID(int=3)
ACTS = {f"{kind.value}.{row.act}" for kind, table in LIFECYCLES.items() for row in table.rows if not row.derived}
OF_ALL = {"correct_fact", "dismiss_finding"}


def finding(code: str) -> Finding:
    return Finding(f"{code}:{ABOUT}", code, {"act_id": str(ABOUT)}, date(2026, 11, 20))


def test_every_finding_names_acts_that_somebody_can_ask_for() -> None:
    wrong = [(code, act) for code, row in closing_rows().items() for act in row.acts if act not in ACTS | OF_ALL]
    assert wrong == []


@pytest.mark.parametrize("kind", FilingKind)
def test_every_command_that_closes_a_finding_can_be_typed(kind: FilingKind) -> None:
    for code in closing_rows():
        commands = commands_closing(finding(code), Whose(kind, FILING, ABOVE, {}))
        assert f"--finding {code}:{ABOUT}" in commands[-1], "what nothing closes two people dismiss"
        for command in commands:
            _, *words = shlex.split(command)
            node: click.Command = program
            while isinstance(node, click.Group):
                word = words.pop(0)
                found = node.get_command(click.Context(node), word)
                assert found is not None, command
                node = found
            node.make_context(node.name, words)


async def test_a_finding_is_shown_with_what_closes_it_and_ends_with_it(platform: Platform, shell: Shell) -> None:
    life = DeclarationLife(await World("never filed").write(platform.session.pool))
    await platform.session.ask(FilingKind.DECLARATION, life.submit())
    await platform.deliver(announcement(life))
    shown = (await shell("show", life.filing_id, "--json")).json
    (found,) = [one for one in shown["findings"] if one["code"] == "announced_without_recorded_filing"]
    record, dismiss = found["commands"]
    assert record.startswith(f"starter.py declaration mark-filed {life.filing_id} ")
    assert dismiss.startswith(f"starter.py declaration dismiss-finding {life.filing_id} --finding {found['key']} ")
    for language, words in (("zh", "或者由两人附理由了结"), ("en", "or two people dismiss it, with a reason")):
        page = await shell("show", life.filing_id, "--lang", language)
        assert words in page.out
        assert f"dismiss-finding {life.filing_id}" in page.out
