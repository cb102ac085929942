"""Lines of a delivery file that cannot be taken are told with their place; the others go on."""

import json
from pathlib import Path
from uuid import UUID

from client.deliver.delivery import read_event
from client.deliver.types import DELIVERIES
from schemas.lifecycle.all import LIFECYCLES
from tests.cli.deliver.deliveries import Platform, announcement, bank_line, notice
from tests.cli.shell import Shell
from tests.lives.licences import LicenceLife


async def test_malformed_lines_are_named_and_the_others_go_on(platform: Platform, tmp_path: Path, shell: Shell) -> None:
    life = await platform.filed("malformed")
    good = announcement(life)
    path = tmp_path / "deliveries.jsonl"
    lines = [
        b'{"specversion": "1.0", "id": ',
        json.dumps({**good, "specversion": "0.3"}).encode(),
        json.dumps({**good, "type": "cn.open-licence.gazette.unheard"}).encode(),
        json.dumps({**good, "data": {**good["data"], "grace": 1, "on": "2026-13-01"}}).encode(),
        json.dumps({**good, "data": {"on": "2026-04-01"}}).encode(),
        # a float is what the test is about
        json.dumps(bank_line(LicenceLife(life), "1", 12.5)).encode(),  # type: ignore[arg-type]
        b'{"id": "' + "专利".encode("gb18030") + b'"}',
        b"[]",
        b'{"id": "' + b"x" * 1_100_000 + b'"}',
        b"",
        json.dumps(good).encode(),
        json.dumps({**good, "data": {**good["data"], "declaration_number": ""}}).encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    ended = await shell("deliver", path, "--json")
    assert ended.code == 2
    found = {one["line"]: one for one in ended.json["events"]}
    codes = {line: {(reason["code"], reason["where"]) for reason in one["refusals"]} for line, one in found.items()}
    assert codes == {
        1: {("json_malformed", "1")},
        2: {("not_a_choice", "specversion")},
        3: {("event_type_unknown", "type")},
        4: {("field_unknown", "data.grace"), ("not_a_day", "data.on")},
        5: {("field_missing", "data.declaration_number"), ("field_missing", "data.gazette")},
        6: {("not_money", "data.amount")},
        7: {("bytes_unreadable", "7")},
        8: {("not_an_object", "8")},
        9: {("line_too_long", "9")},
        11: set(),
        12: {("empty_text", "data.declaration_number")},
    }
    assert len(found[12]["refusals"]) == 1
    assert "line 1, " in found[1]["refusals"][0]["en"]
    assert found[11]["outcome"] == "matched"
    [bad] = found[7]["refusals"]
    offset = sum(len(one) + 1 for one in lines[:6]) + lines[6].index(b"\xc0")
    assert f"the bytes C0 at offset {offset} " in bad["en"]


async def test_a_refused_notice_is_listed_with_its_article_and_ends_with_2(
    platform: Platform, tmp_path: Path, shell: Shell
) -> None:
    life = await platform.filed("too early")
    path = tmp_path / "deliveries.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (announcement(life), notice(life, on="2026-03-01"))))
    ended = await shell("deliver", path)
    assert ended.code == 2
    assert "offer_not_in_force" in ended.err
    assert "line 2" in ended.err


def test_every_type_of_event_is_an_act_that_its_sender_may_state() -> None:
    for name, delivery in DELIVERIES.items():
        kind = delivery.model.model_fields["kind"].default
        rows = LIFECYCLES[delivery.kind].rows_of(kind)
        assert any(delivery.role in row.roles for row in rows), name


def test_every_line_of_the_example_is_well_formed() -> None:
    lines = Path("examples/deliveries.jsonl").read_text().splitlines()
    read = [read_event(json.loads(line), n, by=UUID(int=1)) for n, line in enumerate(lines, start=1)]
    assert [one.type for one in read] == [DELIVERIES[one.event.type] for one in read]


def test_days_and_amounts_are_read_as_in_every_other_file() -> None:
    line = next(
        json.loads(text)
        for text in Path("examples/deliveries.jsonl").read_text().splitlines()
        if json.loads(text)["type"].endswith("bank.line")
    )
    plain = read_event(line, 1, by=UUID(int=1))
    day = plain.act.on
    for on in (f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日", f"{day}T00:00:00Z", f"{day} 00:00:00"):
        amount = f"￥{line['data']['amount']}元"
        read = read_event({**line, "data": {**line["data"], "on": on, "amount": amount}}, 1, by=UUID(int=1))
        assert (read.act, read.content) == (plain.act, plain.content)
