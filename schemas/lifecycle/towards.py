"""Which acts do what a task asks for: of a filing of whichever kind has them. What is done elsewhere has none."""

from collections.abc import Mapping

ACTS_TOWARDS: Mapping[str, tuple[str, ...]] = {
    "annual_fee": ("check_status",),
    "answer_bar": ("clear_bar", "file_withdrawal"),
    "answer_hold": ("supplement_claim",),
    "answer_return": ("resubmit",),
    "apply_for_registration": ("apply",),
    "approve": ("approve",),
    "approve_difference": ("approve",),
    "approve_list": ("approve",),
    "ask_office": ("announce", "refuse"),
    "ask_office_for_recordal": ("record", "refuse_recordal"),
    "ask_registration_desk": ("register", "refuse_registration"),
    "ask_whether_end_is_final": ("confirm_end", "restore_right"),
    "activate_scheme": ("activate",),
    "calculate": ("calculate",),
    "calculate_again": ("calculate",),
    "calculate_supplement": ("calculate",),
    "call_for_claims": ("call",),
    "cancel_recordal": ("cancel_recordal",),
    "cancel_recordal_promptly": ("cancel_recordal",),
    "carry_or_demand_back": ("demand_back",),
    "change_recordal": ("change_recordal",),
    "claim_missing": ("deliver_material",),
    "complete_claims": ("supplement_claim",),
    "complete_payment": ("pay",),
    "confirm_receipt": ("book_receipt",),
    "countersign": ("countersign",),
    "decide_claim": ("accept_claim", "hold_claim", "reject_claim"),
    "decide_class": ("decide_class",),
    "decide_negative_line": ("decide",),
    "decide_objection": ("decide",),
    "decide_pursuit": ("settle", "waive", "write_off", "pursue"),
    "decide_relation": ("decide_relation",),
    "decide_settlement_objection": ("decide_objection",),
    "deliver_material": ("deliver_material",),
    "file_recordal": ("file_recordal",),
    "instruct_again": ("instruct_payment",),
    "instruct_payment": ("instruct_payment",),
    "lock_list": ("lock",),
    "not_recorded": ("file_recordal",),
    "pay": ("pay",),
    "pay_bonus": ("instruct_payment",),
    "pay_remuneration": ("instruct_payment",),
    "pay_royalty": ("pay",),
    "pay_subsidy": ("pay",),
    "pay_subsidy_again": ("pay",),
    "pay_within_tax_window": ("instruct_payment",),
    "pre_check": ("mark_filed", "return"),
    "publish": ("publish",),
    "publish_list": ("publish",),
    "record_tax": ("record_tax",),
    "recommend_claim": ("recommend", "decline"),
    "recordal_decision": ("record", "refuse_recordal"),
    "recover": ("recovered",),
    "registration_decision": ("register", "refuse_registration"),
    "report_sales": ("report_sales",),
    "settle_report_dispute": ("settle",),
    "state_facts": ("state_facts",),
    "state_substitution": ("substitute_party",),
    "status_check": ("check_status",),
    "supplement": ("supplement",),
    "supplement_amounts": ("supplement_amounts",),
    "supplement_recordal": ("supplement",),
    "supplement_registration": ("supplement_registration",),
    "withdraw_promptly_and_tell_licensees": ("file_withdrawal",),
}
"""Task -> acts, what is asked for most often first. Of a role only those that it has lead anywhere."""
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


def acts_towards(task: str, acts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the acts that do what the task asks for."""
    return tuple(act for act in ACTS_TOWARDS.get(task, ()) if act in acts)
