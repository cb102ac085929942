"""The columns of a table of declarations, by their English and Chinese names."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from unicodedata import normalize

from schemas.values.refusal import Refusal, refusal


class Column(NamedTuple):
    """A column: its names, and whether it must be there; what stands in it says ``texts/command_line/columns.yaml``."""

    name: str
    zh: tuple[str, ...]
    required: bool


TAKEN_OVER = "stage"
"""The column that makes a row the taking over of an existing declaration."""
COLUMNS = (
    Column("patent_number", ("专利号",), True),
    Column("title", ("发明名称", "专利名称", "名称"), True),
    Column("patentees", ("专利权人", "专利权人编号"), True),
    Column("consents", ("共有人同意书",), False),
    Column("filed_on", ("申请日",), True),
    Column("granted_on", ("授权公告日",), True),
    Column("contact", ("联系人", "联系方"), False),
    Column("commitments", ("承诺",), True),
    Column("royalty_form", ("许可费形式", "支付方式"), True),
    Column("amount", ("金额", "许可费", "许可费（元）"), False),
    Column("instalments", ("分期款",), False),
    Column("running_base", ("提成基数",), False),
    Column("rate", ("提成率", "提成率（%）"), False),
    Column("unit_price", ("单件许可费",), False),
    Column("period", ("报告周期",), False),
    Column("periods_by", ("报告期划分",), False),
    Column("report_within_days", ("报告天数",), False),
    Column("minimum", ("最低许可费",), False),
    Column("pay_within_days", ("付款天数",), False),
    Column("pay_from", ("付款起算",), False),
    Column("running_pay_within_days", ("提成付款天数",), False),
    Column("first_payment_after_months", ("延期付款月数", "先用后付月数"), False),
    Column("term_years", ("许可年限",), False),
    Column("term_ends_on", ("许可截止日",), False),
    Column("offer_ends_on", ("声明截止日",), False),
    Column("fee_explanation", ("许可费说明", "许可费计算依据"), True),
    Column("other_matters", ("其他事项",), False),
    Column("main_classification", ("主分类号",), False),
    Column("technical_fields", ("技术领域",), False),
    Column("products", ("产品",), False),
    Column("attachments", ("附件",), False),
    Column("agency", ("代理机构", "代理机构编号"), False),
    Column("agency_code", ("代理机构代码",), False),
    Column("power_of_attorney", ("委托书",), False),
    Column("report", ("专利权评价报告",), False),
    Column("report_issued_on", ("评价报告日",), False),
    Column("report_conclusion", ("评价报告结论",), False),
    Column("on", ("提交日", "法定日"), True),
    Column("submitted_by", ("提交人",), False),
    Column("evidence", ("证据",), False),
    Column("stage", ("阶段",), False),
    Column("regime", ("制度",), False),
    Column("announced_on", ("公告日",), False),
    Column("declaration_number", ("声明编号",), False),
    Column("errors", ("错误",), False),
)
ERRORS = "errors"
"""What is wrong with a row, written there by us: nothing is read from it when the file comes back."""
OF_OPERATORS = ("on", "submitted_by", "evidence", TAKEN_OVER, "regime", "announced_on", "declaration_number")
"""What only those state who bring what others declared; a sender of his own rows has his name and the day from us."""
_LONGEST_SHOWN = 60


def both_names(column: Column) -> str:
    """The head of a column as our own templates have it, in both languages."""
    return f"{column.zh[0]} {column.name}"


def _key(name: str) -> str:
    """In full or half width, and in capitals or not, a name is the same name."""
    return normalize("NFKC", name).casefold()


_NAMES = {_key(name): one for one in COLUMNS for name in (one.name, *one.zh, both_names(one))}


def read_header(names: Sequence[str], given: Collection[str] = ()) -> tuple[list[str], list[Refusal]]:
    """The columns' English names, "" for a column without a name, and what is wrong with them.

    ``given``: columns that need not be there, since whoever sends the table is known.
    """
    columns: list[str] = []
    found: dict[str, str] = {}
    wrong: list[Refusal] = []
    for printed in names:
        name = printed.strip().lstrip("*＊").strip()
        column = _NAMES.get(_key(name))
        columns.append(column.name if column else "")
        if column is None:
            if name:
                known = "、".join(f"{one.name} ({one.zh[0]})" for one in COLUMNS)
                shown = name if len(name) <= _LONGEST_SHOWN else name[:_LONGEST_SHOWN] + "…"
                wrong.append(refusal("column_unknown", shown, column=shown, known=known))
        elif column.name in found:
            wrong.append(refusal("column_twice", name, column=column.name, first=found[column.name], second=name))
        else:
            found[column.name] = name
    wrong += [
        refusal("column_missing", one.name, column=one.name, zh_name=one.zh[0])
        for one in COLUMNS
        if one.required and one.name not in found and one.name not in given
    ]
    return columns, wrong


COLUMN_OF_FIELD = {
    "offer.patentees": "patentees",
    "offer.evaluation_report.document": "report",
    "offer.evaluation_report.issued_on": "report_issued_on",
    "offer.evaluation_report.conclusion": "report_conclusion",
    "offer.evaluation_report": "report",
    "offer.agency.code": "agency_code",
    "offer.agency.power_of_attorney": "power_of_attorney",
    "offer.agency": "agency",
    "offer.royalty.entry": "amount",
    "offer.royalty.amount": "amount",
    "offer.royalty.instalments": "instalments",
    "offer.royalty.running.rates": "rate",
    "offer.royalty.rates": "rate",
    "offer.royalty.running.unit_prices": "unit_price",
    "offer.royalty.unit_prices": "unit_price",
    "offer.royalty.running.base": "running_base",
    "offer.royalty.base": "running_base",
    "offer.royalty.running.period": "period",
    "offer.royalty.period": "period",
    "offer.royalty.running.periods_by": "periods_by",
    "offer.royalty.periods_by": "periods_by",
    "offer.royalty.running.report_within_days": "report_within_days",
    "offer.royalty.report_within_days": "report_within_days",
    "offer.royalty.running.pay_from": "pay_from",
    "offer.royalty.pay_from": "pay_from",
    "offer.royalty.running.pay_within_days": "running_pay_within_days",
    "offer.royalty.running.minimum": "minimum",
    "offer.royalty.minimum": "minimum",
    "offer.royalty.pay_within_days": "pay_within_days",
    "offer.royalty.pay_within_days_counted": "pay_within_days",
    "offer.royalty.first_payment_after_months": "first_payment_after_months",
    "offer.royalty": "royalty_form",
    "offer.term": "term_years",
    "offer.term.years": "term_years",
    "offer.term.ends_on": "term_ends_on",
}
"""Field of the act -> the column it came from; the others have the same name."""


def head_of(name: str) -> str:
    """The head of the column of that English name in both languages; of what is no column the name itself."""
    return next((both_names(one) for one in COLUMNS if one.name == name), name)


def column_of(where: str) -> str:
    """The column of a field that a refusal names (``offer.royalty.rates.0.percent`` -> ``rate``)."""
    if where.startswith("by."):
        return "submitted_by" if where == "by.party_id" else "patentees"
    path = where
    while path:
        if path in COLUMN_OF_FIELD:
            return COLUMN_OF_FIELD[path]
        path = path.rpartition(".")[0]
    parts = where.split(".")
    return parts[1] if parts[0] == "offer" and len(parts) > 1 else parts[0]
