"""``party list`` and ``party show``: who is known, as everybody may see it; of a person nothing but the id."""

import asyncio
from dataclasses import asdict

import click

from cli.ids import given_text
from cli.output import head, json_option, put_json, put_pairs, put_table, sentence
from cli.reading import reading
from cli.reads.lists import put_filings
from cli.typed.commands import worded_command
from cli.typed.kinds import Choice, Whole
from client.meant import party_meant
from database.reads.lists import ListedFiling, list_filings
from database.reads.meant import ListedParty, list_parties
from database.registers.parties import PartyKind
from database.standing.entitlements import StatedProfile, profiles_stated
from runtime.settings import Settings


@worded_command("list")
@click.option("--kind", type=Choice([kind.value for kind in PartyKind]))
@click.option("--name", metavar="TEXT")
@click.option("--limit", type=Whole(1, 10_000), default=200, show_default=True)
@json_option
def list_known(kind: str | None, name: str | None, limit: int, as_json: bool) -> None:
    """Parties: organisations by name, then persons, whose names are sealed."""
    words = given_text(name, "--name") if name else None

    async def read() -> list[ListedParty]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            return await list_parties(connection, kind=kind, name=words, limit=limit)

    found = asyncio.run(read())
    if as_json:
        put_json([asdict(one) for one in found])
        return
    put_table(
        f"{head('parties')} ({len(found)})",
        ("id", "name", "credit_code", "kind"),
        [(one.party_id, one.public_name, one.credit_code, head(one.kind)) for one in found],
        leaves=("kind",),
    )


@worded_command("show")
@click.argument("party", metavar="PARTY")
@json_option
def show_known(party: str, as_json: bool) -> None:
    """One party, by its id, credit code or whole name, what it was stated to be, and the filings that are its own."""

    async def read() -> tuple[ListedParty, list[StatedProfile], list[ListedFiling]]:
        async with reading(Settings.read()) as pool, pool.acquire() as connection:
            meant = await party_meant(connection, party)
            stated = await profiles_stated(connection, meant.party_id)
            return meant, stated, await list_filings(connection, party=meant.party_id)

    known, profiles, filings = asyncio.run(read())
    if as_json:
        stated = [
            one.profile.model_dump(mode="json", exclude={"party_id"})
            | {"stated_by": one.stated_by, "stated_on": one.stated_on}
            for one in profiles
        ]
        put_json({**asdict(known), "profiles": stated, "filings": [asdict(one) for one in filings]})
        return
    sealed = f"({sentence('sealed')})" if known.kind == PartyKind.PERSON else None
    put_pairs(
        "party",
        {
            "id": known.party_id,
            "name": known.public_name or sealed,
            "credit_code": known.credit_code,
            "kind": head(known.kind),
        },
    )
    if profiles:
        put_table(
            head("profiles"),
            ("from_on", "kind", "region", "brought_on", "brought_by"),
            [
                (one.profile.from_on, one.profile.kind, one.profile.region, one.stated_on, one.stated_by)
                for one in profiles
            ],
        )
    put_filings(filings, as_json=False)
