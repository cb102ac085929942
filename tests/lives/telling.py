"""The stories that are told, by name, and the days on which much happens in them."""

from collections.abc import Awaitable, Callable
from datetime import date

from cli.demo.filings.filing import Ask
from tests.lives.world import World

Story = Callable[[Ask, World], Awaitable[None]]
JUNE, JULY, AUGUST, SEPTEMBER = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 3), date(2026, 9, 1)
APRIL_2027, MAY_2027 = date(2027, 4, 1), date(2027, 5, 4)
LONG_AFTER = date(2029, 12, 3)
STORIES: dict[str, Story] = {}


def story(told: Story) -> Story:
    """Adds a shape of life to the stories; its name is its sentence."""
    STORIES[told.__name__] = told
    return told
