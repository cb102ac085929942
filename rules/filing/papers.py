"""Papers that cannot be: dated after the act that hands them in, one for two statements, a reason that says nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from rules.filing.remarks import Remark, refused
from schemas.acts.act import Act
from schemas.acts.declaration import FieldReason, TakeOverDeclaration
from schemas.acts.licence import TakeOverLicence
from schemas.acts.payout import PaidLine
from schemas.acts.royalty import BookReceipt
from schemas.acts.settlement import SettledBefore
from schemas.acts.settlement_claims import DeclineClaim, HoldClaim, Predecessor, RejectClaim, Seat
from schemas.schemes.inputs import SchemeItem
from schemas.statements.bars import BarAnswer
from schemas.statements.offer import EvaluationReport, Offer
from schemas.values.actor import AUTHORITIES
from schemas.values.model import Model

HAPPENED: Mapping[type[Model], tuple[str, ...]] = {
    EvaluationReport: ("issued_on",),
    Offer: ("filed_on",),
    BarAnswer: ("since", "checked_on"),
    TakeOverDeclaration: ("announced_on",),
    TakeOverLicence: ("received_on", "effective_on"),
    BookReceipt: ("paid_on",),
    PaidLine: ("paid_on",),
    SettledBefore: ("paid_on",),
    Predecessor: ("merged_on",),
    Seat: ("since_on",),
    SchemeItem: ("contract_on", "event_on", "paid_on", "received_on", "recorded_on", "registered_on"),
}
"""Days of what has happened when somebody states it. A day that is fixed ahead, such as the end of a term, is none; a
test holds the reason beside each of those, so that no day is in neither list.

What an authority alone states is not asked (R2): a notice comes after the end that it tells of.
"""


REASONED: Mapping[type[Model], tuple[str, ...]] = {
    FieldReason: ("reason",),
    DeclineClaim: ("reason",),
    HoldClaim: ("reason",),
    RejectClaim: ("reason",),
}
"""Why somebody decided, in words of his own; what an authority writes is not asked, and people read the documents."""
_LEAST_REASON = 2
"""Letters, digits and characters: 缺页 says what is missing, one character says nothing."""


def guard_papers(act: Act) -> Iterator[Remark]:
    """Nobody hands in what is dated after the day on which he hands it in, nor a reason that says nothing.

    Facts of authorities are not asked (R2).
    """
    for where, stated in _parts(act, ""):
        for name in HAPPENED.get(type(stated), ()):
            day = getattr(stated, name)
            if day is not None and day > act.on:
                yield refused("paper_of_the_future", f"{where}{name}", day=day, on=act.on)
        for name in REASONED.get(type(stated), ()):
            if letters_of(getattr(stated, name)) < _LEAST_REASON:
                yield refused("reason_short", f"{where}{name}", least=_LEAST_REASON)


def guard_corrected_papers(made: Iterable[Act], replaced: Collection[str]) -> Iterator[Remark]:
    """Neither does a correction: of ``made``, the fact as it would be, only what is ``replaced`` is asked."""
    for one in made:
        for said in guard_papers(one) if one.by.role not in AUTHORITIES else ():
            no = said.refusal
            if "on" in replaced or no.where.split(".")[0] in replaced:
                yield said._replace(refusal=no.but(where=f"replacement.{no.where}"))


def letters_of(text: str) -> int:
    """How many letters, digits and characters a text has; what stands between them explains nothing."""
    return sum(one.isalnum() for one in text)


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
