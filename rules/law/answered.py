"""How the rules that answer a question about facts on a day close their determination."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.law.law import Law
from schemas.values.determination import Determination, ResultLine
from schemas.values.model import Model


def answered(
    law: Law,
    rule: str,
    facts: Model,
    as_of: date,
    *,
    result: Sequence[ResultLine] = (),
    answers: Mapping[str, str] | None = None,
    unknown: Sequence[str] = (),
    also: Sequence[Law] = (),
) -> Determination:
    """The determination with ``facts`` and the day asked for among its inputs, so that it can be made again from them.

    With something ``unknown`` there are no amounts; the answers that do not depend on it stay. What was read in the law
    of other days (``also``) belongs into the same record.
    """
    inputs = {"facts": facts.model_dump_json(), "as_of": as_of.isoformat()}
    made = law.determination(rule, inputs, () if unknown else result, tuple(dict.fromkeys(unknown)), answers)
    reads = tuple(dict.fromkeys(read for one in (law, *also) for read in one.reads))
    return Determination(**{**dict(made), "reads": reads})
