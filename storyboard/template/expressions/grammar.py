"""A parsed expression to one that may run: a closed list, with loops and joins counted."""

from collections.abc import Iterable
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from storyboard.diagnostics import suggest
from storyboard.template.codes import REFUSED, SYNTAX, TOO_MUCH
from storyboard.template.expressions.failure import Failure, RenderError

MAX_LOOPS = 3
COUNTED, JOINED, EXACT, COMPARED = "_counted", "_joined", "_exact", "_compared"
"""Filters that stand for what Jinja would do without counting; no text can name them."""

_STATEMENTS = (nodes.Template, nodes.Output, nodes.For, nodes.If)
_EXPRESSIONS = (
    nodes.BinExpr,
    nodes.Call,
    nodes.Compare,
    nodes.Concat,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Keyword,
    nodes.Literal,
    nodes.Name,
    nodes.Operand,
    nodes.Pair,
    nodes.Slice,
    nodes.Test,
    nodes.UnaryExpr,
)
_ENDLESS = (float("inf"), float("-inf"))
_NAMES = frozenset(("self", "super", "caller", "varargs", "kwargs"))
_WORDS: dict[type[nodes.Node], str] = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.FromImport: "import",
    nodes.CallBlock: "call",
    nodes.FilterBlock: "filter",
}


def check_grammar(tree: nodes.Node, filters: Iterable[str], tests: Iterable[str]) -> None:
    """Raise RenderError for the first thing in a tree that may not run, or does not exist."""
    _check(tree, loops=0)
    for one in tree.find_all((nodes.Filter, nodes.Test)):
        known, kind = (filters, "filter") if isinstance(one, nodes.Filter) else (tests, "test")
        if one.name not in known:
            shown = sorted(name for name in known if name[0] != "_")
            raise RenderError(
                Failure(
                    SYNTAX, f"there is no {kind} `{one.name}`", suggest(one.name, shown, f"{kind}s")
                )
            )


def _check(node: nodes.Node, loops: int) -> None:
    if isinstance(node, nodes.For):
        loops += 1
        if node.recursive or loops > MAX_LOOPS:
            raise _refused("a loop that calls itself, or more than three loops in each other,")
    elif not isinstance(node, _STATEMENTS + _EXPRESSIONS):
        word = _WORDS.get(type(node), type(node).__name__.lower())
        raise _refused(f"`{{% {word} %}}`")
    if isinstance(node, nodes.Name) and node.name in _NAMES:
        raise _refused(f"`{node.name}`")
    if isinstance(node, nodes.Call | nodes.Filter | nodes.Test) and (
        node.dyn_args is not None or node.dyn_kwargs is not None
    ):
        raise _refused("`*` or `**` before an argument")
    if isinstance(node, nodes.Const) and node.value in _ENDLESS:
        raise RenderError(Failure(TOO_MUCH, "this number is too large"))
    if isinstance(node, nodes.Filter) and node.name.startswith("_"):
        raise _refused(f"`{node.name}`")
    for child in node.iter_child_nodes():
        _check(child, loops)


def _refused(what: str) -> RenderError:
    return RenderError(
        Failure(
            REFUSED,
            f"{what} cannot be used in a storyboard",
            "`{% if %}` and `{% for %}` are all there is; give a value a name under `variables`",
        )
    )


def harden(tree: nodes.Template) -> nodes.Template:
    """Put counted and exact forms in the place of Jinja's own."""
    _Hardening().visit(tree)
    return tree


class _Hardening(NodeTransformer):
    """Each method answers a kind of node, by Jinja's visitor protocol."""

    def visit_For(self, node: nodes.For, *_: Any, **__: Any) -> nodes.Node:  # noqa: ANN401, N802
        self.generic_visit(node)
        node.iter = _filter(node.iter, COUNTED)
        return node

    def visit_Concat(self, node: nodes.Concat, *_: Any, **__: Any) -> nodes.Node:  # noqa: ANN401, N802
        self.generic_visit(node)
        return _filter(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    def visit_Const(self, node: nodes.Const, *_: Any, **__: Any) -> nodes.Node:  # noqa: ANN401, N802
        if not isinstance(node.value, float):
            return node
        return _filter(nodes.Const(repr(node.value), lineno=node.lineno), EXACT)

    def visit_Compare(self, node: nodes.Compare, *_: Any, **__: Any) -> nodes.Node:  # noqa: ANN401, N802
        self.generic_visit(node)
        steps = [
            part
            for operand in node.ops
            for part in (nodes.Const(operand.op, lineno=node.lineno), operand.expr)
        ]
        return _filter(node.expr, COMPARED, steps)


def _filter(node: nodes.Node, name: str, args: list[nodes.Expr] | None = None) -> nodes.Filter:
    return nodes.Filter(node, name, args or [], [], None, None, lineno=node.lineno)
