"""What a unit states for a payout: its rule, its agreement or the signed contributions, and what it bore."""

from typing import Any

from cli.demo.examples.cases import Example, Reward
from cli.demo.lives.world import Beneficiary, beneficiaries, paper
from schemas.statements.remuneration import ShareKind
from schemas.values.money import Money

_PARTS = ("main_contributor", "main_contributor", "transfer_staff")
_CONTRIBUTIONS = ("60", "30", "10")
_RULE = {"team": "70", "department": "10", "institution": "20"}
_AGREED_BY_STATE_UNIT, _AGREED_BY_COMPANY = ("42", "21", "7"), ("24", "12", "4")
_FROM_ON = "2021-01-01"


def facts_of(example: Example, unit: str) -> dict[str, Any]:
    """The statement of the case's way of sharing: as published, rule, agreement, or nothing but the law."""
    shared = beneficiaries(example, unit)
    stated: dict[str, Any] = {
        "unit": _institution(shared).party_id,
        "state_set": example.licensor_kind == "state_unit",
        "region": example.region,
    }
    persons = [one for one in shared if one.kind == "person"]
    match example.inventor_terms:
        case "as_published":
            assert example.reward is not None
            stated["rules"] = (_published(example.reward, shared),)
        case "rule":
            shares = [_share(one, _RULE[one.kind]) for one in shared if one.kind != "person"]
            stated["rules"] = (_rule("internal_rule", "income", shares, _with_parts(persons, _CONTRIBUTIONS)),)
        case "agreement":
            percents = _AGREED_BY_STATE_UNIT if stated["state_set"] else _AGREED_BY_COMPANY
            rest = str(100 - sum(int(percent) for percent in percents))
            shares = [{**one, "kind": ShareKind.PERSON} for one in _with_parts(persons, percents)] + [
                _share(_institution(shared), rest)
            ]
            stated["rules"] = (_rule("agreement", "net_income", shares, []),)
        case _:
            stated["contributions"] = {"document": paper("shares"), "shares": _with_parts(persons, _CONTRIBUTIONS)}
    return stated


def costs_of(receipt: Money, *, is_first: bool) -> dict[str, Money]:
    """Made up: six in a thousand of tax on every receipt; upkeep and an appraisal before the first."""
    zero = Money(0)
    return {
        "transaction_taxes": Money(receipt.fen * 6 // 1000),
        "upkeep": Money(200_000) if is_first else zero,
        "direct": Money(340_000) if is_first else zero,
        "other": zero,
    }


def line_keys(example: Example, unit: str) -> dict[str, str]:
    """Party -> the key of its line, of those whom the bank pays: not the team's sum, not what the unit keeps."""
    shared = beneficiaries(example, unit)
    in_team = any(one.kind == "team" for one in shared) and example.inventor_terms in ("rule", "as_published")
    keys = {}
    for one in shared:
        if one.kind in ("team", "institution") or (one.kind == "department" and not in_team):
            continue
        prefix = "member" if one.kind == "person" and in_team else one.kind
        keys[str(one.party_id)] = f"{prefix}:{one.party_id}"
    return keys


def _published(reward: Reward, shared: tuple[Beneficiary, ...]) -> dict[str, Any]:
    """The notice prints amounts; where it prints no percentage they are its amounts' exact parts."""
    team = next((share for share in reward.shares if share.kind == "team"), None)
    named = list(zip(reward.shares, shared, strict=True))
    shares, members = [], []
    for share, one in named:
        if team is not None and one.kind == "person":
            members.append({"party": one.party_id, "percent": _percent(share.amount, team.amount)})
        else:
            shares.append(_share(one, share.percent or _percent(share.amount, reward.gross)))
    return _rule("internal_rule", "income", shares, members)


def _percent(part: Money, whole: Money) -> str:
    hundredths, rest = divmod(part.fen * 10_000, whole.fen)
    assert not rest, "the published amounts are no whole hundredths of a percent"
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _rule(kind: str, basis: str, shares: list[dict[str, Any]], team: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": kind,
        "document": paper("rule"),
        "from_on": _FROM_ON,
        "basis": basis,
        "shares": tuple(shares),
        "team": tuple(team),
    }


def _share(one: Beneficiary, percent: str) -> dict[str, Any]:
    return {"party": one.party_id, "kind": one.kind, "percent": percent}


def _with_parts(persons: list[Beneficiary], percents: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"party": one.party_id, "percent": percent, "part": part}
        for one, percent, part in zip(persons, percents, _PARTS, strict=True)
    ]


def _institution(shared: tuple[Beneficiary, ...]) -> Beneficiary:
    return next(one for one in shared if one.kind == "institution")
