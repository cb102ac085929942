"""Refusals of the area: form. What is wrong with a field before anybody looks at law or state."""

from schemas.refusals.form_claims import CLAIMS
from schemas.refusals.form_contents import CONTENTS
from schemas.refusals.form_scheme_files import SCHEME_FILES
from schemas.refusals.form_schemes import SCHEME_FACTS
from schemas.refusals.text import RefusalText as T

FORM: dict[str, T] = {
    # Files and their text.
    "file_unreadable": T(
        "platform",
        "无法读取文件 {name}：{why}",
        "the file {name} cannot be read: {why}",
        "请核对路径和读取权限",
        "check its path and whether you may read it",
    ),
    "file_unwritable": T(
        "platform",
        "无法写入 {name}：{why}",
        "{name} cannot be written: {why}",
        "请指定一个尚不存在且有写入权限的路径",
        "name a path that does not exist yet and that you may write to",
    ),
    "encoding_unknown": T(
        "platform",
        "第 {offset} 字节起的 {bytes} 不是 UTF-8 文字{guess_zh}",
        "the bytes {bytes} at offset {offset} are not UTF-8 text{guess_en}",
        "请将文件另存为 UTF-8 后重试",
        "save the file as UTF-8 and try again",
    ),
    "json_malformed": T(
        "platform",
        "第 {line} 行第 {column} 列不是有效的 JSON 或 YAML：{why}",
        "line {line}, column {column} is not valid JSON or YAML: {why}",
        "请在该处改正",
        "correct it there",
    ),
    "not_an_object": T(
        "platform",
        "内容应是一个带字段名的对象，而不是 {found}",
        "this must be one object with named fields, not {found}",
        '请写成 {{"字段": 值}} 的形式',
        'write it as {{"field": value}}',
    ),
    "field_twice": T(
        "platform",
        "字段 {field} 出现两次",
        "the field {field} stands twice",
        "请只保留正确的一个",
        "keep the right one only",
    ),
    # What any field can have.
    "field_missing": T("platform", "缺少必填字段", "a required field is missing", "请填写该字段", "fill it in"),
    "field_unknown": T(
        "platform",
        "没有这个字段",
        "there is no such field",
        "请核对字段名，或删除该字段",
        "check its name, or leave it out",
    ),
    "wrong_type": T(
        "platform",
        "{given} 的类型不对：{why}",
        "{given} is of the wrong type: {why}",
        "请按该字段要求的类型填写",
        "write it in the type of that field",
    ),
    "empty_text": T(
        "platform", "内容太短，至少 {least}", "this is too short; the least is {least}", "请填写内容", "fill it in"
    ),
    "too_long": T(
        "platform",
        "内容太长，最多 {most}",
        "this is too long; the most is {most}",
        "请缩短，或另附文件",
        "shorten it, or attach a document instead",
    ),
    "not_a_choice": T(
        "platform",
        "{given} 不在可选值之内",
        "{given} is none of the values that are possible here",
        "请从以下值中选择：{choices}",
        "choose one of: {choices}",
    ),
    "out_of_range": T(
        "platform",
        "数值 {given} 超出范围：{why}",
        "{given} is out of range: {why}",
        "请填写范围内的数值",
        "give a number inside the range",
    ),
    "not_a_day": T(
        "platform", "{given} 不是日期", "{given} is not a day", "请写成 2026-11-20 的形式", "write it like 2026-11-20"
    ),
    "impossible_day": T(
        "platform",
        "日期不在 {first} 至 {last} 之间",
        "the day does not lie between {first} and {last}",
        "请核对年份",
        "check the year",
    ),
    "not_an_id": T(
        "platform",
        "{given} 不是编号（UUID）",
        "{given} is not an id (UUID)",
        "请填写系统给出的完整编号",
        "give the whole id as the system printed it",
    ),
    "malformed": T(
        "platform",
        "{given} 的写法不对，应符合 {pattern}",
        "{given} is not written as this field asks: {pattern}",
        "请按该写法填写",
        "write it like that",
    ),
    "not_a_hash": T(
        "platform",
        "{given} 不是文件的内容哈希（64 位小写十六进制）",
        "{given} is no content hash (64 hexadecimal digits in small letters)",
        "请填写 document add 给出的内容哈希",
        "give the content hash that document add printed",
    ),
    "nul_character": T(
        "platform", "文字中含有 U+0000", "the text contains U+0000", "请删除该字符", "remove that character"
    ),
    "not_keepable": T(
        "platform",
        "更正内容只能由文字、整数、true、false、null 组成，且嵌套不超过 20 层",
        "a correction is made of text, integers, true, false and null, at most 20 levels deep",
        "金额和费率请写成字符串，并删除无法识别的字符",
        "write money and rates as strings, and remove characters that are none",
    ),
    "field_invalid": T("platform", "该字段无效：{why}", "this field is not valid: {why}", "请改正该字段", "correct it"),
    # Money and parts of a hundred.
    "not_money": T(
        "platform",
        "{given} 不是金额：应为最多两位小数的人民币元字符串，不能是数字",
        "{given} is no money: a string of yuan with at most two decimals, never a number",
        '请写成 "2995.00"（带引号）',
        'write it like "2995.00", with the quotation marks',
    ),
    "negative_money": T(
        "platform",
        "金额不能为负",
        "this amount cannot be negative",
        "请填写零或正数；退款请用 reverse-receipt",
        "give zero or more; for money sent back use reverse-receipt",
    ),
    "no_money": T(
        "platform",
        "金额必须大于零",
        "this amount must be more than zero",
        "请填写正数；免费许可请选择 free",
        "give more than zero; for a free licence choose the form free",
    ),
    "not_a_percentage": T(
        "platform",
        "{given} 不是百分比：应大于 0、不超过 100，最多六位小数，并写成字符串",
        "{given} is no percentage: more than 0, at most 100, with at most six decimals, written as a string",
        '请写成 "3.5"（带引号）',
        'write it like "3.5", with the quotation marks',
    ),
    "float_rate": T(
        "platform",
        "费率是字符串，不能是带小数点的数字",
        "a rate is a string, never a number with a point",
        '请写成 "3.5"（带引号）',
        'write it like "3.5", with the quotation marks',
    ),
    # Patent numbers.
    "number_malformed": T(
        "GL-3.3",
        "{printed} 不是专利号",
        "{printed} is not a patent number",
        "专利号为 12 位（2003 年 10 月前申请的为 8 位）数字加校验位，如 201910065946.9",
        "it has 12 digits (8 if filed before October 2003) and a check character, like 201910065946.9",
    ),
    "number_kind_unknown": T(
        "GL-3.3",
        "{printed} 的种类号不是发明、实用新型或外观设计",
        "the kind digit of {printed} is neither invention, utility model nor design",
        "请对照专利证书核对号码",
        "compare the number with the certificate",
    ),
    "number_check_failed": T(
        "GL-3.3",
        "{printed} 的校验位不正确",
        "the check character of {printed} is wrong",
        "请对照专利证书核对每一位",
        "compare every digit with the certificate",
    ),
    **CONTENTS,
    **SCHEME_FACTS,
    **SCHEME_FILES,
    **CLAIMS,
}
