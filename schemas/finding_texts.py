"""What each finding says: an authority, a bank or a court told us something that contradicts what we have (R2)."""

from schemas.task_texts import TaskText as Text

FINDING_TEXTS: dict[str, Text] = {
    "allocation_unknown": Text(
        "收款分配到不存在的应付项", "the receipt is allocated to an obligation that does not exist"
    ),
    "announced_after_refusal": Text("已登记不予公告，却有公告", "announced although a refusal is on record"),
    "announced_after_taking_back": Text("已收回，却有公告", "announced although it was taken back"),
    "announced_before_grant": Text("公告日早于授权公告日", "announced before the grant"),
    "announced_twice": Text("同一声明有两次公告", "announced twice"),
    "announced_without_recorded_filing": Text("未登记提交即有公告", "announced, and nobody recorded the filing"),
    "approval_not_independent": Text(
        "审批人与经办人或受益人为同一人", "an approver is preparer, beneficiary or the other approver"
    ),
    "approved_before_publicity_over": Text("公示未满即审批", "approved before the publicity was over"),
    "bank_line_twice": Text("同一银行流水出现两次", "one bank line was told twice"),
    "claimed_late": Text("申报已逾期", "claimed after the last claim day"),
    "claimed_twice": Text("同一法人有两份申报", "one legal person has two claims"),
    "cancelled_but_owed": Text("已取消，但仍有应付款", "cancelled although something is owed"),
    "closed_more_than_owed": Text("核销金额大于应付金额", "more was closed than is owed"),
    "correction_without_report": Text("没有原报告的更正", "a correction of a report that does not exist"),
    "corrections_contradict": Text(
        "多次更正合在一起不成立，仍按原记录", "the corrections make no valid act together; it stands as it was recorded"
    ),
    "facts_of_another_unit": Text("填报内容属于另一单位", "the facts are those of another unit"),
    "never_announced": Text("声明从未公告", "the declaration was never announced"),
    "no_application": Text("没有登记申请", "there is no application for registration"),
    "no_patent_end_reported": Text("没有已登记的权利终止", "no end of the right is on record"),
    "no_withdrawal_filed": Text("没有已登记的撤回申请", "no withdrawal is on record"),
    "not_recorded": Text("合同未备案", "the contract is not recorded"),
    "not_registered": Text("合同未登记", "the contract is not registered"),
    "notice_after_right_ended": Text("通知到达时专利权已终止", "the right had ended when the notice came"),
    "notice_outside_offer": Text("通知不在要约有效期内", "the notice lies outside the offer"),
    "objection_outside_period": Text("异议不在公示期内", "the objection lies outside the publicity"),
    "obligation_unknown": Text("没有该应付项", "there is no such obligation"),
    "owners_differ": Text("填报的共有人与登记簿不同", "the owners stated differ from the register"),
    "paid_amount_differs": Text("支付金额与应付金额不同", "the amount paid differs from the amount due"),
    "paid_before_lock": Text("名单锁定前已拨付", "paid before the list was locked"),
    "paid_line_unknown": Text("支付了不存在的款项", "a line was paid that does not exist"),
    "paid_not_instructed": Text("未指令的支付", "paid without an instruction"),
    "paid_twice": Text("同一款项拨付多次", "one line was paid more than once"),
    "permit_contradicted": Text("许可证事实相互矛盾", "the facts about the permit contradict each other"),
    "permit_not_asked": Text("无人申请的许可证", "a permit that nobody asked for"),
    "pilot_listing_announced": Text("试点登记有公告", "a pilot listing was announced"),
    "printed_number_differs": Text("公报专利号与声明不同", "the printed patent number differs"),
    "printed_royalty_differs": Text("公报使用费与声明不同", "the printed royalty differs"),
    "printed_term_differs": Text("公报许可期限与声明不同", "the printed term differs"),
    "receipt_booked_twice": Text("同一到账登记两次", "one receipt was booked twice"),
    "receipt_unknown": Text("没有该到账", "there is no such receipt"),
    "recorded_without_effect": Text("许可未生效却已备案", "recorded although the licence has no effect"),
    "recorded_without_filing": Text("未登记备案申请即已备案", "recorded, and nobody recorded the filing"),
    "refused_without_filing": Text("没有备案申请却有不予备案", "a recordal was refused that nobody filed"),
    "registered_without_effect": Text("许可未生效却已登记", "registered although the licence has no effect"),
    "recovered_not_demanded": Text("退回了未追回的款项", "money came back that was not demanded"),
    "report_abandonment_without_withdrawal": Text(
        "未撤回声明即放弃专利权", "the right was abandoned without a withdrawal"
    ),
    "report_base_missing": Text("销售报告缺少计费基数", "the report lacks the base of the announced terms"),
    "report_of_no_period": Text("报告不属于任何报告期", "the report belongs to no period"),
    "report_transfer_without_withdrawal": Text(
        "未撤回声明即转让专利权", "the right was transferred without a withdrawal"
    ),
    "reported_twice": Text("同一报告期报告两次", "one period was reported twice"),
    "returned_without_payment": Text("没有支付却有退票", "a payment came back that was not made"),
    "reversal_exceeds_receipt": Text("冲正金额大于到账金额", "more was reversed than was received"),
    "second_notice": Text("同一许可有第二份通知", "a second notice within one licence"),
    "stopped_after_effect": Text("生效后又撤回通知或关闭", "retracted or closed after it took effect"),
    "take_over_stage_differs": Text("接管阶段与事实不符", "the stage that was taken over differs from the facts"),
    "terminated_without_effect": Text("未生效即终止", "terminated although it never had effect"),
    "terms_corrected": Text(
        "公告更正后，许可仍按通知日文本", "the announcement was corrected; the licence keeps the text of its notice day"
    ),
    "terms_unknown": Text("通知日没有公告的条件", "no terms were announced on the day of the notice"),
}
