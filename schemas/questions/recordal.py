"""What is known of a licence contract that is to be recorded (备案), ground by ground of refusal."""

from typing import Annotated

from pydantic import Field

from schemas.values.cells.numbers import DIGITS
from schemas.values.determination import Answer3
from schemas.values.model import ContentHash, Day, Model
from schemas.values.patent_number import PatentKind


class RecordalInputs(Model):
    """Each answer is *unknown* until somebody looked; ``None`` is "not stated"."""

    patent_kind: PatentKind
    filed_on: Day
    compensation_days: Annotated[int, Field(ge=0, le=3_700), DIGITS] = 0
    effective_on: Day
    ends_on: Day | None = None
    """Last day of the licence term."""
    contract: ContentHash
    recorded_contracts: Annotated[tuple[ContentHash, ...], Field(max_length=10_000)] | None = None
    """Contracts of this patent that are recorded already; the same contract twice is refused, a new one is not."""
    right_ended_or_invalidated: Answer3 = Answer3.UNKNOWN
    licensor_not_entitled: Answer3 = Answer3.UNKNOWN
    contract_incomplete: Answer3 = Answer3.UNKNOWN
    co_owner_rule_breached: Answer3 = Answer3.UNKNOWN
    annual_fee_in_grace: Answer3 = Answer3.UNKNOWN
    procedures_suspended: Answer3 = Answer3.UNKNOWN
    pledged_without_consent: Answer3 = Answer3.UNKNOWN
    conflict_with_recorded_contract: Answer3 = Answer3.UNKNOWN
    other: Answer3 = Answer3.UNKNOWN
