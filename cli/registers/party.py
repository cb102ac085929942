"""``party``: whom acts name. What identifies a person is sealed under a key of its own, and can be erased."""

import asyncio
from typing import Any
from uuid import UUID

import click

from cli.acts.fields import with_fields
from cli.done import note
from cli.files.body import read_body
from cli.ids import given_day, given_id
from cli.output import head, json_option, put_json, put_pairs, put_reasons, sentence
from cli.reading import reading
from cli.registers.known_parties import list_known, show_known
from cli.registers.writing import role_option
from cli.typed.commands import worded_group
from cli.typed.mistakes import as_typed
from client.registering import Registered, register_party
from database.registers.audit_log import write_audit
from database.registers.parties import PartyKind, erase
from database.standing.entitlements import Profile, add_profile
from runtime.settings import Settings
from schemas.lifecycle.registers import check_writer
from schemas.values.actor import Role
from schemas.values.refusal import Refused, refusal
from schemas.wire.form import filled
from texts.words import refusal_json


@worded_group()
def party() -> None:
    """Persons and organisations."""


party.add_command(list_known)
party.add_command(show_known)


@party.command()
@click.argument("body", required=False, metavar="[BODY]")
@click.option("--organisation", "kind", flag_value=PartyKind.ORGANISATION.value)
@click.option("--person", "kind", flag_value=PartyKind.PERSON.value)
@click.option("--name")
@click.option("--credit-code")
@click.option("--private", "private", multiple=True, metavar="NAME=VALUE")
@click.option("--party-id", metavar="ID")
@json_option
def add(
    body: str | None,
    kind: str | None,
    name: str | None,
    credit_code: str | None,
    private: tuple[str, ...],
    party_id: str | None,
    as_json: bool,
) -> None:
    """Registers a party and prints its id; the same party again changes nothing.

    BODY is a JSON or YAML file (- for standard input): party_id, kind, public_name, credit_code, private.
    """
    given = read_body(body) if body else {}
    given |= {
        field: value
        for field, value in {"kind": kind, "credit_code": credit_code, "party_id": party_id}.items()
        if value
    }
    sealed: Any = given.get("private", {})
    if isinstance(sealed, dict):
        sealed = with_fields(sealed, private)
        if name and given.get("kind") == PartyKind.PERSON:
            sealed["name"] = name
        elif name:
            given["public_name"] = name
        given["private"] = sealed
    typed = {"kind": "--person", "credit_code": "--credit-code", "party_id": "--party-id", "public_name": "--name"}
    try:
        added = asyncio.run(_add(given))
    except Refused as refused:
        raise refused if body else Refused(*as_typed(refused.refusals, typed)) from refused
    new = added.party
    found = {"party_id": str(new.party_id), "kind": new.kind.value, "new": added.is_new}
    warnings = [refusal("organisation_of_that_name", "name", name=new.public_name, party_id=one) for one in added.alike]
    if as_json:
        put_json(found | {"warnings": [refusal_json(one) for one in warnings]})
    else:
        put_pairs("party", found)
        put_reasons("warning", warnings, error=False)


@party.command(name="erase")
@click.argument("party_id", metavar="PARTY")
@click.option("--by", required=True, metavar="PARTY")
@role_option
@json_option
def erase_party(party_id: str, by: str, role: str, as_json: bool) -> None:
    """Deletes a person's key for good; the party, its id and every proof stay."""
    whom, who = given_id(party_id, "PARTY"), given_id(by, "--by")
    if (no := check_writer("erase_party", Role(role))) is not None:
        raise Refused(no)
    was_there = asyncio.run(_erase(whom, who, role))
    if as_json:
        put_json({"party_id": str(whom), "erased": was_there})
    else:
        put_pairs(
            "party", {"party_id": whom, "result": head("key_deleted" if was_there else "there_was_no_key_any_more")}
        )


@party.command()
@click.argument("party_id", metavar="PARTY")
@click.option("--kind", required=True)
@click.option("--region", required=True)
@click.option("--from", "from_on", required=True, metavar="DAY")
@click.option("--by", required=True, metavar="PARTY")
@json_option
def profile(party_id: str, kind: str, region: str, from_on: str, by: str, as_json: bool) -> None:
    """What an organisation is for reward schemes, from a day on."""
    new = filled(
        Profile,
        {
            "party_id": str(given_id(party_id, "PARTY")),
            "from_on": given_day(from_on, "--from").isoformat(),
            "kind": kind,
            "region": region,
        },
    )
    is_new = asyncio.run(_profile(new, given_id(by, "--by")))
    found = {**new.model_dump(mode="json"), "new": is_new}
    if as_json:
        put_json(found)
    else:
        put_pairs("party", found)


async def _profile(new: Profile, by: UUID) -> bool:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        is_new = await add_profile(connection, new, by)
    note(sentence("done_profile", id=new.party_id), sentence("done_again"))
    return is_new


async def _add(given: dict[str, Any]) -> Registered:
    settings = Settings.read()
    async with reading(settings) as pool, pool.acquire() as connection:
        added = await register_party(connection, settings.master_key(), given)
    party_id = added.party.party_id
    note(sentence("done_party", id=party_id), sentence("done_again_with", option="--party-id", id=party_id))
    return added


async def _erase(whom: UUID, who: UUID, role: str) -> bool:
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        try:
            was_there = await erase(connection, whom, who, role)
        except Refused as refused:
            await write_audit(connection, who, role, "erase_party", "refused", act_id=whom, refusals=refused.refusals)
            raise
    note(sentence("done_erased", id=whom), sentence("done_again"))
    return was_there
