"""Putting yes, no and unknown together; *unknown* is never read as *no*."""

from collections.abc import Iterable

from schemas.values.determination import Answer3


def all_of(answers: Iterable[Answer3]) -> Answer3:
    """Yes where all are yes, no where one is no; else unknown."""
    known = tuple(answers)
    if Answer3.NO in known:
        return Answer3.NO
    return Answer3.UNKNOWN if Answer3.UNKNOWN in known else Answer3.YES


def any_of(answers: Iterable[Answer3]) -> Answer3:
    """Yes where one is yes, no where all are no; else unknown."""
    return opposite(all_of(opposite(one) for one in answers))


def opposite(answer: Answer3) -> Answer3:
    """No for yes, yes for no."""
    return {Answer3.YES: Answer3.NO, Answer3.NO: Answer3.YES}.get(answer, Answer3.UNKNOWN)


def yes_if(fact: bool | None) -> Answer3:
    """What was stated, or unknown."""
    return Answer3.UNKNOWN if fact is None else Answer3.YES if fact else Answer3.NO
