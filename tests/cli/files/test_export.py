"""Receipts that were recorded come out as a table of facts, and schemes are calculated from it."""

import csv
from pathlib import Path

import pytest

from cli.rules.subsidy import scheme_of
from cli.whatif.command import ask
from tests.cli.deliver.deliveries import Platform, a_life, bank_line
from tests.cli.shell import Shell
from tests.lives.licences import LicenceLife

SCHEME = """
id: X-LICENSOR
title_zh: 测试
title_en: test
region: hubei
beneficiary: licensor
versions:
  - from: 2026-01-01
    status: in_force
    cite: {provision: none, instrument: made up for a test}
    mark: M
    checked_on: 2026-11-15
    base: {measure: registered_receipts}
    window: {decided_by: received_on}
    items:
      - {fact: registered, one_of: ["yes"]}
      - {fact: contract_kind, one_of: [licence]}
    amount: {rate: "0.10"}
    caps:
      - {per: contract, amount: "900"}
"""


@pytest.fixture
async def licence(platform: Platform, request: pytest.FixtureRequest) -> LicenceLife:
    """A registered licence: 10,000 yuan certified and received, and 50 more that nobody owed."""
    life = await platform.filed(request.node.name)
    await platform.deliver(*a_life(life)[:-1])
    await platform.deliver(bank_line(LicenceLife(life), "2", "50.00", "2026-06-05"))
    return LicenceLife(life)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


async def test_a_receipt_is_a_row_with_ids_and_without_names(
    licence: LicenceLife, shell: Shell, tmp_path: Path
) -> None:
    ended = await shell("export", "receipts", "--out", tmp_path / "receipts.csv", "--json")
    assert ended.code == 0, ended.out
    assert ended.json == {"licences": 1, "receipts": 2, "file": str(tmp_path / "receipts.csv")}
    first, second = _read(tmp_path / "receipts.csv")
    world = licence.world
    assert (first["received"], first["received_on"], first["paid_on"]) == ("10000.00", "2026-04-21", "2026-04-20")
    assert (first["registered"], first["registered_class"], first["registered_on"]) == ("yes", "licence", "2026-05-29")
    assert (first["recorded_on"], first["patents"], first["patent_kind"]) == (
        "2026-05-15",
        world.patent_number,
        "invention",
    )
    assert first["other.counterparty"] == str(world.party("licensee"))
    assert (first["technology_transaction_amount"], second["technology_transaction_amount"]) == (
        "10000.00",
        "10000.00",
    ), "the whole amount limits the receipts of the contract together"
    assert second["received"] == "0.00", "what nobody owed is no royalty"
    assert {first["kind"], first["region"], first["counterparty_kind"], first["related"]} == {""}, "nobody stated it"
    assert list(csv.DictReader((await shell("export", "receipts")).out.splitlines())) == [first, second]


async def test_the_licensee_can_be_the_claimant(licence: LicenceLife, shell: Shell, tmp_path: Path) -> None:
    assert (await shell("export", "receipts", "--claimant", "licensee", "--out", tmp_path / "r.csv")).code == 0
    rows = _read(tmp_path / "r.csv")
    assert {row["claimant"] for row in rows} == {str(licence.world.party("licensee"))}
    assert [row["technology_transaction_amount"] for row in rows] == ["10000.00", "0.00"], "certified once"


@pytest.mark.parametrize("name", ["receipts.csv", "receipts.parquet"])
async def test_a_scheme_over_the_exported_receipts(
    licence: LicenceLife, shell: Shell, tmp_path: Path, name: str
) -> None:
    assert (await shell("export", "receipts", "--out", tmp_path / name)).code == 0
    (tmp_path / "scheme.yaml").write_text(SCHEME, encoding="utf-8")
    found = ask(tmp_path / name, [scheme_of(str(tmp_path / "scheme.yaml"))])
    ((outcome,),) = found.outcomes
    # 10,000 certified and received; 10 % are 1,000, cut to 900 per contract.
    assert (outcome.year, outcome.claimed_total) == (2026, 90_000)


async def test_a_file_that_exists_is_not_written_over(licence: LicenceLife, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("mine")
    ended = await shell("export", "receipts", "--out", tmp_path / "r.csv", "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (64, "file_unwritable")
    assert (tmp_path / "r.csv").read_text() == "mine"
    assert (await shell("export", "receipts", "--out", tmp_path / "r.xlsx", "--json")).code == 2
    assert (await shell("export", "receipts", "--json")).code == 64
