"""Refusals of the area: facts that contradict each other, given to a rule."""

from schemas.refusals.text import RefusalText

RULES: dict[str, RefusalText] = {
    "granted_before_filed": RefusalText(
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
}
