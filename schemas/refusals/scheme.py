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
    "registered_amounts_differ": RefusalText(
        "D-18",
        "合同 {contract} 的认定登记金额先后填为 {one} 元和 {other} 元",
        "the registered amount of the contract {contract} is stated as {one} and as {other}",
        "请按认定登记证明统一该合同各项目的 technology_transaction_amount",
        "state the amount of the registration certificate for all items of the contract",
    ),
    "award_out_of_range": RefusalText(
        "{clause}",
        "项目 {item} 的核定金额 {awarded} 元不在方案规定的 {least} 至 {most} 元之间",
        "the amount {awarded} awarded for {item} does not lie between {least} and {most}",
        "请核对核定文书；方案所定限额不能超出",
        "look at the decision again; the scheme's bounds cannot be passed",
    ),
    "scheme_says_nothing": RefusalText(
        "{clause}",
        "方案 {scheme} 对 {day} 开始的年度没有规定（已知：{first} 至 {last}）",
        "the scheme {scheme} says nothing of the year that begins on {day} (known: {first} to {last})",
        "请改问其他年度，或在方案文件中补充该年度的规定及其出处",
        "ask for another year, or add the version with its source to the scheme's file",
    ),
}
