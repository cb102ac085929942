"""Whatever is typed into any form of the console does nothing, or it is refused beside its field and stays there."""

import zipfile
from collections.abc import AsyncIterator, Iterable, Mapping
from io import BytesIO
from uuid import UUID

import httpx2 as httpx
import pytest
from fastapi.routing import APIRoute

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.walking.bad import BAD
from tests.web.walking.feeding import SIGNS, TEXT, Fed, fed_with, forms_there, several, wrong_with
from tests.web.walking.reading import Form
from tests.web.walking.town import ALL, SHOWN, Town, built

PEOPLE: tuple[Role | None, ...] = (
    *(Role.LICENSOR, Role.LICENSEE, Role.OPERATOR, Role.OFFICE, Role.FINANCE, Role.ADMINISTRATOR),
    *(Role.FIRST_APPROVER, None),
)


def _bombs() -> dict[str, tuple[str, bytes]]:
    """By what they are: the name under which they come, and what is in them."""
    made = {}
    for name, part, size in (
        ("zip_bomb", "word/document.xml", 101 * 1024 * 1024),
        ("macros", "word/vbaProject.bin", 9),
    ):
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, bytes(size))
        made[name] = (f"{name}.pdf", packed.getvalue())
    pixels = (60_000).to_bytes(4, "big") * 2
    made["pixel_bomb"] = ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + pixels)
    made["script"] = (f"{BAD['html']}.svg", b"<svg onload='alert(1)'>")
    made["active"] = ("a.pdf", b"%PDF-1.7 /JavaScript")
    made["old_macros"] = ("a.pdf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    made["nothing"] = ("a.pdf", b"")
    return made


BOMBS = _bombs()


@pytest.fixture(scope="module")
async def fed(house: House) -> Town:
    """A town of this test's own: what is harmless is taken, and stays in it."""
    return await built(house, "fed")


@pytest.mark.slow  # every form many times
async def test_nothing_that_is_typed_into_any_form_does_harm(fed: Town) -> None:
    clients = {role: fed.people[role].http if role else fed.house.public() for role in PEOPLE}
    forms, wrong = await forms_there(fed, clients), list[str]()
    for number, one in enumerate(forms):
        language = ("zh", "en")[number % 2]
        async for kind, answer, typed in _answers(clients[one.role], one, language):
            wrong += [f"{one.route.path} {kind}: {what}" for what in wrong_with(answer, language, one, typed)]
    names = {name for one in forms for name in one.names}
    shown = {one.route.path for one in forms}
    assert len(shown) > 30, "most forms are where somebody meets them"
    left = [route for route in ALL if "POST" in (route.methods or ()) and route.path not in shown]
    for role in PEOPLE:
        for route in left:
            wrong += [one async for one in _blindly(fed, role, route, names)]
    assert wrong == [], "\n".join(sorted(set(wrong)))
    unseen = {route.path: fed.address(route) for route in SHOWN}
    for client in clients.values():
        for path, address in list(unseen.items()):
            if (answer := await client.get(address)).status_code == 200:
                del unseen[path]
            wrong += [f"{path}: {what}" for what in wrong_with(answer, "", forms[0], None)]
    assert wrong == [], "\n".join(sorted(set(wrong)))


async def _blindly(town: Town, role: Role | None, route: APIRoute, names: Iterable[str]) -> AsyncIterator[str]:
    """What is wrong with the answer to a form that no page of the town shows now, sent with the fields of all forms."""
    made_up = {part: str(UUID(int=9)) for part in route.param_convertors}
    guest = town.people[role] if role else None
    given = {**dict.fromkeys(names, TEXT), "csrf": guest.session.csrf if guest else ""}
    client = guest.http if guest else town.house.public()
    form = Fed(role, route.path.format(**{**made_up, **town.places}), route, Form("", "post"))
    for what in wrong_with(await client.post(form.address, data=given), "", form, None):
        yield f"{route.path} as {role}: {what}"


async def _answers(
    client: httpx.AsyncClient, one: Fed, language: str
) -> AsyncIterator[tuple[str, httpx.Response, Mapping[str, str] | None]]:
    """What comes of each kind of input, many fields at once; with what has to stay where it is refused."""
    fields, at = one.form.fields, one.address
    address = f"{at}{'&' if '?' in at else '?'}language={language}"
    yield "another's token", await client.post(address, data={**fields, "csrf": "0" * 64}), None
    if not one.names and not one.form.files:
        return
    for kind, bad in (("text", TEXT), ("signs", SIGNS), ("number", BAD["number"]), ("id", BAD["id"])):
        given = fed_with(one, bad)
        answer = await client.post(address, data=given)
        yield kind, answer, given if kind == "text" else None
        if answer.status_code == 303:
            yield kind, await client.get(answer.headers["location"]), None
    yield "missing", await client.post(address, data={"csrf": fields.get("csrf", "")}), None
    yield "twice", await client.post(address, data=several(fields, TEXT, SIGNS)), None
    huge = {**fields, **dict.fromkeys(one.names[:1], BAD["huge"])}
    yield "huge", await client.post(address, files={name: (None, text) for name, text in huge.items()}), None
    texts = {name: ("a.txt", TEXT.encode()) for name in one.names}
    yield "files for texts", await client.post(address, data={"csrf": fields.get("csrf", "")}, files=texts), None
    for kind, (name, body) in BOMBS.items() if one.form.files else ():
        files = dict.fromkeys(one.form.files, (name, body))
        yield kind, await client.post(address, data=fields, files=files), None
