"""All stories by name."""

from tests.lives.stories import (
    a_declaration_is_returned_and_taken_back,
    a_declaration_is_taken_over_and_corrected,
    a_draft_is_discarded,
    a_free_licence_runs_its_term,
    a_lapse_freezes_a_licence_until_the_right_is_restored,
    a_late_withdrawal_makes_a_licence_void,
    a_notice_is_retracted,
    a_notice_stays_unpaid_and_the_next_one_is_paid,
    a_patent_lapses_is_restored_and_declared_invalid,
    a_withdrawal_is_refused_and_then_announced,
    an_entry_fee_is_paid_and_a_report_stays_out,
    an_instalment_is_waived,
    an_offer_is_revoked,
    an_offer_is_terminated,
    an_offer_with_a_fixed_end_expires,
    sales_are_reported_and_corrected,
    the_office_refuses,
)
from tests.lives.stories_of_money import (
    a_receipt_is_reversed_after_the_lock,
    a_reversal_after_payment_waits_for_a_decision,
    a_reversal_cancels_a_payout,
    a_subsidy_is_claimed_and_paid,
    an_objection_changes_the_amounts,
    an_objection_to_a_list_is_decided,
    inventors_are_paid,
    the_first_grant_is_rewarded,
)
from tests.lives.telling import Story

STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (
        a_draft_is_discarded,
        a_declaration_is_returned_and_taken_back,
        the_office_refuses,
        a_withdrawal_is_refused_and_then_announced,
        an_offer_is_terminated,
        an_offer_is_revoked,
        an_offer_with_a_fixed_end_expires,
        a_patent_lapses_is_restored_and_declared_invalid,
        a_declaration_is_taken_over_and_corrected,
        a_free_licence_runs_its_term,
        a_notice_is_retracted,
        a_notice_stays_unpaid_and_the_next_one_is_paid,
        a_late_withdrawal_makes_a_licence_void,
        a_lapse_freezes_a_licence_until_the_right_is_restored,
        sales_are_reported_and_corrected,
        an_entry_fee_is_paid_and_a_report_stays_out,
        an_instalment_is_waived,
        inventors_are_paid,
        an_objection_changes_the_amounts,
        a_reversal_cancels_a_payout,
        a_reversal_after_payment_waits_for_a_decision,
        the_first_grant_is_rewarded,
        a_subsidy_is_claimed_and_paid,
        a_receipt_is_reversed_after_the_lock,
        an_objection_to_a_list_is_decided,
    )
}
