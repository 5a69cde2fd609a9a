"""A parsed expression to the names and columns it reads, known before any row is."""

from collections.abc import Iterator

from jinja2 import nodes

from storyboard.template.expressions.reads import ROW, Read, Reads

_OWN = frozenset(("range",))
_ROW_METHODS = frozenset(("get", "items", "keys", "values"))
_GUARDS = frozenset(("default", "d"))


def reads_of(tree: nodes.Node) -> Reads:
    """List what a tree reads from outside itself."""
    found = tuple(_reads(tree, frozenset(), guarded=False, tested=False))
    decided = {(one.name, one.column) for one in found if one.tested}
    return Reads(
        tuple(
            Read(one.name, one.column, one.guarded, tested=True)
            if (one.name, one.column) in decided
            else one
            for one in found
        )
    )


def _reads(
    node: nodes.Node, bound: frozenset[str], *, guarded: bool, tested: bool
) -> Iterator[Read]:
    match node:
        case nodes.Name():
            if node.name not in bound and node.name not in _OWN:
                yield Read(node.name, None, guarded, tested)
            return
        case nodes.Getattr() | nodes.Getitem() if (column := _column(node, bound)) is not None:
            yield Read(ROW, column, guarded, tested)
            return
        case nodes.For():
            yield from _loop_reads(node, bound, guarded=guarded, tested=tested)
            return
        case nodes.Filter() if node.name in _GUARDS and node.node is not None:
            yield from _reads(node.node, bound, guarded=True, tested=True)
            for argument in node.args:
                yield from _reads(argument, bound, guarded=guarded, tested=tested)
            return
        case nodes.Test() if node.name in ("defined", "undefined"):
            yield from _reads(node.node, bound, guarded=True, tested=True)
            return
    asked = _asked(node)
    for child in node.iter_child_nodes():
        yield from _reads(child, bound, guarded=guarded, tested=tested or child is asked)


def _asked(node: nodes.Node) -> nodes.Node | None:
    """Return the part of a node that only decides."""
    match node:
        case nodes.If() | nodes.CondExpr():
            return node.test
        case nodes.Or() | nodes.And():
            return node.left
        case _:
            return None


def _loop_reads(
    node: nodes.For, bound: frozenset[str], *, guarded: bool, tested: bool
) -> Iterator[Read]:
    yield from _reads(node.iter, bound, guarded=guarded, tested=tested)
    inside = bound | {name.name for name in node.target.find_all(nodes.Name)} | {"loop"}
    if isinstance(node.target, nodes.Name):
        inside |= {node.target.name}
    for part in (*node.body, *([node.test] if node.test else [])):
        yield from _reads(part, inside, guarded=guarded, tested=tested)
    for part in node.else_:
        yield from _reads(part, bound, guarded=guarded, tested=tested)


def _column(node: nodes.Getattr | nodes.Getitem, bound: frozenset[str]) -> str | None:
    """Return the column that `row.x` or `row["x"]` names; None for anything else."""
    if not (isinstance(node.node, nodes.Name) and node.node.name == ROW) or ROW in bound:
        return None
    if isinstance(node, nodes.Getattr):
        return None if node.attr in _ROW_METHODS else node.attr
    key = node.arg
    return key.value if isinstance(key, nodes.Const) and isinstance(key.value, str) else None
