"""What makes two requests the same act, and the name under which Temporal knows a request."""

from hashlib import sha256

from schemas.acts.act import Act
from schemas.acts.licence import GiveNotice
from schemas.acts.settlement import OpenYear
from schemas.values.canonical import canonical
from schemas.values.money import stored

_NOT_IDENTITY = frozenset({"by", "origin", "evidence"})
"""The same act through another channel is the same act: what is asked counts, not who carried it."""
_NOT_IDENTITY_OF: dict[type[Act], frozenset[str]] = {
    GiveNotice: _NOT_IDENTITY | {"on", "sub_platform", "notice_document"},
    OpenYear: _NOT_IDENTITY | {"on"},
}
"""A notice sent again, on another day, on paper or through a sub-platform, is still the first notice; a year that is
opened by hand after the schedule has opened it is open already."""


def identity_hash(act: Act) -> bytes:
    """What makes two requests the same act; a field without a value is as if it were not there.

    So an optional field that a later program adds does not make another act of one that was granted before.
    """
    left_out = _NOT_IDENTITY_OF.get(type(act), _NOT_IDENTITY)
    said = {name: value for name, value in stored(act).items() if name not in left_out and value is not None}
    return sha256(canonical(said)).digest()


def update_id(act: Act, question: str) -> str:
    """The update's id: what act it is, the act's id, and a name of this one asking of it.

    The first is for whoever looks at a run in Temporal's Web UI: the update of every act has one name there.

    Temporal answers a known update id with its first outcome for as long as it keeps the run. That must not hide that
    another body came under a known act id, give an act that was refused the same no when its reason has gone, or
    acknowledge an act that a log which was set back has not: a repeat goes to the log, which has one answer to an act.
    """
    return f"{act.kind}:{act.act_id}:{question}"
