"""What a settlement pays: the claims of a call, what of them is held, and what earlier settlements adjust.

One determination for the whole list, so that the preview, the publicity, the approvals and the lock are about one thing
that can be computed again from its own inputs. Its lines are named ``entitled:<credit code>`` (before the budget),
``reserved:<credit code>``, ``settled:<credit code>:<payer>`` and ``carried:<credit code>:<payer>``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import NamedTuple

from rules.schemes.call import CallResult, ClaimResult, settle_call
from rules.schemes.funding import funded
from rules.schemes.trace import scheme_hash, scheme_text
from rules.schemes.yearly import entitlement, payable_of, version_of
from schemas.schemes.facts import CallFacts, YearFacts
from schemas.schemes.scheme import Scheme, Version
from schemas.values.determination import Determination, ResultLine, Step
from schemas.values.money import ZERO, Money, total

RULE = "settlement"
SOLE_PAYER = "authority"
"""Who pays where the scheme names no parts."""


class CarriedLine(NamedTuple):
    """What an earlier settlement owes a claimant, or is owed (negative), on one payer's account."""

    credit_code: str
    payer: str
    amount: Money


class Given(NamedTuple):
    """One claimant in a determination; ``given`` = paid and reserved together."""

    entitled: Money
    reserved: Money
    by_payer: Mapping[str, Money]

    @property
    def payable(self) -> Money:
        return total(self.by_payer.values())

    @property
    def given(self) -> Money:
        return self.payable + self.reserved


def settle_year(
    scheme: Scheme,
    year: int,
    call: CallFacts | None,
    sure: Mapping[str, Sequence[str]],
    carried: Sequence[CarriedLine],
    as_of: date,
    asked: Sequence[str] = (),
) -> Determination:
    """The list of one year. ``sure``: claim id -> the items of it that nobody holds; None as call: nobody claimed.

    A claim takes part with all its items (D-15); what its held items would add is reserved. ``asked``: what is not
    known beside the facts of the items. With something unknown there is no result. Raises as ``entitlement`` does.
    """
    version = version_of(scheme, year)
    result = settle_call(scheme, call, as_of) if call else CallResult(())
    unknown = [*asked, *result.unknown]
    lines, steps = list[ResultLine](), list[Step]()
    reads = {one.name: one for claim in result.claims for one in claim.entitlement.reads}
    claims = {one.claim_id: one for one in call.claims} if call else {}
    for claim in result.claims:
        facts = claims[claim.claim_id].facts
        assert facts.claimant is not None  # a settlement knows who claims
        code = facts.claimant.claimant
        steps += [one.but(what=f"{code}: {one.what}") for one in claim.entitlement.steps]
        if unknown:
            continue
        made, how = _of_claim(scheme, version, claim, facts, sure.get(claim.claim_id, ()), as_of)
        lines += [one.but(name=one.name.format(code=code)) for one in made]
        steps.append(Step(what=f"{code}: payable", how=how, result=str(_payable(made)), article=version.cite.provision))
    factor = factor_of(version, call, result)
    if factor != 1:
        steps.append(
            Step(
                what="pro rata",
                how=f"budget {call.budget if call else 0} of {result.claimed} claimed",
                result=str(factor),
                article=(version.budget.cite or version.cite).provision,
            )
        )
    for line in carried:
        lines.append(ResultLine(name=f"carried:{line.credit_code}:{line.payer}", amount=line.amount))
        steps.append(
            Step(
                what=f"{line.credit_code}: carried",
                how="adjustments of earlier settlements",
                result=f"{line.payer} {line.amount}",
                article="D-13",
            )
        )
    return Determination(
        rule=RULE,
        as_of=as_of,
        inputs={
            "scheme": scheme_text(scheme),
            "year": str(year),
            "call": call.model_dump_json(exclude_defaults=True) if call else "",
            "sure": json.dumps({name: sorted(keys) for name, keys in sorted(sure.items())}, sort_keys=True),
            "carried": json.dumps([[one.credit_code, one.payer, str(one.amount)] for one in carried]),
            "asked": json.dumps(list(asked)),
        },
        reads=tuple(reads.values()),
        steps=tuple(steps),
        result=() if unknown else tuple(lines),
        answers={"factor": str(factor), "allocation": _allocation(version, call, result)},
        unknown=tuple(unknown),
        parameter_hash=scheme_hash(scheme),
    )


def recompute(determination: Determination) -> Determination:
    """The same list made again from its own inputs."""
    given = determination.inputs
    return settle_year(
        Scheme.model_validate_json(given["scheme"]),
        int(given["year"]),
        CallFacts.model_validate_json(given["call"]) if given["call"] else None,
        json.loads(given["sure"]),
        [CarriedLine(code, payer, Money.of(amount)) for code, payer, amount in json.loads(given["carried"])],
        determination.as_of,
        json.loads(given["asked"]),
    )


def given_to(determination: Determination) -> dict[str, Given]:
    """Each claimant of the list, without what was carried."""
    found: dict[str, Given] = {}
    for line in determination.result:
        kind, code, *payer = line.name.split(":")
        if kind == "carried":
            continue
        one = found.get(code, Given(ZERO, ZERO, {}))
        if kind == "entitled":
            one = one._replace(entitled=line.amount)
        elif kind == "reserved":
            one = one._replace(reserved=line.amount)
        else:
            one = one._replace(by_payer={**one.by_payer, payer[0]: line.amount})
        found[code] = one
    return found


def carried_to(determination: Determination) -> Iterator[CarriedLine]:
    """What the list carries from earlier settlements."""
    for line in determination.result:
        kind, code, *payer = line.name.split(":")
        if kind == "carried":
            yield CarriedLine(code, payer[0], line.amount)


def parts_of(version: Version, amount: Money) -> dict[str, Money]:
    """An amount by payer; a negative one mirrors the positive one."""
    if version.funding is None:
        return {SOLE_PAYER: amount}
    return {line.name: line.amount for line in funded(version.funding, amount)}


def sure_amount(
    scheme: Scheme, facts: YearFacts, sure: Sequence[str], as_of: date, entitled: Money | None
) -> Money | None:
    """What the items that nobody holds would be entitled to alone, of the ``entitled`` of all; None: unknown."""
    kept = tuple(item for item in facts.items if item.item_id in sure)
    if len(kept) == len(facts.items):
        return entitled
    if not kept:
        return ZERO
    return payable_of(entitlement(scheme, facts.but(items=kept), as_of))


def sure_part(given: Money, entitled: Money, sure: Money) -> Money:
    """What of a claim's part is paid now, cut down to the fen; the rest is reserved."""
    if sure >= entitled:
        return given
    return Money(floor(Fraction(given.fen * sure.fen, entitled.fen)))


def factor_of(version: Version, call: CallFacts | None, result: CallResult) -> Fraction:
    """The exact part of each claim that the budget pays; one where it is enough, or is not shared out."""
    if _allocation(version, call, result) != "pro_rata" or call is None or call.budget is None:
        return Fraction(1)
    return Fraction(call.budget.fen, result.claimed.fen)


def _allocation(version: Version, call: CallFacts | None, result: CallResult) -> str:
    rule = version.budget.when_short
    if call is None or call.budget is None or rule == "pay_all" or result.claimed <= call.budget:
        return "in_full"
    return rule


def _of_claim(
    scheme: Scheme, version: Version, claim: ClaimResult, facts: YearFacts, sure: Sequence[str], as_of: date
) -> tuple[list[ResultLine], str]:
    entitled = claim.claimed or ZERO
    given = claim.payable + claim.reserved
    certain = sure_amount(scheme, facts, sure, as_of, entitled) or ZERO
    payable = sure_part(given, entitled, certain)
    lines = [ResultLine(name="entitled:{code}", amount=entitled)]
    if given - payable:
        lines.append(ResultLine(name="reserved:{code}", amount=given - payable))
    lines += [
        ResultLine(name=f"settled:{{code}}:{payer}", amount=amount)
        for payer, amount in parts_of(version, payable).items()
    ]
    return lines, f"entitled to {entitled}, given {given}, without what is held {certain}"


def _payable(lines: Sequence[ResultLine]) -> Money:
    return total(line.amount for line in lines if line.name.startswith("settled:"))
