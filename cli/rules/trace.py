"""A determination as a person reads it: what came out, how, by which article, and from which values."""

from collections.abc import Mapping

from rich.tree import Tree

from cli.terminal import console, head
from schemas.values.determination import Determination, Step, ValueRead

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
    tree = Tree(title or f"{determination.rule} ({determination.as_of})")
    cited = asked or {}
    _branch(tree, head("result_yuan"), [f"{line.name}: {line.amount}" for line in determination.result])
    _branch(tree, head("answers"), [f"{name}: {answer}" for name, answer in determination.answers.items()])
    _branch(
        tree,
        head("unknown_to_be_stated"),
        [f"{name}\n[{cited[name]}]" if name in cited else name for name in determination.unknown],
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


def _step(step: Step) -> str:
    return (
        f"{step.what} = {step.result}"
        + (f"\n{step.how}" if step.how else "")
        + (f"\n[{step.article}]" if step.article else "")
    )


def _read(read: ValueRead) -> str:
    return (
        f"{read.name} = {read.value}, {head('since')} {read.since}\n"
        f"[{read.citation.provision}; {read.citation.instrument}] {read.mark} {head(_MARKS.get(read.mark, ''))}"
    )
