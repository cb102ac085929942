"""The columns of the office's declaration form, in its order and wording, as text to copy from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from schemas.statements.bars import BARS
from schemas.statements.offer import Offer
from schemas.statements.royalty import (
    EntryPlusRunning,
    FixedEnd,
    Free,
    Instalments,
    LicenceTerm,
    LumpSum,
    Royalty,
    Running,
    RunningBase,
    YearsFromEffect,
)
from schemas.values.due import DaysCounted
from schemas.values.outside import kept
from schemas.values.patent_number import PatentKind

_KINDS = {PatentKind.INVENTION: "发明", PatentKind.UTILITY_MODEL: "实用新型", PatentKind.DESIGN: "外观设计"}
_BASES = {RunningBase.NET_SALES: "净销售额", RunningBase.PROFIT: "利润", RunningBase.UNITS: "件数"}
_PERIODS = {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}
_BY_CALENDAR = {"month": "每自然月", "quarter": "每自然季度", "half_year": "每自然半年", "year": "每自然年"}
_PAY_FROM = {"report": "报告后", "last_report_day": "报告期限届满后", "period_end": "期满后"}


@dataclass(frozen=True)
class PartyNames:
    """A party as the form prints it: its name, and what else may be shown of it (code, contact)."""

    name: str
    details: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """For the package's JSON."""
        return {"name": self.name, **self.details}

    def __str__(self) -> str:
        details = "，".join(f"{key} {value}" for key, value in self.details.items())
        return f"{self.name}（{details}）" if details else self.name


def people_of(offer: Offer) -> tuple[UUID, ...]:
    """Every party that the form names, once."""
    named = [owner.party_id for owner in offer.patentees] + [offer.contact]
    if offer.agency:
        named += [offer.agency.party_id, *offer.agency.attorneys]
    return tuple(dict.fromkeys(named))


def form_text(offer: Offer, names: Mapping[UUID, PartyNames], attachments: Sequence[tuple[str, str]]) -> str:
    """The form, column by column; ``attachments`` are (what, file)."""
    # What was stored before texts were kept without control characters must not move a terminal's cursor.
    return kept("\n".join(_lines(offer, names, attachments)) + "\n", lines=True)


def _lines(offer: Offer, names: Mapping[UUID, PartyNames], attachments: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield "专利开放许可声明 Declaration of an open licence"
    yield ""
    yield "① 专利 Patent"
    yield f"   专利号 number: ZL{offer.patent_number}（{_KINDS[offer.patent_kind]}）"
    yield f"   发明创造名称 title: {offer.title}"
    yield f"   申请日 filed: {offer.filed_on}   授权公告日 granted: {offer.granted_on}"
    for index, owner in enumerate(offer.patentees, start=1):
        share = f"，份额 {owner.share.numerator}/{owner.share.denominator}" if owner.share else ""
        yield f"   专利权人 patentee {index}: {names[owner.party_id]}{share}"
    yield ""
    yield "② 专利代理机构 Agency"
    if offer.agency:
        yield f"   名称 name: {names[offer.agency.party_id]}   代码 code: {offer.agency.code}"
        yield from (f"   代理师 attorney: {names[one]}" for one in offer.agency.attorneys)
    else:
        yield "   无 none"
    yield ""
    yield "③ 声明内容 Declaration"
    yield "   许可人承诺 commitments: " + ("已作出 made" if offer.commitments else "未作出 not made")
    yield "   愿意许可中国境内任何单位或者个人实施其专利，且不存在下列情形："
    yield from (f"     {bar.value} {text.zh}" for bar, text in BARS.items())
    yield f"   许可使用费支付方式、标准 royalty: {royalty_text(offer.royalty)}"
    yield f"   许可期限 term: {term_text(offer.term)}"
    if offer.offer_ends_on:
        yield f"   声明有效期至 offer ends: {offer.offer_ends_on}"
    yield f"   专利权人联系方式 contact: {names[offer.contact]}"
    yield f"   其他事项 other matters: {offer.other_matters or '无 none'}"
    yield ""
    yield "④ 使用费计算依据和方式说明 Explanation of the fee"
    yield f"   {offer.fee_explanation}"
    yield ""
    yield "⑤ 附件清单 Attachments"
    yield from (f"   {what}: {file}" for what, file in attachments)
    if not attachments:
        yield "   无 none"
    yield ""
    yield "⑥ 签章 Signature"
    yield "   专利权人或专利代理机构签字或盖章 patentee or agency: ____________________"
    yield "   日期 date: ____________________"


def royalty_text(royalty: Royalty) -> str:
    """Payment method and standard in one sentence of Chinese."""
    match royalty:
        case Free():
            return "免费"
        case LumpSum():
            return (
                f"一次总付 {royalty.amount} 元"
                + _deferral(royalty.first_payment_after_months)
                + _within(royalty.pay_within_days, royalty.pay_within_days_counted)
            )
        case Instalments():
            parts = "；".join(f"第 {part.after_months} 个月 {part.amount} 元" for part in royalty.instalments)
            return f"分期支付：{parts}" + _within(royalty.pay_within_days, royalty.pay_within_days_counted)
        case Running():
            return _running(royalty)
        case EntryPlusRunning():
            return (
                f"入门费 {royalty.entry} 元"
                + _deferral(royalty.first_payment_after_months)
                + _within(royalty.pay_within_days, royalty.pay_within_days_counted)
                + f"，另{_running(royalty.running)}"
            )


def term_text(term: LicenceTerm) -> str:
    """The licence term in one sentence of Chinese."""
    match term:
        case FixedEnd():
            return f"自许可生效之日起至 {term.ends_on}"
        case YearsFromEffect():
            return f"自许可生效之日起 {term.years} 年，不超过专利权期限"
        case _:
            return "自许可生效之日起至专利权期限届满"


def _running(royalty: Running) -> str:
    steps = [f"第 {rate.from_year} 年起 {rate.percent} %" for rate in royalty.rates]
    steps += [f"第 {price.from_year} 年起每件 {price.price} 元" for price in royalty.unit_prices]
    periods = _BY_CALENDAR if royalty.periods_by == "calendar" else _PERIODS
    text = f"按{_BASES[royalty.base]}提成：{'；'.join(steps)}；{periods[royalty.period]}结算"
    report_within = _days(royalty.report_within_days, royalty.report_within_days_counted)
    pay_within = _days(royalty.pay_within_days, royalty.pay_within_days_counted)
    text += f"，期满后 {report_within}内报告，{_PAY_FROM[royalty.pay_from]} {pay_within}内支付"
    if royalty.minimum is not None:
        pro_rata = "（不足一期按比例）" if royalty.minimum_pro_rata else ""
        text += f"，每期最低 {royalty.minimum} 元{pro_rata}"
    return text


def _deferral(months: int) -> str:
    return f"，先用后付，生效后 {months} 个月支付" if months else ""


def _within(days: int | None, counted: DaysCounted) -> str:
    return f"，通知后 {_days(days, counted)}内支付" if days is not None else ""


def _days(days: int, counted: DaysCounted) -> str:
    return f"{days} 个工作日" if counted == "working_days" else f"{days} 日"
