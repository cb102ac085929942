"""Wherever somebody may go is found from every page, in few links."""

from uuid import UUID

import pytest

from schemas.values.actor import Role
from web.navigation import navigation
from web.rights.pages import PAGES
from web.sign_in.session import Membership

PUBLIC = {"/offers", "/statistics", "/verify"}


def _member(role: Role, platform: str | None = None) -> Membership:
    return Membership(UUID(int=1), role, UUID(int=2), "某单位", None, platform)


def _reached(mine: Membership | None) -> set[str]:
    top = navigation(mine, "/", "zh").top
    return {one.href for first in top for one in (first, *navigation(mine, first.href, "zh").below)}


@pytest.mark.parametrize(
    "mine", [None, *map(_member, Role), _member(Role.OPERATOR, "sub"), _member(Role.AUDITOR, "sub")]
)
def test_what_is_shown_may_be_asked_for_and_no_row_has_more_than_seven(mine: Membership | None) -> None:
    reached = _reached(mine)
    assert reached >= PUBLIC
    for href in reached:
        assert PAGES[href].is_public or (mine is not None and PAGES[href].admits(mine)), href
        here = navigation(mine, f"{href}/one", "en")
        assert max(len(here.top), len(here.below)) <= 7
        assert len([one for one in here.top if one.is_current]) == 1
        assert [one.href for one in here.below if one.is_current] in ([href], [])


def test_an_operator_finds_what_he_has_in_groups() -> None:
    here = navigation(_member(Role.OPERATOR), "/messages", "en")
    assert [one.label for one in here.top] == ["Work", "Filings", "Registers", "Audit log", "Public"]
    assert [one.href for one in here.below] == ["/dashboard", "/tasks", "/findings", "/messages"]
    assert navigation(_member(Role.OPERATOR), "/account", "en").below == []


def test_no_page_is_lost_in_a_group() -> None:
    common = {"/tasks", "/filings", "/parties", "/patents", *PUBLIC}
    operators = {"/dashboard", "/findings", "/messages", "/calendars", "/audit-log", "/imports", "/consent-codes"}
    assert _reached(_member(Role.OPERATOR)) == common | operators
    assert _reached(_member(Role.OPERATOR, "sub")) == common | {"/dashboard", "/findings"}
    assert _reached(_member(Role.ADMINISTRATOR)) == common | {"/people", "/roles"}
    assert _reached(_member(Role.AUDITOR)) == common | {"/messages", "/calendars", "/audit-log"}
    assert _reached(_member(Role.LICENSEE)) == {"/filings", "/tasks", "/licences", *PUBLIC}
