"""The grammar of schemes by chance: formulas, thresholds, floors and caps as their files would say them."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from schemas.values.money import Money

SCOPES = ("item", "patent", "contract", "project", "year")
OF_MONEY, OF_COUNTS, OF_ITEMS = ("rate", "marginal", "whole", "steps"), ("each", "count_steps"), ("lump", "awarded")
EVENTS = ("approved", "excellent")

few_fen = st.integers(0, 400)
"""So near to each other that every border is met."""
shares = st.sampled_from(["0", "0.03", "0.1", "0.333", "0.12345678", "1"])
scopes = st.sampled_from(SCOPES)


def yuan(fen: int) -> str:
    return str(Money(fen))


@st.composite
def formulas(
    draw: st.DrawFn, ways: tuple[str, ...] = OF_MONEY, fen: st.SearchStrategy[int] = few_fen
) -> dict[str, Any]:
    way = draw(st.sampled_from(ways))
    begins, word = sorted(draw(st.sets(few_fen, min_size=1, max_size=3))), st.sampled_from(["at_least", "above"])
    positive = fen.map(lambda one: yuan(one + 1))
    match way:
        case "rate":
            return {"rate": draw(shares)}
        case "each":
            return {"each": draw(positive)}
        case "lump":
            return {"lump": draw(st.dictionaries(st.sampled_from(EVENTS), positive, min_size=1))}
        case "awarded":
            return {"awarded": {"at_least": yuan(draw(few_fen)), "at_most": yuan(500)}}
        case "count_steps":
            counts = sorted(draw(st.sets(st.integers(1, 4), min_size=1)))
            return {"steps": [{"count_at_least": one, "amount": yuan(draw(fen))} for one in counts]}
        case "steps":
            one_word = draw(word)  # above 1.00 and at least 1.01 begin at the same fen
            return {"steps": [{one_word: yuan(one), "amount": yuan(draw(fen))} for one in begins]}
    return {way: [{draw(word): yuan(one), "rate": draw(shares)} for one in begins]}


def amounts(
    of: st.SearchStrategy[dict[str, Any]], by: Mapping[str, Sequence[str]]
) -> st.SearchStrategy[dict[str, Any]]:
    """One formula, or one for some values of one of the facts, with or without one for all other values."""

    def of_cases(fact: str) -> st.SearchStrategy[dict[str, Any]]:
        cases = st.dictionaries(st.sampled_from(by[fact]), of, min_size=1)
        return st.fixed_dictionaries({"by": st.just(fact), "cases": cases}, optional={"otherwise": of})

    return st.tuples(st.one_of(of, st.sampled_from(sorted(by)).flatmap(of_cases)), scopes).map(
        lambda one: {**one[0], "per": one[1]}
    )


def thresholds(
    fen: st.SearchStrategy[int] = few_fen, *, counts: bool = False, growth: bool = False
) -> st.SearchStrategy[list[dict[str, Any]]]:
    ways: st.SearchStrategy[tuple[str, Any]] = st.tuples(st.sampled_from(["at_least", "more_than"]), fen.map(yuan))
    if counts:
        ways = st.tuples(st.just("count_at_least"), st.integers(1, 3))
    before = st.booleans() if growth else st.just(False)
    return st.lists(
        st.builds(lambda per, way, before: {"per": per, way[0]: way[1], "before_growth": before}, scopes, ways, before),
        max_size=2,
    )


def bounds(fen: st.SearchStrategy[int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Floors or caps."""
    return st.lists(st.fixed_dictionaries({"per": scopes, "amount": fen.map(yuan)}), max_size=2)
