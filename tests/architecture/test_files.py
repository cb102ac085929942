"""Short files with the names of the domain; nothing of a machine, of a person or of a secret in them."""

import ast
import re

import pytest

from tests.architecture.sources import ROOT, dotted, sources, tracked_files

LONGEST = 300
BANNED_NAMES = ("utils", "util", "common", "helpers", "helper", "manager", "misc", "tools", "base_classes")
TEXTS = (
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".sql",
    ".in",
    ".txt",
    ".json",
    ".jsonl",
    ".csv",
    ".sh",
    ".example",
    ".lock",
    "Makefile",
    "Dockerfile",
    ".ci/run",
    ".gitignore",
)
TRACES = {
    "a path of one machine": re.compile(r"(?<![\w.])(/home/|/Users/|/root/|/work/)\w"),
    "the host of a package registry": re.compile(r"pypi\.org|pythonhosted\.org|mirrors?\.(tuna|aliyun)|npmjs\.org"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a token": re.compile(r"\b(ghp_\w{20,}|AKIA[0-9A-Z]{16}|xox[bp]-\w{10,}|sk-\w{20,})"),
    "a password in an address": re.compile(r"://\w+:(?!\$|PASSWORD|hush)[^@\s/{}$]+@"),
}
THIS = "tests/architecture/test_files.py"


def _texts() -> list[tuple[str, str]]:
    return [(name, (ROOT / name).read_text(encoding="utf-8")) for name in tracked_files() if name.endswith(TEXTS)]


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    long = {source.path: lines for source in sources() if (lines := source.text.count("\n")) > LONGEST}
    assert long == {}


def test_files_are_named_after_the_domain() -> None:
    parts = {part.removesuffix(".py") for name in tracked_files() for part in name.split("/")}
    assert not parts & set(BANNED_NAMES)


@pytest.mark.parametrize("what", TRACES)
def test_nothing_of_a_machine_or_a_secret_is_kept(what: str) -> None:
    found = [
        f"{name}:{number}"
        for name, text in _texts()
        if name != THIS
        for number, line in enumerate(text.splitlines(), start=1)
        if TRACES[what].search(line)
    ]
    assert found == []


def test_sql_is_written_in_the_database_folder_only() -> None:
    statement = re.compile(r"^\s*(SELECT\s.+\sFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE TABLE)\b", re.DOTALL)
    wrong = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        if source.folder not in ("database", "tests", "runtime", "benchmarks")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and statement.match(node.value)
    ]
    assert wrong == []


def test_no_float_comes_near_money() -> None:
    wrong = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        if source.folder in ("schemas", "rules", "database", "activities", "workflows", "audit")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Call) and dotted(node.func) in ("float", "round"))
        or (isinstance(node, ast.Constant) and isinstance(node.value, float) and not _is_a_time(source.text, node))
    ]
    assert wrong == []


def _is_a_time(text: str, node: ast.Constant) -> bool:
    # A pause in seconds or a factor between tries is no money.
    line = text.splitlines()[node.lineno - 1].lower()
    return any(word in line for word in ("pause", "timeout", "seconds", "coefficient", "backoff"))


def test_programs_log_with_structlog_only() -> None:
    wrong = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        if source.path not in ("runtime/logs.py", "tests/runtime/test_logs.py")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "logging" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "logging")
    ]
    assert wrong == []


def test_events_of_the_log_are_words_that_can_be_searched_for() -> None:
    levels = ("log.debug", "log.info", "log.warning", "log.error", "log.exception")
    wrong = [
        f"{source.path}:{node.lineno}"
        for source in sources()
        if source.folder not in ("tests", "benchmarks")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted(node.func) in levels
        if not _is_a_word(node.args[0] if node.args else None)
    ]
    assert wrong == []


def _is_a_word(event: ast.expr | None) -> bool:
    return isinstance(event, ast.Constant) and re.fullmatch(r"[a-z_]+", str(event.value)) is not None
