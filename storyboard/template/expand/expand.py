"""A document to the plain document of each variation; a plain one is handed on as it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from storyboard.diagnostics import Diagnostic, Result, Severity, Span
from storyboard.source import Document, Node, Scalar
from storyboard.source import Mapping as MappingNode
from storyboard.template.codes import (
    DOUBTFUL_PRICE,
    MISSING_COLUMN,
    NO_VALUE,
    NO_VARIATIONS,
    UNDEFINED,
)
from storyboard.template.expand.build import Building
from storyboard.template.expand.declare import declare
from storyboard.template.expand.files import Files
from storyboard.template.expand.gather import gather
from storyboard.template.expand.naming import plain_name, wrong_names
from storyboard.template.expand.place import Texts
from storyboard.template.expand.recipe import VARIABLES, Recipe, plain_document, recipe
from storyboard.template.expand.share import EXTENDS, USE, Sharing
from storyboard.template.expand.variation import Campaign, Variation
from storyboard.template.expand.varied import VARIATIONS, Varied
from storyboard.template.expressions.value import Value

if TYPE_CHECKING:  # a storyboard without variations does not wait for what reads tables
    from storyboard.template.expand.vary import Varying

_OF_COLUMNS = frozenset((UNDEFINED, MISSING_COLUMN, NO_VALUE))
_NOTHING: Mapping[str, str] = {}
Found: TypeAlias = tuple[Variation, tuple[Diagnostic, ...]]
"""A variation, and what is wrong with it."""


def expand(
    document: Document, files: Files, given: Mapping[str, str] = _NOTHING
) -> Result[tuple[Variation, ...]]:
    """Make the plain document of every variation; `given` is what `--var` says.

    A document without any template is handed on as it is. Where errors are among the diagnostics,
    scalars that have no value stand in the documents as they were written: such documents are
    good for finding more errors, and for nothing else. None where rows cannot be known.
    """
    texts = Texts(document.texts)
    sharing = Sharing(files, texts)
    takes = any(document.root.get(key) is not None for key in (USE, EXTENDS))
    root = sharing.merged(document) if takes else document.root
    building = Building(texts)
    declarations = declare(root.get(VARIABLES), given)
    node = root.get(VARIATIONS)
    varying = None if node is None else _varying(files, building, declarations.plain())
    varied = None if node is None or varying is None else varying.varied(node)
    made = recipe(root, varied, building, declarations)
    wrong_rows = () if varying is None else varying.problems
    found_early = (*sharing.problems, *declarations.problems, *wrong_rows)
    elsewhere = _header_elsewhere(varied, building, varying, declarations.variables)
    if elsewhere is not None and elsewhere.span is not None:
        # What was read as a header is none: all that follows from it would mislead.
        others = _not_of_columns((*found_early, *building.problems), elsewhere.span.file)
        return Result(None, (*others, elsewhere))
    found_early = (*found_early, *_of_columns(varied, building))
    problems = (*found_early, *building.problems)
    found: tuple[Found, ...]
    if node is None:
        found = (_alone(document, made),)
    elif varied is None or varied.broken:
        # Which columns there are is not known: to call their names undefined would mislead.
        known = (one for one in building.problems if one.code not in _OF_COLUMNS)
        return Result(None, (*found_early, *known))
    else:
        found = tuple(_all(document, made, varied))
    kept = tuple(replace(one, found=wrong) if wrong else one for one, wrong in found)
    problems += gather(found)
    if varied is not None and node is not None:
        problems += tuple(_wrong_whole(kept, varied, node))
    return Result(kept or None, problems)


def _varying(files: Files, building: Building, plain: Mapping[str, Value]) -> "Varying":
    from storyboard.template.expand.vary import Varying  # noqa: PLC0415 -- the reason is above

    return Varying(files, building.texts, building, plain)


def _header_elsewhere(
    varied: Varied | None,
    building: Building,
    varying: "Varying | None",
    declared: Iterable[str],
) -> Diagnostic | None:
    """Find another row with the columns that are missing, if any are."""
    if varied is None or varying is None or varying.seen is None:
        return None
    codes = {one.code for one in (*building.problems, *varying.problems)}
    if _OF_COLUMNS.isdisjoint(codes) and not varying.seen.misread:
        return None
    from storyboard.template.expand.column_reads import (  # noqa: PLC0415 -- as above
        header_elsewhere,
    )

    return header_elsewhere(varying.seen, building.uses, (*declared, *varied.matrix))


def _not_of_columns(found: Iterable[Diagnostic], table: str) -> Iterator[Diagnostic]:
    """Leave out what is told of a table's rows, and of names that it has not."""
    for one in found:
        if one.code not in _OF_COLUMNS and (one.span is None or one.span.file != table):
            yield one


def _of_columns(varied: Varied | None, building: Building) -> tuple[Diagnostic, ...]:
    """Return what is wrong in columns of the table, as far as the storyboard reads them."""
    if varied is None or varied.table is None or not varied.table.findings:
        return ()
    from storyboard.template.expand.column_reads import (  # noqa: PLC0415 -- as above
        told_of_columns,
    )

    row = next(iter(varied.table.rows), None)
    key = varied.group_by
    column = row.column(str(key.value)) if row is not None and isinstance(key, Scalar) else None
    return tuple(told_of_columns(varied.table.findings, building.uses, row, column))


def _alone(document: Document, made: Recipe) -> Found:
    bound = made.binder.bind(None, 1)
    rendered = made.render(bound.scope)
    plain = plain_document(document, rendered.node, made.texts)
    campaign = Campaign(made.uses, 1, 0, ())
    one = Variation(None, None, plain, 1, bound.scope.cells, bound.scope.values, campaign)
    return one, tuple(_doubts_once((*bound.problems, *rendered.problems)))


def _doubts_once(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Keep of equal doubts about prices the first: one cell is often read in several places."""
    known: set[str] = set()
    for one in found:
        if one.code == DOUBTFUL_PRICE:
            if one.message in known:
                continue
            known.add(one.message)
        yield one


def _all(document: Document, made: Recipe, varied: Varied) -> Iterator[Found]:
    count = len(varied.table.rows) if varied.table is not None else 0
    campaign = Campaign(made.uses, len(varied.rows), count, varied.matrix)
    texts = made.texts.pairs()
    number = 0
    for place, row in enumerate(varied.rows, 1):
        bound = made.binder.bind(row, place)
        keeps, asked = made.keeps(bound.scope)
        if not keeps:
            continue
        name, named = made.named(bound.scope)
        shown = plain_name(row, varied.matrix, count) if name is None else name
        rendered = made.render(bound.scope)
        root = rendered.node if isinstance(rendered.node, MappingNode) else document.root
        number += 1
        plain = Document(document.file, root, texts)
        values, cells = bound.scope.values, bound.scope.cells
        one = Variation(shown, row, plain, number, cells, values, campaign)
        empty = made.empty(bound.scope)
        found = (*bound.problems, *rendered.problems, *asked, *named, *empty)
        yield one, tuple(_doubts_once(found))


def _wrong_whole(kept: tuple[Variation, ...], varied: Varied, node: Node) -> Iterator[Diagnostic]:
    """Find what is wrong with all variations together: none left, or two of one name."""
    if not kept:
        at = varied.where.span if varied.where is not None else node.span
        message = "no variation is left: every row is left out"
        help_text = "look at the values that the rows really have, and compare with those"
        yield Diagnostic(NO_VARIATIONS, Severity.ERROR, message, at, help_text)
    at = varied.name.span if varied.name is not None else _key_span(node)
    named = [(one.name or "", one.row) for one in kept if one.row is not None]
    yield from wrong_names(named, at)


def _key_span(node: Node) -> Span:
    """Point to what gives the rows: the first key of `variations`."""
    match node:
        case MappingNode() if node.entries:
            return node.entries[0].key.span
        case _:
            return node.span
