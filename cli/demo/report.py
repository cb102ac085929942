"""What a person reads at the end of a run."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from cli.demo.figures import Payment
from cli.demo.lives.world import TODAY
from cli.demo.run import Outcome
from schemas.values.money import ZERO, Money, total
from texts.words import name_of, refusal_text

_NO_BREAK = "\u00a0"
_KINDS = {
    "declaration": "声明 declarations",
    "licence": "许可 licences",
    "payout": "支付 payouts",
    "settlement": "奖补结算 settlements",
}
_STORIES = {
    "one_void_by_late_withdrawal": (
        "撤回公告迟录：第一份许可存续，第二份自始无效",
        "withdrawal told late: one licence survives, one is void",
    ),
    "lapsed_and_restored": ("未缴年费终止，后恢复", "lapsed for an unpaid annual fee and restored"),
    "receipt_reversed": ("银行冲正后重新到账", "the bank reversed a receipt; it came again"),
    "one_never_pays": ("一名被许可人未付款，许可未成立", "one licensee never paid: not concluded"),
    "recordal_refused_once": ("备案一次未予通过后补正", "recordal refused once, then recorded"),
    "registration_refused_once": ("合同登记一次未通过", "contract registration refused once"),
    "objection": ("公示期内有异议，维持原金额", "an objection in the publicity, amounts unchanged"),
    "payment_returned": ("银行退票后再次支付", "the bank returned a payment; paid again"),
    "costs_stated_later": ("成本未填报：未知，不作零", "a cost was not stated: asked, never zero"),
    "co_owned": ("两单位共有，份额 3/5 与 2/5", "two owners, 3/5 and 2/5"),
    "foreign_licensee": ("被许可人在境外", "a licensee abroad"),
    "report_corrected": ("销售报告更正，补交差额", "a sales report corrected, the difference paid"),
    "report_missing": ("销售报告逾期未交，按保底额计", "a sales report is overdue; the minimum is owed"),
    "runs_out": ("专利期满，许可到期", "the patent and its licence ran out"),
}


def put_outcome(console: Console, outcome: Outcome) -> None:
    """Tables and the verdict; narrow enough for eighty columns."""
    figures = outcome.figures
    console.print(f"专利开放许可演示 open-licence demo，截至 as of {TODAY}")
    _put_stages(console, outcome)
    _put_refused(console, outcome)
    _put_stories(console, outcome)
    published = [one.case for one in outcome.examples if one.reward is not None]
    for case in published:
        _put_case(console, outcome, case)
    rows = [
        ("到账（减冲正） receipts less reversed", _yuan(figures.receipts)),
        ("冲正 reversed", _yuan(figures.reversed)),
        ("发明人报酬（团队只计一次） remuneration, each team once", _yuan(figures.remuneration)),
        ("院系与单位 departments and institutions", _yuan(_kept(figures.payments))),
    ]
    _put(console, "金额 amounts", ("项目 what", "元 yuan"), rows, right=(1,))
    console.print(
        f"行为 acts {outcome.acts}，事件 events {figures.events}，疑点 open findings {figures.findings}，"
        f"用时 seconds {outcome.seconds:.0f}"
    )
    _put_settlements(console, outcome)
    style = "bold green" if outcome.report.ok else "bold red"
    console.print(f"reconciled: {str(outcome.report.ok).lower()}", style=style)
    for one in outcome.report.differences[:20]:
        console.print(f"  {one.filing_id} {one.where}: {one.proved} != {one.found}")


def _put_stages(console: Console, outcome: Outcome) -> None:
    rows: list[tuple[str, str, str]] = []
    for kind, stages in outcome.figures.stages.items():
        for n, (stage, count) in enumerate(sorted(stages.items(), key=lambda one: (-one[1], one[0]))):
            rows.append(
                ("" if n else _KINDS[kind], f"{name_of('stages', f'{kind}.{stage}', 'zh')} {stage}", str(count))
            )
    _put(console, "阶段 stages", ("事项 filings", "阶段 stage", "件 number"), rows, right=(2,))


def _put_settlements(console: Console, outcome: Outcome) -> None:
    rows = [
        (
            one.scheme,
            str(one.year),
            name_of("stages", f"settlement.{one.stage}", "zh"),
            str(one.lines),
            _yuan(one.entitled),
            _yuan(total(line.paid for line in one.subsidies)),
        )
        for one in outcome.figures.settlements
    ]
    columns = ("方案 scheme", "年度 year", "阶段 stage", "明细 lines", "应得 entitled", "已付 paid")
    _put(console, "奖补 settlements", columns, rows, right=(1, 3, 4, 5))


def _put_refused(console: Console, outcome: Outcome) -> None:
    """By reason, since several patents share one and its remedy."""
    console.print(f"不予提交 refused: {len(outcome.refused)}", style="bold")
    by_code: dict[str, list[str]] = {}
    for one in outcome.refused:
        by_code.setdefault(one.reasons[0].code, []).append(f"{one.case} {one.number}".replace(" ", _NO_BREAK))
    reasons = {one.reasons[0].code: one.reasons[0] for one in outcome.refused}
    for code, numbers in by_code.items():
        why = refusal_text(reasons[code])
        console.print(f"  {code} [{why.article}]", style="bold")
        for text in ("  ".join(numbers), f"→ {why.remedy_zh}", f"→ {why.remedy_en}"):
            console.print(Padding(text, (0, 0, 0, 4)))
    console.print()


def _put_stories(console: Console, outcome: Outcome) -> None:
    rows = [(one.case, *_STORIES[one.story]) for one in outcome.examples if one.story]
    _put(console, "特别情形 what else happened", ("专利", "经过", "what"), rows)


def _put_case(console: Console, outcome: Outcome, case: str) -> None:
    """What was published beside what the engine came to."""
    example = next(one for one in outcome.examples if one.case == case)
    assert example.reward is not None
    paid = {one.party: one.amount for one in outcome.figures.payments if one.case == case}
    rows = [
        (share.party, share.kind, _yuan(share.amount), _yuan(paid.get(share.party, ZERO)))
        for share in example.reward.shares
    ]
    columns = ("受益方 party", "身份 kind", "公示 published", "演示 demo")
    _put(console, f"{case}：{example.reward.institution}", columns, rows, right=(2, 3))


def _kept(payments: Sequence[Payment]) -> Money:
    return total(one.amount for one in payments if one.kind in ("department", "institution"))


def _yuan(amount: Money) -> str:
    return f"{amount.yuan:,.2f}"


def _put(
    console: Console, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> None:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1))
    for n, column in enumerate(columns):
        table.add_column(column, justify="right" if n in right else "left", overflow="fold", no_wrap=n in right)
    for row in rows:
        table.add_row(*row)
    console.print(table)
