"""Role x act x whose: what the lifecycle tables give nobody, no page gives; what is not his, nobody sees."""

from collections import Counter
from itertools import cycle, islice
from uuid import UUID

import pytest

from schemas.acts.act import FilingKind
from schemas.acts.all import models_of
from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import announce, declare, give_notice
from web.rights.table import may
from web.rights.whose import RELATIONS

PEOPLE = [role for role in Role if role not in (Role.TIMER, Role.ADMINISTRATOR)]
"""Administrators see people and no filings."""
SEE_ALL = [role for role in PEOPLE if RELATIONS.get(role) == ("all",)]


@pytest.fixture(scope="module")
async def filings(house: House) -> dict[FilingKind, UUID]:
    """A declaration and a licence of other people."""
    declaration = await declare(house, await house.guest(Role.LICENSOR))
    await announce(await house.guest(Role.OFFICE), declaration, "KF2026-rights")
    licence = await give_notice(await house.guest(Role.LICENSEE), declaration)
    return {FilingKind.DECLARATION: declaration, FilingKind.LICENCE: licence}


@pytest.mark.parametrize("role", [role for role in PEOPLE if role not in SEE_ALL])
async def test_whoever_does_not_see_a_filing_is_told_so_before_its_act_is_looked_at(
    house: House, filings: dict[FilingKind, UUID], role: Role
) -> None:
    guest = await house.guest(role)
    for kind, filing in filings.items():
        assert (await guest.get(f"/filings/{filing}")).status_code == 404
        for act in list(models_of(kind))[::12]:
            assert (await guest.get(f"/filings/{filing}/acts/{act}")).status_code == 404, act


async def test_every_act_that_a_role_has_no_right_to_is_not_there(
    house: House, filings: dict[FilingKind, UUID]
) -> None:
    """Whoever sees all filings may still do only what the table gives.

    Each act is asked for by everybody who may. Of who may not no page knows more than the table, by which all are
    judged alike: they take turns at asking for what they may not, and each is told no many times.
    """
    guests, turn = {role: await house.guest(role) for role in SEE_ALL}, cycle(SEE_ALL)
    refused = Counter[Role]()
    for kind, filing in filings.items():
        for guest in guests.values():
            assert (await guest.get(f"/filings/{filing}")).status_code == 200
        for act in models_of(kind):
            those = {role for role in SEE_ALL if may(role, kind, act)}
            no = next((role for role in islice(turn, len(SEE_ALL)) if role not in those), None)
            for role in those if no is None else {*those, no}:
                answer = await guests[role].get(f"/filings/{filing}/acts/{act}")
                assert answer.status_code == (200 if role in those else 404), (role, act)
                refused[role] += role not in those
    assert min(refused[role] for role in SEE_ALL) > 5, refused


@pytest.mark.parametrize("path", ["/filings/{id}", "/acts/{id}", "/acts/{id}/receipt.pdf", "/declare/{id}"])
async def test_no_id_that_is_made_up_opens_anything(house: House, path: str) -> None:
    for role in (Role.LICENSOR, Role.OPERATOR, Role.AUDITOR):
        guest = await house.guest(role)
        assert (await guest.get(path.format(id=UUID(int=9)))).status_code == 404


@pytest.mark.parametrize("path", ["/filings", "/tasks", "/declare", "/dashboard", "/findings", "/account", "/people"])
async def test_whoever_is_not_signed_in_is_asked_to(house: House, path: str) -> None:
    answer = await house.public().get(path)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sign-in")


async def test_a_form_without_its_token_or_from_another_site_does_nothing(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    drafts = "SELECT count(*) FROM drafts WHERE organisation_id = $1"
    assert (await licensor.http.post("/declare", data={})).status_code == 422
    assert (await licensor.http.post("/declare", data={"csrf": "0" * 64})).status_code == 422
    elsewhere = {"origin": "https://elsewhere.example"}
    posted = await licensor.http.post("/declare", data={"csrf": licensor.session.csrf}, headers=elsewhere)
    assert posted.status_code == 422
    assert await house.pool.fetchval(drafts, licensor.organisation_id) == 0
