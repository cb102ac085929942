"""No page can be left out of what is tested of every page, by people who cannot see it and on a phone."""

from tests.web.walking.town import PARTS, PLACES


def test_every_part_of_an_address_has_something_behind_it() -> None:
    assert PARTS <= PLACES, "tell of it in tests/web/walking/town.py: all its pages are walked through"
