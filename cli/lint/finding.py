"""What a lint has to say about one value, file or scheme."""

from typing import NamedTuple

from texts.words import Level


class Finding(NamedTuple):
    """``code`` is compared, never the texts; ``where`` is the file or the name and day of the value."""

    code: str
    level: Level
    where: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
