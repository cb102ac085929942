"""Each task leads to the acts that do it, or is said to be done elsewhere."""

from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.towards import ACTS_TOWARDS, acts_towards
from texts.rows import FOLDER, read_rows

DONE_ELSEWHERE = frozenset(
    {
        *("audit_differs", "audit_not_done", "ask_office_of_rename", "carry_adjustment", "correct_tax"),
        *("decide_which_stands", "declare_tax", "explain_payer", "export_registration", "last_claim_day"),
        *("offer_end", "patent_last_day", "publicity_end", "read_refusal", "record_voucher", "refund_credit"),
        *("refund_licensee", "refund_or_allocate_credit", "register_export", "review_benefits", "review_claims"),
        *("review_paid_period", "state_ground", "stop_payment", "tell_correction", "tell_licensees", "term_ends"),
    }
)
"""Looked at, told to somebody, or done at an office, a bank or a command line; and what is a day and nobody's work."""
ACTS = {row.act for lifecycle in LIFECYCLES.values() for row in lifecycle.rows}


def test_every_task_there_is_has_its_acts_or_is_done_elsewhere() -> None:
    tasks = set(read_rows(FOLDER / "tasks.yaml", lambda row: row))
    assert tasks == ACTS_TOWARDS.keys() | DONE_ELSEWHERE
    assert not ACTS_TOWARDS.keys() & DONE_ELSEWHERE


def test_every_act_that_a_task_leads_to_is_an_act() -> None:
    assert {act for acts in ACTS_TOWARDS.values() for act in acts} <= ACTS


def test_of_a_role_only_its_own_acts_are_named() -> None:
    assert acts_towards("pre_check", ("return", "correct_fact")) == ("return",)
    assert acts_towards("tell_licensees", ("return",)) == ()
