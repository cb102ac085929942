"""Whether the recordal of a licence contract would be refused (Recordal Measures art. 12), ground by ground.

A ground that nobody looked at is *unknown*: the recordal is then neither safe nor refused. The office alone decides.
"""

from datetime import date

from rules.law.answered import answered
from rules.law.answers import any_of, yes_if
from rules.law.law import Law
from rules.law.patent_life import last_day
from schemas.questions.recordal import RecordalFacts
from schemas.values.determination import Answer3, Determination
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import refuse

RULE = "recordal_ground"

_GROUNDS = "national.recordal_refusal_grounds"


def recordal_grounds(facts: RecordalFacts, as_of: date) -> Determination:
    """Answers: each ground, ``refused`` over all of them, and ``evaluation_report_may_be_asked`` (GL V-10-1; L-16).

    ``unknown`` names the grounds that nobody looked at, as long as no other one refuses already. Refused:
    ``licence_ends_before_it_begins``.
    """
    if facts.ends_on is not None and facts.ends_on < facts.effective_on:
        raise refuse("licence_ends_before_it_begins", "ends_on", begins=facts.effective_on, ends=facts.ends_on)
    law = Law(as_of)
    grounds = law.words(_GROUNDS)
    found = {ground: _ground(facts, ground) for ground in grounds}
    refused = any_of(found.values())
    law.step(
        "grounds of refusal",
        f"{len(grounds)} grounds, {sum(one is Answer3.YES for one in found.values())} exist",
        refused,
        law.cite(_GROUNDS).provision,
    )
    report = facts.patent_kind is not PatentKind.INVENTION
    return answered(
        law,
        RULE,
        facts,
        as_of,
        answers={
            **{ground: str(answer) for ground, answer in found.items()},
            "refused": str(refused),
            "evaluation_report_may_be_asked": str(yes_if(report)),
        },
        unknown=[ground for ground, answer in found.items() if answer is refused is Answer3.UNKNOWN],
    )


def _ground(facts: RecordalFacts, ground: str) -> Answer3:
    if ground == "term_beyond_patent":
        end = last_day(facts.patent_kind, facts.filed_on, facts.compensation_days)
        return yes_if(None if facts.ends_on is None else facts.ends_on > end)
    if ground == "same_contract_twice":
        return yes_if(None if facts.recorded_contracts is None else facts.contract in facts.recorded_contracts)
    answer: Answer3 = getattr(facts, ground)
    return answer
