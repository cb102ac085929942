"""Who writes what filings rely on, and who lets a day pass: registers have no stages, but roles like every act (R5)."""

from collections.abc import Mapping

from schemas.lifecycle.roles import OP
from schemas.values.actor import Role
from schemas.values.refusal import Refusal, refusal

WRITERS: Mapping[str, tuple[Role, ...]] = {
    "propose_calendar": (OP,),
    "withdraw_calendar": (OP,),
    "approve_calendar": (OP,),
    "add_party": (OP, Role.ADMINISTRATOR),
    "state_profile": (OP,),
    "bring_evidence": (OP,),
    "erase_party": (OP,),
    "take_back_log": (OP,),
    "pass_day": (OP,),
    "resume_message": (OP,),
    "repair": (OP,),
    "hold": (OP,),
    "release_hold": (OP,),
    "see_to_delivery": (OP,),
    "add_account": (Role.ADMINISTRATOR,),
    "replace_account": (Role.ADMINISTRATOR,),
    "suspend_account": (Role.ADMINISTRATOR,),
    "restore_account": (Role.ADMINISTRATOR,),
    "propose_role": (Role.ADMINISTRATOR,),
    "grant_role": (Role.ADMINISTRATOR,),
    "end_role": (Role.ADMINISTRATOR,),
}
"""What is written into a register -> who may."""

OF_ACCOUNTS = ("sign_in", "change_password", "set_second_factor", "renew_recovery_codes", "see_accounts")
"""What the audit log has of people and their accounts, and is no act."""

OF_WORK = (
    *("take_task", "give_task", "give_back_task", "see_colleagues", "take_list", "add_absence", "end_absence"),
    *("begin_bulk", "try_bulk", "do_bulk", "sign_bulk", "make_calendar", "end_calendar"),
    *("make_key", "end_key", "make_consent_link", "withdraw_consent_link", "hand_over_code", "mail_code"),
    *("consent", "decline_consent"),
)
"""What it has of how people divide their work on the console."""


def check_writer(act: str, role: Role) -> Refusal | None:
    """The no to what a role may not do with a register, as the tables of filings say it; None where it may."""
    allowed = WRITERS[act]
    if role in allowed:
        return None
    names = "、".join(one.value for one in allowed)
    return refusal("role_not_allowed", "by.role", act=act, role=role.value, allowed=names, rule="R5")
