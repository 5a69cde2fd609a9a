"""A storyboard's root and what varies it to a recipe: compiled once, cooked for each row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.source import Document, Route, Scalar
from storyboard.source import Mapping as MappingNode
from storyboard.template.codes import EMPTY_CELL
from storyboard.template.expand.bind import Binder, binder, valueless
from storyboard.template.expand.build import Building, Known, Use
from storyboard.template.expand.declare import Declarations
from storyboard.template.expand.naming import file_name
from storyboard.template.expand.part import Part, Rendered
from storyboard.template.expand.place import Texts
from storyboard.template.expand.render import doubts, holds, problem, render
from storyboard.template.expand.scope import Scope, dependencies
from storyboard.template.expand.share import EXTENDS, USE
from storyboard.template.expand.varied import VARIATIONS, Varied, header_of
from storyboard.template.expressions.failure import RenderError
from storyboard.template.expressions.reads import Read
from storyboard.template.expressions.value import text_of
from storyboard.template.table.row import is_name, name_slug

if TYPE_CHECKING:  # a storyboard without expressions does not wait for Jinja
    from storyboard.template.expressions.program import Program

VARIABLES = "variables"
_TAKEN = frozenset((VARIABLES, VARIATIONS, USE, EXTENDS))
_DECIDING = frozenset(("when", "where", "group_by", "name"))


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression beside the document: `where` or `name`, and where it stands."""

    at: Scalar
    program: "Program"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that is known before the first row is looked at.

    `shown` are the names whose emptiness would show, with the uses that show them.
    """

    part: Part
    binder: Binder
    where: Asked | None
    name: Asked | None
    uses: tuple[Use, ...]
    shown: Mapping[str, tuple[Use, ...]]
    texts: Texts

    def render(self, scope: Scope) -> Rendered:
        """Make the plain root of a scope."""
        return render(self.part, scope, self.texts)

    def keeps(self, scope: Scope) -> tuple[bool, tuple[Diagnostic, ...]]:
        """Ask `where`; a row is kept where that cannot be answered."""
        if self.where is None:
            return True, ()
        try:
            answer = self.where.program.answer(scope.values)
        except RenderError as error:
            return True, self._wrong(self.where, scope, error)
        return holds(answer.value), doubts(self.where.at, answer, self.texts)

    def named(self, scope: Scope) -> tuple[str | None, tuple[Diagnostic, ...]]:
        """Work out `name`; None where there is none."""
        if self.name is None:
            return None, ()
        try:
            answer = self.name.program.answer(scope.values)
            name = file_name(text_of(answer.atom))
        except RenderError as error:
            return None, self._wrong(self.name, scope, error)
        return name, doubts(self.name.at, answer, self.texts)

    def _wrong(self, asked: Asked, scope: Scope, error: RenderError) -> tuple[Diagnostic, ...]:
        if scope.follows(dependencies(asked.program.reads.all)):
            return ()
        return (problem(asked.at, error.failure, self.texts),)

    def empty(self, scope: Scope) -> Iterator[Diagnostic]:
        """Find names that are shown and stand for an empty cell."""
        for name, uses in self.shown.items():
            if scope.tokens.get(name) != "" or not scope.cells.get(name):
                continue
            for use in uses:
                shown = name.partition(":")[2] or name
                read = shown if is_name(shown) else f'row["{shown}"]'
                yield Diagnostic(
                    EMPTY_CELL,
                    Severity.WARNING,
                    f"`{shown}` is empty",
                    use.span,
                    f"fill the cell, leave the row out with `where`, or say what stands for it: "
                    f'`{{{{ {read} | default("…", true) }}}}`',
                    about=name_slug(shown),
                )


def recipe(
    root: MappingNode, varied: Varied | None, building: Building, declarations: Declarations
) -> Recipe:
    """Compile a storyboard; what is wrong with it is kept by `building`."""
    names = frozenset(declarations.variables) | (
        varied.names if varied is not None else frozenset()
    )
    columns = varied.names if varied is not None else frozenset[str]()
    without = valueless(declarations, columns)
    known = Known(names, _columns(varied), header_of(varied), without)
    where = _asked(varied.where if varied else None, "where", known, building)
    name = _asked(varied.name if varied else None, "name", known, building)
    entries = tuple(one for one in root.entries if one.key.value not in _TAKEN)
    plain = root if len(entries) == len(root.entries) else MappingNode(entries, root.span)
    part = building.part(plain, known, ())
    bound = binder(declarations, known, building, root.span.file)
    uses = tuple(building.uses)
    return Recipe(part, bound, where, name, uses, _shown(uses), building.texts)


def plain_document(document: Document, root: object, texts: Texts) -> Document:
    """Put a root into a document; the very same document where nothing has changed."""
    if root is document.root:
        return document
    if not isinstance(root, MappingNode):
        raise TypeError("a document's root is a mapping")
    return Document(document.file, root, texts.pairs())


def _columns(varied: Varied | None) -> frozenset[str] | None:
    if varied is None:
        return None
    slugs = {slug for row in varied.rows[:1] for slug in row.aliases}
    return varied.columns | slugs


def _asked(at: Scalar | None, key: str, known: Known, building: Building) -> Asked | None:
    """Compile `where` as an expression, and `name` as a text."""
    if at is None:
        return None
    route = (VARIATIONS, key)
    if key == "where":
        program = building.program(at, known, route)
    else:
        program = building.text(at, known, route)
    return None if program is None else Asked(at, program)


def _shown(uses: tuple[Use, ...]) -> dict[str, tuple[Use, ...]]:
    found: dict[str, list[Use]] = {}
    asked = _asked_before(uses)
    for use in uses:
        if use.route[-1] in _DECIDING or "each" in use.route:
            continue
        decided = _decided(use, asked)
        for read in use.reads:
            if not read.tested and _meant(read) not in decided:
                name = read.name if read.column is None else f"{read.name}:{read.column}"
                found.setdefault(name, []).append(use)
    return {name: tuple(dict.fromkeys(some)) for name, some in found.items()}


def _asked_before(uses: tuple[Use, ...]) -> dict[Route, set[str]]:
    """Return what every `when` asks, by the way to what it keeps."""
    asked: dict[Route, set[str]] = {}
    for one in uses:
        if one.route[-1] == "when":
            asked.setdefault(one.route[:-1], set()).update(map(_meant, one.reads))
    return asked


def _decided(use: Use, asked: Mapping[Route, set[str]]) -> set[str]:
    """Return what the `when` of a title, its shot or its scene asks before it is kept."""
    above = (use.route[:place] for place in range(len(use.route)))
    return {name for route in above for name in asked.get(route, ())}


def _meant(read: Read) -> str:
    """Name what is read alike for `row["Sale price"]`, `row.sale_price` and `sale_price`."""
    return name_slug(read.column or read.name)
