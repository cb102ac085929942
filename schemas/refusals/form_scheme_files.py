"""Refusals of the area: form, of the files that schemes are written in (docs/schemes.md)."""

from schemas.refusals.text import RefusalText

_ARTICLE = "docs/schemes.md"


def _text(zh: str, en: str, remedy_zh: str, remedy_en: str) -> RefusalText:
    return RefusalText(_ARTICLE, zh, en, remedy_zh, remedy_en)


SCHEME_FILES: dict[str, RefusalText] = {
    # Versions.
    "ends_before_it_begins": _text(
        "until 早于 from", "until lies before from", "请对调或更正两个日期", "swap or correct the two days"
    ),
    "repealed_without_end": _text(
        "已废止的版本没有末日", "a repealed version needs its last day", "请补充 until", "add until"
    ),
    "gap": _text(
        "{earlier} 起的版本与 {later} 起的版本之间有空档",
        "nothing is said of the days between the version from {earlier} and the one from {later}",
        "请更正 until，或写明其间适用的规定",
        "correct until, or write what held in between",
    ),
    "overlap": _text(
        "{later} 起的版本开始时，{earlier} 起的版本仍然有效",
        "the version from {earlier} still holds when the one from {later} begins",
        "请按时间先后排列，并更正 until",
        "put the versions in order of time and correct until",
    ),
    "amount_unknown": _text(
        "没有 amount 的版本不能是 in_force 或 repealed",
        "a version without amount can only be planned or a draft",
        "请补充 amount，或改为 planned",
        "add amount, or make it planned",
    ),
    "automatic_without_source": _text(
        "application: automatic 没有依据",
        "application: automatic has no provision behind it (D-14)",
        "请补充 application_cite，或删除 application",
        "add application_cite, or remove application",
    ),
    "amount_unit": _text(
        "each 和按件数的 steps 只能与 measure: count 同用，比率和分档只能与金额同用",
        "each and steps of a count stand with the measure count, rates and tiers with money",
        "请更正 base.measure 或 amount",
        "correct base.measure or amount",
    ),
    "count_of_items": _text(
        "lump 和 awarded 按项目计算，不能另设 count_of",
        "lump sums and awards are of items, so count_of has no sense",
        "请删除 count_of",
        "remove count_of",
    ),
    "threshold_unit": _text(
        "count_at_least 只能与 measure: count 同用，反之亦然",
        "count_at_least stands with the measure count, and only with it",
        "请更正 base.measure 或 thresholds",
        "correct base.measure or thresholds",
    ),
    # Elements.
    "condition_unclear": _text(
        "条件须在 one_of、none_of、within 中恰选其一",
        "a condition has exactly one of one_of, none_of and within",
        "请只保留一个",
        "keep one of them",
    ),
    "threshold_unclear": _text(
        "门槛须在 at_least（以上）、more_than（超过）、count_at_least（件数）中恰选其一",
        "a threshold has exactly one of at_least, more_than and count_at_least",
        "请只保留一个",
        "keep one of them",
    ),
    "tier_unclear": _text(
        "档次须在 at_least（以上）、above（超过）中恰选其一",
        "a tier has exactly one of at_least and above",
        "请只保留一个",
        "keep one of them",
    ),
    "step_unclear": _text(
        "定额档须在 at_least（以上）、above（超过）、count_at_least（件数）中恰选其一",
        "a step has exactly one of at_least, above and count_at_least",
        "请只保留一个",
        "keep one of them",
    ),
    "steps_mixed": _text(
        "steps 中金额与件数混用", "steps are all of money or all of a count", "请统一", "make them all the same"
    ),
    "steps_unordered": _text(
        "steps 未按起点由小到大排列，或起点重复",
        "steps stand in order of their beginnings, each once",
        "请重新排列",
        "put them in order",
    ),
    "tiers_unordered": _text(
        "分档未按起点由小到大排列，或起点重复",
        "tiers stand in order of their beginnings, each once",
        "请重新排列",
        "put them in order",
    ),
    "formula_unclear": _text(
        "金额须且只须按一种方式计算：{ways}",
        "an amount is reckoned in exactly one way, one of: {ways}",
        "请只保留一种",
        "keep one of them",
    ),
    "cases_unclear": _text(
        "by 与 cases 须同时出现，计算方式写在各 case 之内",
        "by and cases stand together, otherwise only with them, and each way of reckoning stands in its case",
        "请改写 amount",
        "rewrite amount",
    ),
    "award_without_room": _text(
        "awarded 的 at_most 小于 at_least",
        "at_most of awarded lies below its at_least",
        "请对调或更正",
        "swap or correct them",
    ),
    "count_of_without_count": _text(
        "count_of 只能与 measure: count 同用",
        "count_of stands with the measure count only",
        "请删除 count_of，或改用 measure: count",
        "remove count_of, or use the measure count",
    ),
    "count_grows": _text(
        "件数不计算增量",
        "a count does not grow",
        "请删除 growth，或改用金额",
        "remove growth, or use a measure of money",
    ),
    "growth_unclear": _text(
        "before_growth 只能与 base.growth 同用",
        "before_growth stands with growth of the base only",
        "请删除 before_growth，或补充 growth: true",
        "remove before_growth, or add growth: true",
    ),
    "no_such_day": _text(
        "{begins} 不是每年都有的日子", "{begins} is not a day of every year", "请另写起始日", "write another first day"
    ),
    "not_a_share": _text(
        "比率须是加引号的小数",
        "a share is a quoted decimal fraction, never a number",
        '请写成 "0.05"（即 5 %）的形式',
        'write it as "0.05" for 5 %',
    ),
    "not_a_part": _text(
        "出资份额须是加引号的小数或分数",
        "a payer's share is a quoted decimal or fraction from 0 to 1",
        '请写成 "0.5" 或 "1/3" 的形式',
        'write it as "0.5" or "1/3"',
    ),
    "funding_unclear": _text(
        "出资方重复，或 odd_fen 不是出资方之一",
        "a payer stands twice, or odd_fen is none of the payers",
        "请更正 parts 或 odd_fen",
        "correct parts or odd_fen",
    ),
    "funding_not_whole": _text(
        "各出资方的份额合计不等于 1", "the payers' shares do not add up to 1", "请更正 share", "correct the shares"
    ),
    "scheme_file_malformed": _text(
        "方案文件 {name} 不是可用的 YAML：{why}",
        "the scheme file {name} cannot be used: {why}",
        "请按所示位置更正",
        "correct it at that place",
    ),
}
