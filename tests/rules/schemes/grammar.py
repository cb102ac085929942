"""The grammar of schemes by chance: formulas, thresholds, floors and caps as their files would say them."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from schemas.values.money import Money

SCOPES = ("item", "patent", "contract", "project", "counterparty", "year")
COUNTED = SCOPES[:5]
OF_MONEY, OF_COUNTS, OF_ITEMS = ("rate", "marginal", "whole", "steps"), ("each", "count_steps"), ("lump", "awarded")
EVENTS = ("approved", "excellent")

few_fen = st.integers(0, 400)
"""So near to each other that every border is met."""
shares = st.sampled_from(["0", "0.03", "0.1", "0.333", "0.12345678", "1"])
scopes = st.sampled_from(SCOPES)


def yuan(fen: int) -> str:
    return str(Money(fen))


def _and(further: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(st.just({}), st.fixed_dictionaries({"further": further}))


_furthers = _and(
    st.one_of(
        st.fixed_dictionaries({"rate": shares}),
        st.fixed_dictionaries({"each_full": st.integers(1, 150).map(yuan), "amount": st.integers(1, 90).map(yuan)}),
    )
)


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
            more = st.fixed_dictionaries({"each_full_count": st.integers(1, 3), "amount": positive})
            return {"steps": [{"count_at_least": one, "amount": yuan(draw(fen)), **draw(_and(more))} for one in counts]}
        case "steps":
            one_word = draw(word)  # above 1.00 and at least 1.01 begin at the same fen
            return {"steps": [{one_word: yuan(one), "amount": yuan(draw(fen)), **draw(_furthers)} for one in begins]}
    return {way: [{draw(word): yuan(one), "rate": draw(shares)} for one in begins]}


def by_cases(
    of: st.SearchStrategy[dict[str, Any]], by: Mapping[str, Sequence[str]]
) -> st.SearchStrategy[dict[str, Any]]:
    """One for some values of one of the facts, or within a value of two, with or without one for all other values."""

    def of_fact(fact: str, inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        cases = st.dictionaries(st.sampled_from(by[fact]), inner, min_size=1)
        return st.fixed_dictionaries({"by": st.just(fact), "cases": cases}, optional={"otherwise": inner})

    facts = st.sampled_from(sorted(by))
    one = facts.flatmap(lambda fact: of_fact(fact, of))
    return facts.flatmap(lambda fact: of_fact(fact, st.one_of(of, of, one)))


def amounts(
    of: st.SearchStrategy[dict[str, Any]], by: Mapping[str, Sequence[str]]
) -> st.SearchStrategy[dict[str, Any]]:
    """One formula, or one for each of some cases."""
    return st.tuples(st.one_of(of, by_cases(of, by)), scopes).map(lambda one: {**one[0], "per": one[1]})


def sums(of: st.SearchStrategy[dict[str, Any]], by: Mapping[str, Sequence[str]]) -> st.SearchStrategy[dict[str, Any]]:
    """Two or three parts, each with conditions, thresholds and caps of its own; one counts contracts."""
    small = st.integers(1, 300)
    of_money = st.tuples(
        amounts(of, by),
        st.fixed_dictionaries(
            {"thresholds": thresholds(), "caps": bounds(small), "floors": bounds(small)},
            optional={"items": st.sampled_from(sorted(by)).map(lambda fact: [{"fact": fact, "one_of": [by[fact][0]]}])},
        ),
    ).map(lambda one: {**one[0], **one[1]})
    counted = st.fixed_dictionaries(
        {
            "base": st.just({"measure": "count", "count_of": "contract"}),
            "each": st.integers(1, 90).map(yuan),
            "caps": bounds(small),
        }
    )
    return st.tuples(st.lists(of_money, min_size=1, max_size=2), counted).map(lambda one: {"sum": [*one[0], one[1]]})


def thresholds(
    fen: st.SearchStrategy[int] = few_fen, *, counts: bool = False, growth: bool = False
) -> st.SearchStrategy[list[dict[str, Any]]]:
    ways: st.SearchStrategy[tuple[str, Any]] = st.tuples(st.sampled_from(["at_least", "more_than"]), fen.map(yuan))
    if counts:
        ways = st.tuples(st.just("count_at_least"), st.integers(1, 3))
    before = st.booleans() if growth else st.just(False)
    of_base = st.builds(
        lambda per, way, before: {"per": per, way[0]: way[1], "before_growth": before}, scopes, ways, before
    )
    counting = st.builds(
        lambda per, what, least: {"per": per, "count_of": what, "count_at_least": least},
        scopes,
        st.sampled_from(COUNTED),
        st.integers(1, 3),
    )
    return st.lists(st.one_of(of_base, of_base, counting), max_size=2)


def criteria(
    fen: st.SearchStrategy[int] = few_fen,
    *,
    claimant: Sequence[dict[str, Any]],
    items: Sequence[dict[str, Any]],
    counts: bool = False,
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """So many of two to four conditions or thresholds."""
    kinds = (
        st.fixed_dictionaries({"claimant": st.lists(st.sampled_from(claimant), min_size=2, max_size=3)}),
        st.fixed_dictionaries({"items": st.lists(st.sampled_from(items), min_size=2, max_size=3)}),
        st.fixed_dictionaries(
            {"thresholds": st.lists(thresholds(fen, counts=counts), min_size=4, max_size=4).map(_flat)}
        ).filter(lambda one: len(one["thresholds"]) > 1),
        st.fixed_dictionaries(
            {
                "claimant": st.lists(st.sampled_from(claimant), min_size=1, max_size=2),
                "items": st.lists(st.sampled_from(items), min_size=1, max_size=2),
                "thresholds": thresholds(fen, counts=counts),
            }
        ),
    )
    one = st.one_of(*kinds).flatmap(
        lambda of: st.integers(1, sum(map(len, of.values()))).map(lambda met: {"met": met, **of})
    )
    return st.lists(one, max_size=1)


def _flat(lists: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [one for each in lists for one in each]


def bounds(
    fen: st.SearchStrategy[int], by: Mapping[str, Sequence[str]] | None = None
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Floors or caps, of all or by cases."""
    amount = st.fixed_dictionaries({"amount": fen.map(yuan)})
    said = st.one_of(amount, amount, by_cases(amount, by)) if by else amount
    return st.lists(st.builds(lambda per, one: {"per": per, **one}, scopes, said), max_size=2)
