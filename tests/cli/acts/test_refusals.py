"""Every act that law or state refuses, at a terminal and for programs: exit code 2, why, where, and what to do next."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from cli.demo.filings.filing import Filing
from database.pool import Pool
from schemas.acts.act import Act, FilingKind, PassDay, SurroundingsChanged
from schemas.acts.beginning import BEGINNINGS
from schemas.examples.bodies import acts_of, examples_of
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.table import check
from schemas.standing.answer import Answer, Head
from schemas.values.actor import AUTHORITIES, Role
from tests.cli.acts.at_a_desk import sit_down
from tests.cli.language import mixed
from tests.cli.shell import Ended, Shell
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World

ACTS = [(kind, model) for kind in FilingKind for model in acts_of(kind) if model is not PassDay]
NOBODY, SOMEBODY = str(UUID(int=9)), str(UUID(int=5))
SAMPLE = ("示例",)
"""What stands in examples for any text."""


def act_of(model: type[Act]) -> str:
    return str(model.model_fields["kind"].default)


def roles_of(kind: FilingKind, model: type[Act]) -> list[Role]:
    return [role for row in LIFECYCLES[kind].rows_of(act_of(model)) for role in row.roles]


class Told(NamedTuple):
    """What a story asked for and was granted."""

    filing: Filing
    act: Act
    head: Head


class Asking:
    """Asks by commands, and keeps what is wrong with the way in which they are refused."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        self._shell, self._file = shell, folder / "body.json"
        self.wrong: set[tuple[object, ...]] = set()
        self.codes: set[str] = set()

    async def ended(self, kind: FilingKind, model: type[Act], body: dict[str, Any], filing: object, *how: str) -> Ended:
        self._file.write_text(json.dumps(body), encoding="utf-8")
        named = () if model in BEGINNINGS else (filing,)
        return await self._shell(kind.value, act_of(model).replace("_", "-"), *named, self._file, *how)

    async def for_programs(self, kind: FilingKind, model: type[Act], body: dict[str, Any], filing: object) -> None:
        ended = await self.ended(kind, model, body, filing, "--json")
        if ended.code == 0:
            return
        if ended.code != 2 or "Traceback" in ended.err:
            self.wrong.add((kind, act_of(model), ended.code, ended.out, ended.err))
            return
        for one in ended.json["refused"]:
            self.codes.add(one["code"])
            for language in ("zh", "en"):
                for text in (one[language], one[f"remedy_{language}"]):
                    if not text.strip() or "?" in text or mixed(text, language, SAMPLE):
                        self.wrong.add((one["code"], language, text, *mixed(text, language, SAMPLE)))

    async def at_a_terminal(
        self, kind: FilingKind, model: type[Act], body: dict[str, Any], filing: object, language: str
    ) -> None:
        ended = await self.ended(kind, model, body, filing, "--lang", language)
        lines = [line for line in ended.err.splitlines() if line.startswith("  ")]
        has_remedy = any(line.startswith("  → ") for line in lines)
        found = mixed("\n".join(lines), language, SAMPLE)
        if ended.code != 2 or ended.out or not has_remedy or found or "Traceback" in ended.err:
            self.wrong.add((kind, act_of(model), ended.code, ended.err, *found))


@pytest.fixture
async def told(surroundings: str, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> list[Told]:
    """Everything that was asked for in all stories; from then on commands ask at the same desk."""
    desk, granted = Desk(pool), list[Told]()

    async def ask(filing: Filing, act: Act) -> Answer:
        answer = await desk.ask(filing, act)
        granted.append(Told(filing, act, answer.head))
        return answer

    for name, story in STORIES.items():
        await story(ask, await World(name).write(pool))
    sit_down(desk, monkeypatch)
    return granted


def refused_there(told: list[Told], kind: FilingKind, model: type[Act]) -> Iterator[tuple[UUID, Role]]:
    """Filings, as their stories ended, where the table has no such act for somebody who is no authority."""
    last = {one.filing.filing_id: one for one in told if one.filing.kind is kind}
    for one in last.values():
        for role in roles_of(kind, model):
            if role not in AUTHORITIES and _is_out_of_turn(one, model, role):
                yield one.filing.filing_id, role


def _is_out_of_turn(one: Told, model: type[Act], role: Role) -> bool:
    table, head = LIFECYCLES[one.filing.kind], one.head
    return check(table, head.stage, head.tracks.stages(), act_of(model), role, is_known=True) is not None


async def test_every_act_that_is_refused_is_told_why_and_what_to_do(
    told: list[Told], shell: Shell, tmp_path: Path
) -> None:
    asking, out_of_turn = Asking(shell, tmp_path), 0
    for kind, model in ACTS:
        body = next(iter(examples_of(model).values()))
        mine = roles_of(kind, model)[0]
        by = {"role": mine, "party_id": SOMEBODY, "organisation_id": SOMEBODY}
        if model not in BEGINNINGS:
            await asking.at_a_terminal(kind, model, body | {"by": by}, NOBODY, "en")
            for filing, role in islice(refused_there(told, kind, model), 1):
                await asking.for_programs(kind, model, body | {"by": by | {"role": role}}, filing)
                out_of_turn += 1
        somewhere = next(one.filing.filing_id for one in told if one.filing.kind is kind)
        if model is SurroundingsChanged:
            continue  # where nothing has changed it is no fact, whoever tells it
        foreign = next(role for role in Role if role not in roles_of(kind, model))
        await asking.at_a_terminal(kind, model, body | {"by": by | {"role": foreign}}, somewhere, "zh")
        await asking.for_programs(kind, model, body | {"by": by | {"role": foreign}}, somewhere)
    last = {(one.filing.kind, type(one.act)): one for one in told if not isinstance(one.act, PassDay)}
    for (kind, model), asked in last.items():
        body = asked.act.model_dump(mode="json", exclude={"act_id", "filing_id", "kind"})
        await asking.for_programs(kind, model, body, asked.filing.filing_id)
    assert not asking.wrong, "\n".join(map(str, sorted(asking.wrong, key=str)))
    assert {"role_not_allowed", "act_not_allowed_now"} <= asking.codes
    assert out_of_turn > 40
    assert len(asking.codes) > 12, sorted(asking.codes)


async def test_a_number_that_no_filing_has_is_told_before_anything_is_asked(
    surroundings: str, pool: Pool, shell: Shell, tmp_path: Path
) -> None:
    asking = Asking(shell, tmp_path)
    for kind in FilingKind:
        model = next(model for model in acts_of(kind) if model not in BEGINNINGS and model is not PassDay)
        body = next(iter(examples_of(model).values()))
        body |= {"by": {"role": roles_of(kind, model)[0], "party_id": SOMEBODY}}
        await asking.for_programs(kind, model, body, "K-999")
        for language in ("zh", "en"):
            await asking.at_a_terminal(kind, model, body, "K-999", language)
    assert not asking.wrong, asking.wrong
    assert asking.codes == {"nothing_of_that_number"}
