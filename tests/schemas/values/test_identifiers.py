"""Ids are the same wherever they are made; workflow ids can be taken apart and hold nothing personal."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.acts.act import Act
from schemas.values.identifiers import (
    act_id_of,
    declaration_id_of,
    derived_id,
    licence_id_of,
    payout_id_of,
    receipt_id_of,
    settlement_id_of,
    workflow_id,
)
from schemas.wire.same_act import identity_hash, update_id
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World

_PARTS = st.text(min_size=1, max_size=12).filter(lambda text: ":" not in text)
DECLARATION = LicenceLife(DeclarationLife(World("identifiers")))


@given(st.uuids(), st.uuids(), st.integers(1, 999))
def test_the_workflow_id_of_a_licence_says_which_one_it_is(declaration: UUID, licensee: UUID, n: int) -> None:
    assert workflow_id("licence", declaration, licensee, n) == f"licence:{declaration}:{licensee}:{n}"


@given(st.lists(_PARTS, min_size=3, max_size=3), st.lists(_PARTS, min_size=3, max_size=3))
def test_two_payouts_have_one_workflow_id_only_if_all_parts_are_the_same(one: list[str], other: list[str]) -> None:
    assert (workflow_id("payout", *one) == workflow_id("payout", *other)) == (one == other)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [("declaration", ()), ("declaration", ("a", "b")), ("declaration", ("a:b",)), ("licence", ("a", "", "1"))],
)
def test_a_workflow_id_that_could_be_read_in_two_ways_is_not_made(kind: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="workflow ids have"):
        workflow_id(kind, *parts)


def test_ids_never_change_between_versions_of_the_engine() -> None:
    assert str(derived_id("a", 1)) == "153e8102-69b2-5905-91d9-dbaeb3c369a7"
    assert str(declaration_id_of(UUID(int=1))) == "e756bf22-e9ff-5d4d-89de-fc4a127de246"


@given(st.lists(st.text(max_size=5), min_size=1, max_size=4), st.lists(st.text(max_size=5), min_size=1, max_size=4))
def test_an_id_is_made_of_its_parts_and_of_where_one_ends(one: list[str], other: list[str]) -> None:
    clean, clean_other = ([part.replace("\x1f", "") for part in parts] for parts in (one, other))
    assert (derived_id(*clean) == derived_id(*clean_other)) == (clean == clean_other)


def test_ids_of_different_things_made_from_the_same_parts_differ() -> None:
    a, b = UUID(int=1), UUID(int=2)
    made = [
        licence_id_of(a, b, 1),
        payout_id_of(a, b, "1"),
        receipt_id_of(str(a), str(b), "1"),
        act_id_of(a, b, 1),
        settlement_id_of(a, str(b), 1),
    ]
    assert len(set(made)) == len(made)


def test_the_same_notice_on_another_day_or_through_another_channel_is_the_same_act() -> None:
    notice = DECLARATION.give_notice()
    later = notice.but(on=notice.on.replace(day=28), origin="paper", evidence=())
    assert identity_hash(notice) == identity_hash(later)
    assert identity_hash(notice) != identity_hash(notice.but(foreign_licensee=True))


def test_a_payment_of_another_day_or_amount_is_another_act() -> None:
    paid = DECLARATION.pay()
    others: list[Act] = [paid.but(on=paid.on.replace(day=1)), paid.but(amount="1.00")]
    assert len({identity_hash(one) for one in (paid, *others)}) == 3


def test_each_asking_of_an_act_has_an_update_id_of_its_own_that_names_the_act() -> None:
    paid = DECLARATION.pay()
    assert update_id(paid, "one") != update_id(paid, "two")
    assert update_id(paid, "one") == f"pay:{paid.act_id}:one"
