"""Whether the recordal of a licence contract would be refused (Recordal Measures art. 12), ground by ground.

A ground that nobody looked at is *unknown*: the recordal is then neither safe nor refused. The office alone decides.
"""

from datetime import date

from rules.law.answered import answered
from rules.law.answers import any_of, yes_if
from rules.law.law import Law
from rules.law.patent_life import last_day
from schemas.questions.recordal import RecordalInputs
from schemas.values.determination import Answer3, Determination
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import refuse

RULE = "recordal_ground"

_GROUNDS = "national.recordal_refusal_grounds"


def recordal_grounds(inputs: RecordalInputs, as_of: date) -> Determination:
    """Answers: each ground, ``refused`` over all of them, and ``evaluation_report_may_be_asked`` (GL V-10-1; L-16).

    ``unknown`` names the grounds that nobody looked at, as long as no other one refuses already. Refused:
    ``licence_ends_before_it_begins``.
    """
    if inputs.ends_on is not None and inputs.ends_on < inputs.effective_on:
        raise refuse("licence_ends_before_it_begins", "ends_on", begins=inputs.effective_on, ends=inputs.ends_on)
    law = Law(as_of)
    grounds = law.words(_GROUNDS)
    found = {ground: _ground(inputs, ground) for ground in grounds}
    refused = any_of(found.values())
    law.step(
        "grounds of refusal",
        f"{len(grounds)} grounds, {sum(one is Answer3.YES for one in found.values())} exist",
        refused,
        law.cite(_GROUNDS).provision,
    )
    report = inputs.patent_kind is not PatentKind.INVENTION
    return answered(
        law,
        RULE,
        inputs,
        as_of,
        answers={
            **{ground: str(answer) for ground, answer in found.items()},
            "refused": str(refused),
            "evaluation_report_may_be_asked": str(yes_if(report)),
        },
        unknown=[ground for ground, answer in found.items() if answer is refused is Answer3.UNKNOWN],
    )


def _ground(inputs: RecordalInputs, ground: str) -> Answer3:
    if ground == "term_beyond_patent":
        end = last_day(inputs.patent_kind, inputs.filed_on, inputs.compensation_days)
        return yes_if(None if inputs.ends_on is None else inputs.ends_on > end)
    if ground == "same_contract_twice":
        return yes_if(None if inputs.recorded_contracts is None else inputs.contract in inputs.recorded_contracts)
    answer: Answer3 = getattr(inputs, ground)
    return answer
