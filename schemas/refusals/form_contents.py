"""Refusals of the area: form. What does not fit together in an offer, a receipt, shares, a party or a calendar."""

from schemas.refusals.text import RefusalText as T

CONTENTS: dict[str, T] = {
    # The offer.
    "patentee_twice": T(
        "GL-3.2",
        "同一专利权人出现两次",
        "one patentee stands twice in the declaration",
        "请按登记簿每人只列一次",
        "list each of them once, as in the register",
    ),
    "granted_before_filed": T(
        "GL-3.3",
        "授权公告日早于申请日",
        "the grant is announced before the filing day",
        "请对照专利证书核对两个日期",
        "compare both days with the certificate",
    ),
    "owner_shares": T(
        "Patent Law art. 14",
        "共有份额须全部填写且合计为一",
        "the co-owners' shares are stated for all of them and add up to one",
        "请补全份额，或全部留空",
        "complete them, or leave all of them out",
    ),
    "instalments_disordered": T(
        "Civil Code art. 846",
        "分期款须按月份先后排列，每月最多一期",
        "instalments stand in the order of their months, one a month",
        "请重新排列",
        "put them in order",
    ),
    "running_scale": T(
        "Civil Code art. 846",
        "按 {base} 提成须有自己的费率表，从第 1 年起按年份排列",
        "a running royalty on {base} needs its own scale, from year 1, in the order of years",
        "按销售额或利润填 rates，按件数填 unit_prices",
        "give rates for sales or profit, unit_prices for units",
    ),
    # Bars.
    "bar_without_first_day": T(
        "IR-86", "存在的情形须写明起始日", "a bar that exists has a first day", "请填写 since", "state since"
    ),
    "days_without_bar": T(
        "IR-86",
        "不存在的情形不能有起止日",
        "only a bar that exists or existed has a first and a last day",
        "请删除 since 和 until，或将回答改为 yes",
        "leave out since and until, or answer yes",
    ),
    "bar_ends_before_it_begins": T(
        "IR-86", "until 早于 since", "until lies before since", "请改正两个日期", "correct them"
    ),
    "evidence_without_day": T(
        "D-34",
        "有证据但没有核查日期",
        "there is evidence, but not the day on which it was looked at",
        "请填写 checked_on",
        "state checked_on",
    ),
    "stale_answer": T(
        "D-34",
        "证据过期的回答只能是 unknown",
        "an answer whose evidence is too old is unknown",
        "请重新核查",
        "look again",
    ),
    # Receipts.
    "part_exceeds_line": T(
        "D-09",
        "本许可分得的金额大于整笔银行流水",
        "this licence's part is more than the whole bank line",
        "请核对 amount 与 line_amount",
        "check amount and line_amount",
    ),
    "allocations_do_not_add_up": T(
        "D-09",
        "银行流水的分配合计不等于其金额",
        "the allocations of a bank line do not add up to its amount",
        "请改正分配；多付部分分配给 credit",
        "correct them; what is too much is allocated to credit",
    ),
    # The unit's shares.
    "party_twice": T("IR-92", "同一当事人出现两次", "a party stands twice", "请合并其份额", "add its shares together"),
    "shares_not_100": T(
        "IR-92",
        "份额合计不是 100%",
        "the shares do not add up to 100 percent",
        "请重新签署份额",
        "have the shares signed again",
    ),
    "shares_half_signed": T(
        "IR-92",
        "只有部分发明人有份额",
        "some inventors have a share and some have none",
        "请为每位发明人填写份额，或全部留空",
        "give every inventor a share, or none of them",
    ),
    "one_team": T(
        "IR-92",
        "成员份额须有且只有一个 team 份额",
        "members' shares need one share of kind team, and no second one",
        "请增加或合并 team 份额",
        "add that share, or make one of two",
    ),
    "team_over_100": T(
        "IR-92",
        "团队成员份额合计超过 100%",
        "the members' shares are more than 100 percent of the team's amount",
        "请改正成员份额",
        "correct the members' shares",
    ),
    "two_rules_one_day": T(
        "D-39",
        "同类规定有两份在同一天生效",
        "two rules of one kind begin on the same day",
        "请只保留有效的一份",
        "keep the valid one",
    ),
    "unit_not_an_owner": T(
        "D-10",
        "单位不在共有人之列",
        "the unit is not among the co-owners",
        "请将单位列入 owners",
        "list the unit among the owners",
    ),
    "owners_not_whole": T(
        "D-10",
        "共有人份额合计不等于整个专利权",
        "the co-owners' parts do not add up to the whole right",
        "请全部填写或全部留空",
        "state all or none",
    ),
    # Parties.
    "person_public": T(
        "platform",
        "自然人没有公开名称或代码",
        "a person has no public name or code",
        "请将姓名等填入 private",
        "put the name and the rest into private",
    ),
    "organisation_nameless": T(
        "platform",
        "单位须有公开名称",
        "an organisation needs its public name",
        "请填写 public_name",
        "give public_name",
    ),
    # Calendars.
    "rest_ends_before_it_begins": T(
        "L-02", "休息期的最后一天早于第一天", "a rest period ends before it begins", "请对调两个日期", "swap its days"
    ),
    "rest_disordered": T(
        "L-02",
        "从 {first} 起的休息期与前一段重叠或次序颠倒",
        "the rest period from {first} overlaps or precedes the one before",
        "请按先后排列",
        "put them in order",
    ),
    "not_a_worked_weekend": T(
        "L-02",
        "{day} 不是休息期以外的周六或周日",
        "{day} is not a Saturday or Sunday outside the rest periods",
        "请对照国务院通知改正",
        "compare it with the State Council's notice",
    ),
    "day_of_another_year": T(
        "L-02",
        "{day} 不属于 {year} 年的表",
        "{day} is no day of the table of {year}",
        "请写入其所属年份的表",
        "put it into its own table",
    ),
    "tax_list_without_source": T(
        "L-05",
        "申报期限日与其出处须同时填写",
        "the tax days and their source come together",
        "请补全 tax_record_days 和 tax_cite",
        "give both tax_record_days and tax_cite",
    ),
    "tax_day_of_another_month": T(
        "L-05",
        "{day} 不在 {year} 年 {month} 月",
        "{day} does not lie in month {month} of {year}",
        "请每月填写一个日期，一月在前",
        "give one day for each month, January first",
    ),
}
