"""The lists of others, read like every table: columns by English or Chinese names, cells as people write them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar
from unicodedata import normalize

from client.files.table_rows import table_rows
from schemas.statements.outside import BankEntry, GazetteEntry, OutsideEntry, RegistrationEntry, TreasuryEntry
from schemas.values.refusal import Refusal, Refused, refusal, refuse
from schemas.wire.form import filled

E = TypeVar("E", bound=OutsideEntry)


class ListKind(NamedTuple, Generic[E]):
    """What a list has: field -> its column's names; the first English, the second the usual Chinese one."""

    entry: type[E]
    columns: Mapping[str, tuple[str, ...]]


BANK = ListKind(
    BankEntry,
    {
        "bank": ("bank", "银行", "开户行"),
        "account": ("account", "账号", "银行账号"),
        "serial": ("serial", "流水号", "交易流水号"),
        "on": ("day", "日期", "入账日期", "交易日期"),
        "yuan": ("amount", "金额", "交易金额"),
        "counterparty": ("party", "对方户名", "付款人"),
    },
)
TREASURY = ListKind(
    TreasuryEntry,
    {
        "serial": ("serial", "流水号", "支付流水号"),
        "on": ("day", "日期", "支付日期"),
        "yuan": ("amount", "金额", "支付金额"),
        "credit_code": ("credit_code", "统一社会信用代码"),
    },
)
GAZETTE = ListKind(
    GazetteEntry,
    {
        "declaration_number": ("declaration_number", "开放许可声明编号", "声明编号"),
        "on": ("day", "公告日", "生效日"),
        "what": ("what", "事项", "公告事项"),
        "patent": ("patent_number", "专利号"),
        "patentee": ("patentee", "专利权人"),
    },
)
REGISTRATIONS = ListKind(
    RegistrationEntry,
    {
        "registration_number": ("registration_number", "合同登记编号", "登记编号"),
        "on": ("day", "登记日期", "登记日"),
        "contract_amount": ("contract_amount", "合同成交总额", "合同金额"),
        "licensee": ("licensee", "受让方", "被许可人", "买方"),
        "patent": ("patent_number", "专利号"),
    },
)


class ReadList(NamedTuple, Generic[E]):
    """The lines that could be read, and (line, reasons) of those that could not."""

    entries: tuple[E, ...]
    refused: tuple[tuple[int, tuple[Refusal, ...]], ...]


def read_list(path: Path, kind: ListKind[E]) -> ReadList[E]:
    """Raises Refused for the file as a whole: unreadable, empty, or without a column that it must have.

    Columns that we do not know are left alone: a bank's export has dozens.
    """
    rows = table_rows(path)
    header = next(rows, None)
    if header is None:
        raise refuse("table_empty", str(path))
    places = _places(header.cells, kind)
    entries: list[E] = []
    refused: list[tuple[int, tuple[Refusal, ...]]] = []
    for row in rows:
        if row.refusals:
            refused.append((row.line, row.refusals))
            continue
        given = {field: row.cells[place].strip() for field, place in places.items() if place < len(row.cells)}
        try:
            entries.append(
                filled(kind.entry, {"line": row.line, **{name: cell for name, cell in given.items() if cell}})
            )
        except Refused as error:
            refused.append((row.line, tuple(_in_columns(error.refusals, kind))))
    return ReadList(tuple(entries), tuple(refused))


def _places(header: tuple[str, ...], kind: ListKind[E]) -> dict[str, int]:
    found = {normalize("NFKC", name).strip().casefold(): place for place, name in reversed(list(enumerate(header)))}
    places = {field: found[name] for field, names in kind.columns.items() for name in reversed(names) if name in found}
    missing = [
        refusal("column_missing", names[0], column=names[0], zh_name=names[1])
        for field, names in kind.columns.items()
        if field not in places and kind.entry.model_fields[field].is_required()
    ]
    if missing:
        raise Refused(*missing)
    return places


def _in_columns(refusals: tuple[Refusal, ...], kind: ListKind[E]) -> Iterator[Refusal]:
    for one in refusals:
        yield one.but(where=kind.columns.get(one.where, (one.where,))[0])
