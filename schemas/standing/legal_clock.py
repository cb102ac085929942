"""Whose clock a filing follows."""

from typing import Literal

LegalClock = Literal["timer", "acts"]
"""Days pass by a timer of the filing's workflow, or only by acts from outside (demonstrations, what is taken over)."""
