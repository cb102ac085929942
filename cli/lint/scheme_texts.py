"""What lint says of a scheme, in both languages; ``{names}`` are filled in."""

from typing import NamedTuple

from cli.lint.finding import Level


class LintText(NamedTuple):
    """How grave it is, what it is, and what to do next."""

    level: Level
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


LINT_TEXTS = {
    "cliff_falls": LintText(
        "warning",
        "基数由 {below} 增至 {base} 时，结果由 {before} 元降至 {after} 元",
        "from a base of {below} to {base} the result falls from {before} to {after}",
        "请核对原文；若意在分段计算，请改用 marginal",
        "look at the text again; if each part has its own rate, use marginal",
    ),
    "cliff_jumps": LintText(
        "information",
        "基数由 {below} 增至 {base} 时，结果由 {before} 元跳至 {after} 元",
        "from a base of {below} to {base} the result jumps from {before} to {after}",
        "请核对原文是“以上”还是“超过”，以及是否确为门槛",
        "look whether the text says 以上 or 超过, and whether it is a threshold at all",
    ),
    "tier_never_reached": LintText(
        "warning",
        "该档不影响任何结果：{cause}",
        "this tier changes no result because of {cause}",
        "请核对该档与封顶、门槛的数额",
        "compare its amounts with those of the cap or threshold",
    ),
    "cap_cannot_bind": LintText(
        "warning",
        "该封顶永远不起作用：{cause}",
        "this cap never binds because of {cause}",
        "请核对数额和 per，或删除该封顶",
        "check its amount and its per, or remove it",
    ),
    "floor_above_cap": LintText(
        "error",
        "保底高于封顶 {cap}，永远不能足额发放",
        "this floor lies above the cap of {cap} and is never given in full",
        "请核对二者的数额和 per",
        "check the amounts and the per of both",
    ),
    "floor_above_narrow_cap": LintText(
        "warning",
        "保底高于较窄的封顶 {cap}，只有一件时不能足额发放",
        "this floor lies above the narrower cap of {cap}; who has one only does not get it in full",
        "请核对原文中保底和封顶各按什么计算",
        "look in the text over what floor and cap are taken",
    ),
    "threshold_beyond_cap": LintText(
        "warning",
        "达到门槛者一律得到封顶额 {cap}，比率不起作用",
        "whoever reaches the threshold gets the cap of {cap}; the rate never matters",
        "请核对门槛、比率和封顶的数额及单位",
        "check the amounts and units of threshold, rate and cap",
    ),
    "not_checked": LintText(
        "warning",
        "自 {checked_on} 以来一年多未与出处核对",
        "nobody compared it with its source for more than a year, since {checked_on}",
        "请与原文核对后更新 checked_on",
        "compare it with its source and set checked_on",
    ),
    "activation_needed": LintText(
        "information",
        "须由两人启用后才能发放：{reason}",
        "it pays only when two people activated it: {reason}",
        "请取得原文并更正 status 或 mark；或由两人启用",
        "find the text and correct status or mark, or have two people activate it",
    ),
    "amount_missing": LintText(
        "warning",
        "没有金额规定，不能计算",
        "it has no amount, so nothing can be reckoned",
        "请查明标准后补充 amount 及其出处",
        "find out how much it gives and add amount with its provision",
    ),
    "fact_of_its_own": LintText(
        "information",
        "事实 {fact} 不是通用字段，须写在 other 之下",
        "the fact {fact} is none of the common ones and has to stand under other",
        "若为笔误请更正；否则请在申报说明中写明",
        "correct it if it is misspelt; else name it where claims are called for",
    ),
}
