"""Who stood on each side of a licence, from which day until before which day."""

from datetime import date
from uuid import UUID

from schemas.standing.surroundings import OwnerView
from schemas.statements.offer import OwnerPart, SubstitutionGround
from schemas.values.model import Model


class PartySpan(Model):
    """A party on one side of a licence; open ends are None. ``until_on`` is the first day of whoever came after."""

    party_id: UUID
    from_on: date | None = None
    until_on: date | None = None
    ground: SubstitutionGround | None = None
    """Why it came; None for the first, and where nobody said it."""
    instead_of: UUID | None = None

    def holds(self, day: date) -> bool:
        """Whether the party stood there on that day."""
        return (self.from_on is None or self.from_on <= day) and (self.until_on is None or day < self.until_on)


class LicensorSpan(PartySpan):
    """One of the licensors, with its part of the right."""

    is_person: bool = False
    share: OwnerPart | None = None

    @property
    def view(self) -> OwnerView:
        """The owner as payouts and claims look at it."""
        return OwnerView(party_id=self.party_id, is_person=self.is_person, share=self.share)
