"""Whoever asks too often is told when to come again, and slows nobody else down."""

import pytest
from limits import RateLimitItemPerMinute

from web.api.limits import Limits, TooMany


def test_one_caller_is_stopped_and_the_others_go_on() -> None:
    limits = Limits(of_known=RateLimitItemPerMinute(2), of_strangers=RateLimitItemPerMinute(1))
    for _ in range(2):
        limits.count("key 1", known=True)
    with pytest.raises(TooMany) as stopped:
        limits.count("key 1", known=True)
    assert 1 <= stopped.value.seconds <= 60
    limits.count("key 2", known=True)
    limits.count("192.0.2.1", known=False)
    with pytest.raises(TooMany):
        limits.count("192.0.2.1", known=False)
