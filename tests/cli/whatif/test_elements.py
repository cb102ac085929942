"""What the columns follow of the grammar, and what they leave to the one-by-one engine, each by hand."""

from datetime import date

from cli.whatif.run import run
from cli.whatif.table.table import ClaimTable
from cli.whatif.tables import to_ask, totals
from cli.whatif.years import STATUSES, calculate
from rules.schemes.yearly import entitlement, payable_of
from schemas.schemes.scheme import Scheme
from tests.cli.whatif.worlds import facts_of
from tests.rules.schemes.scheme_files import scheme, scheme_of, version


def receipt(claimant: str, yuan: str | None, on: str = "2025-05-05", **facts: str | None) -> dict[str, str | None]:
    return {
        "item_id": f"{claimant} {on} {yuan} {facts.get('event')}{facts.get('contract_kind')}",
        "claimant": claimant,
        "received": yuan,
        "received_on": on,
        "related": "no",
        **dict.fromkeys(
            (
                "contract",
                "contract_kind",
                "event",
                "patents",
                "patent_kind",
                "registered",
                "registered_class",
                "awarded",
                "technology_transaction_amount",
                "also_granted.OTHER-1",
                "previous_year",
                "exploited",
                "counterparty",
                "counterparty_kind",
            )
        ),
        **facts,
    }


def calculated(scheme: Scheme, found: ClaimTable) -> list[tuple[str, int]]:
    """Status and fen of each claimant in 2025, which are those of the one-by-one engine."""
    ((outcome,),) = run([scheme], found, years=[2025]).outcomes
    assert outcome.made is not None
    together = [(STATUSES[one], int(fen)) for one, fen in zip(outcome.made.status, outcome.paid, strict=True)]
    for claimant, told in zip(outcome.made.claimants.tolist(), together, strict=True):
        if told[0] != "refused":
            alone = payable_of(entitlement(scheme, outcome.made.facts_of(found, claimant), date(2025, 12, 31)))
            assert told == (("unknown", 0) if alone is None else ("known", alone.fen))
    return together


def test_events_part_no_base_where_the_amount_asks_for_none() -> None:
    steps = scheme(amount={"steps": [{"at_least": "10", "amount": "3"}]})
    found = facts_of([receipt("A", "6", event="approved"), receipt("A", "6", event="excellent")])
    assert calculated(steps, found) == [("known", 300)]


def test_a_lump_sum_is_given_by_the_items_event_also_in_a_case() -> None:
    lumps = scheme(
        amount={
            "per": "item",
            "by": "patent_kind",
            "cases": {"invention": {"lump": {"approved": "7"}}},
            "otherwise": {"rate": "1"},
        }
    )
    found = facts_of(
        [
            receipt("A", "6", event="approved", patent_kind="invention"),
            receipt("A", "6", event="other", patent_kind="invention"),
            receipt("B", "6", event=None, patent_kind="design"),
            receipt("C", "6", event=None, patent_kind="invention"),
        ]
    )
    assert calculated(lumps, found) == [("known", 700), ("known", 600), ("unknown", 0)]


def test_a_lump_sum_is_given_once_whatever_the_patents_and_the_base() -> None:
    lumps = scheme(amount={"lump": {"approved": "7"}}, caps=[{"per": "patent", "amount": "5"}])
    found = facts_of(
        [receipt("A", "6", event="approved", patents="P1:1;P2:5"), receipt("B", "1", event="approved", patents="P1")]
    )
    # A's 7 yuan lie 7/6 and 35/6 on its patents, so that one is cut to 5: 6.1666...
    assert calculated(lumps, found) == [("known", 616), ("known", 500)]


def test_what_was_reversed_to_nothing_is_counted_by_no_column() -> None:
    lumps = scheme(amount={"lump": {"approved": "7"}, "per": "item"}, base={"measure": "count"})
    found = facts_of([receipt("A", "0", event="approved"), receipt("B", "1", event="approved")])
    assert calculated(lumps, found) == [("known", 0), ("known", 700)]


def test_a_step_from_zero_gives_nothing_for_nothing() -> None:
    steps = scheme(amount={"steps": [{"at_least": "0", "amount": "3"}, {"above": "6", "amount": "4"}]})
    found = facts_of([receipt("A", "0"), receipt("B", "6"), receipt("C", "6.01")])
    assert calculated(steps, found) == [("known", 0), ("known", 300), ("known", 400)]


def test_a_contracts_receipts_count_up_to_its_registered_amount_over_all_years() -> None:
    seller = scheme(base={"measure": "registered_receipts"}, amount={"rate": "1"})
    world = facts_of(
        [
            receipt("A", "40", "2024-05-05", contract="K1", technology_transaction_amount="100"),
            receipt("A", "50", contract="K1", technology_transaction_amount="100"),
            receipt("A", "30", contract="K1", technology_transaction_amount="100"),
            receipt("A", "5", contract=None, technology_transaction_amount="4"),
            receipt("B", "50", contract="K1", technology_transaction_amount="100"),
            receipt("B", "51", contract="K1", technology_transaction_amount="99"),
            receipt("C", None, "2024-05-05", contract="K1", technology_transaction_amount="100"),
            receipt("C", "50", contract="K1", technology_transaction_amount="100"),
        ]
    )
    # Of A's 100 yuan 40 were used in 2024, so 60 of the 80 are left, and 4 of the 5; B's contract is stated twice.
    assert calculated(seller, world) == [("known", 6_400), ("refused", 0), ("unknown", 0)]
    made = calculate(seller, seller.versions[0], world, 2025)
    assert (made.base[0], made.asks, made.one_by_one) == (6_400, {"items.received": 1}, 1)
    per_item = scheme(
        base={"measure": "registered_receipts"}, amount={"rate": "1"}, caps=[{"per": "item", "amount": "20"}]
    )
    # 37.5 and 22.5 of the contract are cut to 20 each: what is parted into fractions goes one by one.
    assert calculated(per_item, world)[0] == ("known", 4_400)
    assert calculate(per_item, per_item.versions[0], world, 2025).one_by_one == 2


def test_items_of_one_contract_that_contradict_each_other_are_refused_for_their_year_and_claimant() -> None:
    five_percent = scheme(thresholds=[{"per": "contract", "at_least": "1"}])
    world = facts_of(
        [
            receipt("A", "100", contract="K1", contract_kind="licence"),
            receipt("A", "100", contract="K1", contract_kind="transfer"),
            receipt("B", "100", contract="K1", contract_kind="licence"),
            receipt("B", "100", "2024-05-05", contract="K1", contract_kind="transfer"),
            receipt("C", "100", registered="no", registered_class="licence", contract="K2"),
        ]
    )
    assert calculated(five_percent, world) == [("refused", 0), ("known", 500), ("refused", 0)]
    assert "K1" in "".join(row[2] for row in to_ask(run([five_percent], world, years=[2025])).rows)


def test_an_award_and_what_others_granted_are_looked_at_one_by_one_and_the_note_says_so() -> None:
    awards = scheme(amount={"awarded": {"at_most": "10"}}, stacking={"rule": "best_of", "among": ["OTHER-1"]})
    world = facts_of(
        [
            receipt("A", "100", awarded="9", **{"also_granted.OTHER-1": "2"}),
            receipt("B", "100", awarded="11", **{"also_granted.OTHER-1": "2"}),
            receipt("C", "100", awarded="9"),
        ]
    )
    assert calculated(awards, world) == [("known", 700), ("refused", 0), ("unknown", 0)]
    found = run([awards], world)
    assert "one by one: SchemeAmount.awarded" in next(iter(totals(found).rows))[-1]
    assert "also_granted.OTHER-1" in [row[2] for row in to_ask(found).rows]


def test_each_year_has_the_version_that_governs_it_as_that_version_counts_years() -> None:
    july, january = {"decided_by": "received_on", "begins": "07-01"}, {"decided_by": "received_on"}
    both = scheme_of(
        version(**{"from": date(2022, 7, 1)}, until=date(2024, 12, 31), window=july),
        version(**{"from": date(2025, 1, 1)}, window=january, amount={"rate": "0.1"}),
    )
    found = run([both], facts_of([receipt("A", "100", "2024-06-30"), receipt("A", "100", "2025-02-01")]))
    assert {of_year[0].year: (of_year[0].paid_total, of_year[0].note) for of_year in found.outcomes} == {
        2023: (500, ""),
        2024: (500, ""),
        2025: (1_000, ""),
    }


def test_each_item_of_a_year_has_the_lump_sum_of_its_own_event() -> None:
    lumps = scheme(amount={"lump": {"approved": "7", "excellent": "5"}})
    found = facts_of([receipt("A", "6", event="approved"), receipt("A", "6", event="excellent")])
    assert calculated(lumps, found) == [("known", 1_200)]


def test_a_threshold_before_growth_looks_at_the_whole_year() -> None:
    growing = scheme(
        base={"measure": "received", "growth": True},
        amount={"rate": "1"},
        thresholds=[{"per": "year", "at_least": "100", "before_growth": True}],
    )
    found = facts_of([receipt("A", "100", previous_year="90"), receipt("B", "99", previous_year="0")])
    assert calculated(growing, found) == [("known", 1_000), ("known", 0)]


def test_a_contract_counts_as_the_item_whose_name_comes_first_whatever_the_order_of_the_rows() -> None:
    contracts = scheme(
        base={"measure": "count", "count_of": "contract"},
        amount={"by": "patent_kind", "cases": {"invention": {"each": "2"}}, "otherwise": {"each": "1"}},
    )
    found = facts_of(
        [
            receipt("A", "1", contract="K1", patent_kind="design", item_id="second"),
            receipt("A", "1", contract="K1", patent_kind="invention", item_id="first"),
        ]
    )
    assert calculated(contracts, found) == [("known", 200)]


def test_an_unknown_answer_is_no_case_of_its_own() -> None:
    cases = scheme(amount={"by": "exploited", "cases": {"yes": {"rate": "1"}}, "otherwise": {"rate": "0.1"}})
    found = facts_of([receipt("A", "10", exploited="no"), receipt("B", "10", exploited="unknown")])
    assert calculated(cases, found) == [("known", 100), ("unknown", 0)]


def test_what_is_left_of_a_contract_is_parted_over_the_cases_of_its_receipts() -> None:
    cases = scheme(
        base={"measure": "registered_receipts"},
        amount={"by": "patent_kind", "cases": {"invention": {"rate": "1"}}, "otherwise": {"rate": "0.1"}},
    )
    found = facts_of(
        [
            receipt("A", "30", contract="K1", patent_kind="invention", technology_transaction_amount="20"),
            receipt("A", "10", contract="K1", patent_kind="design", technology_transaction_amount="20"),
        ]
    )
    assert calculated(cases, found) == [("known", 1_550)]


def test_an_item_without_contract_is_not_taken_for_a_contract_of_its_name_unless_the_engine_does() -> None:
    seller = scheme(base={"measure": "registered_receipts"}, amount={"rate": "1"})
    found = facts_of(
        [
            receipt("A", "30", contract="K1", technology_transaction_amount="20"),
            receipt("A", "10", contract=None, technology_transaction_amount="20", item_id="K1"),
        ]
    )
    assert calculated(seller, found) == [("known", 2_000)]


def by_column(scheme: Scheme, found: ClaimTable) -> list[tuple[str, int]]:
    """The same, and nobody was calculated one by one."""
    assert calculate(scheme, scheme.versions[0], found, 2025).one_by_one == 0
    return calculated(scheme, found)


def test_further_full_amounts_and_shares_of_the_excess_go_by_column() -> None:
    steps = [
        {"at_least": "10", "amount": "1", "further": {"each_full": "5", "amount": "2"}},
        {"above": "20", "amount": "9", "further": {"rate": "0.5"}},
    ]
    received = {"A": "9.99", "B": "14.99", "C": "15", "D": "20", "E": "20.01"}
    found = facts_of([receipt(name, yuan) for name, yuan in received.items()])
    assert by_column(scheme(amount={"steps": steps}), found) == [
        ("known", 0),
        ("known", 100),
        ("known", 300),
        ("known", 500),
        ("known", 900),
    ]


def test_two_facts_and_caps_by_case_go_by_column() -> None:
    inner = {"by": "counterparty_kind", "cases": {"enterprise": {"rate": "0.5"}}, "otherwise": {"rate": "0.1"}}
    matrix = scheme(
        amount={"by": "patent_kind", "cases": {"invention": inner}},
        caps=[{"per": "year", "by": "patent_kind", "cases": {"invention": {"amount": "6"}}}],
    )
    found = facts_of(
        [
            receipt("A", "10", patent_kind="invention", counterparty_kind="enterprise"),
            receipt("A", "20", patent_kind="invention", counterparty_kind="person"),
            receipt("B", "10", patent_kind="design"),
            receipt("C", "10", patent_kind="invention"),
        ]
    )
    assert by_column(matrix, found) == [("known", 600), ("known", 0), ("unknown", 0)]


def test_distinct_contracts_and_counterparties_go_by_column() -> None:
    two = scheme(
        thresholds=[
            {"per": "year", "count_of": "contract", "count_at_least": 2},
            {"per": "year", "count_of": "counterparty", "count_at_least": 2},
        ]
    )
    found = facts_of(
        [
            receipt("A", "100", contract="K1", counterparty="N1"),
            receipt("A", "200", contract="K2", counterparty="N2"),
            receipt("B", "100", contract="K1", counterparty="N1"),
            receipt("B", "200", contract="K2", counterparty="N1"),
            receipt("C", "100", contract="K1", counterparty="N1"),
            receipt("C", "0", contract="K2", counterparty="N2"),
        ]
    )
    assert by_column(two, found) == [("known", 1_500), ("known", 0), ("known", 0)]


def test_some_of_several_thresholds_go_by_column_and_a_sum_one_by_one() -> None:
    among = [{"per": "year", "at_least": "10"}, {"per": "year", "count_of": "contract", "count_at_least": 2}]
    found = facts_of([receipt("A", "10", contract="K1"), receipt("B", "9", contract="K1")])
    assert by_column(scheme(criteria=[{"met": 1, "thresholds": among}]), found) == [("known", 50), ("known", 0)]
    added = scheme(amount={"sum": [{"rate": "0.1"}, {"base": {"measure": "count"}, "each": "1"}]})
    assert calculated(added, found) == [("known", 200), ("known", 190)]
    assert calculate(added, added.versions[0], found, 2025).one_by_one == 2
