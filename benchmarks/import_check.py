"""How long ``starter.py import FILE --check`` takes for many lines, and how much memory.

python -m benchmarks.import_check [LINES]        100,000 by default; one row in a hundred is bad
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from runtime.settings import ROOT
from schemas.values.patent_number import check_character

HEADER = (
    "专利号",
    "专利名称",
    "专利权人",
    "申请日",
    "授权公告日",
    "承诺",
    "许可费形式",
    "金额",
    "提成基数",
    "提成率",
    "许可年限",
    "许可费说明",
    "提交日",
)
_PARTY = "00000000-0000-4000-8000-000000000001"
_MOST_SECONDS, _MOST_MEGABYTES = 30.0, 300.0


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Declarations of distinct patents; every hundredth has a wrong check character or a malformed amount."""
    for n in range(count):
        digits = f"2019{1}{n:07d}"
        check = check_character(digits)
        if n % 200 == 0:
            check = "1" if check == "0" else "0"
        terms = (
            ("一次总付", "10,000.00 元" if n % 200 != 100 else "一万", "", "")
            if n % 2 == 0
            else ("提成", "", "销售额", "3%")
        )
        yield (
            f"ZL{digits}.{check}",
            f"一种装置{n}",
            _PARTY,
            "2019/1/23",
            "2021年6月1日",
            "是",
            *terms,
            "5",
            "参照同类专利许可费确定",
            "2026-03-02",
        )


def write(path: Path, count: int, encoding: str = "utf-8") -> None:
    """A table of ``count`` rows."""
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        table.writerows(rows(count))


def main() -> int:
    """1 when it is too slow or takes too much memory."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.csv"
        write(path, count, "gb18030")
        began = time.perf_counter()
        ended = subprocess.run(
            [sys.executable, "starter.py", "import", str(path), "--check", "--json"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        seconds = time.perf_counter() - began
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{count} lines: {seconds:.1f} s, {megabytes:.0f} MB resident at most, exit code {ended.returncode}")
    return 0 if seconds < _MOST_SECONDS and megabytes < _MOST_MEGABYTES and ended.returncode == 2 else 1


if __name__ == "__main__":
    sys.exit(main())
