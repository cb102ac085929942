"""Carries one case from its declaration as far as the demo's today."""

from contextlib import suppress
from datetime import timedelta

from cli.demo.examples.cases import Example
from cli.demo.filings.days import after
from cli.demo.lives.declarations import announce, declaration_of, lapse_and_restore, withdraw
from cli.demo.lives.desk import Desk, NotYet
from cli.demo.lives.licences import carry_licence, file_recordal, take
from cli.demo.lives.life import life_of
from schemas.values.refusal import Refused

_WITHDRAWAL_ASKED_AFTER = 3
_TWO_DAYS = timedelta(days=2)


async def carry(desk: Desk, example: Example) -> None:
    """One case, its acts one after the other; other cases go on beside it."""
    declaration = declaration_of(example)
    try:
        await desk.ask(declaration, declaration.submit(example.declared_on))
    except Refused as refused:
        desk.refused[example.case] = refused.refusals
        return
    await announce(desk, declaration, example)
    lives = [life_of(example, declaration, index) for index in range(example.licensees)]
    for life in lives:
        with suppress(NotYet):
            await take(desk, life)
            if example.story == "one_void_by_late_withdrawal" and life.index == 1:
                await file_recordal(desk, life, after(life.effective_on, 1))
            else:
                await carry_licence(desk, life)
    if example.story == "one_void_by_late_withdrawal":
        # Two days before the second notice, but told when that licence was paid for: it never came about (R1).
        survivor, void = lives
        asked_on = after(survivor.effective_on, _WITHDRAWAL_ASKED_AFTER)
        await withdraw(desk, declaration, asked_on, void.noticed_on - _TWO_DAYS)
    elif example.story == "lapsed_and_restored":
        await lapse_and_restore(desk, declaration, example, *(life.filing_id for life in lives))
