"""Refusals of the area: form, of the facts that a scheme is reckoned from."""

from schemas.refusals.text import RefusalText as T

SCHEME_FACTS: dict[str, T] = {
    "unknown_region": T(
        "GB/T 2260",
        "地区 {region} 不属于任何已知的省级行政区",
        "the region {region} lies in no province that is known",
        "请写成“省.市”的拼音形式，如 guangdong.shenzhen；境外写 abroad",
        "write it as province.city in pinyin, such as guangdong.shenzhen; abroad for other countries",
    ),
    "patent_twice": T(
        "D-09",
        "同一项目中同一专利出现两次",
        "a patent stands twice in one item",
        "请合并该专利的金额",
        "add its parts together",
    ),
    "registration_contradicted": T(
        "technology-contract registration",
        "既称合同未认定登记，又填写了登记日或登记类别",
        "registered is no, yet registered_on or registered_class is stated",
        "请核对认定登记证明，二者择一",
        "look at the registration certificate and keep what it says",
    ),
    "relation_contradicted": T(
        "D-17",
        "既称交易对方不是关联方，又填写了关联方处理决定",
        "related is no, yet there is a related_decision",
        "请更正其中一项",
        "correct one of them",
    ),
    "contract_contradicted": T(
        "technology contract",
        "同一合同 {contract} 的各项目在以下事实上不一致：{names}",
        "the items of the contract {contract} differ in one of: {names}",
        "请按合同原文统一；确属不同合同的，请使用不同的合同编号",
        "state what the contract says for all of them; give different contracts different names",
    ),
    "window_ends_before_it_begins": T(
        "call",
        "申报期间的末日早于首日",
        "the window's last day lies before its first",
        "请按申报通知更正 first_on 和 last_on",
        "correct first_on and last_on by the text of the call",
    ),
    "window_of_another_year": T(
        "call",
        "申报期间与所问年度没有一天重合",
        "no day of the call's window lies in the year asked for",
        "请更正 year 或 window",
        "correct year or window",
    ),
    "items_and_totals": T(
        "form",
        "同时给出了明细和合计，二者可能矛盾",
        "items and totals are both given and could contradict each other",
        "请只保留明细，或只保留合计",
        "keep the items or the totals",
    ),
    "item_twice": T(
        "D-13",
        "同一项目编号出现两次",
        "an item stands twice",
        "更正或退款请改写原项目的金额，不要再列一次",
        "restate the item with its new amount instead of adding it again",
    ),
    "claim_twice": T(
        "scheme, cap of one claimant",
        "同一申请或同一申请人在一次申报中出现两次",
        "a claim, or a claimant, stands twice in one call",
        "请将同一申请人的全部项目并入一份申请",
        "put all items of one claimant into one claim",
    ),
    "claims_of_several_years": T(
        "call",
        "同一次申报中的各申请属于不同年度或期间",
        "the claims of one call are of different years or windows",
        "请按年度分别申报",
        "settle each year by itself",
    ),
}
