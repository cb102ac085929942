"""What is wrong with the form of a claim and of the facts that a scheme is reckoned from."""

from schemas.refusals.text import RefusalText as T

CLAIMS: dict[str, T] = {
    "credit_code_wrong": T(
        "GB 32100-2015",
        "统一社会信用代码的校验码不正确",
        "the last character of this credit code contradicts the others",
        "请对照营业执照或法人证书核对每一位",
        "compare every character with the licence or certificate",
    ),
    "seats_unordered": T(
        "D-37",
        "住所地须按起始日先后排列，且同一日只有一个",
        "seats stand in order of their first days, each day once",
        "请按先后排列",
        "put them in order",
    ),
    "claim_empty": T(
        "lifecycles 2.7",
        "申报没有明细",
        "a claim has at least one line",
        "请填写 lines；要放弃申报请撤回",
        "fill in lines; to give the claim up, withdraw it",
    ),
    "claim_line_empty": T(
        "lifecycles 2.7",
        "申报明细既未指明平台到账，也未填写事项",
        "the line names no receipt and states no item",
        "请填写 receipt_id 或 stated",
        "give receipt_id or stated",
    ),
    "claim_line_of_two": T(
        "lifecycles 2.7",
        "同一明细指向两笔不同的款项",
        "one line names two different things",
        "平台到账的 item_id 即其 receipt_id，可以不填",
        "leave item_id out, or let it be the receipt_id",
    ),
    "claim_line_twice": T(
        "lifecycles 2.7",
        "同一笔款项在一份申报中出现两次",
        "a receipt or item stands twice in one claim",
        "请删去重复的明细",
        "remove the repeated line",
    ),
    "predecessor_twice": T(
        "D-16",
        "被合并单位重复，或与申报人相同",
        "a predecessor stands twice, or is the claimant itself",
        "请核对统一社会信用代码",
        "compare the credit codes",
    ),
}
