"""What is refused of a claim, and of a district's and an officer's word about it."""

from collections.abc import Callable, Iterator
from typing import Any

from rules.settlement.claims import Claim
from rules.settlement.scene import Here
from schemas.acts.act import Act
from schemas.acts.settlement_claims import (
    AcceptClaim,
    DecideRelation,
    DeclineClaim,
    HoldClaim,
    RecommendClaim,
    RejectClaim,
    SubmitClaim,
    SupplementClaim,
    WithdrawClaim,
)
from schemas.lifecycle import settlement as stages
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.refusal import Refusal, refusal

_FOR_THEMSELVES = (Role.CLAIMANT, Role.LICENSOR, Role.LICENSEE)


def _submit(act: SubmitClaim, here: Here) -> Iterator[Refusal]:
    last = here.position.last_claim_on
    if last is not None and act.on > last:
        yield refusal("claim_late", "on", last=last, on=act.on)
    yield from _content(act, here, None)


def _supplement(act: SupplementClaim, here: Here) -> Iterator[Refusal]:
    claim, last = here.claim(act.claim), here.position.last_claim_on
    if claim is None:
        yield refusal("claim_unknown", "claim", claim=act.claim)
        return
    if act.credit_code != claim.content.credit_code:
        yield refusal("claim_of_another", "credit_code", credit_code=claim.content.credit_code)
    if last is not None and act.on > last:
        is_held = any(one.state == "held" for one in claim.decided.values())
        new = [line.key for line in act.lines if line.key not in claim.decided]
        if new or not is_held:
            yield refusal("claim_late", "lines" if new else "on", last=last, on=act.on)
    yield from _content(act, here, claim)


def _content(act: SubmitClaim | SupplementClaim, here: Here, own: Claim | None) -> Iterator[Refusal]:
    yield from _claimants_own(act, act.claimant)
    codes = {act.credit_code, *(one.credit_code for one in act.predecessors)}
    for other in here.claims:
        if other.is_live and other is not own and codes.intersection(other.codes):
            yield refusal("claim_exists", "credit_code", credit_code=other.content.credit_code, claim=other.claim_id)
    parties = {act.claimant, *(one.party for one in act.predecessors)}
    receipts = {one.receipt_id: one for one in here.surroundings.receipts}
    for number, line in enumerate(act.lines):
        if line.receipt_id is None:
            continue
        receipt, where = receipts.get(line.receipt_id), f"lines.{number}.receipt_id"
        if receipt is None:
            yield refusal("claimed_receipt_unknown", where, receipt=line.receipt_id)
            continue
        sides = {"licensor": {one.party_id for one in receipt.licensors}, "licensee": {receipt.licensee}}
        mine = sides.get(here.scheme.beneficiary)
        if mine is not None and not mine & parties:
            yield refusal("receipt_not_claimants", where, receipt=line.receipt_id)


def _claimants_own(act: Act, claimant: object) -> Iterator[Refusal]:
    organisation = act.by.organisation_id
    if act.by.role in _FOR_THEMSELVES and organisation not in (None, claimant):
        yield refusal("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)


def _withdraw(act: WithdrawClaim, here: Here) -> Iterator[Refusal]:
    claim = here.claim(act.claim)
    if claim is None:
        yield refusal("claim_unknown", "claim", claim=act.claim)
    else:
        yield from _claimants_own(act, claim.content.claimant)


def _recommend(act: RecommendClaim | DeclineClaim, here: Here) -> Iterator[Refusal]:
    if here.claim(act.claim) is None:
        yield refusal("claim_unknown", "claim", claim=act.claim)
    if not here.version.recommended_by_district:
        yield refusal("recommendation_not_foreseen", "", scheme=here.position.scheme)


def _decide(act: AcceptClaim | HoldClaim | RejectClaim, here: Here) -> Iterator[Refusal]:
    claim = here.claim(act.claim)
    if claim is None:
        yield refusal("claim_unknown", "claim", claim=act.claim)
        return
    yield from _known_lines(act.lines, claim)
    if here.version.recommended_by_district and claim.recommended is not True:
        yield refusal("recommendation_missing", "claim")
    named = act.lines or tuple(claim.decided)
    if here.position.stage in stages.AFTER_LOCK and not all(
        key in claim.decided and claim.decided[key].state == "held" for key in named
    ):
        yield refusal("claim_settled", "lines")
    if isinstance(act, AcceptClaim) and here.version.evidence:
        for line in claim.content.lines:
            if line.key in named and not line.evidence:
                yield refusal(
                    "claim_evidence_missing", "lines", line=line.key, evidence="、".join(here.version.evidence)
                )


def _known_lines(lines: tuple[str, ...], claim: Claim) -> Iterator[Refusal]:
    for number, key in enumerate(lines):
        if key not in claim.decided:
            yield refusal("claim_line_unknown", f"lines.{number}", line=key, known="、".join(claim.decided))


def _decide_relation(act: DecideRelation, here: Here) -> Iterator[Refusal]:
    claim = here.claim(act.claim)
    if claim is None:
        yield refusal("claim_unknown", "claim", claim=act.claim)
        return
    yield from _known_lines(act.lines, claim)
    affiliates = [str(one.receipt_id) for one in here.surroundings.receipts if one.licensee_is_affiliate]
    for number, line in enumerate(act.lines):
        stated = next((one.stated for one in claim.content.lines if one.key == line), None)
        is_related = line in affiliates or (stated is not None and stated.related is Answer3.YES)
        if here.version.related_parties is not None or not is_related:
            yield refusal("relation_not_open", f"lines.{number}", line=line)


CLAIM_GUARDS: dict[type[Act], Callable[[Any, Here], Iterator[Refusal]]] = {
    SubmitClaim: _submit,
    SupplementClaim: _supplement,
    WithdrawClaim: _withdraw,
    RecommendClaim: _recommend,
    DeclineClaim: _recommend,
    AcceptClaim: _decide,
    HoldClaim: _decide,
    RejectClaim: _decide,
    DecideRelation: _decide_relation,
}
