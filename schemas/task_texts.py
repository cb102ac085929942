"""What each task asks of a person, in both languages; the code stands in the read model, the text is for people."""

from typing import NamedTuple


class TaskText(NamedTuple):
    """What to do."""

    zh: str
    en: str


TASK_TEXTS: dict[str, TaskText] = {
    "annuity": TaskText("核实年费已缴，并登记核查结果", "see that the annual fee was paid, and record the check"),
    "answer_bar": TaskText("答复已登记的不得声明情形", "answer the bar that was reported"),
    "answer_return": TaskText("按退回意见修改后重新提交", "mend what was returned and submit it again"),
    "apply_for_registration": TaskText(
        "向登记机构申请技术合同认定登记", "apply for the registration of the technology contract"
    ),
    "approve": TaskText("审批分配方案", "approve the amounts"),
    "approve_difference": TaskText("审批增加的金额", "approve the amount that was added"),
    "ask_office": TaskText("向专利局询问申请结果", "ask the office what became of the filing"),
    "ask_office_for_recordal": TaskText("向专利局询问备案结果", "ask the office what became of the recordal"),
    "ask_office_of_rename": TaskText(
        "向专利局询问更名是否须撤回声明", "ask the office whether the rename calls for a withdrawal"
    ),
    "ask_registration_desk": TaskText("向登记机构询问认定结果", "ask the desk what became of the registration"),
    "ask_whether_end_is_final": TaskText("核实权利终止或无效是否已成定局", "ask whether the end of the right is final"),
    "cancel_recordal": TaskText("申请注销备案", "have the recordal cancelled"),
    "cancel_recordal_promptly": TaskText(
        "权利已终止，请及时注销备案", "the right has ended: have the recordal cancelled promptly"
    ),
    "change_recordal": TaskText("申请变更备案", "have the recordal changed"),
    "countersign": TaskText("由另一人复核", "let a second person countersign"),
    "claim_missing": TaskText("交付技术资料", "hand the technical material over"),
    "complete_payment": TaskText("补足首期款项", "complete the first payment"),
    "confirm_receipt": TaskText("确认款项已到本单位账户", "confirm that the money is in the unit's own account"),
    "decide_negative_line": TaskText("决定多付金额如何处理", "decide what is done about what was paid too much"),
    "decide_objection": TaskText("对异议作出决定", "decide the objection"),
    "deliver_material": TaskText("交付技术资料并给予必要指导", "hand over the technical material and guidance"),
    "export_registration": TaskText("办理技术出口合同登记", "register the export contract"),
    "explain_payer": TaskText("说明为何由他人付款", "explain why somebody else paid"),
    "file_recordal": TaskText("办理许可合同备案", "file the licence for recordal"),
    "instruct_again": TaskText("银行退票，请重新指令支付", "the bank sent it back: instruct the payment again"),
    "instruct_payment": TaskText("指令支付", "instruct the payment"),
    "not_recorded": TaskText("备案已逾期，请尽快办理", "the recordal is overdue: file it soon"),
    "offer_end": TaskText("许可要约到期", "the offer ends"),
    "patent_last_day": TaskText("专利权最后一日", "last day of the patent"),
    "pay": TaskText("支付首期款项", "make the first payment"),
    "review_paid_period": TaskText(
        "专利权在已付费期间内终止，请核查如何处理", "the right ended inside a paid period: see what follows"
    ),
    "pay_bonus": TaskText("发放授权奖励", "pay the bonus for the grant"),
    "pay_remuneration": TaskText("支付报酬", "pay the remuneration"),
    "pay_royalty": TaskText("支付使用费", "pay the royalty"),
    "pay_within_tax_window": TaskText("在税收优惠期内支付", "pay within the window of the tax relief"),
    "pre_check": TaskText("预审声明", "check the declaration before it is filed"),
    "publicity_end": TaskText("公示期满", "the publicity ends"),
    "publish": TaskText("公示人员与金额", "publish persons and amounts"),
    "read_refusal": TaskText("阅读不予撤回的理由并处理", "read why the withdrawal was refused"),
    "record_tax": TaskText("办理个人所得税备案", "file the record for the income tax"),
    "record_voucher": TaskText("补登付款凭证", "record the voucher of the payment"),
    "recordal_decision": TaskText("等待备案决定", "the office decides about the recordal"),
    "refund_credit": TaskText("退还或分配多收款项", "refund or allocate what was received too much"),
    "refund_licensee": TaskText("退还被许可人款项", "refund the licensee"),
    "refund_or_allocate_credit": TaskText("退还或分配多收款项", "refund or allocate what was received too much"),
    "register_export": TaskText("办理技术出口合同登记", "register the export contract"),
    "registration_decision": TaskText("等待技术合同认定决定", "the desk decides about the registration"),
    "report_sales": TaskText("提交销售报告", "report the sales"),
    "review_benefits": TaskText(
        "复核已享受的年费减缴与资助", "review the fee reductions and subsidies that were taken"
    ),
    "review_claims": TaskText(
        "部分无效后复核许可的权利要求", "review the licensed claims after the partial invalidation"
    ),
    "settle_report_dispute": TaskText("解决对销售报告的争议", "settle the dispute about the report"),
    "state_facts": TaskText("填报分配规则、份额与成本", "state the rule, the shares and the costs"),
    "status_check": TaskText("核查登记簿法律状态", "look into the register"),
    "stop_payment": TaskText("停止尚未完成的支付", "stop the payment that is under way"),
    "supplement": TaskText("补正备案材料", "supplement the papers of the recordal"),
    "supplement_amounts": TaskText("补报合同金额", "supplement the open amounts of the contract"),
    "supplement_recordal": TaskText("补正备案材料", "supplement the papers of the recordal"),
    "supplement_registration": TaskText("补正登记材料", "supplement the papers of the registration"),
    "tell_correction": TaskText("将更正公告告知被许可人", "tell the licensees that the announcement was corrected"),
    "tell_licensees": TaskText("将撤回、终止或撤销告知被许可人", "tell the licensees that the offer has ended"),
    "term_ends": TaskText("许可期限届满", "the licence term ends"),
    "withdraw_promptly_and_tell_licensees": TaskText(
        "及时撤回声明并告知被许可人", "withdraw promptly and tell the licensees"
    ),
    "activate_scheme": TaskText(
        "由两名审批人启用未定稿的方案", "two approvers activate a scheme that is only planned or unverified"
    ),
    "answer_hold": TaskText("答复待核实事项", "answer what the officer asked"),
    "approve_list": TaskText("审批补助名单", "approve the list"),
    "calculate": TaskText("测算补助名单", "calculate the list"),
    "calculate_again": TaskText("金额已变动，请重新测算", "amounts have changed: calculate the list again"),
    "call_for_claims": TaskText("发布申报通知", "call for claims"),
    "carry_adjustment": TaskText("在下一年度补发差额", "the difference is paid with the next run"),
    "carry_or_demand_back": TaskText(
        "在下一年度抵扣多付金额，或予以追回", "set off with the next run what was paid too much, or demand it back"
    ),
    "complete_claims": TaskText("补充测算所缺的事实", "have the facts stated that the calculation lacks"),
    "decide_claim": TaskText("审核申报并逐项说明理由", "decide the claim, line by line with reasons"),
    "decide_relation": TaskText("由两人决定关联方交易如何处理", "two people decide about the related party"),
    "decide_settlement_objection": TaskText("由两人处理名单异议", "two officers decide the objection to the list"),
    "last_claim_day": TaskText("申报截止日", "last day for claims"),
    "lock_list": TaskText("锁定补助名单", "lock the list"),
    "pay_subsidy": TaskText("拨付补助", "pay the subsidy"),
    "pay_subsidy_again": TaskText("银行退票，请重新拨付", "the bank sent it back: pay the subsidy again"),
    "publish_list": TaskText("公示补助名单", "publish the list"),
    "recommend_claim": TaskText("由区主管部门推荐或不予推荐", "the district recommends the claim or declines"),
    "recover": TaskText("追回多付的补助", "recover what was demanded back"),
}
