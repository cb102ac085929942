"""``docs/database.md``: the tables and views an auditor can read, out of ``database/schema.sql``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SCHEMA = Path(__file__).parent.parent / "database" / "schema.sql"
_TABLE = re.compile(r"^CREATE TABLE public\.(\w+) \((.*?)^\)", re.MULTILINE | re.DOTALL)
_COLUMN = re.compile(r'^    "?(\w+)"? ((?:timestamp with time zone|[\w\[\]]+))(.*)$', re.MULTILINE)
_VIEW = re.compile(r"^CREATE VIEW public\.(\w+) AS", re.MULTILINE)
_SAID = re.compile(r"^COMMENT ON (TABLE|VIEW|COLUMN) public\.([\w.\"]+) IS '((?:[^']|'')*)';$", re.MULTILINE)
_KEY = re.compile(
    r"^ALTER TABLE ONLY public\.(\w+)\n    ADD CONSTRAINT \w+ (PRIMARY KEY|UNIQUE|FOREIGN KEY) (.*);$", re.MULTILINE
)
_NAMED = {"PRIMARY KEY": "key", "UNIQUE": "unique", "FOREIGN KEY": "refers"}


@dataclass
class Table:
    """A table or view. ``columns``: name to its type, empty for the columns of a view."""

    name: str
    is_view: bool
    columns: dict[str, str] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    about: str = ""
    said: dict[str, str] = field(default_factory=dict)


def tables() -> dict[str, Table]:
    """Every table and view of the schema, by name."""
    text = SCHEMA.read_text(encoding="utf-8")
    found = {name: Table(name, is_view=True) for name in _VIEW.findall(text)}
    for name, body in _TABLE.findall(text):
        columns = {
            column: f"{kind}{'' if 'NOT NULL' in rest else ', or null'}"
            for column, kind, rest in _COLUMN.findall(body)
            if column != "CONSTRAINT"
        }
        found[name] = Table(name, is_view=False, columns=columns)
    for name, kind, what in _KEY.findall(text):
        found[name].keys.append(f"{_NAMED[kind]} {what.replace('REFERENCES public.', 'in ')}")
    for kind, name, words in _SAID.findall(text):
        table, _, column = name.replace('"', "").partition(".")
        if kind == "COLUMN":
            found[table].said[column] = words.replace("''", "'")
        else:
            found[table].about = words.replace("''", "'")
    return dict(sorted(found.items()))


def database_page() -> Iterator[str]:
    """The page, line by line."""
    yield "# Tables 数据表"
    yield ""
    yield (
        "What `starter.py audit psql` opens: the role `auditor` reads every table and view, and can change nothing."
        " The comments stand in the database too (`\\d+ events`). Amounts are whole fen; days are legal days. How a"
        " chain of events is verified says [receipts.md](receipts.md). 审计员可读全部表与视图，不能改动；金额以分计。"
    )
    for table in tables().values():
        yield ""
        yield f"## `{table.name}`{' (view)' if table.is_view else ''}"
        yield ""
        yield table.about
        yield ""
        yield "| column | type | what |"
        yield "|---|---|---|"
        for column, words in (
            table.said if table.is_view else {one: table.said.get(one, "") for one in table.columns}
        ).items():
            yield f"| `{column}` | {table.columns.get(column, '')} | {words.replace('|', chr(92) + '|')} |"
        if table.keys:
            yield ""
            yield f"Keys: {'; '.join(table.keys)}."
