"""What the tests ask of every kind of filing beyond its own acts: days, news from elsewhere, corrections."""

from datetime import date
from typing import Any
from uuid import UUID

from cli.demo.filings.filing import Filing
from schemas.acts.act import Act, CorrectFact, Countersign, PassDay, SurroundingsChanged
from schemas.values.actor import Role


class Life(Filing):
    """A filing of the tests; everything about it can be changed by name."""

    def pass_day(self, on: date) -> PassDay:
        return self.act(PassDay, Role.TIMER, on)

    def surroundings_changed(self, on: date, cause: UUID) -> SurroundingsChanged:
        return self.act(SurroundingsChanged, Role.TIMER, on, again=cause, cause=cause)

    def correct_fact(
        self, corrects: UUID, on: date, replacement: dict[str, Any], role: Role = Role.OPERATOR
    ) -> CorrectFact:
        given = {"corrects": corrects, "replacement": replacement, "reason": self.world.paper("decision")}
        return self.act(CorrectFact, role, on, again=corrects, **given)

    def countersign(self, act: Act) -> Countersign:
        """By the second person in the same role, on the same day."""
        role = act.by.role
        return self.act(Countersign, role, act.on, by=f"second_{role.value}", again=act.act_id, countersigns=act.act_id)
