"""``audit seal``: what a worker does every few seconds, now; ``audit take-back``: goes on after a restore."""

import asyncio

import click

from audit.code_version import code_version
from audit.sealing.append import Sealed
from audit.sealing.append import seal as seal_all
from audit.sealing.taking_back import take_back as take_back_entries
from cli.ids import given_id, given_text
from cli.output import json_option, put_json, put_pairs
from cli.reading import reading
from cli.registers.writing import role_option, writing
from cli.typed.commands import worded_command
from runtime.settings import Settings
from schemas.values.actor import Actor, Role
from schemas.values.canonical import plain


@worded_command()
@click.option("--again", is_flag=True)
@json_option
def seal(again: bool, as_json: bool) -> None:
    """Adds what is new to the log, signs it and publishes it."""
    settings = Settings.read()

    async def sealed() -> Sealed:
        async with reading(settings) as pool:
            return await seal_all(pool, settings, code_version(), again=again)

    done = asyncio.run(sealed())
    told = {
        "log_entries_added": done.added,
        "log_size": done.checkpoint.size if done.checkpoint else 0,
        "log_root": done.checkpoint.root.hex() if done.checkpoint else None,
        "at": done.checkpoint.made_at if done.checkpoint else None,
        "log_folder": str(settings.log_folder),
    }
    if as_json:
        put_json(plain(told))
    else:
        put_pairs("sealed", told)


@worded_command()
@click.option("--by", required=True, metavar="PARTY")
@click.option("--reason", required=True, metavar="TEXT")
@role_option
@json_option
def take_back(by: str, reason: str, role: str, as_json: bool) -> None:
    """Takes entries that a database which was set back had lost back from the published log, and goes on."""
    settings, who = Settings.read(), given_id(by, "--by")
    because = given_text(reason, "--reason")

    async def taken() -> int:
        async with writing("take_back_log", Actor(role=Role(role), party_id=who)), reading(settings) as pool:
            return await take_back_entries(pool, settings, who, because)

    told = {"entries_taken_back": asyncio.run(taken()), "log_folder": str(settings.log_folder)}
    if as_json:
        put_json(told)
    else:
        put_pairs("sealed", told)
