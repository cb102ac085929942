"""The unique keys of the database as refusals: the last guard, when two acts were checked at the same time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from schemas.values.refusal import refuse

REFUSED_BY = {
    "one_live_declaration": "already_declared",
    "one_unfinished_licence": "open_licence_exists",
    "one_voucher": "voucher_known",
    "one_licence_per_notice": "stale_licence_number",
    "bank_lines_pkey": "bank_line_known",
    "bank_line_parts_pkey": "bank_line_known",
    "bank_line_parts_of_one_line": "bank_line_exceeded",
    "bank_line_parts_within_line": "bank_line_exceeded",
    "one_settlement_per_year": "settlement_exists",
    "one_claim_per_claimant_and_year": "claimed_elsewhere",
    "one_claim_per_receipt": "receipt_claimed",
    "one_subsidy_per_bank_line": "subsidy_line_known",
    "taken_once": "adjustment_taken",
    "two_people_load_a_calendar": "same_person",
    "held_persons_stay": "held",
    "sign_in_name_is_free": "sign_in_name_taken",
    "two_people_grant_a_role": "role_granted_by_same_person",
}
"""Constraint -> code of the refusal."""


@contextmanager
def refusing(**facts: object) -> Iterator[None]:
    """Turns the violation of such a key into its refusal, told with ``facts``; any other error passes."""
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as error:
        code = REFUSED_BY.get(str(error.constraint_name))
        if code is None:
            raise
        # A check that knows more than its name says it in JSON; a plain key tells in words what a program cannot read.
        detail = error.detail or ""
        told = json.loads(detail) if detail.startswith("{") else {}
        raise refuse(code, "", **{**facts, **told}) from error
