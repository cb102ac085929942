"""Refusals and warnings of declarations."""

from schemas.refusals.text import RefusalText as T

DECLARATION: dict[str, T] = {
    "patent_not_in_register": T(
        "IR-85(1)", "登记簿中没有专利 {number}", "the register has no patent {number}",
        "请核对专利号；确有此专利的，请经办员先登记其法律状态证据", "check the number; if it exists, let an operator add its register evidence first"),
    "patent_pending": T(
        "IR-85; GL-3.1", "{number} 尚未授权公告，不得提出开放许可声明", "{number} is not granted yet, so no declaration can be made",
        "请在授权公告后再提出", "declare it after the grant is announced"),
    "application_refused": T(
        "IR-85; GL-3.1", "{number} 的申请已被驳回", "the application {number} was refused",
        "没有专利权，不能提出声明", "there is no right to license; do not declare it"),
    "right_ended": T(
        "GL-3.1 ({bar})", "专利 {number} 的专利权已于 {ended_on} 终止", "the right in {number} ended on {ended_on}",
        "如仍可恢复权利，请先恢复（实施细则第六条），再提出声明", "have the right restored first if that is still possible (rule 6), then declare it"),
    "right_invalidated": T(
        "GL-3.1 (E6)", "专利 {number} 已被宣告全部无效", "the patent {number} was declared wholly invalid",
        "决定被撤销前不能提出声明", "it cannot be declared unless the decision is annulled"),
    "patent_expired": T(
        "PL-42", "专利 {number} 的保护期已届满", "the term of the patent {number} is over",
        "期满专利可自由实施，无需声明", "an expired patent is free to use; no declaration is needed"),
    "differs_from_register": T(
        "IR-85; GL-3.3", "字段 {field} 与登记簿不一致（登记簿：{register}）", "{field} differs from the register, which has {register}",
        "请按登记簿填写，或先更正登记簿", "write it as in the register, or have the register corrected first"),
    "number_year_differs": T(
        "GL-3.3", "申请日 {filed_on} 晚于专利号 {number} 的年份", "the filing day {filed_on} lies after the year of the number {number}",
        "请核对申请日和专利号", "check the filing day and the number"),
    "consent_missing": T(
        "GL-3.2", "缺少共有人 {party_id} 同意开放许可的书面文件", "the written consent of co-owner {party_id} is missing",
        "请上传其签章的同意书，或提交共有人协议", "add the signed consent, or the co-owners' agreement on open licensing"),
    "agency_mandatory": T(
        "GL I-1-6.1.1", "境外或港澳台专利权人须委托专利代理机构", "a patentee without domicile in the mainland must appoint an agency",
        "请填写代理机构和委托书", "name the agency and its power of attorney"),
    "agency_needs_consents": T(
        "GL-3.2", "委托代理机构的，须附全体专利权人的同意书", "with an agency, the consents of all patentees are needed",
        "请为每位专利权人上传同意书", "add a signed consent for each patentee"),
    "evaluation_report_missing": T(
        "PL-50-1; GL-3.1 ({bar})", "实用新型、外观设计须提交专利权评价报告", "a utility model or design needs an evaluation report",
        "请先向专利局请求评价报告，取得后随声明提交", "request the evaluation report from the office and file it with the declaration"),
    "evaluation_report_negative": T(
        "GL-3.1 ({bar})", "评价报告结论为不符合授权条件", "the evaluation report says that the conditions of grant are not met",
        "可在收到报告后两个月内请求更正一次；更正后再提出", "ask once for correction within two months of the report; declare it when it is corrected"),
    "commitments_missing": T(
        "GL-3.3", "未作出声明表中的承诺", "the commitments of the form are not made",
        "请确认承诺后提交", "confirm the commitments and submit again"),
    "bar_exists": T(
        "{rule}", "存在不得提出声明的情形 {bar}：{bar_zh}", "there is a bar {bar}: {bar_en}",
        "请消除该情形并附证据后再提出", "remove it, add the evidence, and ask again"),
    "bar_unknown": T(
        "IR-86; D-34", "情形 {bar} 没有 {days} 天内的证据", "the bar {bar} has no evidence from the last {days} days",
        "请核查：{evidence}，并附上证据", "look into: {evidence_en}, and add the evidence"),
    "declared_before_grant": T(
        "IR-85-1", "声明日 {on} 早于授权公告日 {granted_on}", "the declaration of {on} lies before the grant of {granted_on}",
        "请在授权公告后提出", "declare it after the grant is announced"),
    "already_declared": T(
        "D-33", "专利 {number} 已有有效的开放许可声明 {other}", "the patent {number} already has a live declaration {other}",
        "请先撤回原声明，或在原声明上继续办理", "withdraw that one first, or go on with it"),
    "round_out_of_order": T(
        "platform", "次序应为 {expected}，而不是 {given}", "the count should be {expected}, not {given}",
        "请刷新后重新提交", "look the filing up again and send the next count"),
    "other_patent": T(
        "GL-3.3", "本声明针对专利 {number}，不能改为另一专利", "this declaration is about {number} and cannot become another patent's",
        "请为另一专利另行提出声明", "make a declaration of its own for the other patent"),
    "pilot_not_declared": T(
        "R7", "试点登记不是声明，不能提交", "a pilot listing is no declaration and cannot be submitted",
        "请以 statutory 提交，或用 take_over 接收试点登记", "submit it as statutory, or take the pilot listing over"),
    "pilot_never_in_force": T(
        "R7", "试点登记没有声明的法律效力，不能处于有效阶段", "a pilot listing has no legal effect and is never in force",
        "请以 draft 或 submitted 阶段接收", "take it over in the stage draft or submitted"),
    "regimes_differ": T(
        "R7", "制度类型与声明内容不一致", "the regime differs from the one in the offer",
        "请填写同一制度类型", "give the same regime twice"),
    "announcement_day_missing": T(
        "GL-3.4", "有效的声明须有公告日", "a declaration in force has a day of announcement",
        "请填写 announced_on 并附公报证据", "give announced_on, with the Gazette as evidence"),
    "withdrawal_conditional": T(
        "GL-4", "撤回声明不得附条件", "a withdrawal cannot have a condition attached",
        "请删除条件", "leave the condition out"),
    "withdrawal_reason_missing": T(
        "GL-4", "以正当理由撤回的，须附证明材料", "a withdrawal for a legitimate reason needs its material",
        "请上传材料", "add the material and name its hash in reason"),
    "withdrawal_consents_missing": T(
        "GL-4, GL-3.2", "撤回须经全体 {owners} 位专利权人书面同意，现有 {given} 份", "all {owners} patentees must consent in writing; {given} did",
        "请补齐同意书", "add the missing consents"),
    "withdrawal_without_bar": T(
        "GL-4", "没有已登记的不得声明情形", "no bar is on record that could be the ground",
        "请先登记该情形，或以正当理由撤回", "report the bar first, or withdraw for a legitimate reason"),
    "term_is_over": T(
        "Civil Code 865", "许可期限已过（{ends_on}）", "the licence term is already over ({ends_on})",
        "请填写专利权有效期内的期限", "give a term inside the life of the patent"),
    "term_beyond_patent": T(
        "Civil Code 865; Order 62 art. 12", "许可期限 {ends_on} 超过专利权最后一日 {patent_last_day}", "the term ends on {ends_on}, after the patent's last day {patent_last_day}",
        "请改为不晚于专利权最后一日", "end it on or before the patent's last day"),
    "term_cut_by_patent": T(
        "Civil Code 865; D-06", "许可期限将在专利权最后一日 {patent_last_day} 截止", "the term will be cut at the patent's last day {patent_last_day}",
        "无需处理，请告知被许可人", "nothing to do; tell the licensees"),
    "fixed_fee_above_cap": T(
        "GL-3.3", "固定费用 {amount} 元高于一般上限 {cap} 元", "the fixed fee of {amount} yuan is above the usual cap of {cap} yuan",
        "请说明理由，或改用其他许可方式", "give the reason, or use another kind of licence"),
    "running_rate_above_cap": T(
        "GL-3.3", "提成率 {percent}%（{base}）高于一般上限 {cap}%", "the rate of {percent} % of {base} is above the usual cap of {cap} %",
        "请说明理由，或降低提成率", "give the reason, or lower the rate"),
    "fee_explanation_long": T(
        "GL-3.3", "费用说明 {length} 字，一般不超过 {limit} 字", "the fee explanation has {length} characters; usually at most {limit}",
        "请精简说明", "shorten it"),
    "term_under_tax_relief": T(
        "Announcement 82 of 2015", "许可期限不足 {years} 年，不能享受技术转让所得税优惠", "a term under {years} years loses the income-tax relief",
        "如需优惠，请将期限定为 {years} 年以上", "make the term {years} years or more if the relief matters"),
    "advertising_words": T(
        "IR-85-3", "声明中含有商业宣传用语：{words}", "there is advertising language: {words}",
        "请删除该用语", "leave the words out"),
    "register_day_unknown": T(
        "GL-3.3", "登记簿中没有 {field}，以声明所填为准", "the register has no {field}; the declared one is used",
        "请补充登记簿证据", "add the register's evidence"),
}
