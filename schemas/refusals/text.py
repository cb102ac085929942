"""The shape of one refusal's texts."""

from typing import NamedTuple


class RefusalText(NamedTuple):
    """``{names}`` in the texts are filled from the facts given to ``refuse``."""

    article: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
