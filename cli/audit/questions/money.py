"""``audit cutoff``, ``prior`` and ``equal``: which year, whose change, and whether all licensees have the same."""

import click

from audit.questions.cutoff import cutoff as around_year_end
from audit.questions.equal import Equal, LicenseesTerms, equal_by_declaration, equal_by_patent
from audit.questions.prior import prior as changed_of_before
from cli.audit.event_names import event_named
from cli.audit.questions.answering import answered, put_model
from cli.ids import given_patent
from cli.output import head, json_option, named, put_pairs, put_table
from cli.reads.content import in_words
from cli.reads.recorded import recorded
from cli.typed.commands import worded_command
from cli.typed.kinds import Whole
from client.meant import id_typed

YEARS = Whole(1985, 2199)
_KIND = {"receipt": "receipt_2", "subsidy": "subsidy", "payout": "payout"}


@worded_command()
@click.option("--year", type=YEARS, required=True, metavar="YEAR")
@click.option("--days", type=Whole(1, 366), default=15, show_default=True, metavar="N")
@json_option
def cutoff(year: int, days: int, as_json: bool) -> None:
    """Receipts around the 31st of December with their three days."""
    found = answered(lambda pool, step: around_year_end(pool, year, days, step))
    if as_json:
        put_model(found)
        return
    put_table(
        "receipts_around_year_end",
        ("arrived", "paid_on", "recorded_on", "year", "yuan", "bank_line_of_receipt", "flags", "filing"),
        [
            (
                one.received_on,
                one.paid_on,
                one.recorded_on,
                one.year,
                one.amount,
                one.bank_line,
                ", ".join(map(head, one.flags)),
                one.filing_id,
            )
            for one in found.receipts
        ],
    )
    put_pairs("total", {str(year): found.total_before, str(year + 1): found.total_after})


@worded_command()
@click.option("--year", type=YEARS, required=True, metavar="YEAR")
@json_option
def prior(year: int, as_json: bool) -> None:
    """What a year changed of earlier years."""
    found = answered(lambda pool, step: changed_of_before(pool, year, step))
    if as_json:
        put_model(found)
        return
    put_table(
        "changed_of_earlier_years",
        ("of", "origin_year", "line", "yuan", "legal_day", "cause", "who", "filing", "taken_by"),
        [
            (
                head(_KIND[one.of]),
                one.origin_year,
                recorded("line", one.line),
                one.amount,
                one.on,
                event_named(one.cause),
                one.by,
                one.cause_filing,
                one.taken_by,
            )
            for one in found.lines
        ],
    )
    put_pairs("total", {_KIND[of]: amount for of, amount in found.totals.items()})


@worded_command()
@click.argument("which", metavar="PATENT|DECLARATION")
@json_option
def equal(which: str, as_json: bool) -> int:
    """Every licensee's terms and payments of a patent, beside the announced text."""
    declaration = id_typed(which)

    found: Equal = answered(
        lambda pool, step: (
            equal_by_declaration(pool, declaration, step)
            if declaration
            else equal_by_patent(pool, str(given_patent(which, "PATENT")), step)
        )
    )
    if as_json:
        put_model(found)
        return 0 if found.ok else 1
    put_table(
        "announced_terms",
        ("version", "since", "royalty"),
        [
            (one.version, one.from_on, in_words(one.royalty.model_dump(mode="json", exclude_none=True)))
            for one in found.terms
        ],
    )
    put_table(
        "licensees",
        ("licensee", "n", "stage", "version", "announced_dues", "paid_2", "given_up", "still_open", "flags", "filing"),
        [
            (
                found.names.get(one.licensee, one.licensee),
                one.n,
                named("stages", f"licence.{one.stage}"),
                one.terms_version,
                _dues(one),
                one.paid,
                one.given_up,
                one.open_amount,
                ", ".join(map(head, one.flags)),
                one.filing_id,
            )
            for one in found.licences
        ],
    )
    return 0 if found.ok else 1


def _dues(one: LicenseesTerms) -> str:
    """The announced dues, and what was reported of sales; where nothing is owed, that."""
    dues = [f"{recorded('key', key)} {amount}" for key, amount in one.fixed.items()]
    if one.reported:
        dues.append(f"{head('reported')} {one.reported}")
    return ", ".join(dues) or head("nothing_owed")
