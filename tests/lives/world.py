"""The world of the tests: the usual one, and second parties who compete, countersign or come to nothing."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from cli.demo.filings.world import World as UsualWorld

NOT_YET_KNOWN = ("late_licensee",)
"""Nobody writes it; for tests of what is missing."""


@dataclass(frozen=True)
class World(UsualWorld):
    """Tests on one database do not meet, since their worlds share nothing."""

    organisations: ClassVar[tuple[str, ...]] = (*UsualWorld.organisations, "second_unit", "second_licensee", "agency")
    persons: ClassVar[tuple[str, ...]] = (
        *UsualWorld.persons,
        *(f"second_{role}" for role in ("operator", "finance", "licensor", "scheme_officer")),
    )

    def party(self, *name: str) -> UUID:
        known = (*self.organisations, *self.persons, *NOT_YET_KNOWN)
        assert set(name) <= set(known), f"{name} is nobody in this world"
        return super().party(*name)
