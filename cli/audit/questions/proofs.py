"""``audit recompute`` and ``audit conform``: the law, and the order of things, run again over what was recorded."""

from uuid import UUID

import click

from audit.conform import Conformance, conform_filings
from audit.recompute import recompute_filings
from audit.report import Report
from cli.audit.questions.answering import Step, answered, put_model
from cli.output import head, json_option, named, put_json, put_pairs, put_table
from cli.reads.recorded import path_said, recorded
from cli.typed.commands import worded_command
from cli.typed.language import spoken
from cli.typed.mistakes import mistyped
from client.meant import filing_meant
from database.pool import Pool
from texts.citations import article_in


async def _meant(pool: Pool, filings: tuple[str, ...]) -> list[UUID]:
    async with pool.acquire() as connection:
        return [(await filing_meant(connection, one))[0] for one in filings]


def _check(filings: tuple[str, ...], every: bool) -> None:
    if every and filings:
        raise mistyped("all_and_named", "--all", given=" ".join(filings))


@worded_command()
@click.argument("filings", nargs=-1, metavar="[FILING ...]")
@click.option("--all", "every", is_flag=True)
@json_option
def recompute(filings: tuple[str, ...], every: bool, as_json: bool) -> int:
    """Every determination from its own inputs and values, every position from its facts."""
    _check(filings, every)

    async def ask(pool: Pool, step: Step) -> Report:
        return await recompute_filings(pool, await _meant(pool, filings), step)

    report = answered(ask)
    if as_json:
        put_json(report.as_json())
    else:
        put_pairs("agrees" if report.ok else "differs", report.counts)
        if not report.ok:
            put_table(
                "differences",
                ("filing", "where", "proved", "found"),
                [
                    (one.filing_id, path_said(one.where), recorded("proved", one.proved), recorded("found", one.found))
                    for one in report.differences
                ],
            )
    return 0 if report.ok else 1


@worded_command()
@click.argument("filings", nargs=-1, metavar="[FILING ...]")
@click.option("--all", "every", is_flag=True)
@json_option
def conform(filings: tuple[str, ...], every: bool, as_json: bool) -> int:
    """Every event from where it was recorded, by whom, against the lifecycle tables."""
    _check(filings, every)

    async def ask(pool: Pool, step: Step) -> Conformance:
        return await conform_filings(pool, await _meant(pool, filings), step)

    found = answered(ask)
    if as_json:
        put_model(found)
    else:
        put_pairs("agrees" if found.ok else "differs", found.counts)
        if not found.ok:
            put_table(
                "deviations",
                ("weight", "filing", "version", "act", "role", "what_2", "stage", "article", "yuan"),
                [
                    (
                        one.weight,
                        one.filing_id,
                        one.version,
                        named("acts", f"{one.filing_kind}.{one.act}"),
                        named("roles", one.role),
                        head(one.what),
                        " -> ".join(named("stages", f"{one.filing_kind}.{stage}") for stage in one.stage.split(" -> ")),
                        article_in(one.article, spoken()),
                        one.money,
                    )
                    for one in found.deviations
                ],
            )
    return 0 if found.ok else 1
