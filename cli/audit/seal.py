"""``audit seal``: what a worker does every few seconds, now."""

import asyncio

from audit.code_version import code_version
from audit.sealing.append import Sealed
from audit.sealing.append import seal as seal_all
from cli.output import json_option, put_json, put_pairs
from cli.reading import reading
from cli.typed.commands import worded_command
from runtime.settings import Settings
from schemas.values.canonical import plain


@worded_command()
@json_option
def seal(as_json: bool) -> None:
    """Adds what is new to the log, signs it and publishes it."""
    settings = Settings.read()

    async def sealed() -> Sealed:
        async with reading(settings) as pool:
            return await seal_all(pool, settings, code_version())

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
