"""Who may ask for which page and which operation, as data: it is looked at before anything is read.

What is not here is nobody's. Whose filing it is, is looked at besides (``whose.py``), and so is the right to an act
(``table.py``).
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from schemas.acts.act import FilingKind
from schemas.lifecycle.registers import WRITERS
from schemas.values.actor import BACK_DATING, Role
from web.rights.table import rights
from web.sign_in.session import Membership

HISTORIANS = frozenset({Role.OPERATOR, Role.AUDITOR})
"""Who reads the record itself, with the bytes that prove it."""
PEOPLE = frozenset(Role) - {Role.TIMER}
"""Who can sign in: what follows by itself looks at nothing."""
FOR_MANY = BACK_DATING - {Role.TIMER}
"""Who acts for many: the platform, and authorities. They state the legal day, which is the same whenever it is done."""
PACKAGED_FOR = frozenset({Role.LICENSOR, Role.OPERATOR})
"""Who takes a declaration to the office, or helps with it."""
_OF_TABLES = frozenset({Role.LICENSOR, Role.OPERATOR})
"""A licensor or its agent sends its own; who runs the whole brings everybody's."""
_OF_REGISTERS = frozenset({Role.OPERATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.FINANCE})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
_LICENSORS = frozenset({Role.LICENSOR})
_OPERATORS = frozenset({Role.OPERATOR})


class Page(NamedTuple):
    """Who may ask for it. ``about``: whose what stands behind the address is; whoever it is not finds nothing.

    ``is_of_whole``: not for those who run a sub-platform or audit it. ``is_of_unit``: only for who acts for an
    organisation. ``see_all``: who sees also what other units have there. ``is_public``: nobody need sign in.
    """

    roles: frozenset[Role] = PEOPLE
    about: Literal["", "filing", "own"] = ""
    is_of_whole: bool = False
    is_of_unit: bool = False
    see_all: frozenset[Role] = frozenset()
    is_public: bool = False

    def admits(self, mine: Membership) -> bool:
        """Whether somebody may ask for it in that role."""
        if self.is_of_whole and mine.platform and mine.role in HISTORIANS:
            return False
        return mine.role in self.roles and not (self.is_of_unit and mine.organisation_id is None)


def _writers(act: str) -> frozenset[Role]:
    return frozenset(WRITERS[act])


def _askers(act: str, *kinds: FilingKind) -> frozenset[Role]:
    return frozenset(one.role for one in rights() if one.act == act and one.kind in (kinds or FilingKind))


_ANYBODY = Page(is_public=True)
_WHOLE = Page(HISTORIANS, is_of_whole=True)
_TABLES = Page(_OF_TABLES, is_of_whole=True)
KEYS = Page(PEOPLE - _ADMINISTRATORS, "own", is_of_unit=True)
"""Who gives roles to people has nothing that a program could ask for."""
PAGES: Mapping[str, Page] = {
    "/": _ANYBODY,
    **dict.fromkeys(("/components", "/offers", "/verify", "/statistics", "/sign-in", "/sign-out"), _ANYBODY),
    **dict.fromkeys(("/consent/{secret}", "/deadlines/{secret}.ics", "/invitation"), _ANYBODY),
    **dict.fromkeys(("/healthz", "/readyz", "/account/lasts"), _ANYBODY),
    **dict.fromkeys(("/account", "/membership", "/second-factor"), Page()),
    "/filings": Page(),
    "/filings/{filing_id}": Page(about="filing"),
    "/filings/{filing_id}/history": Page(HISTORIANS, "filing"),
    "/filings/{filing_id}/package.zip": Page(PACKAGED_FOR, "filing"),
    "/filings/{filing_id}/corrections": Page(_askers("correct_fact"), "filing"),
    "/acts": Page(about="filing"),
    "/licences": Page(),
    "/licences/{licence_id}": Page(about="filing"),
    "/offers/{declaration_id}/notice": Page(frozenset({Role.LICENSEE})),
    "/tasks": Page(),
    "/tasks/assign": Page(is_of_unit=True),
    "/absences": Page(about="own", is_of_unit=True),
    "/deadlines": Page(about="own"),
    "/findings": Page(_OPERATORS),
    "/views": Page(about="own"),
    "/views/new": Page(),
    "/declare": Page(_LICENSORS, "own"),
    "/consents": Page(_LICENSORS, "own"),
    "/consent-codes": Page(_OPERATORS, is_of_whole=True),
    "/imports": _TABLES,
    "/imports/{import_id}": _TABLES._replace(about="own", see_all=_OPERATORS),
    "/bulks": Page(FOR_MANY, "own", is_of_unit=True),
    "/dashboard": Page(_OPERATORS),
    "/messages": _WHOLE,
    "/messages/{message_id}/resume": Page(_writers("resume_message"), is_of_whole=True),
    "/messages/unmatched/{kept_id}/book": Page(_writers("see_to_delivery"), is_of_whole=True),
    "/messages/{kind}/{kept_id}/seen-to": Page(_writers("see_to_delivery"), is_of_whole=True),
    "/audit-log": _WHOLE,
    "/calendars": _WHOLE,
    "/calendars/new": Page(_writers("propose_calendar"), is_of_whole=True),
    "/calendars/{year}/approve": Page(_writers("approve_calendar"), is_of_whole=True),
    "/calendars/{year}/withdraw": Page(_writers("withdraw_calendar"), is_of_whole=True),
    "/people": Page(_ADMINISTRATORS),
    "/roles": Page(_ADMINISTRATORS),
    "/keys": Page(),
    "POST /keys": KEYS,
    "/keys/export.{form}": KEYS,
    "/parties": Page(_OF_REGISTERS),
    "/parties/new/{kind}": Page(_writers("add_party")),
    "/parties/{party_id}/profile": Page(_writers("state_profile")),
    "/patents": Page(_OF_REGISTERS),
    "/patents/new": Page(_writers("bring_evidence")),
}
"""By where their addresses begin: the longest beginning counts, and before it the one with the method."""
OPERATIONS: Mapping[str, Page] = {
    **PAGES,
    **{f"/{kind.value}s": Page() for kind in FilingKind},  # an act's own row is that of the lifecycle table
    "/feed": Page(),
    "/findings": Page(),
    "/events": Page(),
    "/previews": Page(),  # the right to the act is looked at as for the act
    "/documents": Page(),
    "/deadline-calendars": PAGES["/deadlines"],
    "/drafts": PAGES["/declare"],
    "/tasks/assignments": PAGES["/tasks/assign"],
    "/filings/{filing_id}/package": PAGES["/filings/{filing_id}/package.zip"],
    "GET /keys": KEYS,
    "/deliveries": _WHOLE,
    "POST /deliveries": PAGES["/messages/{kind}/{kept_id}/seen-to"],
    "POST /calendars": PAGES["/calendars/new"],
    "/calendars/{year}/approval": PAGES["/calendars/{year}/approve"],
    "/calendars/{year}/withdrawal": PAGES["/calendars/{year}/withdraw"],
    "GET /parties/{party_id}": Page(),
    "GET /parties/{party_id}/profiles": PAGES["/parties"],
    "POST /parties": PAGES["/parties/new/{kind}"],
    "POST /parties/{party_id}/profiles": PAGES["/parties/{party_id}/profile"],
    "GET /patents": _ANYBODY,
    "GET /patents/{number}/versions": PAGES["/patents"],
    "POST /patents": PAGES["/patents/new"],
}
"""Of the API the same rows, and those of operations that are not asked for at the address of the page."""


def page_of(path: str, method: str = "GET") -> Page | None:
    """The row of a page, by the pattern of its address; None: it is nobody's."""
    return _row(PAGES, path, method)


def operation_of(path: str, method: str = "GET") -> Page | None:
    """The row of an operation, by its pattern below the address of the API."""
    return _row(OPERATIONS, path, method)


def _row(rows: Mapping[str, Page], path: str, method: str) -> Page | None:
    parts = path.split("/")
    for length in range(len(parts), 1, -1):
        begins = "/".join(parts[:length])
        found = rows.get(f"{method} {begins}") or rows.get(begins)
        if found is not None:
            return found
    return None
