"""Tables of declarations as people fill in the template."""

import asyncio
import csv
import io
from collections.abc import Sequence
from uuid import UUID

from cli.demo.filings.days import FILED_ON, GRANTED_ON
from schemas.values.patent_number import PatentNumber
from tests.web.house import TITLE, Guest, House

HEAD = (
    *("*专利号 patent_number", "*发明名称 title", "*专利权人 patentees", "*申请日 filed_on", "*授权公告日 granted_on"),
    *(
        "*承诺 commitments",
        "*许可费形式 royalty_form",
        "金额 amount",
        "付款天数 pay_within_days",
        "许可年限 term_years",
    ),
    "*许可费说明 fee_explanation",
)


def row(number: PatentNumber, owner: str, amount: str = "10000.00") -> list[str]:
    """A declaration that can be filed."""
    days = [FILED_ON.isoformat(), GRANTED_ON.isoformat()]
    return [str(number), TITLE, owner, *days, "是", "一次总付", amount, "30", "3", "参照同类许可的市场价格确定。"]


def as_csv(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    """The table as a file."""
    written = io.StringIO()
    csv.writer(written).writerows([head, *rows])
    return written.getvalue().encode("utf-8-sig")


async def sent(guest: Guest, body: bytes, name: str = "declarations.csv", **fields: str) -> str:
    """The page of a table after it was sent by the form."""
    answer = await guest.post("/imports", files={"file": (name, body)}, **fields)
    assert answer.status_code == 303, answer.text
    path: str = answer.headers["location"]
    return path


async def reached(house: House, path: str, state: str) -> None:
    """Returns when the table is in that state."""
    import_id = UUID(path.rpartition("/")[2])
    async with asyncio.timeout(120):
        while await house.pool.fetchval("SELECT state FROM imports WHERE import_id = $1", import_id) != state:  # noqa: ASYNC110  (it goes on in the console; nothing tells us)
            await asyncio.sleep(0.05)
