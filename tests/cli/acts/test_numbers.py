"""Whoever asks for an act names its filing by any number of it that ``show`` takes."""

import json

from tests.cli.offers import NUMBER, nine_noes, notice
from tests.cli.shell import Shell


async def test_an_act_takes_the_numbers_of_its_filing(
    declared: str, people: dict[str, str], evidence: str, shell: Shell
) -> None:
    seen = f"bars={json.dumps(nine_noes(evidence))}"
    by = ("--by", people["operator"], "--on", "2026-11-04", "--field", seen, "--json")
    for number in ("K-1", "r-1", NUMBER, f"ZL {NUMBER}", declared):
        told = await shell("declaration", "check-status", number, *by)
        assert (told.code, told.json.get("filing_id")) == (0, declared), (number, told.out)
    given = await shell(*notice(people, "K-1", "factory", "2026-11-10"))
    assert given.code == 0, given.out
    licence, receipt = given.json["filing_id"], given.json["receipt_number"]
    paid = ("--amount", "3000.00", "--voucher", evidence, "--by", people["factory"], "--on", "2026-11-12", "--json")
    by_patent = await shell("licence", "pay", NUMBER, *paid)
    assert (by_patent.code, by_patent.json["filing_id"]) == (0, licence), "the one licence of the patent"
    by_receipt = await shell("licence", "open-dispute", receipt, "--freezes", "royalty", *paid[4:])
    assert by_receipt.json.get("filing_id", licence) == licence, by_receipt.out
    for command in (("clauses", receipt), ("package", "K-1", "--out", "/dev/null/no")):
        assert "nothing_of_that_number" not in (await shell(*command, "--json")).out


async def test_a_number_of_nothing_or_of_several_is_told_with_the_nearest(
    declared: str, people: dict[str, str], shell: Shell
) -> None:
    by = ("--by", people["operator"], "--on", "2026-11-04")
    none = await shell("declaration", "check-status", "K-2", *by, "--json")
    (refused,) = none.json["refused"]
    assert (none.code, refused["code"], refused["where"]) == (2, "nothing_of_that_number", "FILING")
    assert refused["facts"]["nearest"].startswith("K-1")
    assert "K-1" in (await shell("declaration", "check-status", "K-2", *by, "--lang", "zh")).err
    parties = ("factory", "workshop")
    both = [(await shell(*notice(people, declared, one, "2026-11-10"))).json["filing_id"] for one in parties]
    several = await shell("licence", "claim-missing", NUMBER, *by, "--json")
    (refused,) = several.json["refused"]
    assert (several.code, refused["code"]) == (2, "several_of_that_number")
    assert set(refused["facts"]["filings"].split(", ")) == set(both)
    mistyped = await shell("declaration", "check-status", declared[:-1], *by, "--json")
    assert (mistyped.code, mistyped.json["refused"][0]["code"]) == (64, "not_an_id")
