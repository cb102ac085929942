"""``audit exceptions``, ``duties`` and ``gaps``: what was unusual, who did too much, and what is missing."""

import click

from audit.questions.duties import duties as kept_apart
from audit.questions.exceptions import Exceptional, Exceptions
from audit.questions.exceptions import exceptions as out_of_the_usual
from audit.questions.gaps import Gap
from audit.questions.gaps import gaps as missing
from cli.audit.questions.answering import Step, answered, put_model
from cli.ids import given_day, today
from cli.output import head, json_option, named, put_table
from cli.reads.recorded import recorded
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from cli.typed.language import spoken
from client.meant import party_meant
from database.pool import Pool
from texts.citations import article_in
from texts.words import task_text


@worded_command()
@click.option("--by", metavar="PARTY")
@click.option("--as-of", metavar="DAY")
@json_option
def exceptions(by: str | None, as_of: str | None, as_json: bool) -> None:
    """Holds, overrides, corrections, activations, late deadlines and dismissals, by person."""
    on = given_day(as_of, "--as-of") if as_of else today()

    async def ask(pool: Pool, _: Step) -> Exceptions:
        async with pool.acquire() as connection:
            person = (await party_meant(connection, by, "by")).party_id if by else None
        return await out_of_the_usual(pool, on, person)

    found = answered(ask)
    if as_json:
        put_model(found)
        return
    put_table(
        "exceptions",
        ("kind", "act", "legal_day", "who", "second_person", "about", "article", "filing"),
        [
            (
                head(one.what),
                named("acts", f"{one.filing_kind}.{one.act}") if one.filing_kind else head(one.act),
                one.on,
                one.person or named("roles", one.role or ""),
                one.second,
                _about(one),
                article_in(one.article, spoken()),
                one.filing_id,
            )
            for one in found.rows
        ],
    )
    put_table(
        "by_person",
        ("who", "number", "kinds"),
        [
            (one.person, one.total, ", ".join(f"{head(what)} {number}" for what, number in one.counts.items()))
            for one in found.by_person
        ],
    )


def _about(one: Exceptional) -> str:
    """A task by what it asks; everything else as it was recorded."""
    said = task_text(one.about) if one.what == "late" else None
    return getattr(said, spoken()) if said else recorded("about", one.about)


@worded_command()
@json_option
def duties(as_json: bool) -> int:
    """Where separation of duties was broken, and where it is strained."""
    found = answered(kept_apart)
    if as_json:
        put_model(found)
    else:
        put_table(
            "separation_of_duties",
            ("is_broken", "what_2", "who", "other_person", "roles", "times", "filing"),
            [
                (
                    head("broken" if one.is_broken else "strained"),
                    head(one.what),
                    one.person,
                    one.other,
                    ", ".join(named("roles", role) for role in one.roles),
                    one.times,
                    one.filing_id,
                )
                for one in found.rows
            ],
        )
    return 0 if found.ok else 1


@worded_command()
@click.option("--as-of", metavar="DAY")
@click.option("--quiet-days", type=Whole(1, 3660), default=180, show_default=True, metavar="N")
@json_option
def gaps(as_of: str | None, quiet_days: int, as_json: bool) -> int:
    """Missing numbers, recordals past their day, filings without an act for long."""
    on = given_day(as_of, "--as-of") if as_of else today()
    found = answered(lambda pool, step: missing(pool, on, quiet_days, step))
    if as_json:
        put_model(found)
    else:
        put_table(
            "gaps",
            ("what_2", "filing", "from_number", "to_number", "since", "about", "article"),
            [
                (
                    head(one.what),
                    one.filing_id,
                    one.first,
                    one.last,
                    one.since,
                    _gap_about(one),
                    article_in(one.article, spoken()),
                )
                for one in found.rows
            ],
        )
    return 0 if found.ok else 1


def _gap_about(one: Gap) -> str:
    """A quiet filing, or a recordal, by the name of its stage."""
    match one.what:
        case "quiet":
            return named("stages", one.about.replace(" ", "."))
        case "licence_without_recordal":
            return named("stages", f"recordal.{one.about}")
        case _:
            return one.about
