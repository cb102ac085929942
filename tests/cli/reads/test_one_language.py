"""Whoever reads is told everything in one language: every command of the tree, over lives that came to money."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from audit.sealing.key import new_key
from database.pool import Pool
from database.record.sequencer import sequence
from rules.law.law import Law
from schemas.acts.act import FilingKind
from tests.activities.test_calendars import TABLE
from tests.architecture.sources import ROOT
from tests.cli.language import mixed
from tests.cli.offers import ROW, TITLE
from tests.cli.shell import Rules, Shell
from tests.cli.typed.tree import leaves
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World

Command = tuple[str, ...]

CASES = ROOT / "tests" / "rules" / "cases"
TOLD = (
    "inventors_are_paid",
    "a_reversal_after_payment_waits_for_a_decision",
    "a_late_withdrawal_makes_a_licence_void",
    "a_subsidy_is_claimed_and_paid",
)
ASKED = (
    "party list", "party show {party}", "patent show {patent}", "patent show {patent} --on 2099-01-01", "calendar list",
    "show {filing}", "list", "tasks", "tasks --upcoming 3000", "findings",
    "entitlements --lines", "clauses {filing}", "yuan --provision {provision}", "trace {line}", "events",
    "unmatched", "refused-lines", "messages",
    "package {declaration} --out {new}.zip --by {party}",
    "export receipts --out {new}.csv", "rules cases", "rules lock --check",
    "audit seal", "audit verify", "audit log-key", "audit consistency 1",
    "audit archive --check", "audit nights",  "audit retain --dry-run",
    "audit replay --all",
    "audit recompute --all", "audit conform --all", "audit exceptions", "audit duties", "audit gaps", "audit hold",
    "audit cutoff --year 2026", "audit prior --year 2026", "audit equal {declaration}", "audit log", "audit rebuild",
    "audit reconcile --without-temporal", "audit sample --risk --size 3 --seed 7 -o {new}.xlsx",
    "audit show {filing} --effective-on 2026-07-01 --diff", "audit tables -o {new}",
    "audit process --ocel {new}.json", "audit process --xes {new}.xes", "audit report --year 2026 -o {new}",
    "audit bundle {payout} -o {new}.zip --by {party}", "audit bundle --check {bundle}", "audit check-proof {proof}",
    "audit outside --bank {bank}",
)  # fmt: skip
"""What is typed; each name in braces once for every one that there is."""
ELSEWHERE = {
    "party add": "test_what_is_written_to_a_register_is_told_in_one_language",
    "party profile": "test_what_is_written_to_a_register_is_told_in_one_language",
    "party erase": "test_what_is_written_to_a_register_is_told_in_one_language",
    "document add": "test_what_is_written_to_a_register_is_told_in_one_language",
    "patent add": "test_what_is_written_to_a_register_is_told_in_one_language",
    "calendar propose": "test_what_is_written_to_a_register_is_told_in_one_language",
    "calendar approve": "test_what_is_written_to_a_register_is_told_in_one_language",
    "calendar moved": "test_what_is_written_to_a_register_is_told_in_one_language",
    "calendar withdraw": "test_what_is_written_to_a_register_is_told_in_one_language",
    "schema": "what is typed, and JSON Schema: the same in any language",
    "rules schema": "JSON Schema: the same in any language",
    "rules lint": "tests/cli/lint/test_languages.py",
    "rules whatif": "tests/cli/whatif/test_languages.py",
    "audit proof": "a file of c2sp.org/tlog-proof: the same in any language",
    "audit history": "tests/audit/evidence: names of Temporal's own, of runs that a worker had",
    "audit stamp": "tests/cli/audit/test_sealed.py: an authority answers",
    "audit take-back": "tests/audit: a log that was set back",
    "audit psql": "psql speaks for itself",
    "pass-day": "tests/cli/acts/test_one_language.py: it needs a worker",
    "deliver": "tests/cli/deliver: it needs a worker",
    "import": "tests/cli/importing: it needs a worker",
    "repair": "tests/cli/test_repair.py: it needs two sides that differ",
    "demo": "tests/cli/demo/test_report.py",
    "up": "tests/cli/test_up.py: servers of its own",
    "backup": "tests/cli/test_backup.py: servers of its own",
    "restore": "tests/cli/test_backup.py: servers of its own",
}
"""Commands that are asked by another test, and what they need."""
CODE = re.compile("^.*@ .*$", re.MULTILINE)
"""The first line of a refusal: its code and its place, the same in any language."""


def _is_called(path: Command, line: str) -> bool:
    return tuple(line.split()[: len(path)]) == path


def _cases() -> list[dict[str, Any]]:
    """The first case of each rule and of each scheme that gives something, with its command."""
    made = []
    for file in sorted(CASES.glob("*.yaml")):
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        case = next((one for one in found["cases"] if "refused" not in one["expect"]), None)
        if case is not None:
            of_scheme = ("subsidy", "--scheme", found.get("scheme", ""))
            rule = (found["rule"].replace("_", "-"),) if "rule" in found else of_scheme
            made.append(case | {"command": (*rule, "-", "--as-of", case["as_of"])})
    return made


def test_every_command_is_asked_in_both_languages_here_or_elsewhere() -> None:
    acts = {kind.value for kind in FilingKind}  # tests/cli/acts asks each of them
    commands = {words for words, _ in leaves() if words[0] not in acts}
    here = {words for words in commands if any(_is_called(words, line) for line in ASKED)}
    here |= {("rules", one["command"][0]) for one in _cases()}
    assert {" ".join(words) for words in commands - here} == set(ELSEWHERE)


@pytest.fixture
async def there(
    surroundings: str, pool: Pool, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> dict[str, list[str]]:
    """What can be asked of: each filing, line, provision, file, by the name that stands in braces."""
    monkeypatch.setenv("OPEN_LICENCE_LOG_KEY", new_key().secret())
    monkeypatch.setenv("OPEN_LICENCE_LOG_DIR", str(tmp_path / "log"))
    for name in TOLD:
        await STORIES[name](Desk(pool).ask, await World(name).write(pool))
    async with pool.acquire() as connection:
        while await sequence(connection):
            pass
    assert (await shell("audit", "seal")).code == 0
    filings = (await shell("list", "--json")).json
    of_kind = {kind: [one["filing_id"] for one in filings if one["kind"] == kind] for kind in ("declaration", "payout")}
    party = await _column(pool, "SELECT party_id FROM parties WHERE kind = 'organisation' LIMIT 1")
    proof, bundle, bank = tmp_path / "one.tlog-proof", tmp_path / "one.zip", tmp_path / "bank.csv"
    proof.write_text((await shell("audit", "proof", of_kind["payout"][0], "1")).out, encoding="utf-8")
    await shell("audit", "bundle", of_kind["payout"][0], "-o", bundle, "--by", *party)
    bank.write_text("bank,account,serial,day,amount\nb,a,none,2026-07-01,1.00\n", encoding="utf-8")
    return {
        "filing": [one["filing_id"] for one in filings],
        "declaration": of_kind["declaration"][:1],
        "payout": of_kind["payout"][:1],
        "party": party,
        "patent": await _column(pool, "SELECT patent_number FROM patents LIMIT 1"),
        "line": await _column(pool, "SELECT DISTINCT bank_key FROM bank_lines"),
        "provision": await _column(pool, "SELECT DISTINCT provision FROM determined_clauses"),
        "proof": [str(proof)],
        "bundle": [str(bundle)],
        "bank": [str(bank)],
    }


async def _column(pool: Pool, query: str) -> list[str]:
    return [str(row[0]) for row in await pool.fetch(query)]


async def _called(pool: Pool) -> list[str]:
    """How parties, patents and bank lines are called, which is the same in any language."""
    names = await _column(
        pool,
        """SELECT public_name AS name FROM parties WHERE public_name IS NOT NULL
           UNION SELECT title FROM patents UNION SELECT source FROM patents UNION SELECT bank_key FROM bank_lines
           UNION SELECT split_part(bank_key, ' ', 2) FROM bank_lines""",
    )
    return sorted((*filter(None, names), *TOLD), key=len, reverse=True)


async def _figures(shell: Shell, folder: Path) -> list[str]:
    """The keys of the yearly report's figures and the tables of ISO 21378, as they are typed and read by programs."""
    figures = (await shell("audit", "report", "--year", "2026", "-o", folder / "report", "--json")).json["figures"]
    assert (await shell("audit", "tables", "-o", folder / "tables")).code == 0
    tables = [one.stem for one in (folder / "tables").iterdir()]
    return sorted((*figures, *tables), key=len, reverse=True)


def _commands(there: dict[str, list[str]], folder: Path) -> Iterator[Command]:
    folder.mkdir()
    for place, line in enumerate(ASKED):
        named = next((name for name in there if f"{{{name}}}" in line), "")
        for number, one in enumerate(there.get(named, [""])):
            rest = {name: found[0] for name, found in there.items()} | {named: one} if named else {}
            filled = {
                **{name: found[0] for name, found in there.items()},
                **rest,
                "new": f"{folder}/new-{place}-{number}",
            }
            yield tuple(word.format(**filled) for word in line.split())


async def test_what_is_read_is_told_in_one_language(
    there: dict[str, list[str]], pool: Pool, shell: Shell, tmp_path: Path
) -> None:
    names = [str(tmp_path), *await _called(pool), *await _figures(shell, tmp_path)]
    found: set[str] = set()
    for language in ("zh", "en"):
        for command in _commands(there, tmp_path / language):
            ended = await shell(*command, "--lang", language)
            words = mixed(ended.out + ended.err, language, names) if ended.code in (0, 1) else [ended.err]
            found |= {f"{' '.join(command)}: {one}" for one in words}
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_rule_gives_is_told_in_one_language(rules: Rules, language: str) -> None:
    found = []
    praise = Law(date(2026, 11, 20)).words("national.advertising_words")  # Chinese, as the words that are refused are
    for case in _cases():
        ended = rules(*case["command"], "--lang", language, stdin=json.dumps(case["facts"], default=str))
        assert ended.code == 0, (case["command"], ended.err)
        found += [(case["command"], one) for one in mixed(ended.out + ended.err, language, praise)]
    assert found == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_is_written_to_a_register_is_told_in_one_language(
    surroundings: str, shell: Shell, tmp_path: Path, language: str
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("1", encoding="utf-8")
    found: list[tuple[object, list[str]]] = []

    async def told(*command: object, stdin: str = "") -> str:
        ended = await shell(*command, "--lang", language, stdin=stdin.encode())
        assert ended.code in (0, 2), (command, ended.err)
        found.append((command, mixed(CODE.sub("", ended.out + ended.err), language, (str(tmp_path), TITLE))))
        asked = await shell(*command, "--json", stdin=stdin.encode())
        return asked.out

    one, other = [json.loads(await told("party", "add", "--person", "--name", f"{n}"))["party_id"] for n in (1, 2)]
    profile = ("--kind", "university", "--region", "guangdong", "--from", "2026-01-01", "--by", one)
    for _ in range(2):
        await told("party", "profile", one, *profile)
        await told("document", "add", paper, "--by", one)
        await told("patent", "add", "-", "--by", one, stdin=json.dumps(ROW))
        await told("calendar", "propose", "-", "--by", one, stdin=TABLE.model_dump_json())
        await told("calendar", "withdraw", "2027", "--by", other)
        await told("calendar", "approve", "2027", "--by", one)
        await told("calendar", "propose", "-", "--by", one, stdin=TABLE.model_dump_json())
        await told("calendar", "approve", "2027", "--by", other)
        await told("calendar", "moved", "2027")
        await told("party", "erase", other, "--by", one)
    assert [(command, words) for command, words in found if words] == []
