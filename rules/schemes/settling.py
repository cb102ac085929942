"""What a settlement pays: the claims of a call, what of them is held, and what earlier settlements adjust.

One determination for the whole list, so that the preview, the publicity, the approvals and the lock are about one thing
that can be computed again from its own inputs. Its lines are those of ``schemas.standing.listed``.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rules.law.recorder import Recorder
from rules.schemes.call import CallResult, settle_call
from rules.schemes.funding import by_payer
from rules.schemes.trace import scheme_hash, scheme_text
from rules.schemes.yearly import version_of
from schemas.schemes.inputs import CallInputs
from schemas.schemes.scheme import Scheme
from schemas.standing.listed import LineKey, ListedLine
from schemas.values.determination import Determination
from schemas.values.money import ZERO, Money

RULE = "settlement"


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
    codes = _codes(call)
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


def recompute(determination: Determination) -> Determination:
    """The same list made again from its own inputs."""
    given = determination.inputs
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


def _codes(call: CallInputs | None) -> dict[str, str]:
    """Claim id -> the credit code of the claimant; a settlement knows who claims."""
    claimants = {claim.claim_id: claim.facts.claimant for claim in (call.claims if call else ())}
    return {claim_id: claimant.claimant for claim_id, claimant in claimants.items() if claimant is not None}
