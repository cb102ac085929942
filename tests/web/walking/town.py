"""A small town on the console: somebody of every role, and what they have told; for tests that walk through every page.

It is made once for a process. Whoever walks through it looks at everything and changes nothing.
"""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

from fastapi.routing import APIRoute

from database.console.api_keys import add_api_key
from database.sign_in.memberships import propose_membership
from schemas.values.actor import Role
from tests.lives.stories_of_money import booked
from tests.web.house import Guest, House
from tests.web.pages.bulk.test_bulk import RETURNED, WHY, becomes, bulk_of
from tests.web.pages.consents.test_consents import draft_of
from tests.web.pages.imports.tables import as_csv, reached, row, sent
from tests.web.pages.operator.test_calendars import TABLE, YEAR
from tests.web.pages.operator.test_messages import noticed, unmatched
from tests.web.people import account_of, person
from tests.web.told import announce, declare, filing_of
from web.pages.all import PAGES
from web.sign_in.people import invite

_FOR_MACHINES = frozenset({"/healthz", "/readyz", "/account/lasts"})
_TO_A_PROVIDER = ("/sign-in/provider", "/account/identity")
ALL = tuple(route for router in PAGES for route in router.routes if isinstance(route, APIRoute))
SHOWN = tuple(
    route
    for route in ALL
    if "GET" in (route.methods or ()) and "." not in route.path
    if route.path not in _FOR_MACHINES and not route.path.startswith(_TO_A_PROVIDER)
)
"""What a person can look at: no files, nor what machines and scripts ask, nor the ways to a provider and back."""
FILES = tuple(
    route
    for route in ALL
    if "GET" in (route.methods or ()) and "." in route.path and not route.path.endswith("/export.{form}")
)
"""What a person takes away; what is taken of a list is compared with its page in tests of its own."""
SENT = tuple(route for route in ALL if "POST" in (route.methods or ()))
"""What takes a form."""
PARTS = frozenset(part for route in (*SHOWN, *SENT) for part in route.param_convertors)
PLACES = frozenset(
    {
        *("filing_id", "act", "act_id", "content_hash", "version", "ordinal"),
        *("draft_id", "key", "secret", "bulk_id", "import_id", "form"),
        *("declaration_id", "licence_id", "party_id", "number", "kind", "kept_id", "year"),
        *("invitation", "account_id", "membership_id", "key_id", "link_id", "view_id"),
        *("calendar_id", "absence_id", "message_id"),
    }
)
"""The parts of addresses for which the town has something."""
YEARS = {"town": "2162", "fed": "2161"}
"""Each town by its name, with a year of which no other test has a holiday table."""


@dataclass
class Town:
    """``people``: somebody of each role, who sees what there is.

    ``places``: for each part of an address what stands there; ``elsewhere``: the addresses of pages that need something
    else, by their path.
    """

    house: House
    people: dict[Role, Guest]
    places: dict[str, str]
    elsewhere: dict[str, str]

    def address(self, route: APIRoute) -> str:
        """The address of a page, with something there behind it."""
        return self.elsewhere.get(route.path) or route.path.format(**self.places)


async def built(house: House, town: str = "town") -> Town:
    """Declarations of which one is taken up, a draft, a payout, a bulk, tables, accounts: some of everything."""
    payout = await booked(house.office.ask, await house.office.world(town))
    await house.office.ask(payout, payout.state_facts())
    unit = payout.world.party("unit")
    roles: list[Role] = [role for role in Role if role is not Role.TIMER]
    of_unit = {Role.FINANCE, Role.FIRST_APPROVER, Role.SECOND_APPROVER, Role.COMMITTEE}
    people: dict[Role, Guest] = {
        role: await house.guest(role, unit if role in of_unit else f"城中{role}") for role in roles
    }
    licensor, operator = people[Role.LICENSOR], people[Role.OPERATOR]
    declaration, filed = [await declare(house, licensor) for _ in range(2)]
    await announce(people[Role.OFFICE], declaration, f"KF2026-{town.upper()}")
    licence = await _taken_up(people[Role.LICENSEE], declaration)
    receipt = await house.pool.fetchrow(
        "SELECT act_id::text, answer->>'content_hash' AS content_hash FROM acts WHERE filing_id = $1 ORDER BY 1", filed
    )
    assert receipt is not None
    announced = "SELECT act_id FROM events WHERE filing_id = $1 AND body->'act'->>'kind' = 'announce'"
    correction = await house.pool.fetchval(announced, declaration)
    document = await house.pool.fetchval("SELECT body->'act'->'evidence'->>0 FROM events WHERE act_id = $1", correction)
    kept = await unmatched(house, await noticed(house, f"{town} of deliveries"), f"{town}-1")
    bulk = await _bulk(house, operator, filed)
    places = {
        "filing_id": str(declaration),
        "act": "check_status",
        "act_id": receipt["act_id"],
        "content_hash": receipt["content_hash"],
        "version": "1",
        "declaration_id": str(declaration),
        "licence_id": str(licence),
        "party_id": str(licensor.organisation_id),
        "number": str(await house.patent()),
        "kind": "organisation",
        "key": "price",
        "import_id": await _table(house, licensor),
        "bulk_id": bulk,
        "kept_id": str(kept),
        "year": await _calendar(house, operator, YEARS[town]),
        "view_id": await _view(house, licensor),
        "message_id": "1",
        "form": "csv",
        **await _of_days(house, licensor),
        **await _consents(house, licensor),
        **await _accounts(house, people[Role.ADMINISTRATOR], licensor),
    }
    elsewhere = {
        "/views/new": "/views/new?list=/filings&kind=licence",
        "/bulks/{bulk_id}/act": f"/bulks/{bulk}/act?act=declaration.return",
        "/messages/{kind}/{kept_id}": f"/messages/unmatched/{kept}",
        "/messages/{kind}/{kept_id}/seen-to": f"/messages/unmatched/{kept}/seen-to",
        "/filings/{filing_id}/corrections/{act_id}": f"/filings/{declaration}/corrections/{correction}",
        "/filings/{filing_id}/documents/{content_hash}": f"/filings/{declaration}/documents/{document}",
        "/filings/{filing_id}/royalties": f"/filings/{licence}/royalties",
        "/filings/{filing_id}/money": f"/filings/{payout.filing_id}/money",
        "/filings/{filing_id}/money/{version}/{ordinal}": await _line(operator, payout.filing_id),
    }
    return Town(house, people, places, elsewhere)


async def _taken_up(licensee: Guest, declaration: UUID) -> UUID:
    """A licence that is paid."""
    voucher = {"payment.voucher@file": ("voucher.txt", f"付款凭证 {declaration}".encode())}
    fields = {"payment.amount": "10000.00"}
    return await filing_of(licensee, await licensee.post(f"/offers/{declaration}/notice", files=voucher, **fields))


async def _line(operator: Guest, payout: UUID) -> str:
    """The page of a line of its money."""
    found = re.search(
        r'href="(/filings/[^"]+/money/\d+/\d+[^"]*)"', (await operator.get(f"/filings/{payout}/money")).text
    )
    assert found is not None
    return found[1].replace("&amp;", "&")


async def _bulk(house: House, operator: Guest, filing: UUID) -> str:
    """A bulk that was tried."""
    bulk = await bulk_of(operator, filing)
    await operator.post(f"/bulks/{bulk}/act?act=declaration.return", **RETURNED, **WHY)
    await becomes(house, bulk, "tried")
    return str(bulk)


async def _table(house: House, licensor: Guest) -> str:
    """A table of which one row is good."""
    owner = str(licensor.organisation_id)
    body = as_csv(row(await house.patent(), owner), row(await house.patent(), owner, amount="?"))
    path = await sent(licensor, body)
    await reached(house, path, "checked")
    return path.rpartition("/")[2]


async def _calendar(house: House, operator: Guest, year: str) -> str:
    """The year of a table in use."""
    table = {name: value.replace(YEAR, year) for name, value in TABLE.items()}
    await operator.post("/calendars/new", **table)
    await (await house.guest(Role.OPERATOR)).post(f"/calendars/{year}/approve")
    return year


async def _view(house: House, licensor: Guest) -> str:
    """A view of the licensor's own."""
    await licensor.post("/views/new?list=/filings&kind=declaration", name="我的声明")
    kept = "SELECT view_id FROM saved_views WHERE account_id = $1"
    return str(await house.pool.fetchval(kept, licensor.session.account_id))


async def _of_days(house: House, licensor: Guest) -> dict[str, str]:
    """A calendar of its deadlines, and a day on which it is away."""
    party_id = str(licensor.session.party_id)
    await licensor.post("/deadlines")
    await licensor.post("/absences", party_id=party_id, from_on="2036-05-04", until_on="2036-05-04")
    ids = await house.pool.fetchrow(
        """SELECT (SELECT calendar_id::text FROM deadline_calendars WHERE account_id = $1) AS calendar_id,
                  (SELECT absence_id::text FROM absences WHERE party_id = $2) AS absence_id""",
        licensor.session.account_id,
        licensor.session.party_id,
    )
    return dict(ids or {})


async def _consents(house: House, licensor: Guest) -> dict[str, str]:
    """A draft, and the link by which a co-owner is asked for consent."""
    other = (await house.guest(Role.LICENSOR, "城中共有公司")).organisation_id
    draft = await draft_of(house, licensor, other)
    found = re.search(r"/consent/([\w-]{40,})", (await licensor.post(f"/consents/{draft}", party_id=str(other))).text)
    assert found is not None
    link = await house.pool.fetchval("SELECT link_id FROM consent_links WHERE draft_id = $1", UUID(draft))
    return {"draft_id": draft, "secret": found[1], "link_id": str(link)}


async def _accounts(house: House, administrator: Guest, licensor: Guest) -> dict[str, str]:
    """Somebody who was invited, somebody who waits for a role, and a key of the licensor."""
    invited = await invite(house.console.sessions.door, administrator.session, f"town-{uuid4()}", name="韩梅梅")
    async with house.pool.acquire() as connection:
        account_id = await account_of(connection, await person(connection))
        membership_id, key_id = uuid4(), uuid4()
        await propose_membership(connection, membership_id, account_id, Role.LICENSEE, await person(connection))
        unit, by = licensor.organisation_id, licensor.session.party_id
        await add_api_key(connection, key_id, key_id.bytes * 2, unit, Role.LICENSOR, "键", ("read",), by, None)
    ids = {"account_id": account_id, "membership_id": membership_id, "key_id": key_id}
    return {"invitation": invited.invitation, **{name: str(one) for name, one in ids.items()}}
