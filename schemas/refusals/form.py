"""Refusals of the area: form. What is wrong with a field before anybody looks at law or state."""

from schemas.refusals.text import RefusalText as T

FORM: dict[str, T] = {
    # Files and their text.
    "file_unreadable": T(
        "platform", "无法读取文件 {name}：{why}", "the file {name} cannot be read: {why}",
        "请核对路径和读取权限", "check its path and whether you may read it"),
    "encoding_unknown": T(
        "platform", "第 {offset} 字节起的 {bytes} 不是 UTF-8 文字{guess_zh}", "the bytes {bytes} at offset {offset} are not UTF-8 text{guess_en}",
        "请将文件另存为 UTF-8 后重试", "save the file as UTF-8 and try again"),
    "json_malformed": T(
        "platform", "第 {line} 行第 {column} 列不是有效的 JSON 或 YAML：{why}", "line {line}, column {column} is not valid JSON or YAML: {why}",
        "请在该处改正", "correct it there"),
    "not_an_object": T(
        "platform", "内容应是一个带字段名的对象，而不是 {found}", "this must be one object with named fields, not {found}",
        "请写成 {{\"字段\": 值}} 的形式", "write it as {{\"field\": value}}"),
    "field_twice": T(
        "platform", "字段 {field} 出现两次", "the field {field} stands twice",
        "请只保留正确的一个", "keep the right one only"),
    "row_refused": T(
        "platform", "该行不能处理：{why}", "this row cannot be taken: {why}",
        "请改正该行后重新提交", "correct the row and send it again"),
    # What any field can have.
    "field_missing": T(
        "platform", "缺少必填字段", "a required field is missing",
        "请填写该字段", "fill it in"),
    "field_unknown": T(
        "platform", "没有这个字段", "there is no such field",
        "请核对字段名，或删除该字段", "check its name, or leave it out"),
    "wrong_type": T(
        "platform", "{given} 的类型不对：{why}", "{given} is of the wrong type: {why}",
        "请按该字段要求的类型填写", "write it in the type of that field"),
    "empty_text": T(
        "platform", "内容太短，至少 {least}", "this is too short; the least is {least}",
        "请填写内容", "fill it in"),
    "too_long": T(
        "platform", "内容太长，最多 {most}", "this is too long; the most is {most}",
        "请缩短，或另附文件", "shorten it, or attach a document instead"),
    "not_a_choice": T(
        "platform", "{given} 不在可选值之内", "{given} is none of the values that are possible here",
        "请从以下值中选择：{choices}", "choose one of: {choices}"),
    "out_of_range": T(
        "platform", "数值 {given} 超出范围：{why}", "{given} is out of range: {why}",
        "请填写范围内的数值", "give a number inside the range"),
    "not_a_day": T(
        "platform", "{given} 不是日期", "{given} is not a day",
        "请写成 2026-11-20 的形式", "write it like 2026-11-20"),
    "impossible_day": T(
        "platform", "日期不在 {first} 至 {last} 之间", "the day does not lie between {first} and {last}",
        "请核对年份", "check the year"),
    "not_an_id": T(
        "platform", "{given} 不是编号（UUID）", "{given} is not an id (UUID)",
        "请填写系统给出的完整编号", "give the whole id as the system printed it"),
    "malformed": T(
        "platform", "{given} 的写法不对，应符合 {pattern}", "{given} is not written as this field asks: {pattern}",
        "文件请填写 document add 给出的内容哈希", "for a document give the content hash that document add printed"),
    "nul_character": T(
        "platform", "文字中含有 U+0000", "the text contains U+0000",
        "请删除该字符", "remove that character"),
    "field_invalid": T(
        "platform", "该字段无效：{why}", "this field is not valid: {why}",
        "请改正该字段", "correct it"),
    # Money and parts of a hundred.
    "not_money": T(
        "platform", "金额应为最多两位小数的人民币元字符串，不能是数字", "money is a string of yuan with at most two decimals, never a number",
        "请写成 \"2995.00\"（带引号）", "write it like \"2995.00\", with the quotation marks"),
    "negative_money": T(
        "platform", "金额不能为负", "this amount cannot be negative",
        "请填写零或正数；退款请用 reverse-receipt", "give zero or more; for money sent back use reverse-receipt"),
    "no_money": T(
        "platform", "金额必须大于零", "this amount must be more than zero",
        "请填写正数；免费许可请选择 free", "give more than zero; for a free licence choose the form free"),
    "not_a_percentage": T(
        "platform", "百分比应大于 0、不超过 100，最多六位小数，并写成字符串", "a percentage is more than 0, at most 100, with at most six decimals, written as a string",
        "请写成 \"3.5\"（带引号）", "write it like \"3.5\", with the quotation marks"),
    "float_rate": T(
        "platform", "费率是字符串，不能是带小数点的数字", "a rate is a string, never a number with a point",
        "请写成 \"3.5\"（带引号）", "write it like \"3.5\", with the quotation marks"),
    "not_exact": T(
        "platform", "数值不精确：{why}", "this is not exact: {why}",
        "请写成字符串", "write it as a string"),
    # Patent numbers.
    "number_malformed": T(
        "GL-3.3", "{printed} 不是专利号", "{printed} is not a patent number",
        "专利号为 12 位（2003 年 10 月前申请的为 8 位）数字加校验位，如 201910065946.9", "it has 12 digits (8 if filed before October 2003) and a check character, like 201910065946.9"),
    "number_kind_unknown": T(
        "GL-3.3", "{printed} 的种类号不是发明、实用新型或外观设计", "the kind digit of {printed} is neither invention, utility model nor design",
        "请对照专利证书核对号码", "compare the number with the certificate"),
    "number_check_failed": T(
        "GL-3.3", "{printed} 的校验位不正确", "the check character of {printed} is wrong",
        "请对照专利证书核对每一位", "compare every digit with the certificate"),
    # The offer.
    "patentee_twice": T(
        "GL-3.2", "同一专利权人出现两次", "one patentee stands twice in the declaration",
        "请按登记簿每人只列一次", "list each of them once, as in the register"),
    "granted_before_filed": T(
        "GL-3.3", "授权公告日早于申请日", "the grant is announced before the filing day",
        "请对照专利证书核对两个日期", "compare both days with the certificate"),
    "owner_shares": T(
        "Patent Law art. 14", "共有份额须全部填写且合计为一", "the co-owners' shares are stated for all of them and add up to one",
        "请补全份额，或全部留空", "complete them, or leave all of them out"),
    "instalments_disordered": T(
        "Civil Code art. 846", "分期款须按月份先后排列，每月最多一期", "instalments stand in the order of their months, one a month",
        "请重新排列", "put them in order"),
    "running_scale": T(
        "Civil Code art. 846", "按 {base} 提成须有自己的费率表，从第 1 年起按年份排列", "a running royalty on {base} needs its own scale, from year 1, in the order of years",
        "按销售额或利润填 rates，按件数填 unit_prices", "give rates for sales or profit, unit_prices for units"),
    # Bars.
    "bar_without_first_day": T(
        "IR-86", "存在的情形须写明起始日", "a bar that exists has a first day",
        "请填写 since", "state since"),
    "days_without_bar": T(
        "IR-86", "不存在的情形不能有起止日", "only a bar that exists or existed has a first and a last day",
        "请删除 since 和 until，或将回答改为 yes", "leave out since and until, or answer yes"),
    "bar_ends_before_it_begins": T(
        "IR-86", "until 早于 since", "until lies before since",
        "请改正两个日期", "correct them"),
    "evidence_without_day": T(
        "D-34", "有证据但没有核查日期", "there is evidence, but not the day on which it was looked at",
        "请填写 checked_on", "state checked_on"),
    "stale_answer": T(
        "D-34", "证据过期的回答只能是 unknown", "an answer whose evidence is too old is unknown",
        "请重新核查", "look again"),
    # Receipts.
    "allocations_do_not_add_up": T(
        "D-09", "银行流水的分配合计不等于其金额", "the allocations of a bank line do not add up to its amount",
        "请改正分配；多付部分分配给 credit", "correct them; what is too much is allocated to credit"),
    # The unit's shares.
    "party_twice": T(
        "IR-92", "同一当事人出现两次", "a party stands twice",
        "请合并其份额", "add its shares together"),
    "shares_not_100": T(
        "IR-92", "份额合计不是 100%", "the shares do not add up to 100 percent",
        "请重新签署份额", "have the shares signed again"),
    "shares_half_signed": T(
        "IR-92", "只有部分发明人有份额", "some inventors have a share and some have none",
        "请为每位发明人填写份额，或全部留空", "give every inventor a share, or none of them"),
    "one_team": T(
        "IR-92", "成员份额须有且只有一个 team 份额", "members' shares need one share of kind team, and no second one",
        "请增加或合并 team 份额", "add that share, or make one of two"),
    "team_over_100": T(
        "IR-92", "团队成员份额合计超过 100%", "the members' shares are more than 100 percent of the team's amount",
        "请改正成员份额", "correct the members' shares"),
    "two_rules_one_day": T(
        "D-39", "同类规定有两份在同一天生效", "two rules of one kind begin on the same day",
        "请只保留有效的一份", "keep the valid one"),
    "unit_not_an_owner": T(
        "D-10", "单位不在共有人之列", "the unit is not among the co-owners",
        "请将单位列入 owners", "list the unit among the owners"),
    "owners_not_whole": T(
        "D-10", "共有人份额合计不等于整个专利权", "the co-owners' parts do not add up to the whole right",
        "请全部填写或全部留空", "state all or none"),
    # Parties.
    "person_public": T(
        "design 6.10", "自然人没有公开名称或代码", "a person has no public name or code",
        "请将姓名等填入 private", "put the name and the rest into private"),
    "organisation_nameless": T(
        "design 6.10", "单位须有公开名称", "an organisation needs its public name",
        "请填写 public_name", "give public_name"),
    # Calendars.
    "rest_ends_before_it_begins": T(
        "L-02", "休息期的最后一天早于第一天", "a rest period ends before it begins",
        "请对调两个日期", "swap its days"),
    "rest_disordered": T(
        "L-02", "从 {first} 起的休息期与前一段重叠或次序颠倒", "the rest period from {first} overlaps or precedes the one before",
        "请按先后排列", "put them in order"),
    "not_a_worked_weekend": T(
        "L-02", "{day} 不是休息期以外的周六或周日", "{day} is not a Saturday or Sunday outside the rest periods",
        "请对照国务院通知改正", "compare it with the State Council's notice"),
    "day_of_another_year": T(
        "L-02", "{day} 不属于 {year} 年的表", "{day} is no day of the table of {year}",
        "请写入其所属年份的表", "put it into its own table"),
    "tax_list_without_source": T(
        "L-05", "申报期限日与其出处须同时填写", "the tax days and their source come together",
        "请补全 tax_record_days 和 tax_cite", "give both tax_record_days and tax_cite"),
    "tax_day_of_another_month": T(
        "L-05", "{day} 不在 {year} 年 {month} 月", "{day} does not lie in month {month} of {year}",
        "请每月填写一个日期，一月在前", "give one day for each month, January first"),
}
