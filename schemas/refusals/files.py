"""Refusals of the area: files. What is wrong with one line, row or cell of a file of many; the others go on."""

from schemas.refusals.text import RefusalText as T

FILES: dict[str, T] = {
    # Any file of lines.
    "line_too_long": T(
        "platform",
        "第 {line} 行超过 {size} 字节",
        "line {line} is longer than {size} bytes",
        "请核对该行是否缺少换行",
        "see whether it lacks a line break",
    ),
    "bytes_unreadable": T(
        "platform",
        "第 {line} 行、文件第 {offset} 字节处的 {bytes} 不是 {encoding} 文字",
        "line {line}: the bytes {bytes} at offset {offset} of the file are no text in {encoding}",
        "请在该处改正，或将文件统一另存为 UTF-8 后重试",
        "correct them there, or save the whole file as UTF-8, and try again",
    ),
    # Deliveries.
    "event_type_unknown": T(
        "platform",
        "没有 {type} 这种事件",
        "there is no event of the type {type}",
        "请使用以下之一：{known}",
        "use one of: {known}",
    ),
    "event_party_missing": T(
        "platform",
        "事件未写明由谁陈述",
        "the event does not say who states it",
        "请在事件中写 partyid，或运行时加 --by PARTY",
        "write partyid into the event, or run the command with --by PARTY",
    ),
    "reference_missing": T(
        "platform",
        "事件未写明是哪一事项",
        "the event does not say which filing it is about",
        "请写明以下之一：{names}",
        "give one of: {names}",
    ),
    # Tables.
    "table_empty": T(
        "platform",
        "文件没有表头",
        "the file has no header",
        "第一行请写列名，见 import --help",
        "write the names of the columns into its first line, see import --help",
    ),
    "encoding_unsupported": T(
        "platform",
        "文件是 {encoding} 编码",
        "the file is encoded in {encoding}",
        "请另存为 UTF-8 或 GB18030 的 CSV",
        "save it as CSV in UTF-8 or GB18030",
    ),
    "file_is_workbook": T(
        "platform",
        "{name} 是电子表格文件，不是 CSV",
        "{name} is a spreadsheet program's own file and no CSV",
        "请在电子表格软件中另存为 CSV UTF-8",
        "save it as CSV UTF-8 in that program",
    ),
    "line_end_alone": T(
        "platform",
        "第 {line} 行内有 {rows} 行，仅以回车符（CR）分隔",
        "line {line} holds {rows} rows that a carriage return alone divides",
        "请以 CRLF 或 LF 换行另存该文件",
        "save the file with CRLF or LF at the end of each line",
    ),
    "column_unknown": T(
        "platform",
        "没有 {column} 这一列",
        "there is no column {column}",
        "请改名或删除；可用的列：{known}",
        "rename it or leave it out; the columns are: {known}",
    ),
    "column_twice": T(
        "platform",
        "列 {column} 出现两次（{first}、{second}）",
        "the column {column} stands twice ({first}, {second})",
        "请只保留正确的一列",
        "keep the right one only",
    ),
    "column_missing": T(
        "platform", "缺少列 {column}（{zh_name}）", "the column {column} ({zh_name}) is missing", "请补上该列", "add it"
    ),
    "row_width": T(
        "platform",
        "该行有 {found} 格，表头有 {expected} 列",
        "the row has {found} cells and the header {expected} columns",
        "请核对逗号和引号",
        "look at its commas and quotation marks",
    ),
    "quote_unclosed": T(
        "platform",
        "第 {line} 行的引号没有结束或位置不对：{why}",
        "a quotation mark of line {line} is never closed, or stands in the wrong place: {why}",
        "请成对使用引号，格内的引号写两次",
        "use them in pairs, and write one inside a cell twice",
    ),
    "register_row_twice": T(
        "platform",
        "专利 {number} 已在 {first} 处出现",
        "the patent {number} stands at {first} already",
        "一件专利请只保留最新的一条登记簿证据",
        "keep the newest reading of the register only",
    ),
    "row_twice": T(
        "D-33",
        "专利 {number} 已在第 {line} 行",
        "the patent {number} stands in line {line} already",
        "一件专利只能有一项有效声明，请只保留一行",
        "a patent has one live declaration: keep one of the rows",
    ),
    "cell_not_a_choice": T(
        "platform",
        "{given} 不是可选值",
        "{given} is none of the values of this column",
        "请从以下值中选择：{choices}",
        "choose one of: {choices}",
    ),
    "cell_out_of_place": T(
        "platform",
        "许可费形式为 {form} 时不填 {column}",
        "{column} has no place in a royalty of the form {form}",
        "请清空该格，或改正许可费形式",
        "empty the cell, or correct the form of the royalty",
    ),
    "cell_without_stage": T(
        "R7",
        "新提交的声明没有 {column}",
        "a new submission has no {column}",
        "接管已有声明请填写阶段（stage），否则请清空该格",
        "to take over an existing declaration fill in its stage, else empty the cell",
    ),
    "terms_twice": T(
        "GL-3.3",
        "许可期限只能填 term_years 或 term_ends_on 之一",
        "a term is given by term_years or by term_ends_on, not by both",
        "请清空其中一格",
        "empty one of the cells",
    ),
    "instalment_malformed": T(
        "Civil Code art. 846",
        "{given} 不是分期款",
        "{given} is no list of instalments",
        "请写成 月数:元，分号隔开，如 0:50000;12:50000",
        "write months:yuan, with semicolons between them, such as 0:50000;12:50000",
    ),
    "import_operator_missing": T(
        "R7",
        "接管已有声明的行须由经办人提出",
        "a row that takes over an existing declaration is asked for by an operator",
        "请加 --by PARTY，第二人用 --second PARTY",
        "run the command with --by PARTY, and with --second PARTY for the second person",
    ),
}
