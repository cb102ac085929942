"""``package``: a declaration in the order of the office's form, with its attachments, for whoever files at the office.

The engine never files by itself; a person takes this folder to the office's business system.
"""

import asyncio
from pathlib import Path
from uuid import UUID

import click

from cli.files.given import unwritable
from cli.ids import given_id
from cli.output import json_option, put_json, put_pairs
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice
from cli.typed.mistakes import only_with
from client.meant import filing_meant
from client.package.packaged import Package, Reader, packaged
from rules.filing.order import legal_order
from runtime.settings import Settings
from schemas.values.actor import Role


@worded_command()
@click.argument("filing", metavar="FILING")
@click.option("--out", metavar="DIR")
@click.option("--by", metavar="PARTY")
@click.option("--role", type=Choice([role.value for role in Role]), default=Role.LICENSOR.value)
@json_option
def package(filing: str, out: str | None, by: str | None, role: str, as_json: bool) -> None:
    """Writes the data of the declaration FILING as the office's form asks for it.

    Without --by persons stand in it with their ids only.
    """
    only_with(("--by",), "--role")
    reader = given_id(by, "--by") if by else None
    made = asyncio.run(_package(filing, reader, role))
    target = Path(out or f"package-{made.offer.patent_number}")
    _write(target, made)
    found = {
        "filing_id": str(made.filing_id),
        "patent_number": made.offer.patent_number,
        "path": str(target),
        "files": sorted(made.files),
    }
    if as_json:
        put_json(found)
    else:
        put_pairs("package", {**found, "files": "\n".join(sorted(made.files))})


async def _package(text: str, by: UUID | None, role: str) -> Package:
    settings = Settings.read()
    async with reading(settings) as pool, pool.acquire() as connection:
        filing_id, _ = await filing_meant(connection, text, "declaration")
        reader = None if by is None else Reader(by, role, settings.master_key())
        return await packaged(connection, filing_id, legal_order, reader)


def _write(target: Path, made: Package) -> None:
    try:
        if target.suffix.lower() == ".zip":
            with target.open("xb") as file:
                file.write(made.zipped())
            return
        target.mkdir(parents=True)
        (target / "attachments").mkdir()
        for name, body in made.files.items():
            (target / name).write_bytes(body)
    except OSError as error:
        raise unwritable(target, error) from error
