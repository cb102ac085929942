"""Every determination made again from its recorded inputs alone, whichever rule made it."""

from collections.abc import Callable
from datetime import date

from rules.licence import royalty
from rules.questions.registry import RULES
from rules.remuneration import first_grant_bonus, remuneration
from rules.schemes import cases, settling, trace
from schemas.values.determination import Determination

_RULES: dict[str, Callable[[Determination], Determination]] = {
    remuneration.RULE: remuneration.recompute,
    first_grant_bonus.RULE: first_grant_bonus.recompute,
    royalty.RULE: royalty.recompute,
    trace.RULE: cases.recompute,
    settling.RULE: settling.recompute,
}


def recompute(determination: Determination) -> Determination:
    """The same rule run again under the parameters of today; raises KeyError for a rule that does not exist."""
    if determination.rule in _RULES:
        return _RULES[determination.rule](determination)
    rule, given = RULES[determination.rule], determination.inputs
    return rule.determine(rule.inputs.model_validate_json(given["facts"]), date.fromisoformat(given["as_of"]))


def differences(recorded: Determination, again: Determination) -> tuple[str, ...]:
    """The names of what must be the same and is not: the fen, an answer, what was unknown, or a value that was read.

    ``parameter_hash`` is of all parameters and changes whenever a value is added, so it proves nothing here.
    """
    compared = {
        "result": (recorded.result, again.result),
        "answers": (recorded.answers, again.answers),
        "unknown": (recorded.unknown, again.unknown),
        "reads": tuple([(one.name, one.value, one.since) for one in made.reads] for made in (recorded, again)),
    }
    return tuple(name for name, (one, other) in compared.items() if one != other)
