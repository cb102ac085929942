"""What makes two requests the same act."""

from schemas.acts.royalty import BookReceipt
from schemas.wire.same_act import identity_hash
from tests.rules.licence.story import act


class WithNewerField(BookReceipt):
    """The act as a later program knows it."""

    newer: str | None = None


def test_the_same_thing_told_through_another_channel_is_the_same_act() -> None:
    told = act("book_receipt", "2026-03-12")
    again = told.but(origin="imported", evidence=("b" * 64,), by=told.by.but(party_id=told.payer))
    assert identity_hash(told) == identity_hash(again)
    assert identity_hash(told) != identity_hash(told.but(escrow=True))


def test_an_optional_field_without_a_value_is_as_if_it_were_not_there() -> None:
    told = act("book_receipt", "2026-03-12")
    assert identity_hash(told) == identity_hash(WithNewerField.model_validate(dict(told)))
    assert identity_hash(told) != identity_hash(told.but(line_amount="20000.00"))
