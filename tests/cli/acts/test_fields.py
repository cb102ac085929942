"""Options and bodies become one form: what an option says stands over the body, and text stays text."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cli.acts.command import read_act
from cli.acts.fields import with_fields
from cli.typed.mistakes import Mistyped
from client.today import today
from schemas.acts.act import FilingKind, Origin, PassDay
from schemas.acts.licence import GiveNotice, Retract
from schemas.acts.payout import Approve
from schemas.acts.royalty import BookReceipt
from schemas.values.actor import ENGINE, Role
from schemas.values.money import Money

PARTY, FILING = str(UUID(int=1)), str(UUID(int=2))


def options(**given: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"body": None, "fields": (), "role": None, "by": PARTY, "organisation": None}
    return usual | {"filing_id": FILING} | given


def test_points_lead_into_objects_and_only_json_is_json(tmp_path: Path) -> None:
    (tmp_path / "line.json").write_text('{"bank": "ICBC"}')
    made = with_fields(
        {"line": {"bank": "ABC", "account": "1"}},
        (
            "line.serial=0042",
            "amount=5.00",
            'reasons=[{"field": "title"}]',
            'note="quoted"',
            "equation=a=b",
            f"copy=@{tmp_path / 'line.json'}",
        ),
    )
    assert made == {
        "line": {"bank": "ABC", "account": "1", "serial": "0042"},
        "amount": "5.00",
        "reasons": [{"field": "title"}],
        "note": "quoted",
        "equation": "a=b",
        "copy": {"bank": "ICBC"},
    }


def test_a_field_without_a_value_is_wrong_usage() -> None:
    with pytest.raises(Mistyped):
        with_fields({}, ("reason",))


def test_an_option_stands_over_the_body(tmp_path: Path) -> None:
    (tmp_path / "receipt.json").write_text(
        '{"line": {"bank": "ICBC", "account": "1", "serial": "0042"}, "amount": "3.00", "paid_on": "2026-11-19",'
        f' "payer": "{PARTY}", "allocations": [{{"obligation": "due:1", "amount": "5.00"}}]}}'
    )
    act, _, filing_id, _ = read_act(
        FilingKind.LICENCE,
        BookReceipt,
        options(body=str(tmp_path / "receipt.json"), amount="5.00", on="2026-11-20", escrow=True, origin="feed"),
    )
    assert isinstance(act, BookReceipt)
    assert (act.amount, act.escrow, act.origin, act.on.isoformat()) == (Money(500), True, Origin.FEED, "2026-11-20")
    assert (act.by.role, str(filing_id)) == (Role.BANK, FILING)


def test_who_asks_and_when_have_usual_values() -> None:
    act, act_id, _, _ = read_act(FilingKind.LICENCE, Retract, options())
    assert (act.by.role, str(act.by.party_id), act.on) == (Role.LICENSEE, PARTY, today())
    assert act_id is None


def test_the_second_approver_says_so() -> None:
    act, act_id, _, _ = read_act(
        FilingKind.PAYOUT,
        Approve,
        options(role="second_approver", organisation=PARTY, amounts_hash="a" * 64, act_id=FILING),
    )
    assert act.by.role is Role.SECOND_APPROVER
    assert str(act.by.organisation_id) == PARTY
    assert str(act_id) == FILING


def test_the_engine_needs_no_party() -> None:
    act, _, _, _ = read_act(FilingKind.LICENCE, PassDay, options(role="timer", by=None))
    assert act.by.party_id == ENGINE


@pytest.mark.parametrize(("n", "lacks_number"), [({}, True), ({"n": "2"}, False)])
def test_only_a_notice_without_a_number_has_to_be_looked_up(n: dict[str, str], lacks_number: bool) -> None:
    given = options(declaration_id=FILING, licensee=PARTY, **n)
    given.pop("filing_id")
    assert read_act(FilingKind.LICENCE, GiveNotice, given).lacks_number is lacks_number
