"""Every act is a fact that its sides can correct, or something that people did and do again (R3, D-25)."""

from typing import Any, get_args

import pytest

from schemas.acts.act import Act, CorrectFact, FilingKind
from schemas.acts.declaration import Announce, DeclarationAct, Submit
from schemas.acts.licence import LicenceAct, Register
from schemas.acts.payout import Approve, PayoutAct, StateFacts
from schemas.acts.royalty import BookReceipt
from schemas.acts.settlement import ApproveSettlement, LockSettlement, PaySubsidy, SettlementAct
from schemas.acts.settlement_claims import AcceptClaim, SubmitClaim
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.corrections import OWNERS, correcting_sides, is_correctable, needs_paper
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id

UNIONS: dict[FilingKind, Any] = {
    FilingKind.DECLARATION: DeclarationAct,
    FilingKind.LICENCE: LicenceAct,
    FilingKind.PAYOUT: PayoutAct,
    FilingKind.SETTLEMENT: SettlementAct,
}
ACTS = [(kind, model) for kind, union in UNIONS.items() for model in get_args(get_args(union)[0])]
DONE_BY_PEOPLE = {
    FilingKind.DECLARATION: "save_draft discard return take_back",
    FilingKind.LICENCE: "retract close_unpaid open_dispute claim_missing dispute_report decide_class "
    "settle waive write_off pursue",
    FilingKind.PAYOUT: "determine publish object decide approve instruct_payment cancel adjust",
    FilingKind.SETTLEMENT: "open_year activate calculate publish object decide_objection approve lock demand_back "
    "withdraw_claim recommend decline accept_claim hold_claim reject_claim decide_relation",
}
"""Whoever adds an act says which it is: here, or in the table of facts."""
OF_EVERY_FILING = "pass_day surroundings_changed countersign dismiss_finding"
NAMES = [f"{kind.value} {model.model_fields['kind'].default}" for kind, model in ACTS]


def told(model: type[Act], role: Role) -> Act:
    """An act of which only who told it matters."""
    by = Actor(role=role, party_id=derived_id("test", role.value))
    return model.model_construct(by=by, kind=model.model_fields["kind"].default)


@pytest.mark.parametrize(("kind", "model"), ACTS, ids=NAMES)
def test_every_act_states_a_fact_or_was_done_by_people_and_none_is_both(kind: FilingKind, model: type[Act]) -> None:
    name = model.model_fields["kind"].default
    people = f"{DONE_BY_PEOPLE[kind]} {OF_EVERY_FILING}".split()
    assert [model in OWNERS, name in people, model is CorrectFact].count(True) == 1


@pytest.mark.parametrize(("kind", "model"), ACTS, ids=NAMES)
def test_whoever_corrects_a_fact_is_let_through_by_the_table(kind: FilingKind, model: type[Act]) -> None:
    [correcting], [signing] = (LIFECYCLES[kind].rows_of(act) for act in ("correct_fact", "countersign"))
    assert set(correcting.roles) <= set(signing.roles)
    if model not in OWNERS:
        return
    recorders = [role for row in LIFECYCLES[kind].rows_of(model.model_fields["kind"].default) for role in row.roles]
    for recorder in (role for role in recorders if role is not Role.TIMER):
        assert set(correcting_sides(told(model, recorder))) <= set(correcting.roles)


@pytest.mark.parametrize("model", [Approve, ApproveSettlement, LockSettlement, AcceptClaim])
def test_what_named_people_signed_or_decided_is_no_fact(model: type[Act]) -> None:
    assert not is_correctable(told(model, Role.FIRST_APPROVER))


@pytest.mark.parametrize(
    ("model", "recorder", "sides"),
    [
        (BookReceipt, Role.BANK, [Role.BANK, Role.FINANCE]),
        (BookReceipt, Role.FINANCE, [Role.BANK, Role.FINANCE]),
        (Announce, Role.OFFICE, [Role.OFFICE, Role.OPERATOR]),
        (Register, Role.REGISTRAR, [Role.REGISTRAR, Role.OPERATOR]),
        (PaySubsidy, Role.TREASURY, [Role.TREASURY, Role.BANK]),
        (StateFacts, Role.FINANCE, [Role.FINANCE]),
        (Submit, Role.LICENSOR, [Role.LICENSOR]),
        (SubmitClaim, Role.CLAIMANT, [Role.CLAIMANT]),
        (SubmitClaim, Role.OPERATOR, [Role.OPERATOR]),
    ],
)
def test_a_fact_is_corrected_by_the_side_that_recorded_it_or_owns_it(
    model: type[Act], recorder: Role, sides: list[Role]
) -> None:
    fact = told(model, recorder)
    assert {side for side in Role if side in correcting_sides(fact)} == set(sides)
    is_fed = recorder in (Role.BANK, Role.OFFICE, Role.REGISTRAR, Role.TREASURY)
    assert [side for side in sides if needs_paper(fact, side)] == [
        side for side in sides if is_fed or side is not recorder
    ]
