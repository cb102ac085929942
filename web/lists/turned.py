"""Addresses of a list: narrowed as it is, and turned to the pages beside this one."""

from urllib.parse import urlencode

from database.bulletin.pages import Direction, Place


def asked_for(**given: object) -> dict[str, str]:
    """What narrows the list, as it stands in its address: without what was left open."""
    return {name: str(value) for name, value in given.items() if value not in (None, "", False)}


def narrowed_to(asked: dict[str, str]) -> str:
    """The query of the list as it is narrowed; nothing where it is not."""
    return f"?{urlencode(asked)}" if asked else ""


def followed_by(place: Place | None) -> str:
    """The query of what follows in a list that goes one way only; nothing at its end."""
    return narrowed_to(asked_for(after=place))


def turned_to(direction: Direction, place: object | None, asked: dict[str, str]) -> str:
    """The query of the page beside this one; nothing where there is none."""
    return narrowed_to({**asked, direction: str(place)}) if place is not None else ""
