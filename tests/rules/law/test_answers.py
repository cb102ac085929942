"""Three answers put together: unknown is never read as no."""

from itertools import product

import pytest

from rules.law.answers import all_of, any_of, opposite, yes_if
from schemas.values.determination import Answer3

YES, NO, UNKNOWN = Answer3.YES, Answer3.NO, Answer3.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "every", "some"),
    [
        ((), YES, NO),
        ((YES, YES), YES, YES),
        ((YES, NO), NO, YES),
        ((YES, UNKNOWN), UNKNOWN, YES),
        ((NO, UNKNOWN), NO, UNKNOWN),
        ((NO, NO), NO, NO),
        ((UNKNOWN,), UNKNOWN, UNKNOWN),
    ],
)
def test_one_no_decides_all_and_one_yes_decides_any(
    answers: tuple[Answer3, ...], every: Answer3, some: Answer3
) -> None:
    assert (all_of(answers), any_of(answers)) == (every, some)


def test_the_unknown_stays_open_exactly_where_the_answer_to_it_would_matter() -> None:
    for known in product((YES, NO), repeat=2):
        for combine in (all_of, any_of):
            outcomes = {combine((*known, open_one)) for open_one in (YES, NO)}
            assert combine((*known, UNKNOWN)) is (UNKNOWN if len(outcomes) == 2 else outcomes.pop())


def test_a_fact_that_nobody_stated_is_unknown_and_so_is_its_opposite() -> None:
    assert [yes_if(fact) for fact in (True, False, None)] == [YES, NO, UNKNOWN]
    assert [opposite(one) for one in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]
