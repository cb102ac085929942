"""The two kinds of no.

    Exception
    ├── Refused   the answer is no, for a reason of law, state or form; never retried; carries a Refusal
    └── Fault     something is broken; says whose fault it is and whether to try again

Callers compare ``code``, never a text. The texts stand in ``schemas/refusals/``, one table per area.
"""

from schemas.refusals import TEXTS
from schemas.values.model import Model


class Refusal(Model):
    """A no with its article and its remedy, in both languages."""

    code: str
    article: str
    where: str = ""
    """The field, row or filing it is about; empty when it is the act as a whole."""
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


def refusal(code: str, where: str = "", **facts: object) -> Refusal:
    """The refusal of that code, its texts filled with ``facts``; an unknown code is a KeyError, so a test sees it."""
    text = TEXTS[code]
    filled = {name: str(value) for name, value in facts.items()}
    return Refusal(
        code=code,
        article=text.article.format(**filled),
        where=where,
        zh=text.zh.format(**filled),
        en=text.en.format(**filled),
        remedy_zh=text.remedy_zh.format(**filled),
        remedy_en=text.remedy_en.format(**filled),
    )


class Refused(Exception):
    """The act is refused; ask ``refusals`` for the reasons."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__("; ".join(f"{one.code}: {one.en}" for one in refusals))


def refuse(code: str, where: str = "", **facts: object) -> Refused:
    """``raise refuse("already_declared", where=..., patent=...)``."""
    return Refused(refusal(code, where, **facts))


class Fault(Exception):
    """Something is broken. ``whose``: ``ours``, ``caller``, ``database``, ``temporal`` or ``outside``."""

    def __init__(self, whose: str, what: str, *, retry: bool) -> None:
        self.whose, self.what, self.retry = whose, what, retry
        super().__init__(f"{what} (fault: {whose}, {'try again' if retry else 'do not try again'})")
