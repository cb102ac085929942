"""``entitlements``: what receipts would bring under the schemes of their owners' regions, before anybody claims."""

import asyncio
from dataclasses import asdict
from typing import Any

import click

from cli.output import head, json_option, put_json, put_table
from cli.reading import reading
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from database.standing.entitlements import EntitlementLine, YearKey, lines_of_year, list_years
from runtime.settings import Settings
from schemas.values.money import Money


@worded_command()
@click.option("--scheme")
@click.option("--beneficiary")
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
        for key, base, payable in await list_years(connection, scheme, beneficiary, year):
            found.append((key, base, payable, await lines_of_year(connection, key) if lines else []))
    return found
