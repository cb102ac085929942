"""The commands of both READMEs, typed as they stand."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.settings import ROOT

_NOT_OURS = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "AUDIT_DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_PROFILE")


def _commands(readme: str) -> str:
    """The first steps, and the auditor's first five minutes after them."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    steps, audit, *_ = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return f"{steps}{audit}"


def _without_remarks(commands: str) -> list[str]:
    return [re.split(r" +# ", line)[0].rstrip() for line in commands.splitlines() if not line.startswith("#")]


def test_both_readmes_have_the_same_commands() -> None:
    assert _without_remarks(_commands("README.md")) == _without_remarks(_commands("README.zh-CN.md"))


def test_the_first_steps_lead_to_an_effective_licence_and_a_true_record(server_folder: Path) -> None:
    home = server_folder / f"first-steps-{secrets.token_hex(4)}"
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    environment["OPEN_LICENCE_VAR"] = str(home)
    commands = _commands("README.md").replace(".venv/bin/python", sys.executable)
    with (server_folder / f"{home.name}.log").open("w") as log:
        up = subprocess.Popen(
            [sys.executable, "starter.py", "up", "--json"],
            cwd=ROOT,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=log,
        )
    try:
        assert up.stdout is not None
        assert up.stdout.readline(), "make up said nothing"
        typed = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", f"{commands}\nask list --json > '{home}/list.json'"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert typed.returncode == 0, typed.stdout + typed.stderr
        stages = {one["kind"]: one["stage"] for one in json.loads((home / "list.json").read_text(encoding="utf-8"))}
        assert stages == {"declaration": "in_force", "licence": "effective"}
    finally:
        up.terminate()
        up.communicate(timeout=90)
        subprocess.run([sys.executable, "-m", "runtime", "clean"], cwd=ROOT, env=environment, check=True)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_command_of_the_makefile(readme: str) -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [target for target in targets if target != "help" and f"`make {target}`" not in text] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_two_commands_stand_in_the_first_screen(readme: str) -> None:
    screen = (ROOT / readme).read_text(encoding="utf-8").splitlines()[:16]
    assert {line.split("  ")[0] for line in screen} >= {"make demo", "make test"}
