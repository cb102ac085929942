"""A fact of an authority or a bank told again with another content counts for nothing, and somebody is told (R2)."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from rules.kinds import DECLARATION, LICENCE, PAYOUT, SETTLEMENT, Kind
from schemas.acts.act import Act
from schemas.acts.beginning import NATURAL_KEYS, natural_act_id, told_beside_as
from schemas.acts.licence import Pay
from schemas.acts.royalty import BookReceipt, ReverseReceipt
from schemas.standing.fact import Fact, Made
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from tests.rules.declaration import declarations as declaration
from tests.rules.licence import story as licence
from tests.rules.payout import facts as payout
from tests.rules.settlement.facts import Run, seller
from tests.rules.settlement.people import CALENDAR, MARCH, PAPER, UNIVERSITY, receipt
from tests.rules.settlement.people import code as credit_code

LINE = payout.payable(payout.position(*payout.approved()))[0].key
LATER = timedelta(days=1)


class Life(NamedTuple):
    """A filing before the fact is told."""

    kind: Kind[Any, Any, Any]
    facts: Sequence[Fact[Any]]
    stands_on: Any

    def at(self, *told: Act) -> Any:
        last = self.facts[-1]
        more = (Fact(last.version + n, act, last.recorded_at, Made()) for n, act in enumerate(told, 1))
        return self.kind.derive((*self.facts, *more), self.stands_on, CALENDAR)


def _declaration(*acts: Any) -> Life:
    return Life(DECLARATION, declaration.recorded(*acts), DeclarationSurroundings())


def _licence(*acts: Any) -> Life:
    return Life(LICENCE, licence.facts(licence.NOTICE, licence.PAID, *acts), licence.offer())


def _payout(*acts: Any) -> Life:
    life = (*payout.approved(), payout.instruct(LINE), *acts)
    return Life(PAYOUT, payout.recorded(life, payout.surroundings()), payout.surroundings())


_OF_SETTLEMENTS: dict[str, dict[str, Any]] = {
    "pay": {"amount": "100.00", "bank_serial": "1"},
    "returned": {"bank_serial": "1"},
    "demand_back": {"amount": "100.00", "ground": "fraud", "decision": PAPER},
    "recovered": {"amount": "100.00", "bank_serial": "2"},
}


def _settlement(kind: str, *before: tuple[str, int]) -> tuple[Life, Act]:
    run: Run = seller(receipt("r1", "1000000", MARCH))
    run.tell(run.publish(), *run.approvals(), run.lock())
    line = f"{credit_code(UNIVERSITY)}:authority"

    def told(kind: str, month: int) -> Any:
        return run.act(kind, run.day(month, 1), line=line, **_OF_SETTLEMENTS[kind])

    run.tell(*(told(*one) for one in before))
    return Life(SETTLEMENT, tuple(run.facts), run.surroundings), told(kind, 9)


def _printed(kind: str, **fields: Any) -> Any:
    return declaration.act(kind, "2025-06-02", role=Role.OFFICE, gazette={"issue": "41-20", "item": "7"}, **fields)


SUBMITTED, ENDED = declaration.submitted(), declaration.ended("2025-05-02")
TOLD: dict[str, Callable[[], tuple[Life, Any]]] = {
    "mark_filed": lambda: (_declaration(SUBMITTED), declaration.filed()),
    "announce": lambda: (_declaration(SUBMITTED, declaration.filed()), declaration.announced()),
    "announce_withdrawal": lambda: (_declaration(*declaration.IN_FORCE), _printed("announce_withdrawal")),
    "terminate": lambda: (_declaration(*declaration.IN_FORCE), _printed("terminate")),
    "revoke": lambda: (_declaration(*declaration.IN_FORCE), _printed("revoke", ground="E1")),
    "confirm_end": lambda: (_declaration(*declaration.IN_FORCE, ENDED), _printed("confirm_end")),
    "permit_issued": lambda: (
        _licence(licence.act("permit_needed", "2026-03-11")),
        licence.act("permit_issued", "2026-03-20"),
    ),
    "record": lambda: (_licence(licence.act("file_recordal", "2026-03-12")), licence.act("record", "2026-03-20")),
    "register": lambda: (
        _licence(licence.act("apply", "2026-03-12")),
        licence.act("register", "2026-03-20", contract_amount="10000.00", technology_transaction_amount="10000.00"),
    ),
    "paid": lambda: (_payout(), payout.paid(LINE, "100.00")),
    "returned_by_bank": lambda: (
        _payout(payout.paid(LINE, "100.00")),
        payout.returned(LINE, payout.PAID + timedelta(days=3)),
    ),
    "pay": lambda: _settlement("pay"),
    "returned": lambda: _settlement("returned", ("pay", 8)),
    "recovered": lambda: _settlement("recovered", ("pay", 7), ("demand_back", 8)),
}


def _told(kind: str) -> tuple[Life, Any, Any]:
    """The filing, the fact under the key's own id, and the same fact on another day under another id."""
    life, act = TOLD[kind]()
    return life, act.but(act_id=natural_act_id(act)), act.but(act_id=derived_id("test", "told"), on=act.on + LATER)


def _alike(position: Any) -> Any:
    return position.but(findings=tuple(sorted(position.findings, key=lambda one: one.key)))


def test_every_natural_key_of_the_outside_world_is_looked_at() -> None:
    own = {model for model, key in NATURAL_KEYS.items() if key.known != "act_id_reused"}
    seen = {type(told()[1]) for told in TOLD.values()}
    assert own - seen == {BookReceipt, Pay, ReverseReceipt}  # see tests/rules/licence/test_receipts.py
    assert all(told_beside_as(told()[1]) for told in TOLD.values())


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_told_otherwise_counts_for_nothing_and_names_what_it_contradicts(kind: str) -> None:
    life, own, otherwise = _told(kind)
    alone, before, after = life.at(own), life.at(own, otherwise), life.at(otherwise, own)
    assert _alike(before) == _alike(after)
    (found,) = (one for one in before.findings if one not in alone.findings)
    assert (found.code, found.about) == ("told_otherwise", otherwise.act_id)
    assert found.key == f"told_otherwise:{otherwise.act_id}:{own.act_id}"
    assert before.but(findings=alone.findings) == alone


@pytest.mark.parametrize("kind", TOLD)
def test_it_is_no_news_once_two_people_have_corrected_the_first_to_say_the_same(kind: str) -> None:
    life, own, otherwise = _told(kind)
    on = str(date(2027, 1, 4))
    envelope = {"filing_id": own.filing_id, "on": on, "evidence": ["ab" * 32]}
    asked = life.kind.acts.validate_python(
        {
            **envelope,
            **{"kind": "correct_fact", "act_id": derived_id("test", "asked"), "corrects": own.act_id},
            "by": {"role": own.by.role, "party_id": derived_id("test", "one")},
            **{"replacement": {"on": str(otherwise.on)}, "reason": "ab" * 32},
        }
    )
    signed = life.kind.acts.validate_python(
        {
            **envelope,
            **{"kind": "countersign", "act_id": derived_id("test", "signed"), "countersigns": asked.act_id},
            "by": {"role": own.by.role, "party_id": derived_id("test", "another")},
        }
    )
    then = life.at(own, otherwise, asked, signed)
    assert "told_otherwise" not in [one.code for one in then.findings]
    assert _alike(then) == _alike(life.at(own, asked, signed))


def test_facts_under_other_ids_than_their_keys_all_count() -> None:
    life, own, otherwise = _told("announce")
    both = life.at(own.but(act_id=derived_id("test", "own")), otherwise)
    assert [one.code for one in both.findings] == ["announced_twice"]


def test_the_same_told_again_under_another_id_is_no_contradiction() -> None:
    life, own, _ = _told("record")
    assert life.at(own, own.but(act_id=derived_id("test", "again"))) == life.at(own)
