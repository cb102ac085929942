"""Where everybody can go from any page, by what he may ask for."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.values.actor import Role
from texts.lines import Language
from web.rights.pages import PAGES
from web.sign_in.session import Membership
from web.words import word


class Entry(NamedTuple):
    """One link of the navigation."""

    href: str
    label: str
    is_current: bool


class Navigation(NamedTuple):
    """The links of every page: ``below`` are those of the group in which the page is, where there are groups."""

    top: list[Entry]
    below: list[Entry]


_SHOWN: Mapping[str, str] = {
    "/dashboard": "nav_dashboard",
    "/filings": "nav_filings",
    "/tasks": "nav_tasks",
    "/declare": "nav_declare",
    "/licences": "nav_licences",
    "/findings": "nav_findings",
    "/messages": "nav_messages",
    "/imports": "nav_imports",
    "/consent-codes": "nav_consent_codes",
    "/parties": "nav_parties",
    "/patents": "nav_patents",
    "/calendars": "nav_calendars",
    "/people": "nav_people",
    "/roles": "nav_roles",
    "/audit-log": "nav_audit_log",
    "/offers": "nav_offers",
    "/statistics": "nav_statistics",
    "/verify": "nav_verify",
}
"""Pages to which a link leads from every page of whoever may ask for them, by the table of ``rights/pages.py``."""
_FOR_ONE_ROLE = {"/licences": Role.LICENSEE}
"""Others may ask for it too, and find nothing of theirs."""
_MOST = 7
"""Links that fit one line of a desk's screen; whoever has more finds them in groups."""
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nav_group_work", ("/dashboard", "/tasks", "/findings", "/messages")),
    ("nav_group_filings", ("/filings", "/imports", "/consent-codes")),
    ("nav_group_registers", ("/parties", "/patents", "/calendars")),
    ("nav_group_people", ("/people", "/roles")),
    ("nav_audit_log", ("/audit-log",)),
    ("nav_group_public", ("/offers", "/statistics", "/verify")),
)


def navigation(mine: Membership | None, path: str, language: Language) -> Navigation:
    """What somebody can go to in that role; None: the public."""
    found = {href: key for href, key in _SHOWN.items() if _is_for(mine, href)}
    entries = {href: Entry(href, word(key, language), _is_at(path, href)) for href, key in found.items()}
    if len(entries) <= _MOST:
        return Navigation(list(entries.values()), [])
    top, below = list[Entry](), list[Entry]()
    for key, hrefs in _GROUPS:
        group = [entries[href] for href in hrefs if href in entries]
        if group:
            is_here = any(one.is_current for one in group)
            top.append(Entry(group[0].href, word(key, language), is_here))
            below = group if is_here and len(group) > 1 else below
    return Navigation(top, below)


def _is_for(mine: Membership | None, href: str) -> bool:
    page = PAGES[href]
    if mine is None:
        return page.is_public
    return page.is_public or (page.admits(mine) and _FOR_ONE_ROLE.get(href, mine.role) is mine.role)


def _is_at(path: str, href: str) -> bool:
    return path == href or path.startswith(f"{href}/")
