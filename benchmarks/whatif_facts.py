"""A table of facts of any length for the benchmark of the what-if: claimants, kinds, holds by chance."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from cli.whatif.table.table import day_number
from runtime.settings import ROOT

SOURCE = ROOT / "rules/parameters/cn/hubei/wuhan/schemes/wh_2022_buyer_10pct.yaml"
CHANGES = (
    (
        'amount: {rate: "0.10"}',
        'amount: {marginal: [{at_least: "0", rate: "0.08"}, {at_least: "2000000", rate: "0.12"}]}',
    ),
    ('- {per: year, amount: "1000000"}', '- {per: contract, amount: "400000"}\n      - {per: year, amount: "1500000"}'),
)
SEED, PER_CLAIMANT = 20261115, 10
CODES = {
    "kind": ("enterprise", "university", "research_institute"),
    "region": ("hubei.wuhan", "hubei.wuhan.hongshan", "hubei.xiangyang", "guangdong.shenzhen"),
    "registered": ("yes", "no"),
    "registered_class": ("transfer", "commissioned_development", "licence"),
    "counterparty_kind": ("university", "research_institute", "enterprise"),
    "counterparty_region": ("hubei.wuhan", "hubei.wuhan.hanyang", "hunan"),
}
CHANCES = {
    "kind": (0.8, 0.15, 0.05),
    "region": (0.4, 0.4, 0.1, 0.1),
    "registered": (0.95, 0.05),
    "registered_class": (0.4, 0.4, 0.2),
    "counterparty_kind": (0.5, 0.3, 0.2),
    "counterparty_region": (0.5, 0.4, 0.1),
}
HOLDS = {
    "kind": (0,),
    "region": (0, 1),
    "registered": (0,),
    "registered_class": (0, 1),
    "counterparty_kind": (0, 1),
    "counterparty_region": (0, 1),
}
"""Which of the codes meet the conditions of the scheme."""


OF_SELLERS = {
    "kind": ("kind", ("university", "research_institute", "enterprise")),
    "counterparty_kind": ("counterparty_kind", ("enterprise", "enterprise", "university")),
    "contract_kind": ("registered_class", ("transfer", "development", "licence")),
}
"""Columns of the sellers' table: from which of the codes, and what these stand for there."""


def make_rows(count: int) -> dict[str, Any]:
    """Arrays of ``count`` receipts of about a tenth as many claimants in 2021 to 2025; the same for every run."""
    random = np.random.default_rng(SEED)
    claimants = max(count // PER_CLAIMANT, 1)
    made: dict[str, Any] = {"owner": random.integers(0, claimants, count)}
    for name, chances in CHANCES.items():
        made[name] = random.choice(len(chances), claimants * (1 if name in ("kind", "region") else 3), p=chances)
    # Most payments are small, some are a hundred times as much: thresholds and caps both bind.
    made["fen"] = random.integers(1, 10**7, count) * random.choice([1, 1, 1, 10, 100], count)
    first, last = day_number(date(2021, 1, 1)), day_number(date(2025, 12, 31))
    made["day"] = random.integers(first, last + 1, count)
    made["contract"] = made["owner"] * 3 + random.integers(0, 3, count)
    made["certified"] = random.integers(1, 10**9, claimants * 3)
    # What is said of a contract is said alike by all its receipts.
    return made | {name: made[name][made["contract"]] for name in CHANCES if name not in ("kind", "region")}


def write(made: dict[str, Any], folder: Path) -> None:
    """``facts.parquet`` and ``facts.csv`` for the command, ``seller.parquet`` too, ``facts.npz`` for OpenFisca."""
    owner, count = made["owner"], len(made["owner"])
    names = {name: _named(CODES[name], made, name) for name in CODES}
    # A contract that is not registered has no class of registration.
    names["registered_class"] = pc.if_else(pc.equal(names["registered"], "yes"), names["registered_class"], None)
    days = pa.array(made["day"].astype(np.int32)).cast(pa.date32())
    ids = {
        "item_id": [f"r{n:07d}" for n in range(count)],
        "claimant": [f"c{n:06d}" for n in owner],
        "contract": [f"k{n:07d}" for n in made["contract"]],
        "related": pa.array(["no"] * count),
    }
    table = pa.table({**ids, **names, "technology_transaction_amount": _yuan(made["fen"]), "paid_on": days})
    pq.write_table(table, folder / "facts.parquet")
    pyarrow.csv.write_csv(table, folder / "facts.csv")
    sellers = {name: _named(codes, made, source) for name, (source, codes) in OF_SELLERS.items()}
    pq.write_table(
        pa.table(
            {
                **ids,
                **names,
                **sellers,
                "received": _yuan(made["fen"]),
                "received_on": days,
                "technology_transaction_amount": _yuan(made["certified"][made["contract"]]),
            }
        ),
        folder / "seller.parquet",
    )
    years = np.array([date.fromordinal(n).year for n in range(1, date(2026, 1, 1).toordinal())])
    years = years[made["day"] + date(1970, 1, 1).toordinal() - 1]
    held = {name: np.isin(made[name], holds).astype(np.int32) for name, holds in HOLDS.items()}
    # OpenFisca numbers its groups by who is in them, so claimants without a receipt are left out.
    present, group = np.unique(owner, return_inverse=True)
    arrays: dict[str, Any] = {"owner": group, "fen": made["fen"], "year": years, **held}
    arrays |= {name: held[name][present] for name in ("kind", "region")}
    np.savez(folder / "facts.npz", **arrays)


def _named(codes: Sequence[str], made: dict[str, Any], name: str) -> Any:
    return pa.array(codes).take(pa.array(made[name][made["owner"]] if name in ("kind", "region") else made[name]))


def _yuan(fen: Any) -> Any:
    words = np.stack([fen, np.zeros(len(fen), dtype=np.int64)], axis=1)
    return pa.Array.from_buffers(pa.decimal128(17, 2), len(fen), [None, pa.py_buffer(words)])
