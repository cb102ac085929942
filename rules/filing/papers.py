"""Papers that cannot be: one that is dated after the act that hands it in, and one for two different statements."""

from collections.abc import Iterable, Iterator, Mapping

from rules.filing.remarks import Remark, refused
from schemas.acts.act import Act
from schemas.acts.declaration import TakeOverDeclaration
from schemas.acts.licence import TakeOverLicence
from schemas.acts.payout import PaidLine
from schemas.acts.royalty import BookReceipt
from schemas.acts.settlement import SettledBefore
from schemas.acts.settlement_claims import Predecessor
from schemas.statements.bars import BarAnswer
from schemas.statements.offer import EvaluationReport
from schemas.values.model import Model

HAPPENED: Mapping[type[Model], tuple[str, ...]] = {
    EvaluationReport: ("issued_on",),
    BarAnswer: ("checked_on",),
    TakeOverDeclaration: ("announced_on",),
    TakeOverLicence: ("received_on", "effective_on"),
    BookReceipt: ("paid_on",),
    PaidLine: ("paid_on",),
    SettledBefore: ("paid_on",),
    Predecessor: ("merged_on",),
}
"""Days of what has happened when somebody states it. A day that is fixed ahead, such as the end of a term, is none.

What an authority alone states is not asked (R2): a notice comes after the end that it tells of.
"""


def guard_days_of_papers(act: Act) -> Iterator[Remark]:
    """Nobody hands in what is dated after the day on which he hands it in; facts of authorities are not asked (R2)."""
    for where, stated in _parts(act, ""):
        for name in HAPPENED.get(type(stated), ()):
            day = getattr(stated, name)
            if day is not None and day > act.on:
                yield refused("paper_of_the_future", f"{where}{name}", day=day, on=act.on)


def guard_one_paper_each(papers: Iterable[tuple[str, str | None]]) -> Iterator[Remark]:
    """``papers``: where each stands in the act, and its content hash; one file is no two statements."""
    first: dict[str, str] = {}
    for where, content_hash in papers:
        if content_hash is not None and first.setdefault(content_hash, where) != where:
            yield refused("paper_twice", where, first=first[content_hash], content_hash=content_hash)


def _parts(model: Model, where: str) -> Iterator[tuple[str, Model]]:
    yield where, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Model):
            yield from _parts(value, f"{where}{name}.")
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, Model):
                    yield from _parts(one, f"{where}{name}.{index}.")
