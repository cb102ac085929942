"""The command: tables at the terminal, one JSON document, a folder of files with a picture."""

import csv
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.typed.mistakes import Mistyped
from cli.whatif.command import command
from cli.whatif.picture import chinese_font
from schemas.values.refusal import Refused
from tests.rules.schemes.scheme_files import scheme

FACTS = """item_id,claimant,technology_transaction_amount,paid_on,registered,registered_class,other.counterparty,related
i1,A,499999.99,2022-05-01,yes,transfer,U,no
i2,B,12000000,2022-06-01,yes,transfer,U,no
i3,B,,2022-06-01,yes,transfer,U,no
i4,C,1.005,2022-06-01,yes,transfer,U,no
"""
PARTIES = """party,kind,region
A,enterprise,hubei.wuhan
B,enterprise,hubei.wuhan
C,enterprise,hubei.wuhan
U,university,hubei.wuhan
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.csv").write_text(FACTS, encoding="utf-8")
    (tmp_path / "parties.csv").write_text(PARTIES, encoding="utf-8")
    return tmp_path


def whatif(folder: Path, *arguments: object) -> Result:
    return CliRunner().invoke(
        command,
        [str(folder / "facts.csv"), "--parties", str(folder / "parties.csv"), *map(str, arguments)],
        catch_exceptions=False,
        standalone_mode=False,
    )


def test_tables_tell_people_what_it_costs_what_to_ask_and_what_was_left_out(folder: Path) -> None:
    told = whatif(folder, "--scheme", "WH-2022-BUYER-10PCT").output
    for words in (
        "totals",
        "cliffs",
        "499999.99",
        "0.01",
        "items.technology_transaction_amount",
        "1.005",
        "rows of 1 claimants were left out",
    ):
        assert words in told


def test_one_document_has_every_table(folder: Path) -> None:
    document = json.loads(whatif(folder, "--scheme", "WH-2022-BUYER-10PCT", "--json").output)
    (total,) = document["totals"]
    assert (total["year"], total["claimants"], total["open"], total["paid"]) == ("2022", "2", "1", "0.00")
    assert [one["row"] for one in document["refused_rows"]] == ["4"]
    assert (document["rows"], document["rows_left_out"], document["claimants"]) == (3, 1, 3)


def test_the_exit_code_says_that_rows_were_left_out(folder: Path) -> None:
    assert whatif(folder, "--scheme", "WH-2022-BUYER-10PCT").return_value == 2
    (folder / "facts.csv").write_text(FACTS.replace("1.005", "1.00"), encoding="utf-8")
    assert whatif(folder, "--scheme", "WH-2022-BUYER-10PCT").return_value == 0


def test_a_table_of_unreadable_rows_says_why_each_was_left_out(folder: Path) -> None:
    rows = "i1,A,1万,2022-05-01,yes,transfer,U,no\ni2,B,1,05/06/2022,yes,transfer,U,no\n"
    (folder / "facts.csv").write_text(FACTS.partition("\n")[0] + "\n" + rows, encoding="utf-8")
    ended = whatif(folder, "--scheme", "WH-2022-BUYER-10PCT", "--json", "--out", folder / "result")
    told = json.loads(ended.output)
    assert [(one["row"], one["column"]) for one in told["refused_rows"]] == [
        ("1", "technology_transaction_amount"),
        ("2", "paid_on"),
    ]
    assert told["left_out_by"] == {"facts_cell_malformed": 1, "day_order_unclear": 1}
    assert (told["rows"], told["totals"], ended.return_value) == (0, [], 2)
    shown = whatif(folder, "--scheme", "WH-2022-BUYER-10PCT").output
    assert "1万" in shown
    assert "05/06/2022" in shown


def test_files_hold_everything_and_nothing_for_who_is_open(folder: Path) -> None:
    out = folder / "result"
    whatif(folder, "--scheme", "WH-2022-BUYER-10PCT", "--against", "SZ-2021-UNIV-5PCT", "--out", out)
    assert {one.name for one in out.iterdir()} == {
        "totals.csv",
        "bounds.csv",
        "groups.csv",
        "claimants.csv",
        "cliffs.csv",
        "to_ask.csv",
        "refused_rows.csv",
        "whatif.png",
    }
    with (out / "claimants.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {line["claimant"]: line for line in csv.DictReader(file)}
    assert (lines["A"]["status_a"], lines["A"]["base_a"], lines["A"]["paid_a"]) == ("known", "499999.99", "0.00")
    assert (lines["B"]["status_a"], lines["B"]["base_a"], lines["B"]["paid_a"]) == ("unknown", "", "")
    assert lines["A"]["status_b"] == "not_eligible"
    assert (lines["A"]["region"], lines["A"]["rows_left_out"]) == ("hubei.wuhan", "no")


def test_the_picture_is_one_and_speaks_chinese(folder: Path) -> None:
    whatif(folder, "--scheme", "WH-2022-BUYER-10PCT", "--out", folder, "--budget", "100")
    assert (folder / "whatif.png").read_bytes().startswith(b"\x89PNG")
    font = chinese_font()
    assert font is not None
    assert font.get_name() == "Noto Sans SC"


def test_without_the_font_the_picture_speaks_english(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # matplotlib warns of every sign that its font does not have, and a warning is an error here.
    monkeypatch.setattr("cli.whatif.picture._FONT_PACKAGE", "no_such_package")
    whatif(folder, "--scheme", "WH-2022-BUYER-10PCT", "--out", folder)
    assert (folder / "whatif.png").stat().st_size > 10_000


def test_a_scheme_can_be_a_file(folder: Path) -> None:
    source = Path("rules/parameters/cn/hubei/wuhan/schemes/wh_2022_buyer_10pct.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(source.replace('at_least: "500000"', 'at_least: "400000"'), encoding="utf-8")
    told = json.loads(whatif(folder, "--scheme", folder / "mine.yaml", "--json").output)
    assert told["totals"][0]["paid"] == "49999.99"


def test_what_is_wrong_is_said_with_its_cure(folder: Path) -> None:
    with pytest.raises(Mistyped, match="scheme_unknown @ --scheme"):
        whatif(folder, "--scheme", "NO-SUCH")
    (folder / "parties.csv").write_text("party,colour\nA,red\n", encoding="utf-8")
    with pytest.raises(Refused, match="facts_column_unknown"):
        whatif(folder, "--scheme", "WH-2022-BUYER-10PCT")
    (folder / "parties.csv").write_text("party,kind\nA,enterprise\nA,university\n", encoding="utf-8")
    with pytest.raises(Refused, match="whatif_party_twice"):
        whatif(folder, "--scheme", "WH-2022-BUYER-10PCT")
    (folder / "parties.csv").write_text(PARTIES, encoding="utf-8")
    (folder / "taken").write_text("")
    with pytest.raises(Refused, match="file_unwritable"):
        whatif(folder, "--scheme", "WH-2022-BUYER-10PCT", "--out", folder / "taken" / "result")


def test_the_counterparties_of_exported_receipts_are_those_that_a_scheme_counts(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text(
        "item_id,claimant,received,received_on,other.counterparty\n"
        "i1,A,100,2025-05-05,U\ni2,A,100,2025-05-05,V\ni3,B,100,2025-05-05,U\ni4,B,100,2025-05-05, u\n",
        encoding="utf-8",
    )
    (tmp_path / "parties.csv").write_text("party,kind\nA,university\n", encoding="utf-8")
    two = {"per": "year", "count_of": "counterparty", "count_at_least": 2}
    text = scheme(thresholds=[two], related_parties="included").model_dump_json(by_alias=True, exclude_defaults=True)
    days_without_quotes = re.sub(r'"(\d{4}-\d\d-\d\d)"', r"\1", text)
    (tmp_path / "two.yaml").write_text(days_without_quotes, encoding="utf-8")
    ran = whatif(tmp_path, "--scheme", tmp_path / "two.yaml", "--json")
    (total,) = json.loads(ran.output)["totals"]
    assert total["claimed"] == "10.00"
