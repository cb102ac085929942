"""A scheme over many receipts: the what-if, the one-by-one engine on a sample, and OpenFisca doing the same scheme.

    python -m benchmarks.whatif [--rows 1000000] [--sample 2000] [--without-openfisca]

Runs of the command in processes of their own: a buyers' scheme alone (Parquet and CSV), against a changed version of
itself with tiers and a cap per contract, with all files and the picture; and a sellers' scheme, in which the receipts
of four earlier years use a part of what their contract was registered with.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.machine import machine
from benchmarks.whatif_facts import CHANGES, SOURCE, make_rows, write
from cli.whatif.command import ask
from cli.whatif.run import run
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import entitlement, payable_of
from runtime.settings import ROOT
from schemas.values.money import Money

MOST_SECONDS, MOST_MEGABYTES = 10.0, 2_000
SCHEME, SELLER = "WH-2022-BUYER-10PCT", "WH-2025-SELLER-2PCT"


class Ran(NamedTuple):
    """One run in a process of its own, its start included; ``processor`` is seconds of both cores together."""

    seconds: float
    processor: float
    megabytes: int
    document: Any


def run_command(*arguments: object) -> Ran:
    """Runs ``whatif`` and takes what the system says it used."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from cli.whatif.command import command; command()", *map(str, arguments), "--json"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    document = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    seconds = time.perf_counter() - began
    return Ran(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, json.loads(document))


class Alone(NamedTuple):
    """The one-by-one engine on a sample, and the seconds of the vectors alone with the facts in memory."""

    each: float
    claimant_years: int
    differ: int
    vectors: float


def one_by_one(facts_file: Path, scheme_id: str, sample: int) -> Alone:
    """Calculates some claimants' years one by one and compares them with the what-if."""
    scheme = find_scheme(scheme_id)
    facts = ask(facts_file, [scheme]).facts
    began = time.perf_counter()
    found = run([scheme], facts)
    vectors = time.perf_counter() - began
    years = [one.made for (one,) in found.outcomes if one.made is not None]
    total = sum(len(made.claimants) for made in years)
    picked = [
        (made, place)
        for made in years
        for place in np.linspace(0, len(made.claimants) - 1, max(sample // len(years), 1)).astype(int).tolist()
    ]
    alone = []
    for made, place in picked:
        claimant = int(made.claimants[place])
        alone.append(made.facts_of(facts, claimant))
    began = time.perf_counter()
    answers = [payable_of(entitlement(scheme, one, date(one.year or 0, 12, 31))) for one in alone]
    seconds = (time.perf_counter() - began) / len(picked)
    differ = sum(
        answer != Money(int(made.payable[place])) for answer, (made, place) in zip(answers, picked, strict=True)
    )
    return Alone(seconds, total, differ, vectors)


def openfisca(folder: Path) -> Any:
    """What OpenFisca says, in an environment of its own that goes with the folder; a text where it cannot be made."""
    home = folder / "openfisca"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    lock = ROOT / "benchmarks" / "openfisca.lock"
    installed = subprocess.run(
        [ROOT / ".venv/bin/uv", "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        return f"could not be installed: {installed.stderr.strip().splitlines()[-1]}"
    ended = subprocess.run(
        [python, ROOT / "benchmarks" / "openfisca_scheme.py", folder / "facts.npz"],
        capture_output=True,
        text=True,
        check=False,
    )
    return json.loads(ended.stdout) if not ended.returncode else f"failed: {ended.stderr.strip().splitlines()[-1]}"


def main() -> int:
    """1 when it is too slow, takes too much memory, or differs from the one-by-one engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sample", type=int, default=2_000)
    parser.add_argument("--without-openfisca", action="store_true")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="Only writes the rows.")
    given = parser.parse_args()
    if given.write is not None:
        write(make_rows(given.rows), given.write)
        return 0
    print(f"{datetime.now(UTC).date()}, {machine()}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: a child's largest memory is never less than its parent's was when it began.
        subprocess.run(
            [sys.executable, "-m", "benchmarks.whatif", "--rows", str(given.rows), "--write", folder],
            cwd=ROOT,
            check=True,
        )
        changed = SOURCE.read_text(encoding="utf-8")
        for old, new in CHANGES:
            assert old in changed, f"the scheme no longer says {old}"
            changed = changed.replace(old, new)
        (folder / "changed.yaml").write_text(changed, encoding="utf-8")
        both = ("--against", folder / "changed.yaml", "--out", folder / "result")
        runs = {
            "one scheme, Parquet": run_command(folder / "facts.parquet", "--scheme", SCHEME),
            "one scheme, CSV": run_command(folder / "facts.csv", "--scheme", SCHEME),
            "two schemes, files and picture, Parquet": run_command(folder / "facts.parquet", "--scheme", SCHEME, *both),
            f"{SELLER}, Parquet": run_command(folder / "seller.parquet", "--scheme", SELLER, "--year", "2025"),
        }
        for what, ran in runs.items():
            few = sum(int(one["one_by_one"] or 0) for one in ran.document["totals"])
            print(
                f"what-if, {what}: {ran.seconds:.1f} s ({ran.processor:.1f} s of processor), {ran.megabytes} MB; "
                f"{ran.document['rows']} rows, {few} claimants one by one"
            )
        differ = 0
        for name, scheme in (("facts", SCHEME), ("seller", SELLER)):
            alone = one_by_one(folder / f"{name}.parquet", scheme, given.sample)
            differ += alone.differ
            print(f"what-if, {scheme}, facts in memory: {alone.vectors:.2f} s for all its years")
            print(
                f"one-by-one engine: {alone.each * 1000:.2f} ms for a claimant's year on a sample of {given.sample}, "
                f"so about {alone.each * alone.claimant_years:.0f} s for all {alone.claimant_years} (extrapolated); "
                f"{alone.differ} of the sample differ"
            )
        if not given.without_openfisca:
            told = openfisca(folder)
            ours = runs["one scheme, Parquet"].document
            print(f"OpenFisca: {told if isinstance(told, str) else _compared(told, ours)}")
    fast = all(ran.seconds < MOST_SECONDS and ran.megabytes < MOST_MEGABYTES for ran in runs.values())
    return 0 if fast and not differ else 1


def _compared(told: Any, document: Any) -> str:
    ours = {one["year"]: Money.of(one["paid"]) for one in document["totals"]}
    off = {year: Money(Money.of(yuan).fen - ours[year].fen) for year, yuan in told["yuan"].items()}
    return (
        f"{told['seconds']} s, {told['megabytes']} MB, {told['type']}, without reading a table; its totals differ "
        f"from the exact ones by {', '.join(f'{one} ({year})' for year, one in off.items())} yuan"
    )


if __name__ == "__main__":
    sys.exit(main())
