"""Refusals of the area: tables of facts for a what-if. A bad row is told with its number; the others go on."""

from schemas.refusals.text import RefusalText as T

WHATIF: dict[str, T] = {
    "facts_kind_unknown": T(
        "platform",
        "{name} 既不是 .csv 也不是 .parquet 文件",
        "{name} is neither a .csv nor a .parquet file",
        "请提供这两种格式之一，列名见 docs/whatif.md",
        "give one of these; the columns are listed in docs/whatif.md",
    ),
    "facts_column_unknown": T(
        "platform",
        "没有 {column} 这一列",
        "there is no column {column}",
        "请改名或删除；其他事实写作 other.名称 或 claimant.名称；可用的列：{known}",
        "rename it or leave it out; further facts are named other.NAME or claimant.NAME; the columns are: {known}",
    ),
    "facts_column_missing": T(
        "platform",
        "缺少列 {column}",
        "the column {column} is missing",
        "请补上该列；没有它就不知道一行是谁的哪一笔",
        "add it: without it nobody knows whose item a row is",
    ),
    "facts_column_type": T(
        "platform",
        "列 {column} 的类型是 {type}",
        "the column {column} is of the type {type}",
        "请改为 {wanted}",
        "write it as {wanted}",
    ),
    "facts_cell_malformed": T(
        "platform",
        "列 {column} 的 {given} 无法读取",
        "{given} in the column {column} cannot be read",
        "请改为 {wanted}",
        "write it as {wanted}",
    ),
    "facts_cell_empty": T(
        "platform", "列 {column} 为空", "the column {column} is empty", "请填写 {wanted}", "fill in {wanted}"
    ),
    "facts_item_twice": T(
        "D-13",
        "申请人 {claimant} 的项目 {given} 已在第 {row} 行",
        "the item {given} of {claimant} stands in row {row} already",
        "请只保留一行；冲销应更正原行的金额",
        "keep one row; a reversal restates the amount of the first",
    ),
    "facts_claimant_contradicts": T(
        "platform",
        "申请人 {claimant} 的 {column} 在本行为 {given}，在第 {row} 行为 {known}",
        "{column} of {claimant} is {given} here and {known} in row {row}",
        "请统一，或将其分为两个申请人",
        "make them agree, or make two claimants of them",
    ),
    "facts_row_width": T(
        "platform",
        "该行有 {found} 格，表头有 {expected} 列",
        "the row has {found} cells and the header {expected} columns",
        "请核对逗号和引号",
        "look at its commas and quotation marks",
    ),
    "whatif_party_twice": T(
        "platform",
        "当事人 {party} 在第 {line} 行再次出现",
        "the party {party} stands again in line {line}",
        "每个当事人只保留一行",
        "keep one line for each party",
    ),
    "whatif_no_year": T(
        "platform",
        "没有一行写明方案 {scheme} 据以确定年度的 {column}",
        "no row says {column}, by which {scheme} decides the year",
        "请补上该列，或用 --year 指定年度",
        "add it, or name the year with --year",
    ),
}
