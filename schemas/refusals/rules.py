"""Refusals of the area: facts that contradict each other, given to a rule."""

from schemas.refusals.text import RefusalText

RULES: dict[str, RefusalText] = {
    "grant_precedes_filing": RefusalText(
        "Patent Law arts. 28, 39, 40",
        "授权公告日 {granted} 早于申请日 {filed}",
        "the grant was announced on {granted}, before the filing day {filed}",
        "请按专利登记簿更正其中一日",
        "correct one of the days by the patent register",
    ),
    "annual_fee_year_outside_term": RefusalText(
        "Patent Law art. 42; Guidelines V-9-4.2",
        "该专利权至 {ends_on} 止，最后年度为第 {last} 年，没有第 {year} 年度",
        "the right lasts to {ends_on}, its last patent year is {last}; there is no year {year}",
        "请更正年度，或者填写期限补偿天数",
        "correct the year, or state the days of term compensation",
    ),
    "licence_ends_before_it_begins": RefusalText(
        "Civil Code art. 865",
        "许可于 {begins} 生效，却于 {ends} 届满",
        "the licence takes effect on {begins} and ends on {ends}",
        "请更正生效日或者届满日",
        "correct the day of effect or the last day of the term",
    ),
    "non_technical_above_contract": RefusalText(
        "Rules 2001 arts. 51 to 53",
        "非技术性款项 {part} 超过合同成交额 {amount}",
        "the non-technical part {part} is more than the contract amount {amount}",
        "请按合同更正两项金额",
        "correct both amounts by the contract",
    ),
    "contract_days_disordered": RefusalText(
        "Measures on technology contract registration",
        "技术合同登记的日期 {later} 早于其前一步骤的日期 {earlier}",
        "a day of the registration, {later}, lies before the step that precedes it, {earlier}",
        "请按申请、受理、登记、补充的先后更正日期",
        "correct the days: application, acceptance, registration, supplement",
    ),
    "reward_before_receipt": RefusalText(
        "Caishui 2018 no. 58",
        "现金奖励于 {paid} 发放，早于收入到账日 {received}",
        "the cash reward was paid on {paid}, before the income arrived on {received}",
        "请更正其中一日；先行垫付的款项不是该笔收入的奖励",
        "correct one of the days; money advanced before is no reward out of this income",
    ),
    "years_not_consecutive": RefusalText(
        "Law on Promoting Transformation art. 45(1)(3)",
        "{one} 年之后填写的是 {following} 年；应为连续年度",
        "after {one} comes {following}; the years are consecutive",
        "请逐年填写，没有利润的年度填 0",
        "state every year, and 0 for one without profit",
    ),
    "receipt_stands_twice": RefusalText(
        "D-13",
        "到账 {receipt} 出现两次",
        "the receipt {receipt} stands twice",
        "请将冲回并入原到账的金额，不要另列一笔",
        "restate the amount of the receipt instead of adding a second one",
    ),
    "receipt_not_stated": RefusalText(
        "D-13",
        "截至 {on} 的到账中没有 {receipt}",
        "{receipt} is not among the receipts until {on}",
        "请列出该笔到账，或者更正编号、日期",
        "state the receipt, or correct its name or the day",
    ),
}
