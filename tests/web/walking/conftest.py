"""One town for the tests of a process."""

import pytest

from tests.web.house import House
from tests.web.walking.town import Town, built


@pytest.fixture(scope="session")
async def town(house: House) -> Town:
    """Nobody changes what is told there."""
    return await built(house)
