"""One run of a scheme over inputs as they were written: one claimant's year, or all claims of a call."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rules.schemes.call import CallResult, settle_call
from rules.schemes.funding import funded
from rules.schemes.trace import RULE, Trace, scheme_hash
from rules.schemes.yearly import PAYABLE, entitlement, governing
from schemas.schemes.inputs import CallInputs, YearInputs
from schemas.schemes.scheme import Scheme, Version
from schemas.values.determination import Determination, ResultLine
from schemas.wire.form import filled

_OF_THE_VERSION = ("status", "activation", "year", "application", "recommended_by_district")
CLAIMS = "claims"
"""The field by which the inputs of a call are told from those of one claimant."""


def run_scheme_case(scheme: Scheme, inputs: Mapping[str, Any], as_of: date) -> Determination:
    """What the scheme gives for inputs as they stand in a JSON or YAML document.

    A call has the lines ``<claim id>.payable``, ``<claim id>.<payer>`` and, where something is held,
    ``<claim id>.reserved``, and the steps of all its claims. Raises Refused with every defect of the inputs, and what
    ``entitlement`` raises.
    """
    given = dict(inputs)
    if CLAIMS in given:
        return _of_call(scheme, filled(CallInputs, given), as_of)
    return entitlement(scheme, filled(YearInputs, given), as_of)


def recompute(determination: Determination) -> Determination:
    """The same determination made again from its recorded inputs alone."""
    scheme = Scheme.model_validate_json(determination.inputs["scheme"])
    if CLAIMS in determination.inputs:
        return _of_call(scheme, CallInputs.model_validate_json(determination.inputs[CLAIMS]), determination.as_of)
    return entitlement(scheme, YearInputs.model_validate_json(determination.inputs["facts"]), determination.as_of)


def _of_call(scheme: Scheme, call: CallInputs, as_of: date) -> Determination:
    made = settle_call(scheme, call, as_of)
    version, _ = governing(scheme, call.claims[0].facts, as_of)
    trace = Trace(scheme, version)
    for claim in made.claims:
        trace.recorder.include(claim.entitlement, claim.claim_id)
    trace.read("budget", version.budget.when_short, version.budget)
    if not made.unknown:
        _budget_steps(made, call, trace)
    of_the_version = made.claims[0].entitlement.answers
    return trace.recorder.close(
        RULE,
        as_of,
        {"scheme": scheme.model_dump_json(by_alias=True), CLAIMS: call.model_dump_json()},
        () if made.unknown else _lines(made, version),
        scheme_hash(scheme),
        made.unknown,
        {
            **{name: of_the_version[name] for name in _OF_THE_VERSION if name in of_the_version},
            **{f"{one.claim_id}.eligible": one.entitlement.answers["eligible"] for one in made.claims},
            **{f"{one.claim_id}.waits_for": ", ".join(one.waits_for) for one in made.claims if one.waits_for},
        },
    )


def _lines(made: CallResult, version: Version) -> list[ResultLine]:
    lines = []
    for claim in made.claims:
        parts = funded(version.funding, claim.payable) if version.funding else ()
        own = [] if claim.is_held else [ResultLine(name=PAYABLE, amount=claim.payable), *parts]
        if claim.is_held or claim.reserved:
            own.append(ResultLine(name="reserved", amount=claim.reserved))
        lines += [ResultLine(name=f"{claim.claim_id}.{one.name}", amount=one.amount) for one in own]
    return lines


def _budget_steps(made: CallResult, call: CallInputs, trace: Trace) -> None:
    budget, how = trace.version.budget, f"{made.claimed} claimed against {call.budget or 'no stated budget'}"
    trace.step("budget", f"{how}; {budget.when_short}", f"{made.payable} paid, {made.reserved} reserved", budget)
    for claim in made.claims:
        held = f", {claim.reserved} reserved for what is held (D-15)" if claim.reserved else ""
        what, how = f"{claim.claim_id}: of the budget", f"{claim.claimed} claimed"
        trace.step(what, how, f"{claim.payable} paid{held}", budget)
