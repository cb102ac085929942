"""A determination as a person reads it: what came out, how, by which article, and from which values."""

from collections.abc import Mapping

from rich.tree import Tree

from cli.terminal import console, head
from cli.typed.language import spoken
from schemas.values.determination import Determination, Step, ValueRead
from texts.citations import article_in
from texts.traces.told import cited_in, key_in, step_in

_MARKS = {
    "V1": "article_read",
    "V2": "secondary_text",
    "S": "seed_document",
    "I": "inference",
    "M": "from_memory_unverified",
}


def put_trace(determination: Determination, title: str | None = None, asked: Mapping[str, str] | None = None) -> None:
    """The determination as a tree on standard output; ``asked``: by which clause something unknown is asked for."""
    console().print(trace_of(determination, title, asked))


def trace_of(determination: Determination, title: str | None = None, asked: Mapping[str, str] | None = None) -> Tree:
    """Results in yuan, answers, what to ask, steps with articles, values with citations, and the parameter hash."""
    tree = Tree(title or f"{_key(determination.rule)} ({determination.as_of})")
    cited = asked or {}
    _branch(tree, head("result_yuan"), [f"{_key(line.name)}: {line.amount}" for line in determination.result])
    _branch(
        tree,
        head("answers"),
        [f"{_key(name)}: {step_in(answer, spoken())}" for name, answer in determination.answers.items()],
    )
    _branch(
        tree,
        head("unknown_to_be_stated"),
        [f"{_asked(name)}\n[{cited[name]}]" if name in cited else _asked(name) for name in determination.unknown],
    )
    _branch(tree, head("steps"), [_step(one) for one in determination.steps])
    _branch(tree, head("values_read"), [_read(one) for one in determination.reads])
    tree.add(f"{head('parameter_hash')}: {determination.parameter_hash}")
    return tree


def _branch(tree: Tree, title: str, lines: list[str]) -> None:
    if lines:
        branch = tree.add(title)
        for line in lines:
            branch.add(line)


def _key(name: str) -> str:
    return key_in(name, spoken())


def _asked(name: str) -> str:
    """What is to be stated is called as it is typed; in Chinese its name stands beside it."""
    return name if (told := _key(name)) == name else f"{told} ({name})"


def _step(step: Step) -> str:
    language = spoken()
    return (
        f"{step_in(step.what, language)} = {step_in(step.result, language)}"
        + (f"\n{step_in(step.how, language)}" if step.how else "")
        + (f"\n[{article_in(step.article, language)}]" if step.article else "")
    )


def _read(read: ValueRead) -> str:
    value, cited = step_in(read.value, spoken()), cited_in(read.citation.provision, read.citation.instrument, spoken())
    mark = head(_MARKS.get(read.mark, ""))
    return f"{_key(read.name)} = {value}, {head('since')} {read.since}\n[{cited}] {read.mark} {mark}"
