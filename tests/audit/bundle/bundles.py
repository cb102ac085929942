"""Bundles of stories, and how a stranger checks them."""

import json
import resource
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from audit.bundle.bag import bag, packed
from audit.bundle.record import Extraction, FilingRecord, Published, read_record
from database.pool import Pool
from database.registers.parties import Party, PartyKind
from tests.lives.desk import Desk
from tests.lives.telling import Story
from tests.lives.world import World

SECRET = "张三丰 Zhangsanfeng"
TAKEN = datetime(2026, 11, 29, 4, 0, tzinfo=UTC)


class NamedWorld(World):
    """In which persons have names, sealed as they are."""

    def parties(self) -> Iterator[Party]:
        for party in super().parties():
            is_person = party.kind is PartyKind.PERSON
            yield party.but(private={"name": f"{SECRET} {party.party_id.hex}"}) if is_person else party


async def told(pool: Pool, story: Story, seed: str) -> dict[str, UUID]:
    """The filings of a story by kind; of several of one kind the last."""
    desk = Desk(pool)
    await story(desk.ask, await NamedWorld(seed).write(pool))
    return {filing.kind.value: filing_id for filing_id, filing in desk.filings.items()}


async def record_of(
    auditor: Pool,
    filing_id: UUID,
    *,
    by: UUID | None = None,
    at: datetime = TAKEN,
    published: Published | None = None,
    with_documents: bool = True,
) -> FilingRecord:
    """The record of a filing, as it is taken out."""
    async with auditor.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        taken = Extraction(at, by, "tests")
        return await read_record(connection, filing_id, taken, published, with_documents=with_documents)


def changed(bundle: Path, target: Path, changes: dict[str, bytes]) -> Path:
    """The bundle with other files, packed and listed again by somebody who knows how."""
    with zipfile.ZipFile(bundle) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()} | changes
    payload = {path.removeprefix("data/"): body for path, body in files.items() if path.startswith("data/")}
    info = dict(line.split(": ", 1) for line in files["bag-info.txt"].decode().splitlines())
    target.write_bytes(packed(bag(payload, {"verify.py": files["verify.py"]}, info), "bundle"))
    return target


@dataclass(frozen=True)
class Checked:
    """What the bundle's own program said, and the seconds of the processor that it took."""

    code: int
    said: Any
    seconds: float

    def codes(self, level: str) -> list[str]:
        return [one["code"] for one in self.said["found"] if one["level"] == level]


def checked_by_a_stranger(program: Path, bundle: Path, *arguments: str) -> Checked:
    """Runs the program with a bare Python: no environment, no site, nothing of ours on its path."""
    python = shutil.which("python3")
    assert python is not None
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [python, "-I", "-S", program, bundle, "--json", *arguments],
        cwd=program.parent,
        env={},
        capture_output=True,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.stderr == b"", done.stderr
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Checked(done.returncode, json.loads(done.stdout), seconds)
