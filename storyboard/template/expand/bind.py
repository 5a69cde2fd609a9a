"""Variables and a row to a scope: every name that is used, with its value and its cells."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace

from storyboard.diagnostics import Diagnostic, Severity, Span, has_errors
from storyboard.template.codes import UNUSED_VARIABLE, VALUE_KIND, VARIABLE_CYCLE
from storyboard.template.expand.build import Building, Known
from storyboard.template.expand.declare import Declarations, NoFitError, Variable, fitted
from storyboard.template.expand.part import Fixed, Part, names_of
from storyboard.template.expand.place import Texts
from storyboard.template.expand.render import render
from storyboard.template.expand.scope import Scope, broken, column_name
from storyboard.template.expressions.reads import ROW
from storyboard.template.expressions.value import Value, of_node, token
from storyboard.template.table.group import GROUP
from storyboard.template.table.row import Row

_NOWHERE = Row(0, {}, {}, {})
_SHOWN = 10
"""Names of a circle that are listed."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A scope, and what is wrong with the values in it."""

    scope: Scope
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Binder:
    """Knows which names a storyboard uses and where each comes from.

    `variables` are those that are used, in an order in which each default can be worked out.
    """

    variables: tuple[tuple[Variable, Part | None], ...]
    given: Mapping[str, Value]
    columns: tuple[str, ...]
    row_columns: tuple[str, ...]
    texts: Texts

    def bind(self, row: Row | None, number: int) -> Bound:
        """Make the scope of a row."""
        here = row if row is not None else _NOWHERE
        values: dict[str, object] = {ROW: here} if row is not None else {}
        tokens: dict[str, Hashable] = {ROW: number, GROUP: number}
        cells: dict[str, tuple[Span, ...]] = {}
        for name in self.columns:
            if (column := here.column(name)) is not None:
                values[name] = here[column]
                tokens.setdefault(name, token(here[column]))
                cells[name] = _cell(here, column)
        for name in self.row_columns:
            if (column := here.column(name)) is not None:
                tokens[column_name(name)] = token(here[column])
                cells[column_name(name)] = _cell(here, column)
        scope = Scope(values, tokens, cells)
        problems: list[Diagnostic] = []
        for variable, default in self.variables:
            problems += self._take(variable, default, here, scope, (values, tokens, cells))
        return Bound(scope, tuple(problems))

    def _take(
        self,
        variable: Variable,
        default: Part | None,
        row: Row,
        scope: Scope,
        into: tuple[dict[str, object], dict[str, Hashable], dict[str, tuple[Span, ...]]],
    ) -> Iterator[Diagnostic]:
        """Give a variable its value: from the command line, the row, or its default."""
        values, tokens, cells = into
        name = variable.name
        place = variable.span
        sound = True
        if name in self.given:
            values[name], cells[name] = self.given[name], ()
        elif _has_value(row, name, default):
            column = row.column(name) or name
            cells[name] = _cell(row, column)
            place = cells[name][0] if cells[name] else place
            values[name] = row[column]
        elif default is not None:
            rendered = render(default, scope, self.texts)
            yield from rendered.problems
            sound = not has_errors(rendered.problems) and not scope.follows(names_of(default))
            if rendered.node is not None:
                values[name] = of_node(rendered.node)
                place = rendered.node.span
            cells[name] = scope.cells_of(names_of(default))
        else:
            return
        try:
            values[name] = fitted(variable, values[name])  # type: ignore[arg-type]
        except NoFitError as error:
            if not sound:
                tokens[name] = broken(token(values[name]))
                return
            sound = False
            message = f"`{name}`: {error}"
            kind = f"of `type: {variable.kind}`" if variable.kind else "one of its `choices`"
            help_text = f"give it a value {kind}, or change its declaration"
            yield Diagnostic(VALUE_KIND, Severity.ERROR, message, place, help_text)
        tokens[name] = token(values[name]) if sound else broken(token(values[name]))


def binder(declarations: Declarations, known: Known, building: Building, file: str) -> Binder:
    """Compile the defaults of variables, and find what the storyboard of a file uses."""
    variables = declarations.variables
    parts: dict[str, Part | None] = {
        name: None
        if one.default is None
        else building.part(one.default, _others(known, name), ("variables", name, "default"))
        for name, one in variables.items()
    }
    order, circles = _order(parts, variables, building)
    for name in circles:
        # The default stands as it is written: one mistake is told once.
        default = variables[name].default
        parts[name] = None if default is None else Fixed(default)
    used = _used(building, parts)
    building.problems += _unused(variables, used, file)
    return Binder(
        tuple((variables[name], parts[name]) for name in order if name in used),
        declarations.given,
        tuple(sorted(name for name in used if name not in variables and name != ROW)),
        tuple(sorted(name[len(ROW) + 1 :] for name in used if name.startswith(f"{ROW}:"))),
        building.texts,
    )


def _others(known: Known, name: str) -> Known:
    """A default may read every name but its own."""
    return replace(known, hidden=name)


def _used(building: Building, parts: Mapping[str, Part | None]) -> frozenset[str]:
    """Return every name that is read, defaults of unused variables aside."""
    used = {name for use in building.uses if use.route[:1] != ("variables",) for name in use.names}
    waiting = list(used)
    while waiting:
        part = parts.get(waiting.pop())
        new = set(names_of(part)) - used if part is not None else set()
        used |= new
        waiting += new
    return frozenset(used)


def _order(
    parts: Mapping[str, Part | None], variables: Mapping[str, Variable], building: Building
) -> tuple[list[str], frozenset[str]]:
    """Put each variable behind those that its default reads; a circle is an error.

    The names of circles come beside the order.
    """
    order: dict[str, None] = {}
    circles: set[str] = set()
    for first in parts:
        # What is being visited, each with the names that are still to be visited for it: a chain
        # of variables is as long as its writer likes.
        visited: dict[str, Iterator[str]] = {}
        waiting: list[str] = [first]
        while waiting:
            name = waiting[-1]
            if name in order:
                waiting.pop()
                continue
            part = parts[name]
            read = names_of(part) if part is not None else ()
            others = visited.setdefault(name, iter([one for one in read if one in parts]))
            other = next(others, None)
            if other is None:
                order[waiting.pop()] = None
                visited.pop(name)
            elif other in visited:
                names = waiting[waiting.index(other) :]
                circles.update(names)
                building.problems.append(_circle(names, variables[other].span))
            else:
                waiting.append(other)
    return [*order], frozenset(circles)


def _circle(names: list[str], span: Span) -> Diagnostic:
    shown = [*names[:_SHOWN], "…"] if len(names) > _SHOWN else names
    circle = " → ".join((*shown, names[0]))
    message = f"`{names[0]}` is made of itself: {circle}"
    return Diagnostic(VARIABLE_CYCLE, Severity.ERROR, message, span, "give one a plain default")


def _unused(
    variables: Mapping[str, Variable], used: frozenset[str], file: str
) -> Iterator[Diagnostic]:
    """Find variables of this file that nothing reads; shared ones may rest."""
    for name, one in variables.items():
        if name not in used and one.span.file == file:
            message = f"the variable `{name}` is used nowhere"
            help_text = f"use it as `{{{{ {name} }}}}`, or take it out"
            yield Diagnostic(UNUSED_VARIABLE, Severity.WARNING, message, one.span, help_text)


def valueless(declarations: Declarations, columns: frozenset[str]) -> frozenset[str]:
    """Return the variables that can have no value: no default, no column, and none given."""
    return frozenset(
        name
        for name, one in declarations.variables.items()
        if one.default is None and name not in declarations.given and name not in columns
    )


def _has_value(row: Row, name: str, default: Part | None) -> bool:
    """Tell whether the row gives a value; an empty cell counts as none where there is a default."""
    column = row.column(name)
    return column is not None and not (default is not None and row[column] in ("", None))


def _cell(row: Row, column: str) -> tuple[Span, ...]:
    return (row.cells[column],) if column in row.cells else ()
