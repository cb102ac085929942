"""What was delivered or imported and became no act is kept with its reasons, and ends: booked, taken, or seen to."""

import json
from pathlib import Path
from typing import Any

from tests.cli.deliver.deliveries import Platform, announcement, bank_line, notice
from tests.cli.importing.tables import put, row, table
from tests.cli.shell import Shell
from tests.lives.licences import LicenceLife
from tests.lives.world import World


async def kept(shell: Shell, command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await shell(command, "--json")).json
    return found


async def test_a_delivery_that_names_nothing_is_booked_by_hand_in_one_command(platform: Platform, shell: Shell) -> None:
    life = await platform.filed("by hand")
    licence, operator = LicenceLife(life), life.world.party("operator")
    line = bank_line(licence, "1", "10000.00", payment_reference="没有写编号")
    await platform.deliver(announcement(life), notice(life), line)
    (waiting,) = await kept(shell, "unmatched")
    booked = ("unmatched", "--book", waiting["delivery_id"], "--filing", licence.filing_id, "--by", operator, "--json")
    done = await shell(*booked)
    assert (done.code, done.json["outcome"]) == (0, "matched"), done.out
    assert str((await platform.licence(licence)).receipts[0].net) == "10000.00"
    assert await kept(shell, "unmatched") == []
    assert (await shell(*booked)).json["refused"][0]["code"] == "kept_line_unknown"
    assert [one.outcome.value for one in await platform.deliver(line)] == ["repeated"]


async def test_a_delivery_that_is_booked_where_it_cannot_be_still_waits(platform: Platform, shell: Shell) -> None:
    life = await platform.filed("wrong hand")
    operator = life.world.party("operator")
    await platform.deliver(
        announcement(life), notice(life), bank_line(LicenceLife(life), "1", "5.00", payment_reference="-")
    )
    (waiting,) = await kept(shell, "unmatched")
    done = await shell(
        "unmatched", "--book", waiting["delivery_id"], "--filing", life.filing_id, "--by", operator, "--json"
    )
    assert (done.code, done.json["outcome"]) == (2, "unmatched")
    assert [one["delivery_id"] for one in await kept(shell, "unmatched")] == [waiting["delivery_id"]]


async def test_a_delivery_with_money_in_it_is_put_away_by_two_people(platform: Platform, shell: Shell) -> None:
    life = await platform.filed("put away")
    one, other = life.world.party("operator"), life.world.party("office")
    await platform.deliver(
        announcement(life), notice(life), bank_line(LicenceLife(life), "1", "5.00", payment_reference="-")
    )
    (waiting,) = await kept(shell, "unmatched")
    seen = ("unmatched", "--seen-to", waiting["delivery_id"])
    assert (await shell(*seen, "--by", one, "--json")).json["refused"][0]["code"] == "reason_of_the_first"
    first = await shell(*seen, "--reason", "退回付款人", "--by", one, "--json")
    assert (first.code, first.json["ended"]) == (0, False)
    (still,) = await kept(shell, "unmatched")
    assert (still["seen_to"]["by"], still["seen_to"]["reason"]) == (str(one), "退回付款人")
    listed = await shell("unmatched")
    assert f"--seen-to {waiting['delivery_id']} --by SECOND_PERSON" in listed.out
    again = await shell(*seen, "--reason", "退回付款人", "--by", one, "--json")
    assert (again.code, again.json["refused"][0]["code"]) == (2, "seen_to_by_the_same")
    second = await shell(*seen, "--by", other, "--json")
    assert (second.code, second.json["ended"]) == (0, True)
    assert await kept(shell, "unmatched") == []
    assert (await shell(*seen, "--by", other, "--json")).json["refused"][0]["code"] == "kept_line_unknown"
    log = (await shell("audit", "log", "--act", "see-to-delivery", "--outcome", "granted", "--json")).json
    assert [line["who"] for line in log] == [str(one), str(other)]


async def test_a_refused_line_of_a_delivery_is_put_away_by_two_people(
    platform: Platform, shell: Shell, tmp_path: Path
) -> None:
    life = await platform.filed("unreadable")
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps({**announcement(life), "type": "cn.open-licence.gazette.unheard"}))
    assert (await shell("deliver", path, "--json")).code == 2
    (line,) = await kept(shell, "refused-lines")
    seen = ("refused-lines", "--seen-to", line["line_id"], "--reason", "发送方已更正")
    for who, left in (("operator", 1), ("office", 0)):
        assert (await shell(*seen, "--by", life.world.party(who))).code == 0
        assert len(await kept(shell, "refused-lines")) == left


async def test_a_refused_event_is_kept_with_its_reasons_until_it_is_taken(
    platform: Platform, shell: Shell, tmp_path: Path
) -> None:
    life = await platform.filed("refused event")
    good = announcement(life)
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps({**good, "data": {**good["data"], "on": "04/05/2026"}}))
    assert (await shell("deliver", path, "--json")).code == 2
    (line,) = await kept(shell, "refused-lines")
    assert (line["file"], line["line"], line["event_id"]) == ("events.jsonl", 1, good["id"])
    assert [(one["code"], one["where"]) for one in line["reasons"]] == [("day_order_unclear", "data.on")]
    await platform.deliver(good)
    assert await kept(shell, "refused-lines") == []


async def test_a_refused_row_is_kept_until_a_mended_one_is_taken_or_somebody_has_seen_to_it(
    platform: Platform, shell: Shell, tmp_path: Path
) -> None:
    mended, given_up = [await World(f"row {n}").write(platform.session.pool) for n in range(2)]
    path = tmp_path / "t.csv"
    put(path, table(row(mended, 金额="1万"), row(given_up, 提交日="02/03/2026")))
    assert (await shell("import", path, "--json")).code == 2
    lines = await kept(shell, "refused-lines")
    assert {one["line"]: [reason["code"] for reason in one["reasons"]] for one in lines} == {
        2: ["not_money"],
        3: ["day_order_unclear"],
    }
    put(path, table(row(mended)))
    assert (await shell("import", path, "--json")).code == 0
    (left,) = await kept(shell, "refused-lines")
    assert left["line"] == 3
    operator = given_up.party("operator")
    seen = await shell("refused-lines", "--seen-to", left["line_id"], "--reason", "已作废", "--by", operator, "--json")
    assert (seen.code, await kept(shell, "refused-lines")) == (0, [])
