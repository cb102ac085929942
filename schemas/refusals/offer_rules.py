"""Refusals of the area: rules about an offer that are asked on their own, without a filing."""

from schemas.refusals.text import RefusalText as T

OFFER_RULES: dict[str, T] = {
    "period_unknown": T(
        "Implementing Regulations rule 5",
        "没有 {period} 这一期限",
        "there is no period {period}",
        "请使用以下之一：{known}",
        "use one of: {known}",
    ),
    "period_keys_differ": T(
        "Implementing Regulations rule 5",
        "期限 {period} 的长短取决于 {by}，而给出的是 {given}",
        "the length of {period} depends on {by}, and {given} was given",
        "请在 keys 中逐一给出；可用的值：{known}",
        "give each of them in keys; the values are: {known}",
    ),
    "day_before_first_value": T(
        "{article}",
        "{as_of} 没有 {name} 的有效规定（最早为 {first}）",
        "{name} is not in force on {as_of} (first known: {first})",
        "请使用规定有效期内的日期，或补录当时的规定及其出处",
        "ask for a day on which it is in force, or add the provision of that time with its source",
    ),
}
