"""Tables of declarations as people save them, about the worlds of the tests."""

import csv
import io
from pathlib import Path
from typing import Any

from cli.demo.filings.days import FILED_ON, GRANTED_ON
from cli.demo.filings.world import TITLE
from tests.lives.world import World


def row(world: World, **changes: str) -> dict[str, str]:
    return {
        "专利号": f"ZL {world.patent_number}",
        "专利名称": TITLE,
        "专利权人": str(world.party("unit")),
        "申请日": FILED_ON.isoformat(),
        "授权公告日": f"{GRANTED_ON:%Y年%m月%d日}",
        "承诺": "是",
        "许可费形式": "一次总付",
        "金额": "10,000.00",
        "许可年限": "3",
        "许可费说明": "参照同类专利许可费确定",
        "提交日": "2026/3/2",
        **changes,
    }


def table(*rows: dict[str, str]) -> bytes:
    names = list(dict.fromkeys(name for one in rows for name in one))
    text = io.StringIO(newline="")
    written = csv.DictWriter(text, names, restval="")
    written.writeheader()
    written.writerows(rows)
    return text.getvalue().encode()


def put(path: Path, body: bytes) -> None:
    path.write_bytes(body)


def reasons(ended: Any) -> list[tuple[int, str, str]]:
    return [(one["line"], one["code"], one["where"]) for one in ended.json["rows"]]
