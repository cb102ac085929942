"""Refusals of the area: schemes and what is claimed under them."""

from schemas.refusals.text import RefusalText

SCHEME: dict[str, RefusalText] = {
    "patent_parts_do_not_add_up": RefusalText(
        "D-09",
        "项目 {item} 各专利的金额合计为 {parts} 元，与其总额 {amount} 元不符",
        "the parts of the patents of {item} add up to {parts}, not to its {amount}",
        "请按合同更正各专利的金额，使其合计等于总额",
        "correct the patents' parts so that they add up to the whole",
    ),
    "profile_differs": RefusalText(
        "D-37",
        "当事人 {party_id} 在 {on} 已登记了不同的类型或所在地",
        "party {party_id} already has another kind or region from {on} on",
        "请核对；如有变更，以变更之日登记新的一条",
        "check it; where something changed, add it from the day of the change on",
    ),
    "scheme_amount_unknown": RefusalText(
        "domain 7.2",
        "方案 {scheme} 的补助标准尚未查明，不能计算",
        "how much the scheme {scheme} gives is not known, so nothing can be reckoned",
        "请在方案文件中补充标准及其出处，再由两人启用",
        "add the amount with its provision to the scheme's file, then have two people activate it",
    ),
}
