"""What whoever holds a certificate is told on a day."""

from datetime import date

import pytest

from rules.licence.validity import Validity, validity_of
from schemas.lifecycle.stages.licence import LicenceStage as S
from schemas.standing.position import LicencePosition
from tests.rules.licence.story import LICENSEE

SINCE, ENDS, TODAY = date(2026, 3, 10), date(2029, 3, 10), date(2027, 1, 4)


def position(stage: S, ended_on: date | None = None) -> LicencePosition:
    return LicencePosition(
        stage=stage,
        licensee=LICENSEE,
        n=1,
        received_on=SINCE,
        terms_version=1,
        effective_on=SINCE,
        term_ends_on=ENDS,
        ended_on=ended_on,
    )


@pytest.mark.parametrize(
    ("stage", "ended_on", "told"),
    [
        (S.EFFECTIVE, None, Validity("in_force", SINCE, ENDS)),
        (S.EXPIRED, ENDS, Validity("ended", SINCE, ENDS)),
        (S.TERMINATED, date(2026, 9, 1), Validity("ended", SINCE, date(2026, 9, 1))),
        # the day on which the patent ended is the first without it
        (S.PATENT_ENDED, date(2026, 9, 1), Validity("ended", SINCE, date(2026, 8, 31))),
        (S.PATENT_ENDED_PROVISIONAL, date(2026, 9, 1), Validity("provisional", SINCE, ENDS)),
        (S.VOID, date(2026, 4, 1), Validity("void")),
        (S.NOT_CONCLUDED, date(2026, 4, 1), Validity("not_concluded")),
        (S.AWAITING_PAYMENT, None, Validity("not_yet")),
    ],
)
def test_each_stage_says_whether_the_licence_is_valid(stage: S, ended_on: date | None, told: Validity) -> None:
    assert validity_of(position(stage, ended_on), TODAY) == told


def test_a_term_that_is_over_has_ended_whether_or_not_the_day_was_recorded() -> None:
    effective = position(S.EFFECTIVE)
    assert [validity_of(effective, day).state for day in (ENDS, date(2029, 3, 11))] == ["in_force", "ended"]
