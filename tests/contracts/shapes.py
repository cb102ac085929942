"""The shape of every model that travels or is stored, and what a change of it would break.

Fields are only added, with defaults; values of an enumeration and members of a union are only added.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pydantic import TypeAdapter

from schemas.acts.declaration import DECLARATION_ACT
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.payout import PAYOUT_ACT
from schemas.acts.settlement import SETTLEMENT_ACT
from schemas.standing.answer import Answer, Behind, Head, Outcome, Recorded, Recording, Start
from schemas.standing.fact import Made
from schemas.standing.position import DeclarationPosition, LicencePosition, PayoutPosition
from schemas.standing.settlement import SettlementPosition
from schemas.standing.surroundings import Surroundings
from schemas.standing.workflow import (
    FilingInput,
    FilingResult,
    NightOutcome,
    NightResult,
    NightStep,
    NightSteps,
    Opening,
    PayoutInput,
    SettlementInput,
)
from schemas.values.determination import Determination
from schemas.values.refusal import Refusal

LOCK = Path(__file__).with_name("schema.lock.json")
TRAVELLING: dict[str, Any] = {
    "declaration acts": DECLARATION_ACT,
    "licence acts": LICENCE_ACT,
    "payout acts": PAYOUT_ACT,
    "settlement acts": SETTLEMENT_ACT,
    "recording": TypeAdapter(Recording),
    "outcome": TypeAdapter(Outcome),
    "surroundings": TypeAdapter(Surroundings),
    **{
        one.__name__: TypeAdapter(one)
        for one in (
            Answer,
            Behind,
            Head,
            Recorded,
            Start,
            FilingInput,
            PayoutInput,
            FilingResult,
            NightStep,
            NightSteps,
            NightOutcome,
            NightResult,
            Made,
            Determination,
            Refusal,
            DeclarationPosition,
            LicencePosition,
            PayoutPosition,
            SettlementPosition,
            Opening,
            SettlementInput,
        )
    },
}
_WORDS = ("title", "description", "examples")
_ALTERNATIVES = ("anyOf", "oneOf", "enum")
Shapes = dict[str, Any]


def shapes() -> Shapes:
    """Name -> JSON schema without its prose, of every travelling model and all that they are made of."""
    heads, rest = TypeAdapter.json_schemas([(name, "validation", one) for name, one in TRAVELLING.items()])
    found = {f"travels: {name}": schema for (name, _), schema in heads.items()} | rest["$defs"]
    return {name: _bare(found[name]) for name in sorted(found)}


def _bare(schema: Any, *, names: bool = False) -> Any:
    if isinstance(schema, dict):
        kept = {key: one for key, one in schema.items() if names or key not in _WORDS or isinstance(one, dict)}
        return {key: _bare(one, names=key in ("properties", "mapping")) for key, one in sorted(kept.items())}
    return [_bare(one) for one in schema] if isinstance(schema, list) else schema


def breaking(locked: Shapes, now: Shapes) -> list[str]:
    """What an old history, an old event or an old client could not live with."""
    return [line for name in locked for line in _broken_in(name, name, locked, now)]


def _broken_in(where: str, key: str, locked: Shapes, now: Shapes) -> Iterator[str]:
    if key not in now:
        yield f"{where} is gone"
    else:
        yield from _broken(where, locked[key], now[key])


def _broken(where: str, locked: Any, now: Any) -> Iterator[str]:
    if isinstance(locked, dict) and isinstance(now, dict):
        required = set(now.get("required", ())) - set(locked.get("required", ()))
        if "properties" in locked:
            yield from (f"{where}.{name} has become required" for name in sorted(required))
        for key in locked:
            if key != "required":
                yield from _broken_in(f"{where}.{key}", key, locked, now)
    elif isinstance(locked, list) and where.rsplit(".", 1)[-1] in _ALTERNATIVES:
        for one in locked:
            if one not in now:
                yield f"{where} no longer takes {json.dumps(one, ensure_ascii=False)}"
    elif locked != now:
        yield f"{where} was {json.dumps(locked, ensure_ascii=False)}, is {json.dumps(now, ensure_ascii=False)}"


def read_lock() -> Shapes:
    locked: Shapes = json.loads(LOCK.read_text(encoding="utf-8"))
    return locked


def write_lock() -> None:
    """Part of ``make histories``."""
    LOCK.write_text(json.dumps(shapes(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def kinds_of(adapter: TypeAdapter[Any]) -> dict[str, type[Any]]:
    """Act kind -> model, of a union of acts."""
    members = get_args(get_args(adapter._type)[0])  # the union inside Annotated
    return {one.model_fields["kind"].default: one for one in members}
