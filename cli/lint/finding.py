"""What a lint has to say about one value, file or scheme."""

from typing import Literal, NamedTuple

Level = Literal["error", "warning", "information"]


class Finding(NamedTuple):
    """``code`` is compared, never the texts; ``where`` is the file or the name and day of the value."""

    code: str
    level: Level
    where: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
