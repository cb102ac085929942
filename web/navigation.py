"""Where everybody can go from any page, by role."""

from typing import NamedTuple

from schemas.values.actor import Role
from texts.lines import Language
from web.words import word


class Entry(NamedTuple):
    """One link of the navigation."""

    href: str
    label: str
    is_current: bool


_EVERYBODY: tuple[tuple[str, str], ...] = (
    ("/offers", "nav_offers"),
    ("/statistics", "nav_statistics"),
    ("/verify", "nav_verify"),
)
_SOMEBODY: tuple[tuple[str, str], ...] = (("/filings", "nav_filings"), ("/tasks", "nav_tasks"))
_OF_THE_WHOLE: tuple[tuple[str, str], ...] = (
    ("/messages", "nav_messages"),
    ("/calendars", "nav_calendars"),
    ("/audit-log", "nav_audit_log"),
)
"""Not of a sub-platform."""
_OF_ROLES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.LICENSOR: (("/declare", "nav_declare"), ("/imports", "nav_imports")),
    Role.ADMINISTRATOR: (("/people", "nav_people"), ("/roles", "nav_roles"), ("/parties", "nav_parties")),
    Role.OPERATOR: (
        ("/dashboard", "nav_dashboard"),
        ("/findings", "nav_findings"),
        *_OF_THE_WHOLE,
        ("/parties", "nav_parties"),
        ("/patents", "nav_patents"),
        ("/imports", "nav_imports"),
        ("/consent-codes", "nav_consent_codes"),
    ),
    Role.AUDITOR: _OF_THE_WHOLE,
    Role.LICENSEE: (("/licences", "nav_licences"),),
}


def entries(role: Role | None, path: str, language: Language) -> list[Entry]:
    """What somebody in that role can go to; None: the public."""
    found = _EVERYBODY if role is None else (*_SOMEBODY, *_OF_ROLES.get(role, ()), *_EVERYBODY)
    return [Entry(href, word(key, language), path == href or path.startswith(f"{href}/")) for href, key in found]
