"""Role x act x whose: what the lifecycle tables give nobody, no page gives; what is not his, nobody sees."""

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


@pytest.mark.parametrize("role", PEOPLE)
async def test_every_act_that_a_role_has_no_right_to_is_not_there(house: House, role: Role) -> None:
    """The filings are of other people: whoever sees all of them may still do only what the table gives."""
    declaration = await declare(house, await house.guest(Role.LICENSOR))
    await announce(await house.guest(Role.OFFICE), declaration, f"KF{role.value.upper()}")
    licence = await give_notice(await house.guest(Role.LICENSEE), declaration)
    guest = await house.guest(role)
    for kind, filing in ((FilingKind.DECLARATION, declaration), (FilingKind.LICENCE, licence)):
        sees = (await guest.get(f"/filings/{filing}")).status_code
        assert sees == (200 if RELATIONS.get(role) == ("all",) else 404)
        # Whoever does not see a filing is told so before its act is looked at: a few acts show it.
        for act in list(models_of(kind))[:: 1 if sees == 200 else 12]:
            answer = await guest.get(f"/filings/{filing}/acts/{act}")
            assert answer.status_code == (200 if sees == 200 and may(role, kind, act) else 404), act


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
