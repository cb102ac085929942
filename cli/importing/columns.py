"""The columns of a table of declarations, by their English and Chinese names."""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from schemas.values.refusal import Refusal, refusal


class Column(NamedTuple):
    """A column: its names, whether it must be there, and what stands in it."""

    name: str
    zh: tuple[str, ...]
    required: bool
    about: str


COLUMNS = (
    Column("patent_number", ("专利号",), True, "any printed form 任何印刷形式"),
    Column("title", ("发明名称", "专利名称", "名称"), True, "as in the register 与登记簿一致"),
    Column("patentees", ("专利权人", "专利权人编号"), True, "party ids, several with ; 当事人编号，多个用分号"),
    Column("consents", ("共有人同意书",), False, "content hashes in the order of the patentees 按专利权人次序"),
    Column("filed_on", ("申请日",), True, "day"),
    Column("granted_on", ("授权公告日",), True, "day"),
    Column("contact", ("联系人", "联系方"), False, "party id; by default the first patentee"),
    Column("commitments", ("承诺",), True, "是 / yes"),
    Column(
        "royalty_form",
        ("许可费形式", "支付方式"),
        True,
        "免费 free, 一次总付 lump_sum, 分期 instalments, 提成 running, 入门费加提成 entry_plus_running",
    ),
    Column("amount", ("金额", "许可费", "许可费（元）"), False, "yuan: the lump sum or the entry fee"),
    Column("instalments", ("分期款",), False, "months:yuan;months:yuan"),
    Column("running_base", ("提成基数",), False, "销售额 net_sales, 利润 profit, 件数 units"),
    Column("rate", ("提成率", "提成率（%）"), False, "percent of sales or profit"),
    Column("unit_price", ("单件许可费",), False, "yuan a unit"),
    Column("period", ("报告周期",), False, "月 month, 季度 quarter, 半年 half_year, 年 year"),
    Column("periods_by", ("报告期划分",), False, "生效日 effect, 自然历 calendar: the calendar's own periods"),
    Column("report_within_days", ("报告天数",), False, "days after the period; 15 个工作日 for working days"),
    Column("minimum", ("最低许可费",), False, "yuan a period"),
    Column("pay_within_days", ("付款天数",), False, "announced days from the notice; 15 个工作日 for working days"),
    Column(
        "pay_from", ("付款起算",), False, "of a running royalty: 报告 report, 报告期限 last_report_day, 期末 period_end"
    ),
    Column("running_pay_within_days", ("提成付款天数",), False, "of a running royalty beside an entry fee; days"),
    Column("first_payment_after_months", ("延期付款月数", "先用后付月数"), False, "announced deferral"),
    Column("term_years", ("许可年限",), False, "years from effect; without a term until the patent ends"),
    Column("term_ends_on", ("许可截止日",), False, "day"),
    Column("offer_ends_on", ("声明截止日",), False, "day"),
    Column("fee_explanation", ("许可费说明", "许可费计算依据"), True, "text"),
    Column("other_matters", ("其他事项",), False, "text"),
    Column("main_classification", ("主分类号",), False, "text"),
    Column("technical_fields", ("技术领域",), False, "texts with ;"),
    Column("products", ("产品",), False, "texts with ;"),
    Column("attachments", ("附件",), False, "content hashes with ;"),
    Column("report", ("专利权评价报告",), False, "content hash"),
    Column("report_issued_on", ("评价报告日",), False, "day"),
    Column("report_conclusion", ("评价报告结论",), False, "符合 conditions_met, 不符合 conditions_not_met"),
    Column("on", ("提交日", "法定日"), True, "legal day of the submission, or of the taking over"),
    Column("submitted_by", ("提交人",), False, "party id; by default the first patentee"),
    Column("evidence", ("证据",), False, "content hashes with ;"),
    Column("stage", ("阶段",), False, "of an existing declaration, such as in_force; empty for a new submission"),
    Column("regime", ("制度",), False, "法定 statutory, 试点 pilot"),
    Column("announced_on", ("公告日",), False, "day; of an existing declaration"),
    Column("declaration_number", ("声明编号",), False, "of an existing declaration"),
)
_LONGEST_SHOWN = 60


def _key(name: str) -> str:
    """In full or half width, and in capitals or not, a name is the same name."""
    return normalize("NFKC", name).casefold()


_NAMES = {_key(name): one for one in COLUMNS for name in (one.name, *one.zh)}
TAKEN_OVER = "stage"
"""The column that makes a row the taking over of an existing declaration."""


def read_header(names: Sequence[str]) -> tuple[list[str], list[Refusal]]:
    """The columns' English names, "" for a column without a name, and what is wrong with them."""
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
        if one.required and one.name not in found
    ]
    return columns, wrong


COLUMN_OF_FIELD = {
    "offer.patentees": "patentees",
    "offer.evaluation_report.document": "report",
    "offer.evaluation_report.issued_on": "report_issued_on",
    "offer.evaluation_report.conclusion": "report_conclusion",
    "offer.evaluation_report": "report",
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
    "offer.term.years": "term_years",
    "offer.term.ends_on": "term_ends_on",
}
"""Field of the act -> the column it came from; the others have the same name."""


def column_of(where: str) -> str:
    """The column of a field that a refusal names (``offer.royalty.rates.0.percent`` -> ``rate``)."""
    if where == "by.party_id":
        return "submitted_by"
    path = where
    while path:
        if path in COLUMN_OF_FIELD:
            return COLUMN_OF_FIELD[path]
        path = path.rpartition(".")[0]
    parts = where.split(".")
    return parts[1] if parts[0] == "offer" and len(parts) > 1 else parts[0]
