"""How the rules that answer a question about inputs on a day close their determination."""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.law.law import Law
from schemas.values.determination import Determination, ResultLine
from schemas.values.model import Model


def answered(
    law: Law,
    rule: str,
    inputs: Model,
    as_of: date,
    *,
    result: Sequence[ResultLine] = (),
    answers: Mapping[str, str] | None = None,
    unknown: Sequence[str] = (),
    also: Sequence[Law] = (),
) -> Determination:
    """The determination with ``inputs`` and the day asked for among its inputs, so that it can be made again from them.

    With something ``unknown`` there are no amounts; the answers that do not depend on it stay. What was read in the law
    of other days (``also``) belongs into the same record.
    """
    recorded = {"facts": inputs.model_dump_json(), "as_of": as_of.isoformat()}
    lines = () if unknown else result
    return law.determination(rule, recorded, lines, tuple(dict.fromkeys(unknown)), answers, (law, *also))
