"""What an event after the announcement obliges to, whom, and what follows where it is not done (GL-2, 4, 9).

The table is data (``event_duties``). *Promptly* has no number of days in the law, and none is made up (R6).
"""

from datetime import date

from rules.law.answered import answered
from rules.law.law import Law
from schemas.questions.event import EventInputs
from schemas.values.determination import Determination

RULE = "event"

_TABLE, _INFERRED = "national.event_duties", "national.event_duties_inferred"
_IN_INFERRED = ("price_or_term_change", "rename_of_patentee")
ITEMS = ("duty", "who", "consequence", "article")


def event_duties(inputs: EventInputs, as_of: date) -> Determination:
    """Answers: ``duty``, ``who``, ``consequence``, ``article``, and ``deadline``, which the law leaves open.

    ``unknown``: ``goes_on``, where the patentee changed and nobody said whether the new one goes on; ``law_of:<day>``.
    """
    law = Law(inputs.happens_on)
    name = inputs.event
    if name == "patentee_changed":
        if inputs.goes_on is None:
            return answered(law, RULE, inputs, as_of, unknown=["goes_on"])
        name_in_table = f"{name}_and_{'goes_on' if inputs.goes_on else 'stops'}"
    else:
        name_in_table = name
    table = _INFERRED if name in _IN_INFERRED else _TABLE
    if not law.holds(table):
        return answered(law, RULE, inputs, as_of, unknown=[f"law_of:{inputs.happens_on}"])
    answers = {item: str(law.value(table, name_in_table, item)) for item in ITEMS}
    law.step(name_in_table, answers["who"], answers["duty"], answers["article"])
    before = "before" in answers["duty"]
    return answered(
        law,
        RULE,
        inputs,
        as_of,
        answers={**answers, "deadline": "before_the_event" if before else "none_in_law", "mark": law.mark(table)},
    )
