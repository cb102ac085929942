"""``audit proof``, ``check-proof``, ``consistency``, ``log-key``: what an outsider needs to check the log himself."""

import asyncio

import click

from audit.sealing.folder import LogFolder
from audit.sealing.key import new_key
from audit.sealing.proving import consistency_since, entry_proved, proof_of_event
from audit.transparency.notes import Verifier, verifier_of
from audit.transparency.proofs import Proof, put_hashes
from audit.verify.everything import verifier_known
from cli.audit.sealed.texts_given import text_of
from cli.output import json_option, put_json, put_pairs
from cli.reading import pooled
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from client.meant import filing_meant
from database.record.event_log import head_of_known
from runtime.settings import Settings
from runtime.stack import audit_database_url
from schemas.values.refusal import refuse


@worded_command()
@click.argument("filing", metavar="FILING")
@click.argument("version", type=Whole(min=1), required=False, metavar="[VERSION]")
@json_option
def proof(filing: str, version: int | None, as_json: bool) -> None:
    """That an event of a filing is in the log, as a file that proves it without us."""
    settings = Settings.read()

    async def made() -> Proof:
        async with pooled(audit_database_url(settings), "AUDIT_DATABASE_URL") as pool, pool.acquire() as connection:
            filing_id, _ = await filing_meant(connection, filing)
            head = (await head_of_known(connection, filing_id, "FILING")).version
            if version and version > head:
                raise refuse("version_not_reached", "VERSION", version=version, head=head)
            folder = LogFolder(settings.log_folder)
            return await proof_of_event(connection, folder, _verifier(settings), filing_id, version or head)

    found = asyncio.run(made())
    if as_json:
        put_json({"proof": str(found), "position": found.index, "log_size": found.checkpoint.size})
    else:
        print(found, end="")


@worded_command()
@click.argument("file", metavar="FILE")
@click.option("--key", metavar="KEY")
@json_option
def check_proof(file: str, key: str | None, as_json: bool) -> None:
    """Whether such a file proves what it says."""
    text = text_of(file)
    found = entry_proved(text, verifier_of(key) if key else _verifier(Settings.read()))
    if as_json:
        put_json(found)
    else:
        put_pairs("proved_entry", found)


@worded_command()
@click.argument("old_size", type=Whole(min=1), metavar="SIZE")
@json_option
def consistency(old_size: int, as_json: bool) -> None:
    """That the log of that size is the beginning of the log of today."""
    settings = Settings.read()
    found = asyncio.run(consistency_since(LogFolder(settings.log_folder), _verifier(settings), old_size))
    if as_json:
        put_json(found.as_json())
    else:
        root, hashes = put_hashes([found.old_root]), put_hashes(found.hashes)
        print(f"old {found.old}", root, hashes, found.checkpoint, sep="\n", end="")


@worded_command()
@click.option("--new", is_flag=True)
@json_option
def log_key(new: bool, as_json: bool) -> None:
    """The key by which others prove the log's checkpoints."""
    if new:
        secret = new_key().secret()
        put_json({"secret": secret}) if as_json else print(secret)
        return
    verifier = _verifier(Settings.read())
    if as_json:
        put_json({"key": str(verifier), "log": verifier.name})
    else:
        print(verifier)


def _verifier(settings: Settings) -> Verifier:
    found = verifier_known(settings)
    if found is None:
        raise refuse("log_key_unknown", "key", folder=settings.log_folder)
    return found
