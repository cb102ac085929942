"""What people type wrongly is refused at once: what, where, what to do, in Chinese and English; nothing is asked."""

import asyncio
import json
import os
import sys
from pathlib import Path
from uuid import UUID

import pytest

from cli.files.body import read_body
from cli.schema import as_yaml
from database.registers.documents import LARGEST_DOCUMENT
from runtime.settings import ROOT
from schemas.acts.declaration import Submit
from schemas.examples.bodies import examples_of, whole
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from tests.cli.shell import Shell

SOMEBODY = str(UUID(int=1))


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusals[0].code


@pytest.mark.parametrize(
    ("amount", "code"),
    [("-5", "no_money"), ("0", "no_money"), ("1.005", "not_money"), ("1e3x", "not_money"), ("五千", "not_money")],
)
async def test_money_that_is_none_is_refused(shell: Shell, amount: str, code: str) -> None:
    ended = await shell(
        "licence", "pay", SOMEBODY, "--amount", amount, "--voucher", "a" * 64, "--by", SOMEBODY, "--json"
    )
    assert ended.code == 64
    assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [(code, "--amount")]


async def test_money_that_was_a_float_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "pay.json").write_text('{"amount": 5000.10}')
    ended = await shell("licence", "pay", SOMEBODY, tmp_path / "pay.json", "--voucher", "a" * 64, "--by", SOMEBODY)
    assert ended.code == 2
    assert "not_money" in ended.err
    assert "like 2995.00; in JSON and in files of schemes with quotation marks" in ended.err


async def test_every_defect_of_a_form_is_told_at_once(shell: Shell) -> None:
    ended = await shell("licence", "give-notice", "--declaration", "x", "--licensee", "y", "--on", "tomorrow", "--json")
    assert {one["where"] for one in ended.json["refused"]} == {"--declaration", "--licensee", "--on", "--by"}


async def test_an_unknown_field_of_a_body_is_named(shell: Shell) -> None:
    ended = await shell("licence", "retract", SOMEBODY, "-", "--by", SOMEBODY, "--json", stdin=b'{"colour": "red"}')
    assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [("field_unknown", "colour")]


async def test_a_body_for_another_act_is_refused(shell: Shell) -> None:
    ended = await shell("licence", "retract", SOMEBODY, "-", "--by", SOMEBODY, "--json", stdin=b'{"kind": "pay"}')
    assert [(one["code"], one["where"]) for one in ended.json["refused"]] == [("not_a_choice", "kind")]


async def test_bad_json_is_refused_with_its_line(shell: Shell) -> None:
    ended = await shell("licence", "retract", SOMEBODY, "-", "--json", stdin=b'{"on": "2026-11-20"\n "n": 1}')
    (found,) = ended.json["refused"]
    assert found["code"] == "json_malformed"
    assert "line 2, column 2" in found["en"]
    assert "第 2 行第 2 列" in found["zh"]


async def test_a_gb18030_file_is_refused_with_its_bytes(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "offer.json").write_bytes('{"title": "一种专利"}'.encode("gb18030"))
    ended = await shell("declaration", "submit", tmp_path / "offer.json", "--json")
    (found,) = ended.json["refused"]
    assert found["code"] == "encoding_unknown"
    assert "D6 D6" in found["en"], "the bytes of 种 in GB18030; those of 一 happen to be UTF-8 of another sign"
    assert "offset 13" in found["en"]
    assert "GB18030" in found["zh"]


async def test_an_11_mb_document_is_refused_before_it_is_read(shell: Shell, tmp_path: Path) -> None:
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    ended = await shell("document", "add", tmp_path / "large.pdf", "--by", SOMEBODY, "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, "document_too_large")
    assert str(LARGEST_DOCUMENT) in ended.json["refused"][0]["en"]


async def test_an_endless_standard_input_is_refused(shell: Shell) -> None:
    ended = await shell("document", "add", "-", "--by", SOMEBODY, "--json", stdin=b"x" * (LARGEST_DOCUMENT + 5))
    assert (ended.code, ended.json["refused"][0]["code"]) == (2, "document_too_large")


async def test_a_file_that_is_not_there_is_refused(shell: Shell, tmp_path: Path) -> None:
    ended = await shell("declaration", "submit", tmp_path / "none.json", "--json")
    assert (ended.code, ended.json["refused"][0]["code"]) == (64, "file_unreadable")


def test_a_body_is_one_object(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(Refused) as error:
        read_body(str(tmp_path / "list.json"))
    assert code_of(error) == "not_an_object"


def test_yaml_gives_text_only_so_that_no_number_loses_a_digit(tmp_path: Path) -> None:
    (tmp_path / "offer.yaml").write_text("patent_number: 201910065946.9\namount: 3000.10\ndays: [2026-11-20]\n")
    assert read_body(str(tmp_path / "offer.yaml")) == {
        "patent_number": "201910065946.9",
        "amount": "3000.10",
        "days": ["2026-11-20"],
    }
    (tmp_path / "bad.yaml").write_text("a: [1\nb: 2\n")
    with pytest.raises(Refused) as error:
        read_body(str(tmp_path / "bad.yaml"))
    assert code_of(error) == "json_malformed"


def test_a_byte_order_mark_is_no_defect(tmp_path: Path) -> None:
    (tmp_path / "body.json").write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert read_body(str(tmp_path / "body.json")) == {"a": 1}


@pytest.mark.parametrize(
    "arguments",
    [
        ("licence",),
        ("licence", "fly"),
        ("licence", "pay"),
        ("licence", "pay", SOMEBODY, "--height", "3"),
        ("list", "--kind", "castle"),
        ("events", "--since", "9" * 20),
        ("entitlements", "--year", "9" * 20),
        ("calendar", "approve", "9" * 20, "--by", SOMEBODY),
        ("licence", "retract", SOMEBODY, "--field", "reason"),
        ("fly",),
        (),
    ],
)
async def test_wrong_usage_exits_with_64(shell: Shell, arguments: tuple[str, ...]) -> None:
    ended = await shell(*arguments)
    assert ended.code == 64
    assert "wrong usage" in ended.err
    assert "用法有误" in (await shell(*arguments, "--lang", "zh")).err


@pytest.mark.parametrize("arguments", [("list", "--stage"), ("list", "--patent"), ("tasks", "--role")])
async def test_what_is_no_text_is_refused_before_the_database_is_asked(
    surroundings: str, shell: Shell, arguments: tuple[str, ...]
) -> None:
    ended = await shell(*arguments, "\udcff", "--json")
    assert (ended.code, ended.json["refused"][0]["where"]) == (64, arguments[1])


async def test_help_exits_with_0(shell: Shell) -> None:
    for arguments in (("--help",), ("payout", "--help"), ("payout", "approve", "--help")):
        ended = await shell(*arguments)
        assert ended.code == 0
        assert "Usage: starter.py" in ended.out


async def test_without_servers_a_person_is_told_how_to_start_them(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "TEMPORAL_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPEN_LICENCE_VAR", str(tmp_path))
    ended = await shell("list", "--json")
    assert ended.code == 1
    assert "make up" in ended.json["fault"]["what"]
    assert "make up" in ended.json["fault"]["zh"]


async def test_the_program_itself_leaves_with_the_code_and_one_document() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        ROOT / "starter.py",
        "licence",
        "pay",
        "x",
        "--json",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 64
    assert json.loads(out)["refused"]


@pytest.mark.slow  # twelve programs
@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("ascii", "\\u4e0d\\u662f"), ("latin-1", "\\u4e0d\\u662f"), ("gb18030", "不是"), ("utf-8", "不是")],
)
async def test_a_terminal_without_chinese_letters_gets_escapes_and_no_traceback(encoding: str, shown: str) -> None:
    no_text = ("import", b"/tmp/\xff.csv", "--check", "--json")
    for arguments in (("licence", "pay", "x\U0001f600é"), ("licence", "pay", "x", "--json"), no_text):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            ROOT / "starter.py",
            *arguments,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "zh_CN.UTF-8"},
        )
        out, err = await process.communicate()
        assert process.returncode == 64
        assert b"Traceback" not in err
        if "--json" in arguments:
            assert json.loads(out.decode(encoding))["refused"][0]["zh"]
        else:
            assert shown in err.decode(encoding)


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "{table}", "--check"),
        ("licence", "pay", SOMEBODY, "--amount", "\x1b[2J"),
        ("\x1b[2J",),
        ("import", "\x1b[2J", "--check"),
    ],
)
async def test_a_control_character_of_a_file_or_an_argument_does_not_reach_the_terminal(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "table.csv").write_text("专利\x1b[2J号,\u202e名称\n1,2\n", encoding="utf-8")
    ended = await shell(*(one.format(table=tmp_path / "table.csv") for one in arguments))
    assert ended.code in (2, 64)
    assert "[2J" in ended.err
    assert not {"\x1b", "\u202e"} & {*ended.out, *ended.err}


def test_yaml_takes_what_a_table_takes(tmp_path: Path) -> None:
    body = examples_of(Submit)["lump_sum"]
    offer = body["offer"] | {"filed_on": "2020/7/21", "granted_on": "2022年8月9日", "commitments": "是"}
    offer["royalty"] = {"form": "lump_sum", "amount": "￥10,000 元", "pay_within_days": "３０"}
    (tmp_path / "offer.yaml").write_text(as_yaml({"offer": offer}), encoding="utf-8")
    read = filled(Submit, whole(Submit, read_body(str(tmp_path / "offer.yaml"))))
    assert read.offer == filled(Submit, whole(Submit, body)).offer
