"""Of a broken bundle it is said what is wrong, and what still holds."""

import ast
import shutil
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from audit.bundle.bag import packed
from audit.bundle.single import single_file
from audit.bundle.verifier.whole import verify
from audit.bundle.verifier.words import FORMAT, TEXTS
from audit.bundle.writing import bundle_of
from database.pool import open_pool
from tests.audit.bundle.bundles import checked_by_a_stranger, record_of, told
from tests.conftest import Database
from tests.lives.stories_of_money import inventors_are_paid
from tests.parsing import parsed, undisturbed


@pytest.fixture
async def bundle(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Path]:
    async with await open_pool(database.engine, 2) as engine, await open_pool(database.auditor, 2) as auditor:
        filings = await told(engine, inventors_are_paid, f"broken {request.node.name}")
        file = tmp_path / "bundle.zip"
        file.write_bytes(bundle_of(await record_of(auditor, filings["payout"])))
        yield file


def _codes(file: Path, level: str) -> set[str]:
    return {code for one, code, _ in verify(file).found if one == level}


def _files(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_a_clipped_zip_shows_what_is_left_of_it(bundle: Path) -> None:
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[: len(whole) * 2 // 3])
    assert verify(bundle).code == 1
    assert {"container_clipped", "file_missing", "manifest_broken"} & _codes(bundle, "wrong")
    assert {"events", "answers", "documents"} <= _codes(bundle, "proved")
    bundle.write_bytes(whole[:20])
    assert verify(bundle).code == 2


def test_a_member_that_was_taken_out_is_named(bundle: Path) -> None:
    files = _files(bundle)
    del files["data/events/000002.json"]
    bundle.write_bytes(packed(files, "bundle"))
    told = verify(bundle)
    assert ("wrong", "file_missing", {"path": "data/events/000002.json"}) in told.found
    assert "event_wrong" in _codes(bundle, "wrong")
    assert "container" in _codes(bundle, "proved")  # a ZIP like ours, of which a file was left out
    assert told.code == 1


def test_a_bundle_of_a_later_form_is_left_to_a_later_program(bundle: Path) -> None:
    files = _files(bundle)
    files["bag-info.txt"] = files["bag-info.txt"].replace(FORMAT.encode(), b"open-licence-bundle/2")
    bundle.write_bytes(packed(files, "bundle"))
    told = verify(bundle)
    assert told.code == 2
    assert "format_unknown" in _codes(bundle, "wrong")


def test_a_bundle_that_another_program_packed_again_is_judged_by_its_contents(bundle: Path) -> None:
    files = _files(bundle)
    with zipfile.ZipFile(bundle, "w") as archive:
        for path, body in files.items():
            archive.writestr(f"unpacked/{path}", body)
    assert "container_repacked" in _codes(bundle, "unproved")
    assert verify(bundle).code == 0


def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("nothing", encoding="utf-8")
    for one in (tmp_path, tmp_path / "note.txt", tmp_path / "missing.zip"):
        assert verify(one).code == 2
        assert _codes(one, "wrong") & {"no_bundle"}


def test_the_program_says_it_to_a_stranger_too(bundle: Path, tmp_path: Path) -> None:
    program = tmp_path / "verify.py"
    program.write_text(single_file(), encoding="utf-8")
    bundle.write_bytes(bundle.read_bytes()[:-1])
    checked = checked_by_a_stranger(program, bundle)
    assert (checked.code, checked.codes("wrong")) == (1, ["container_changed"])
    assert all(one["zh"] and one["en"] for one in checked.said["found"])


def test_the_program_is_one_file_for_a_python_of_2019() -> None:
    with undisturbed():
        module = ast.parse(single_file(), feature_version=(3, 8))
    imported = {
        (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(module)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    known = {"argparse", "base64", "hashlib", "json", "pathlib", "re", "struct", "sys", "typing", "zlib", "__future__"}
    assert imported <= known | {"collections"}
    names = [node.name for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert len(names) == len(set(names))


_AFTER_3_8 = {
    "as_integer_ratio", "bit_count", "cache", "fromisocalendar", "is_relative_to", "pairwise", "randbytes", "readlink",
    "removeprefix", "removesuffix", "UTC", "with_stem",
}  # fmt: skip
"""Names that came with Python 3.9 or later."""
_PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


def test_the_program_calls_nothing_that_came_after_2019() -> None:
    tree = parsed(single_file())
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert used & _AFTER_3_8 == set()
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert given & {"strict", "usedforsecurity", "slots", "kw_only", "indent_size"} == set()


def test_every_python_that_this_machine_has_proves_the_same(bundle: Path, tmp_path: Path) -> None:
    program = tmp_path / "verify.py"
    program.write_text(single_file(), encoding="utf-8")
    said = []
    for python in _found_pythons():
        done = subprocess.run(
            [python, "-I", "-S", program, bundle, "--json"], env={}, capture_output=True, check=False, text=True
        )
        assert (done.returncode, done.stderr) == (0, ""), python
        said.append(done.stdout)
    assert set(said) == {said[0]}


def _found_pythons() -> Iterator[str]:
    """Ours, and those on the path that answer."""
    yield sys.executable
    for version in _PYTHONS:
        found = shutil.which(f"python{version}")
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            yield found


def test_everything_that_it_can_say_has_words_for_its_facts_in_both_languages() -> None:
    for code, texts in TEXTS.items():
        fields = [{part.split("}")[0] for part in text.split("{")[1:]} for text in texts]
        assert fields[0] == fields[1], code
