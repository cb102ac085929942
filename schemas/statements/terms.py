"""What the check of an offer's terms has to say."""

from typing import Literal

from schemas.values.model import Model


class TermsNote(Model):
    """One remark on the terms: a refusal stops the declaration, a warning is shown and kept."""

    code: str
    level: Literal["refusal", "warning"]
    where: str
    """The field of the declaration."""
    article: str
    """What it rests on."""
    facts: dict[str, str]
    """What its texts name."""
