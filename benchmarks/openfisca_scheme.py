"""WH-2022-BUYER-10PCT as an OpenFisca system, run by ``benchmarks/whatif.py`` in an environment of its own.

    python benchmarks/openfisca_scheme.py FACTS.npz      prints one JSON document: seconds, MB and yuan of each year

Receipts are OpenFisca's persons, claimants its groups. Its numbers are binary fractions, as in every OpenFisca system.
"""

import json
import resource
import sys
import time

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

THRESHOLD, RATE, CAP = 500_000, 0.10, 1_000_000
RECEIPT = build_entity("receipt", "receipts", "one payment", is_person=True)
CLAIMANT = build_entity("claimant", "claimants", "who claims", roles=[{"key": "member", "plural": "members"}])
ENTERPRISE, WUHAN, YES, DEVELOPMENT_OR_TRANSFER, UNIVERSITY_OR_INSTITUTE = 1, 1, 1, 1, 1


def _input(name, entity, kind, default):
    """A variable that the table gives."""
    body = {"value_type": kind, "entity": entity, "definition_period": YEAR, "label": name, "default_value": default}
    return type(name, (Variable,), body)


INPUTS = [
    _input("amount", RECEIPT, float, 0.0),
    _input("registered", RECEIPT, int, 0),
    _input("registered_class", RECEIPT, int, 0),
    _input("counterparty_kind", RECEIPT, int, 0),
    _input("counterparty_region", RECEIPT, int, 0),
    _input("kind", CLAIMANT, int, 0),
    _input("region", CLAIMANT, int, 0),
]


class counted(Variable):
    """What of a payment counts."""

    value_type = float
    entity = RECEIPT
    definition_period = YEAR
    label = "what counts"

    def formula(receipt, period):
        """All conditions of the items."""
        holds = (
            (receipt("registered", period) == YES)
            * (receipt("registered_class", period) == DEVELOPMENT_OR_TRANSFER)
            * (receipt("counterparty_kind", period) == UNIVERSITY_OR_INSTITUTE)
            * (receipt("counterparty_region", period) == WUHAN)
        )
        return receipt("amount", period) * holds


class subsidy(Variable):
    """What a claimant is given for a year."""

    value_type = float
    entity = CLAIMANT
    definition_period = YEAR
    label = "subsidy"

    def formula(claimant, period):
        """Threshold, rate, cap."""
        base = claimant.sum(claimant.members("counted", period))
        may = (claimant("kind", period) == ENTERPRISE) * (claimant("region", period) == WUHAN)
        return may * (base >= THRESHOLD) * np.minimum(base * RATE, CAP)


def main() -> int:
    """Reads the arrays, calculates every year."""
    began = time.perf_counter()
    given = np.load(sys.argv[1])
    system = TaxBenefitSystem([CLAIMANT, RECEIPT])
    system.add_variables(*INPUTS, counted, subsidy)
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("receipt", np.arange(len(given["owner"])))
    claimants = builder.declare_entity("claimant", np.arange(len(given["kind"])))
    builder.join_with_persons(claimants, given["owner"], np.array(["member"] * len(given["owner"])))
    simulation = builder.build(system)
    yuan = {}
    for year in sorted({*given["year"].tolist()}):
        in_year = given["year"] == year
        simulation.set_input("amount", str(year), np.where(in_year, given["fen"] / 100, 0))
        for name in ("registered", "registered_class", "counterparty_kind", "counterparty_region", "kind", "region"):
            simulation.set_input(name, str(year), given[name])
        found = simulation.calculate("subsidy", str(year))
        yuan[str(year)] = f"{found.astype('float64').sum():.2f}"
    json.dump(
        {
            "seconds": round(time.perf_counter() - began, 2),
            "type": str(found.dtype),
            "yuan": yuan,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
        sys.stdout,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
