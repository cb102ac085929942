"""``audit hold``: what a court or an auditor asks to be kept; a hold wins over every deletion until two release it."""

import asyncio
from dataclasses import asdict
from uuid import UUID

import click

from cli.ids import given_id
from cli.output import head, json_option, put_json, put_table
from cli.reading import reading
from cli.registers.writing import role_option, writing
from cli.typed.commands import worded_command
from cli.typed.mistakes import mistyped
from database.evidence.holds import Hold, holds_in_force, place_hold, release_hold
from runtime.settings import Settings
from schemas.values.actor import Actor, Role


@worded_command()
@click.argument("filing", required=False, metavar="[FILING]")
@click.option("--reason")
@click.option("--release", "is_release", is_flag=True)
@click.option("--by", metavar="PARTY")
@role_option
@json_option
def hold(filing: str | None, reason: str | None, is_release: bool, by: str | None, role: str, as_json: bool) -> None:
    """Lists holds; with FILING holds it and all below it, or releases it, which takes two people."""
    if filing is not None:
        if not reason or not by:
            raise mistyped("option_needs", "FILING", one="FILING", other="--by" if reason else "--reason")
        who = Actor(role=Role(role), party_id=given_id(by, "--by"))
        asyncio.run(_written(given_id(filing, "FILING"), reason.strip(), is_release, who))
    elif is_release or reason or by:
        one = "--release" if is_release else "--reason" if reason else "--by"
        raise mistyped("option_needs", one, one=one, other="FILING")
    found = asyncio.run(_in_force())
    if as_json:
        put_json([asdict(one) for one in found])
        return
    put_table(
        f"{head('holds')} ({len(found)})",
        ("legal_hold", "filing", "filings_held", "reason", "since", "who", "released_by_one"),
        [
            (
                one.hold_id,
                one.filing_id,
                one.filings,
                one.reason,
                f"{one.placed_at:%Y-%m-%dT%H:%M:%SZ}",
                one.placed_by,
                one.released_by,
            )
            for one in found
        ],
    )


async def _written(named: UUID, reason: str, is_release: bool, who: Actor) -> None:
    async with writing("release_hold" if is_release else "hold", who) as connection:
        if is_release:
            await release_hold(connection, named, reason, who.party_id)
        else:
            await place_hold(connection, named, reason, who.party_id)


async def _in_force() -> list[Hold]:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        return await holds_in_force(connection)
