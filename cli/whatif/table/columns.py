"""The columns of a table of facts: those of ``SchemeItem`` and ``Claimant``, and which of them a scheme looks at."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rules.schemes.eligibility import MONEY_OF_DAY, conditions_in
from rules.schemes.units import counted_of, scopes_of
from schemas.schemes.cases import facts_of
from schemas.schemes.clauses import Measure, Per, SchemeId
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.kinds import Name
from schemas.schemes.scheme import Version
from schemas.schemes.vocabularies import OTHER, other_of
from schemas.values.cells.reading import CELLS
from schemas.values.determination import Answer3

AMOUNTS = (*(one.value for one in Measure if one.value in SchemeItem.model_fields), "awarded")
"""Yuan, as text or decimal128."""
DAYS = tuple(name for name in SchemeItem.model_fields if name.endswith("_on"))
TEXTS = ("contract", "project", "counterparty")
ITEM_NAMES = tuple(
    name
    for name in SchemeItem.model_fields
    if name not in (*AMOUNTS, *DAYS, *TEXTS, "item_id", "patents", "other", "held")
)
"""``held`` is of one call, where its part waits; a what-if asks what a scheme costs when nothing waits any more."""
CLAIMANT_NAMES = tuple(name for name in Claimant.model_fields if name not in ("claimant", "other"))
PREVIOUS = "previous_year"
KNOWN = ("item_id", "claimant", *CLAIMANT_NAMES, PREVIOUS, *AMOUNTS, *DAYS, *TEXTS, "patents", *ITEM_NAMES)
"""In the order of the documentation; beside them ``other.NAME``, ``claimant.NAME`` and ``also_granted.ID``."""
ALSO_GRANTED = "also_granted."
"""Before the id of another scheme: what it granted the claimant for the year."""
REQUIRED = ("item_id", "claimant")
ALWAYS = ("item_id", "claimant", "kind", "region")
"""What is read for every scheme: whose item it is, and what the results are grouped by."""
OF_ITEM, OF_CLAIMANT = OTHER, "claimant."
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_SCHEME: TypeAdapter[str] = TypeAdapter(SchemeId)
_SHORT = re.compile(r"\S(.{0,198}\S)?", re.DOTALL)


def is_known(column: str) -> bool:
    """Whether a table may have this column."""
    for prefix, kind in ((OF_ITEM, _NAME), (OF_CLAIMANT, _NAME), (ALSO_GRANTED, _SCHEME)):
        if column.startswith(prefix):
            return _fits(kind, column.removeprefix(prefix))
    return column in KNOWN


def claimant_column(fact: str) -> str:
    """The column of a claimant's fact; a further one stands in ``claimant.NAME``."""
    further = other_of(fact)
    return fact if further is None else f"{OF_CLAIMANT}{further}"


def is_of_claimant(column: str) -> bool:
    """Whether a column says something of the claimant and not of the item."""
    return column in CLAIMANT_NAMES or column.startswith(OF_CLAIMANT)


def is_name(column: str) -> bool:
    """Whether its cells are names of few kinds, in fields or in ``other``."""
    return column in ITEM_NAMES or column.startswith(OF_ITEM) or is_of_claimant(column)


def is_of_year(column: str) -> bool:
    """Whether a column says yuan of the claimant's whole year, the same in all rows of it."""
    return column == PREVIOUS or column.startswith(ALSO_GRANTED)


def is_answer(column: str) -> bool:
    """Whether its cells are yes, no or unknown; in any other column of names what is unknown is not stated."""
    fields = {**SchemeItem.model_fields, **Claimant.model_fields}
    return column in fields and fields[column].annotation == Answer3 | None


def measures_of(version: Version) -> tuple[str, ...]:
    """The amounts that the base is made of."""
    match version.base.measure:
        case Measure.COUNT:
            return ()
        case Measure.REGISTERED_RECEIPTS:
            return ("received", "technology_transaction_amount")
    return (version.base.measure.value,)


def has_lumps(version: Version) -> bool:
    """Whether some amount is given for an event."""
    return bool(version.amount and any(one.lump for one in version.amount.formulas))


def columns_of(versions: Iterable[Version]) -> tuple[str, ...]:
    """Every column that these versions look at; nothing else of a table is read."""
    return tuple(dict.fromkeys([*ALWAYS, *(column for version in versions for column in _looked_at(version))]))


def _looked_at(version: Version) -> Iterator[str]:
    yield version.window.decided_by
    if version.window.decided_by in MONEY_OF_DAY:
        yield MONEY_OF_DAY[version.window.decided_by]
    yield from measures_of(version)
    yield from (claimant_column(one.fact) for one in conditions_in(version.of_claimant))
    yield from (one.fact for one in conditions_in(version.of_items))
    if version.related_parties != "included":
        yield from ("related", "related_decision")
    if version.base.measure is Measure.REGISTERED_RECEIPTS:
        yield "contract"
    keyed = {*scopes_of(version), *(Per(what) for what in counted_of(version))}
    for per in (Per.PATENT, Per.CONTRACT, Per.PROJECT, Per.COUNTERPARTY):
        if per in keyed:
            yield "patents" if per is Per.PATENT else per.value
    if Per.COUNTERPARTY in keyed:
        yield f"{OF_ITEM}{Per.COUNTERPARTY.value}"
    for place in (*((version.amount,) if version.amount else ()), *version.floors, *version.caps):
        yield from (fact for fact in facts_of(place))
    if has_lumps(version):
        yield "event"
    if version.base.growth:
        yield PREVIOUS


def name_type(column: str) -> TypeAdapter[Any] | None:
    """What a cell of names must be; None for the short texts of ``other``."""
    if column.startswith((OF_ITEM, OF_CLAIMANT)):
        return None
    model = Claimant if column in CLAIMANT_NAMES else SchemeItem
    kind: Any = model.model_fields[column].annotation
    return TypeAdapter(kind)


def fits(kind: TypeAdapter[Any] | None, value: str) -> bool:
    """Whether a cell is what the column takes."""
    return _fits(kind, value) if kind is not None else bool(_SHORT.fullmatch(value)) and "\x00" not in value


def _fits(kind: TypeAdapter[Any], value: str) -> bool:
    try:
        kind.validate_python(value, context=CELLS)
    except ValidationError:
        return False
    return True
