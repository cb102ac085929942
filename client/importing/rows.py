"""The rows of a table of declarations as acts, one by one, each with its id; nothing is asked for here."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import zip_longest
from typing import Any, NamedTuple
from uuid import UUID

from client.files.csv_file import Record
from client.importing.columns import OF_OPERATORS, TAKEN_OVER, column_of, read_header
from client.importing.row import read_cells
from schemas.acts.act import Origin
from schemas.acts.declaration import Submit, TakeOverDeclaration
from schemas.statements.royalty import FixedEnd
from schemas.values.actor import Actor
from schemas.values.identifiers import declaration_id_of, derived_id
from schemas.values.money import stored
from schemas.values.patent_number import patent_name
from schemas.values.refusal import Refusal, Refused, refusal, refuse
from schemas.wire.form import filled
from schemas.wire.same_act import identity_hash

Guard = Callable[[Submit | TakeOverDeclaration], tuple[Sequence[Refusal], Sequence[Refusal]]]
"""What the law says against an act, and what it warns of: a rule, so it is handed in."""
_NEEDS_DATABASE = frozenset({"patent_not_in_register"})
_AS_FRACTION = "running_rate_as_fraction"
_NOBODY = UUID(int=0)
"""So that the rest of a row that lacks its operator is checked all the same."""

_OWNER_BY_DEFAULT = {"by": "submitted_by", "by.party_id": "submitted_by", "offer.contact": "contact"}
"""Field -> the column without which it is the first patentee, whose cell is then the one to correct."""


class Row(NamedTuple):
    """One row: the act it is, or why it is none. ``body``: its bytes, which are its evidence."""

    line: int
    body: bytes
    act: Submit | TakeOverDeclaration | None = None
    refusals: tuple[Refusal, ...] = ()
    patent: str = ""
    """The number of its patent, as far as it could be read."""
    has_percent_sign: bool = False
    """Its rate is written with the sign, so that nobody can have meant another one."""

    def warned(self, warnings: Sequence[Refusal]) -> tuple[Refusal, ...]:
        """What is told of a row that was taken."""
        return self.in_its_columns(
            [one for one in warnings if not (self.has_percent_sign and one.code == _AS_FRACTION)]
        )

    def in_its_columns(self, refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
        """Each with the column that it is about; of a term the one in which the row states it."""
        states_day = self.act is not None and isinstance(self.act.offer.term, FixedEnd)
        term = "offer.term.ends_on" if states_day else "offer.term"
        return in_columns([one.but(where=term) if one.where == "offer.term" else one for one in refusals])


def import_act_id(act: Submit | TakeOverDeclaration, *part: str) -> UUID:
    """The act id of a row, from what it says: the same in every file, at every place, and however it is written."""
    said = identity_hash(act.but(act_id=_NOBODY, filing_id=_NOBODY))
    return derived_id("import", said.hex(), *part)


def changed_columns(act: Submit | TakeOverDeclaration, recorded: dict[str, Any]) -> tuple[str, ...]:
    """The columns in which the row says something else than the act that was recorded of its declaration."""
    fields = ("on", "offer", "stage", "regime", "announced_on", "declaration_number")
    now, before = (
        {path: value for name in fields for path, value in _paths(said, name)} for said in (stored(act), recorded)
    )
    paths = [path for path in {**now, **before} if now.get(path) != before.get(path)]
    return tuple(dict.fromkeys(column_of(path) for path in paths))


def _paths(said: dict[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    value: Any = said
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict):
        for name in value:
            yield from _paths(said, f"{path}.{name}")
    elif value is not None:
        yield path, value


class Sender(NamedTuple):
    """Who sends rows of his own: each is his act, of the day on which he sends it."""

    by: Actor
    on: date


def columns_of(found: Iterator[Record], name: str, sender: Sender | None = None) -> list[str]:
    """The columns by the first record that there is, which is taken; raises Refused for what is wrong with it."""
    header = next(found, None)
    if header is None:
        raise refuse("table_empty", name)
    if header.refusals:
        raise Refused(*header.refusals)
    columns, wrong = read_header(header.cells, () if sender is None else OF_OPERATORS)
    if wrong:
        raise Refused(*wrong)
    return columns


def import_rows(found: Iterator[Record], name: str, by: UUID | None, sender: Sender | None = None) -> Iterator[Row]:
    """Every row in the order of the table; raises Refused for what is wrong with the file or its header.

    ``by``: the operator who takes over existing declarations; without one such rows are refused. ``sender``: whose own
    rows they are; without one they are those of the patentees, on the days that the table says.
    """
    columns = columns_of(found, name, sender)
    first_lines: dict[str, int] = {}
    for record in found:
        row = _row(record, columns, by, sender)
        if row.act is not None:
            number = row.act.offer.patent_number
            line = first_lines.setdefault(number, row.line)
            if line != row.line:
                twice = refusal("row_twice", "patent_number", number=number, line=line)
                row = Row(row.line, row.body, refusals=(twice,), patent=row.patent)
        yield row


def check_law(row: Row, guard: Guard) -> tuple[tuple[Refusal, ...], tuple[Refusal, ...]]:
    """What the law says against a row as far as can be said without register and database, and what may be misread."""
    if row.act is None:
        return row.refusals, ()
    against, misread = guard(row.act)
    refusals = row.in_its_columns([one for one in against if one.code not in _NEEDS_DATABASE])
    return refusals, row.warned([one for one in misread if one.code == _AS_FRACTION])


def _row(record: Record, columns: list[str], by: UUID | None, sender: Sender | None) -> Row:
    if record.refusals:
        return Row(record.line, record.body, refusals=record.refusals)
    cells = record.cells
    if len(cells) < len(columns) or any(cell.strip() for cell in cells[len(columns) :]):
        width = refusal("row_width", "", found=len(cells), expected=len(columns))
        return Row(record.line, record.body, refusals=(width,))
    nameless = [n for n, (name, cell) in enumerate(zip_longest(columns, cells)) if not name and cell.strip()]
    if nameless:
        width = refusal("row_width", f"{nameless[0] + 1}", found=len(cells), expected=len(list(filter(None, columns))))
        return Row(record.line, record.body, refusals=(width,))
    read = read_cells(dict(zip(columns, cells, strict=False)))
    model: type[Submit | TakeOverDeclaration] = TakeOverDeclaration if TAKEN_OVER in read.act else Submit
    given = read.act | {
        "act_id": _NOBODY,
        "filing_id": _NOBODY,
        "origin": Origin.IMPORTED,
        "evidence": [*read.act.get("evidence", ()), sha256(record.body).hexdigest()],
    }
    wrong = list(read.wrong)
    if model is TakeOverDeclaration:
        given["by"] = {"role": "operator", "party_id": by or _NOBODY}
        if by is None:
            wrong.append(refusal("import_operator_missing", TAKEN_OVER))
    elif sender is not None:
        given |= {"by": sender.by, "on": sender.on.isoformat(), "origin": Origin.DIRECT}
    try:
        act = filled(model, given)
    except Refused as refused:
        told = {one.where for one in wrong}
        written = {name for name, cell in zip(columns, cells, strict=False) if cell.strip()}
        left = {field for field, column in _OWNER_BY_DEFAULT.items() if column not in written}
        found = [one.but(where="offer.patentees") if one.where in left else one for one in refused.refusals]
        wrong += [one for one in in_columns(found) if one.where not in told]
    patent = patent_name(read.act["offer"].get("patent_number", ""))
    if wrong:
        return Row(record.line, record.body, refusals=tuple(wrong), patent=patent)
    # A sender's day is the day of sending: the same row sent again on another day is still that row.
    act_id = import_act_id(act if sender is None else act.but(on=act.offer.granted_on))
    act = act.but(act_id=act_id, filing_id=declaration_id_of(act_id))
    return Row(
        record.line, record.body, act, patent=str(act.offer.patent_number), has_percent_sign=read.has_percent_sign
    )


def in_columns(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """Each with the column that it is about, once per column and code."""
    named = (one.model_copy(update={"where": column_of(one.where)}) for one in refusals)
    return tuple({(one.code, one.where): one for one in named}.values())
