"""What is done stays done, and is told, when nobody can take the answer."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from uuid import uuid4

import pytest

import cli.program
from runtime.leave import Output
from tests.cli.offers import add_to_register, submit
from tests.cli.shell import Shell

FULL = "/dev/full"
Lost = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> Lost:
    """Runs a command whose standard output is a full disk: its exit code, and what it says on standard error."""
    monkeypatch.setattr(cli.program, "configure_logs", lambda: None)

    async def run(*arguments: object) -> tuple[int, str]:
        err = io.StringIO()
        out = io.TextIOWrapper(io.BufferedWriter(Output(FULL, "w")), "utf-8")
        with redirect_stdout(out), redirect_stderr(err):
            code = await asyncio.to_thread(cli.program.run, [str(one) for one in arguments])
        out.buffer.raw.close()  # or what is still in the buffer would be tried once more
        return code, err.getvalue()

    return run


@pytest.mark.parametrize("how", [(), ("--json",)], ids=["for people", "as JSON"])
async def test_an_act_whose_answer_cannot_be_written_is_told_as_done_and_read_again_by_its_id(
    served: None, people: dict[str, str], evidence: str, shell: Shell, lost: Lost, tmp_path: Path, how: tuple[str, ...]
) -> None:
    await add_to_register(shell)
    act = str(uuid4())
    asked = (*(one for one in submit(people, evidence, tmp_path) if one != "--json"), "--act-id", act)
    code, said = await lost(*asked, *how)
    assert code == 74
    assert "No space left on device" in said
    assert f"--act-id {act}" in said
    again = await shell(*asked, "--json")
    assert (again.code, again.json["act_id"]) == (0, act)
    assert f"starter.py show {again.json['filing_id']}" in said
    assert again.json["head"]["version"] == 1


async def test_a_party_whose_new_id_cannot_be_written_is_not_added_twice(
    surroundings: str, shell: Shell, lost: Lost
) -> None:
    code, said = await lost("party", "add", "--person", "--name", "张三")
    assert code == 74
    party = said.rpartition("--party-id ")[2].split()[0]
    again = await shell("party", "add", "--person", "--name", "张三", "--party-id", party, "--json")
    assert again.json == {"party_id": party, "kind": "person", "new": False, "warnings": []}


async def test_a_refusal_that_cannot_be_written_stays_a_refusal_with_its_reason(surroundings: str, lost: Lost) -> None:
    code, said = await lost("show", uuid4(), "--json")
    assert code == 2
    assert "filing_unknown" in said


async def test_what_was_only_read_is_not_called_done(surroundings: str, lost: Lost) -> None:
    code, said = await lost("list")
    assert code == 74
    assert said == "the output could not be written: No space left on device\n"
    code, said = await lost("--lang", "zh", "list")
    assert (code, said) == (74, "输出无法写出\n")
