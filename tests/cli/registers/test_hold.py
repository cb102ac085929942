"""An operator holds a filing: nobody it names is erased, and the refusal says why, until two people released it."""

from tests.cli.shell import Shell


async def test_a_hold_is_placed_listed_and_released_by_two_and_wins_over_erasure(
    declared: str, people: dict[str, str], shell: Shell
) -> None:
    clerk, operator, other = people["clerk"], people["operator"], people["examiner"]
    told = ("audit", "hold", declared, "--reason", "order 12", "--json")
    assert (await shell(*told)).code == 64, "nobody is named"
    [held] = (await shell(*told, "--by", operator)).json
    assert (held["filing_id"], held["reason"], held["filings"]) == (declared, "order 12", 1)
    assert (await shell(*told, "--by", operator)).json == [held], "the same again changes nothing"
    assert (await shell(*told, "--by", operator, "--role", "licensor")).code == 2

    erased = await shell("party", "erase", clerk, "--by", operator, "--json")
    assert (erased.code, [one["code"] for one in erased.json["refused"]]) == (2, ["held"])
    log = (await shell("audit", "log", "--act", "erase-party", "--json")).json
    assert [(one["who"], one["outcome"]) for one in log] == [(operator, "refused")]

    release = ("audit", "hold", held["hold_id"], "--release", "--reason", "settled", "--json")
    assert [one["released_by"] for one in (await shell(*release, "--by", operator)).json] == [operator]
    assert (await shell(*release, "--by", operator)).code == 2
    assert (await shell(*release, "--by", other)).json == []
    assert (await shell("audit", "hold", "--json")).json == []
    assert (await shell("party", "erase", clerk, "--by", operator, "--json")).json["erased"]


async def test_a_repair_is_vouched_for_by_an_operator_who_is_written_down(
    declared: str, people: dict[str, str], shell: Shell
) -> None:
    vouched = ("repair", "--apply", "--ask-again", "--by", people["operator"], "--json")
    assert (await shell(*vouched)).code == 0
    assert (await shell(*vouched, "--role", "bank")).code == 2
    assert (await shell("repair", "--by", people["operator"])).code == 64
    log = (await shell("audit", "log", "--act", "repair", "--json")).json
    assert [one["outcome"] for one in log] == ["granted", "refused"]
