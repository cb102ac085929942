"""What a person reads at the end of a run."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from cli.demo.figures import Payment
from cli.demo.lives.world import TODAY
from cli.demo.run import Outcome
from cli.typed.language import spoken
from schemas.values.money import ZERO, Money, total
from texts.lines import line_rows, line_text
from texts.words import name_of, refusal_in

_NO_BREAK = "\u00a0"


def said(key: str, **facts: object) -> str:
    """A text of ``texts/command_line/demo.yaml`` in the reader's language."""
    return line_text("demo", key, spoken(), **facts)


def put_outcome(console: Console, outcome: Outcome) -> None:
    """Tables and the verdict; narrow enough for eighty columns."""
    figures = outcome.figures
    console.print(said("title", on=TODAY))
    _put_stages(console, outcome)
    _put_refused(console, outcome)
    _put_stories(console, outcome)
    published = [one.case for one in outcome.examples if one.reward is not None]
    for case in published:
        _put_case(console, outcome, case)
    rows = [
        (said("receipts"), _yuan(figures.receipts)),
        (said("reversed"), _yuan(figures.reversed)),
        (said("remuneration"), _yuan(figures.remuneration)),
        (said("kept"), _yuan(_kept(figures.payments))),
    ]
    _put(console, "amounts", ("item", "yuan"), rows, right=(1,))
    counted = {"acts": outcome.acts, "events": figures.events, "findings": figures.findings}
    console.print(said("counts", **counted, seconds=f"{outcome.seconds:.0f}"))
    _put_settlements(console, outcome)
    style = "bold green" if outcome.report.ok else "bold red"
    console.print(f"reconciled: {str(outcome.report.ok).lower()}", style=style)
    for one in outcome.report.differences[:20]:
        console.print(f"  {one.filing_id} {one.where}: {one.proved} != {one.found}")


def _put_stages(console: Console, outcome: Outcome) -> None:
    rows: list[tuple[str, str, str]] = []
    for kind, stages in outcome.figures.stages.items():
        for n, (stage, count) in enumerate(sorted(stages.items(), key=lambda one: (-one[1], one[0]))):
            rows.append(("" if n else said(kind), name_of("stages", f"{kind}.{stage}", spoken()), str(count)))
    _put(console, "stages", ("filings", "stage", "number"), rows, right=(2,))


def _put_settlements(console: Console, outcome: Outcome) -> None:
    rows = [
        (
            one.scheme,
            str(one.year),
            name_of("stages", f"settlement.{one.stage}", spoken()),
            str(one.lines),
            _yuan(one.entitled),
            _yuan(total(line.paid for line in one.subsidies)),
        )
        for one in outcome.figures.settlements
    ]
    columns = ("scheme", "year", "stage", "lines", "entitled", "paid")
    _put(console, "subsidies", columns, rows, right=(1, 3, 4, 5))


def _put_refused(console: Console, outcome: Outcome) -> None:
    """By reason, since several patents share one and its remedy."""
    console.print(said("refused", count=len(outcome.refused)), style="bold")
    by_code: dict[str, list[str]] = {}
    for one in outcome.refused:
        by_code.setdefault(one.reasons[0].code, []).append(f"{one.case} {one.number}".replace(" ", _NO_BREAK))
    reasons = {one.reasons[0].code: one.reasons[0] for one in outcome.refused}
    for code, numbers in by_code.items():
        why = refusal_in(reasons[code], spoken())
        console.print(f"  {code} [{why.article}]", style="bold")
        for text in ("  ".join(numbers), f"→ {why.remedy}"):
            console.print(Padding(text, (0, 0, 0, 4)))
    console.print()


def _put_stories(console: Console, outcome: Outcome) -> None:
    rows = [(one.case, said(one.story)) for one in outcome.examples if one.story]
    _put(console, "stories", ("patent", "what"), rows)


def _put_case(console: Console, outcome: Outcome, case: str) -> None:
    """What was published beside what the engine came to."""
    example = next(one for one in outcome.examples if one.case == case)
    assert example.reward is not None
    paid = {one.party: one.amount for one in outcome.figures.payments if one.case == case}
    rows = [
        (share.party, said(share.kind), _yuan(share.amount), _yuan(paid.get(share.party, ZERO)))
        for share in example.reward.shares
    ]
    columns = ("party", "kind", "published", "demo")
    _put(console, f"{case}: {example.reward.institution}", columns, rows, right=(2, 3))


def _kept(payments: Sequence[Payment]) -> Money:
    return total(one.amount for one in payments if one.kind in ("department", "institution"))


def _yuan(amount: Money) -> str:
    return f"{amount.yuan:,.2f}"


def _put(
    console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> None:
    table = Table(
        title=said(title) if title in line_rows("demo") else title,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        padding=(0, 1),
    )
    for n, column in enumerate(columns):
        table.add_column(said(column), justify="right" if n in right else "left", overflow="fold", no_wrap=n in right)
    for row in rows:
        table.add_row(*row)
    console.print(table)
