"""What a settlement pays: the claims of a call, what of them is held, and what earlier settlements adjust.

One determination for the whole list, so that the preview, the publicity, the approvals and the lock are about one thing
that can be computed again from its own inputs. Its lines are those of ``schemas.standing.listed``.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import NamedTuple

from rules.law.recorder import Recorder
from rules.schemes.call import CallResult, settle_call, sure_amount, sure_part
from rules.schemes.funding import by_payer
from rules.schemes.trace import scheme_hash, scheme_text
from rules.schemes.yearly import entitlement, payable_of, version_of
from schemas.schemes.inputs import CallInputs, ClaimFacts
from schemas.schemes.scheme import Scheme
from schemas.standing.listed import NOTHING_LISTED, ClaimantAmounts, LineKey, ListedLine, given_to, listed_lines
from schemas.values.determination import Determination
from schemas.values.money import ZERO, Money

RULE = "settlement"
_LOCKED = "locked"


class Note(NamedTuple):
    """Why a claim, or a line of one, is given nothing or has to wait: a clause and a reason."""

    credit_code: str
    about: str
    state: str
    because: str


def settle_year(
    scheme: Scheme,
    year: int,
    call: CallInputs | None,
    sure: Mapping[str, Sequence[str]],
    carried: Mapping[LineKey, Money],
    as_of: date,
    asked: Sequence[str] = (),
    notes: Sequence[Note] = (),
) -> Determination:
    """The list of one year. ``sure``: claim id -> the items of it that nobody holds; None as call: nobody claimed.

    A claim takes part with all its items (D-15); what its held items would add is reserved. ``carried``: what earlier
    settlements owe a claimant, or are owed (negative). ``asked``: what is not known beside the inputs of the items.
    ``notes``: whoever claimed and takes no part has a line of zero, and the trace says why. With something
    unknown there is no result. Raises as ``entitlement`` does.
    """
    version = version_of(scheme, year)
    made = settle_call(scheme, call, as_of, sure) if call else CallResult()
    codes = {claim.claim_id: code_of(claim) for claim in (call.claims if call else ())}
    unknown = [*asked, *made.unknown]
    lines, recorder = list[ListedLine](), Recorder()
    for claim in made.claims:
        code, entitled = codes[claim.claim_id], claim.claimed or ZERO
        recorder.include(claim.entitlement, code)
        if unknown:
            continue
        lines.append(ListedLine("entitled", code, entitled))
        if claim.reserved:
            lines.append(ListedLine("reserved", code, claim.reserved))
        parts = by_payer(version, claim.payable)
        lines += [ListedLine("settled", code, amount, payer) for payer, amount in parts.items()]
        how = f"entitled to {entitled}, given {claim.given}, without what is held {claim.sure}"
        recorder.step(f"{code}: payable", how, claim.payable, version.cite.provision)
    for note in notes:
        what, how = f"{note.credit_code}: {note.about}", f"{note.state}: {note.because}"
        recorder.step(what, how, ZERO, version.cite.provision)
    listed = {line.credit_code for line in lines}
    if not unknown:
        lines += [
            ListedLine("entitled", code, ZERO)
            for code in dict.fromkeys(one.credit_code for one in notes)
            if code not in listed
        ]
    if made.factor != 1:
        article = (version.budget.cite or version.cite).provision
        recorder.step("pro rata", f"budget {made.budget} of {made.claimed} claimed", made.factor, article)
    for key, amount in carried.items():
        lines.append(ListedLine("carried", key.credit_code, amount, key.payer))
        how = "adjustments of earlier settlements"
        recorder.step(f"{key.credit_code}: carried", how, f"{key.payer} {amount}", "D-13")
    return recorder.close(
        RULE,
        as_of,
        {
            "scheme": scheme_text(scheme),
            "year": str(year),
            "call": call.model_dump_json(exclude_defaults=True) if call else "",
            "sure": json.dumps({name: sorted(keys) for name, keys in sorted(sure.items())}, sort_keys=True),
            "carried": json.dumps([[*key, str(amount)] for key, amount in carried.items()]),
            "asked": json.dumps(list(asked)),
            "notes": json.dumps(notes),
        },
        () if unknown else [line.result_line for line in lines],
        scheme_hash(scheme),
        unknown,
        {"factor": str(made.factor), "allocation": made.allocation},
    )


class Restatement(NamedTuple):
    """What the year of a locked list gives one claimant now; ``amount`` None while something is unknown.

    ``freed``: the part of it that the list had reserved for what was held then, and is not any more.
    """

    made: Determination
    amount: Money | None = None
    freed: Money = ZERO


def restate(scheme: Scheme, locked: Determination, claim: ClaimFacts, sure: Collection[str]) -> Restatement:
    """One claimant of a locked list as now known. ``sure``: the items that nobody holds now.

    Only what the hold of an item kept back is free of the reserve; what a later fact adds is not.
    """
    made = entitlement(scheme, claim.facts, locked.as_of)
    entitled, before = payable_of(made), given_to(locked).get(code_of(claim), NOTHING_LISTED)
    certain = sure_amount(scheme, claim, sure, locked.as_of, entitled)
    if entitled is None or certain is None:
        return Restatement(made)
    given = _given(before, entitled, locked)
    amount = sure_part(given, entitled, certain)
    then = set(sure) & set(json.loads(locked.inputs["sure"]).get(claim.claim_id, ()))
    certain_then = sure_amount(scheme, claim.but(held=not then), then, locked.as_of, entitled) or ZERO
    freed = min(amount - sure_part(given, entitled, certain_then), amount - before.payable, before.reserved)
    return Restatement(made, amount, max(freed, ZERO))


def supplement(
    scheme: Scheme, locked: Determination, claims: Sequence[ClaimFacts], sure: Mapping[str, Sequence[str]]
) -> Determination:
    """A locked list with what is free of its reserve; to be paid is what each line has more than before.

    ``claims``: those of whom something is free; ``sure``: claim id -> the items of it that nobody holds now. Factor and
    reserve are those of the lock, so that all lists together stay within the budget.
    """
    version, before = version_of(scheme, int(locked.inputs["year"])), given_to(locked)
    recorder, now = Recorder(), dict[str, ClaimantAmounts]()
    for claim in sorted(claims, key=lambda one: one.claim_id):
        code, one = code_of(claim), restate(scheme, locked, claim, sure[claim.claim_id])
        recorder.include(one.made, code)
        was = before[code]
        parts = by_payer(version, was.payable + one.freed)
        now[code] = was._replace(reserved=was.reserved - one.freed, by_payer=parts)
        how = f"{was.payable} listed and {was.reserved} reserved before; {one.amount} without what is held now"
        recorder.step(f"{code}: freed from the reserve", how, one.freed, "D-15")
    lines = list[ListedLine]()
    for line in listed_lines(locked):
        amounts = now.get(line.credit_code)
        if amounts is None or line.listed_as in ("entitled", "carried"):
            lines.append(line)
        elif line.listed_as == "settled":
            lines.append(line._replace(amount=amounts.by_payer[line.payer]))
        elif amounts.reserved:
            lines.append(line._replace(amount=amounts.reserved))
    kept = {"year": locked.inputs["year"], "sure": locked.inputs["sure"]}
    sure_now = json.loads(locked.inputs["sure"]) | {name: sorted(keys) for name, keys in sure.items()}
    return recorder.close(
        RULE,
        locked.as_of,
        {
            "scheme": scheme_text(scheme),
            "year": locked.inputs["year"],
            _LOCKED: locked.but(inputs=kept, reads=(), steps=()).model_dump_json(),
            "call": CallInputs(claims=tuple(claims)).model_dump_json(exclude_defaults=True),
            "sure": json.dumps(sure_now, sort_keys=True),
        },
        [line.result_line for line in lines],
        scheme_hash(scheme),
        (),
        locked.answers,
    )


def previous_of(determination: Determination) -> Determination | None:
    """The locked list that a supplementary one adds to, without its trace; None of a list that adds to none."""
    text = determination.inputs.get(_LOCKED)
    return Determination.model_validate_json(text) if text else None


def code_of(claim: ClaimFacts) -> str:
    """The credit code of the claimant; a settlement knows who claims."""
    assert claim.facts.claimant is not None
    return claim.facts.claimant.claimant


def _given(before: ClaimantAmounts, entitled: Money, locked: Determination) -> Money:
    """What of an entitlement the locked budget gives: the exact factor of the lock stays, so others are unaffected."""
    if entitled == before.entitled:
        return before.given
    if locked.answers["allocation"] == "first_come":
        return min(entitled, before.given) if before.given < before.entitled else entitled
    share = Money(floor(entitled.fen * Fraction(locked.answers["factor"])))
    # The fen of the largest remainder must not turn a rise into a fall.
    return max(share, before.given) if entitled > before.entitled else min(share, before.given)


def recompute(determination: Determination) -> Determination:
    """The same list made again from its own inputs."""
    given = determination.inputs
    if _LOCKED in given:
        claims = CallInputs.model_validate_json(given["call"]).claims
        scheme, sure = Scheme.model_validate_json(given["scheme"]), json.loads(given["sure"])
        return supplement(scheme, Determination.model_validate_json(given[_LOCKED]), claims, sure)
    return settle_year(
        Scheme.model_validate_json(given["scheme"]),
        int(given["year"]),
        CallInputs.model_validate_json(given["call"]) if given["call"] else None,
        json.loads(given["sure"]),
        {LineKey(code, payer): Money.of(amount) for code, payer, amount in json.loads(given["carried"])},
        determination.as_of,
        json.loads(given["asked"]),
        [Note(*one) for one in json.loads(given.get("notes", "[]"))],
    )
