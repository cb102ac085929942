"""All stories by name."""

from tests.lives import stories, stories_of_money
from tests.lives.telling import STORIES

__all__ = ["STORIES", "stories", "stories_of_money"]
