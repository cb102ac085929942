"""How a story is told: one act after the other, each with its answer."""

from collections.abc import Awaitable, Callable
from datetime import date

from schemas.acts.act import Act
from schemas.standing.answer import Answer
from tests.lives.desk import Life
from tests.lives.world import World

Ask = Callable[[Life, Act], Awaitable[Answer]]
Story = Callable[[Ask, World], Awaitable[None]]

JUNE, JULY, AUGUST, SEPTEMBER = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 3), date(2026, 9, 1)
APRIL_2027, MAY_2027 = date(2027, 4, 1), date(2027, 5, 4)
LONG_AFTER = date(2029, 12, 3)


async def tell(ask: Ask, life: Life, *acts: Act) -> None:
    for act in acts:
        await ask(life, act)
