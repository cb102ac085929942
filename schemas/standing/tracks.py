"""Where the tracks beside a right stand."""

from pydantic import Field

from schemas.lifecycle.stages.licence import RecordalStage, RegistrationStage, RoyaltyStage
from schemas.lifecycle.stages.settlement import SupplementStage
from schemas.values.model import Model


def _is_none(value: object) -> bool:
    return value is None


class Tracks(Model):
    """Where the tracks beside the right stand; a track that has not begun, or that a kind has not, is left out."""

    recordal: RecordalStage | None = Field(default=None, exclude_if=_is_none)
    registration: RegistrationStage | None = Field(default=None, exclude_if=_is_none)
    royalty: RoyaltyStage | None = Field(default=None, exclude_if=_is_none)
    supplement: SupplementStage | None = Field(default=None, exclude_if=_is_none)

    def stages(self) -> dict[str, str]:
        """Track -> stage, of those that have begun."""
        return self.model_dump(mode="json")
