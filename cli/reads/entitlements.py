"""``entitlements``: what receipts would bring under the schemes of their owners' regions, before anybody claims."""

import asyncio
from dataclasses import asdict
from typing import Any

import click

from cli.output import head, json_option, put_json, put_table
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.mistakes import mistyped, nearest_first
from client.meant import party_meant
from database.pool import Connection
from database.standing.entitlements import EntitlementLine, YearKey, lines_of_year, list_years
from runtime.settings import Settings
from schemas.values.money import Money


@worded_command()
@click.option("--scheme", metavar="SCHEME")
@click.option("--beneficiary", metavar="PARTY")
@click.option("--year", type=Whole(1985, 2199))
@click.option("--lines", is_flag=True)
@json_option
def entitlements(scheme: str | None, beneficiary: str | None, year: int | None, lines: bool, as_json: bool) -> None:
    """Provisional entitlements under reward schemes, by beneficiary and year."""
    found = asyncio.run(_read(scheme, beneficiary, year, lines))
    if as_json:
        put_json(
            [
                {
                    **asdict(key),
                    "base": str(Money(base)),
                    "payable": str(Money(payable)),
                    "lines": [{**asdict(line), "key": None, "fen": line.fen} for line in own],
                }
                for key, base, payable, own in found
            ]
        )
        return
    put_table(
        f"{head('provisional_entitlements')} ({len(found)})",
        ("scheme", "beneficiary", "year_2", "base", "payable"),
        [(key.scheme, key.beneficiary, key.year, Money(base), Money(payable)) for key, base, payable, _ in found],
    )
    for key, _, _, own in found:
        if own:
            put_table(
                f"{key.scheme} {key.year} {key.beneficiary}",
                ("receipt_2", "line_2", "assumed"),
                [(", ".join(line.item_ids), Money(line.fen), "; ".join(line.assumed)) for line in own],
            )


async def _read(
    scheme: str | None, beneficiary: str | None, year: int | None, lines: bool
) -> list[tuple[YearKey, int, int, list[EntitlementLine]]]:
    found: list[Any] = []
    async with reading(Settings.read()) as pool, pool.acquire() as connection:
        whose = None if beneficiary is None else await party_meant(connection, beneficiary, "--beneficiary")
        key_of = None if whose is None else whose.credit_code or str(whose.party_id)
        years = await list_years(connection, scheme, key_of, year)
        if not years and scheme is not None:
            await _check_scheme(connection, scheme)
        for key, base, payable in years:
            found.append((key, base, payable, await lines_of_year(connection, key) if lines else []))
    return found


async def _check_scheme(connection: Connection, scheme: str) -> None:
    """A scheme that this release has is known before anything rests on it; one of an older release by what did."""
    from rules.schemes.catalogue import bundled_schemes  # only whoever finds nothing waits for the schemes

    known = bundled_schemes()
    if scheme not in known and not await list_years(connection, scheme):
        raise mistyped("scheme_unknown", "--scheme", scheme=scheme, known=", ".join(nearest_first(scheme, known)))
