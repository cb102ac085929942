"""One request: who asks, in which language, and what came with it."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from hmac import compare_digest
from secrets import token_bytes
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit
from uuid import UUID, uuid4

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from database.pool import Connection, within
from schemas.values.actor import Actor
from schemas.values.refusal import refuse
from texts.lines import Language
from web.console import Console
from web.rights.pages import page_of
from web.sign_in.session import Membership, Session

SESSION, LANGUAGE, DEVICE = "session", "language", "device"
"""Names of our cookies."""
_MOST_FIELDS, _MOST_FILES, _LONGEST_FIELD = 3_000, 60, 1_100_000


class SignInNeeded(Exception):
    """Nobody is signed in, and the page is for somebody."""


class NotFound(Exception):
    """There is no such thing, or it is not yours: both look alike, or the difference would tell.

    Where it is about a filing, who asked for what is written into the audit log.
    """

    def __init__(self, filing_id: UUID | None = None, act_kind: str = "see") -> None:
        self.filing_id, self.act_kind = filing_id, act_kind
        super().__init__()


@dataclass
class Visit:
    """Who asks; ``session`` is None for the public."""

    console: Console
    request: Request
    session: Session | None
    asked_as: bytes | None = field(default=None, repr=False)
    """What names the request of a program, which nobody keeps; None: every request is one of its own."""
    _form: FormData | None = field(default=None, repr=False)

    async def close(self) -> None:
        """Lets go of the files that came with the form, whoever read them or did not."""
        if self._form is not None:
            await self._form.close()

    @cached_property
    def language(self) -> Language:
        """What was chosen, else what the browser asks for first; Chinese where it asks for neither."""
        chosen = self.request.query_params.get(LANGUAGE) or self.request.cookies.get(LANGUAGE)
        if chosen is None:
            chosen = self.request.headers.get("accept-language", "zh").strip()[:2].lower()
        return "en" if chosen == "en" else "zh"

    @property
    def membership(self) -> Membership:
        """As what somebody acts; raises SignInNeeded for the public."""
        if self.session is None:
            raise SignInNeeded
        return self.session.membership

    @property
    def csrf(self) -> str:
        return self.session.csrf if self.session else ""

    @property
    def path(self) -> str:
        """The address of this page, to come back to."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    def address(self, path: str) -> str:
        """The whole address of a page of ours, for paper: as the settings say, else as this request came."""
        return f"{self.console.public_address or str(self.request.base_url).rstrip('/')}{path}"

    def actor(self) -> Actor:
        """Who an act of this visit is by. A natural person who acts for nobody acts for himself."""
        mine = self.membership
        assert self.session is not None
        return Actor(
            role=mine.role,
            party_id=self.session.party_id,
            organisation_id=mine.organisation_id or self.session.party_id,
        )

    def new_id(self) -> UUID:
        """The id of what this request makes, the same where the same request comes again."""
        return uuid4() if self.asked_as is None else UUID(bytes=self._made("id")[:16], version=4)

    def new_bytes(self) -> bytes:
        """32 that nobody guesses, the same where the same request comes again: no one has to keep them for that."""
        return token_bytes(32) if self.asked_as is None else self._made("secret")

    def new_secret(self) -> str:
        """Those, as text for an address or a header."""
        return urlsafe_b64encode(self.new_bytes()).rstrip(b"=").decode()

    def _made(self, what: str) -> bytes:
        assert self.asked_as is not None
        return self.console.sessions.door.keys.hashed("request", what, self.asked_as)

    def within(self, connection: Connection) -> "Visit":
        """The same visit, which writes in the transaction that is open on the connection."""
        console, pool = self.console, within(connection)
        return replace(self, console=replace(console, pool=pool, sessions=replace(console.sessions, pool=pool)))

    async def posted(self) -> FormData:
        """What was posted, by whichever page of ours; raises Refused ``form_not_ours`` or ``form_unreadable``."""
        self.check_origin()
        try:
            read = await self.request.form(max_fields=_MOST_FIELDS, max_files=_MOST_FILES, max_part_size=_LONGEST_FIELD)
        except HTTPException:
            raise refuse("form_unreadable") from None
        self._form = FormData(
            [(storable(name), storable(one) if isinstance(one, str) else one) for name, one in read.multi_items()]
        )
        return self._form

    async def form(self) -> FormData:
        """The posted form; raises Refused as ``posted``, also where a page of an earlier session has sent it."""
        form = await self.posted()
        if self.session is not None:
            token = self.request.headers.get("x-csrf-token") or form.get("csrf") or ""
            if not (isinstance(token, str) and compare_digest(token.encode(), self.csrf.encode())):
                raise refuse("form_not_ours")
        return form

    def check_origin(self) -> None:
        """A form of another site is no form of ours, whoever is signed in here."""
        origin = self.request.headers.get("origin")
        if origin and urlsplit(origin).netloc != self.request.headers.get("host"):
            raise refuse("form_not_ours")


def storable(text: str) -> str:
    """The text without what is none: no keyboard has U+0000 or half a character, and no database keeps them."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def back_or_home(given: str | None) -> str:
    """An address of our own to go to; anything else would lead a person to a stranger's page from ours."""
    if given and given.startswith("/") and not given.startswith(("//", "/\\")):
        return quote(given, safe="/?=&%:@+,;~!$'()*-._#")
    return "/"


async def visit_of(request: Request) -> Visit:
    """The visit, with its session where there is one that still holds."""
    console: Console = request.app.state.console
    cookie = request.cookies.get(SESSION)
    session = await console.sessions.find(cookie) if cookie else None
    return Visit(console, request, session)


async def _visiting(request: Request) -> AsyncIterator[Visit]:
    if "\0" in request.url.path or "\0" in unquote(request.url.query):
        raise NotFound
    visit = await visit_of(request)
    try:
        yield visit
    finally:
        await visit.close()


async def signed_in(visit: Annotated[Visit, Depends(_visiting)]) -> Visit:
    """A visit of somebody who may ask for this page; raises SignInNeeded, or NotFound for everybody else."""
    page = page_of(visit.request.scope["route"].path, visit.request.method)
    if page is None or not page.admits(visit.membership):
        raise NotFound
    return visit


Anybody = Annotated[Visit, Depends(_visiting)]
Somebody = Annotated[Visit, Depends(signed_in)]
