"""A node to a part: every template compiled once, every name in it known before any row is read."""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span, suggest
from storyboard.source import Entry, Mapping, Node, Route, Scalar, Sequence, meant_truth
from storyboard.template.codes import GUARD_SHAPE, MISSING_COLUMN, NO_VALUE, TEMPLATE_KEY, UNDEFINED
from storyboard.template.expand.part import (
    LOOP,
    Each,
    Fixed,
    Item,
    Items,
    Map,
    Part,
    Text,
    When,
    names_of,
    names_of_item,
)
from storyboard.template.expand.place import Texts
from storyboard.template.expand.render import problem
from storyboard.template.expand.scope import dependencies
from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.reads import ROW, Read, is_template
from storyboard.template.expressions.value import of_node
from storyboard.template.table.row import is_name

if TYPE_CHECKING:  # a storyboard without expressions does not wait for Jinja
    from storyboard.template.expressions.program import Compiler, Program

_GUARDED_LISTS = frozenset(("scenes", "shots", "titles"))
_REPEATED_LISTS = frozenset(("scenes", "shots"))
_PIECES = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_WORD = re.compile(r"(?<![\w.])\w+")
WHEN, EACH = "when", "each"


@dataclass(frozen=True, slots=True)
class Use:
    """A scalar that reads names: where it stands in the file, and the way to it from the root.

    `names` has single columns of `row` as `row:Header`, and for an item of `each` what its list
    reads.
    """

    names: tuple[str, ...]
    reads: tuple[Read, ...]
    span: Span
    route: Route


@dataclass(frozen=True, slots=True)
class Known:
    """The names there are. `columns` are those of the table, None where there is no table.

    `table` is where its columns stand, for messages. `valueless` are declared variables that
    nothing gives a value. `behind` leads from the items of `each` to what their lists read.
    `hidden` is the variable whose default is read: it is not known there.
    """

    names: frozenset[str] = frozenset()
    columns: frozenset[str] | None = None
    table: Related | None = None
    valueless: frozenset[str] = frozenset()
    behind: AnyMapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: str | None = None

    def has(self, name: str) -> bool:
        """Tell whether a name is known."""
        return name in self.names and name != self.hidden

    def inside(self, name: str, source: tuple[str, ...]) -> "Known":
        """Return what is known inside an `each` whose list reads the names of `source`."""
        behind = {**self.behind, name: self.from_rows(source), LOOP: ()}
        return replace(self, names=self.names | {name, LOOP}, behind=behind)

    def from_rows(self, names: Iterable[str]) -> tuple[str, ...]:
        """Put in the place of an item's name what its list was made of."""
        found = (own for name in names for own in self.behind.get(name, (name,)))
        return tuple(dict.fromkeys(found))


@dataclass(slots=True)
class Building:
    """Compiles a document's scalars; keeps what is wrong with them and which names they use."""

    texts: Texts
    problems: list[Diagnostic] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    _compiler: "Compiler | None" = None

    @property
    def compiler(self) -> "Compiler":
        """Return what compiles texts: Jinja and Babel take longer to import than most to check."""
        if self._compiler is None:
            from storyboard.template.expressions.program import (  # noqa: PLC0415 -- the reason is above
                Compiler,
            )

            self._compiler = Compiler()
        return self._compiler

    def part(self, node: Node, known: Known, route: Route) -> Part:
        """Make the part of a node."""
        match node:
            case Scalar():
                return self._scalar(node, known, route)
            case Mapping():
                return self._mapping(node, known, route)
            case Sequence():
                return self._sequence(node, known, route)

    def program(self, scalar: Scalar, known: Known, route: Route) -> "Program | None":
        """Compile an expression (`where`, `when`, …); None where something is wrong with it."""
        return self._compiled(scalar, known, route, self.compiler.expression)

    def text(self, scalar: Scalar, known: Known, route: Route) -> "Program | None":
        """Compile a text that may have expressions in it; None where something is wrong with it."""
        return self._compiled(scalar, known, route, self.compiler.text)

    def _compiled(
        self, scalar: Scalar, known: Known, route: Route, how: "Callable[[str], Program]"
    ) -> "Program | None":
        try:
            program = how(str(scalar.value))
        except RenderError as error:
            self.problems.append(problem(scalar, error.failure, self.texts))
            return None
        reads = program.reads.all
        names = known.from_rows(dependencies(reads))
        self.uses.append(Use(names, reads, scalar.span, route))
        unknown = list(_unknown(scalar, reads, known, self.texts))
        self.problems += unknown
        return None if unknown else program

    def _scalar(self, node: Scalar, known: Known, route: Route) -> Part:
        if not isinstance(node.value, str) or not is_template(node.value):
            return Fixed(node)
        program = self._compiled(node, known, route, self.compiler.text)
        if program is None:
            return Fixed(node)
        return Text(node, program, dependencies(program.reads.all))

    def _mapping(self, node: Mapping, known: Known, route: Route) -> Part:
        entries = tuple(self._entry(entry, known, route) for entry in node.entries)
        if all(isinstance(part, Fixed) and part.node is entry.value for entry, part in entries):
            return Fixed(node)
        fixed = tuple(
            (Entry(entry.key, part.node), part) if isinstance(part, Fixed) else (entry, part)
            for entry, part in entries
        )
        names = sorted({name for _, part in fixed for name in names_of(part)})
        return Map(node, fixed, tuple(names))

    def _entry(self, entry: Entry, known: Known, route: Route) -> tuple[Entry, Part]:
        key = entry.key
        if isinstance(key.value, str) and is_template(key.value):
            failure = Failure(
                TEMPLATE_KEY,
                "a key cannot be a template: a value never changes the structure",
                "write the key out; put what changes into its value",
            )
            self.problems.append(problem(key, failure, self.texts))
        return entry, self.part(entry.value, known, (*route, str(key.value)))

    def _sequence(self, node: Sequence, known: Known, route: Route) -> Part:
        here = str(route[-1]) if route else ""
        items = tuple(
            self._item(item, known, (*route, index), here) for index, item in enumerate(node.items)
        )
        if all(
            item.each is None
            and item.when is None
            and isinstance(item.part, Fixed)
            and item.part.node is node.items[index]
            for index, item in enumerate(items)
        ):
            return Fixed(node)
        names = sorted({name for item in items for name in names_of_item(item)})
        return Items(node, items, tuple(names))

    def _item(self, node: Node, known: Known, route: Route, here: str) -> Item:
        """Take `each` and `when` off an item of `scenes`, `shots` or `titles`."""
        if here not in _GUARDED_LISTS or not isinstance(node, Mapping):
            return Item(self.part(node, known, route))
        each, when, inside = None, None, known
        raw_each = node.get(EACH) if here in _REPEATED_LISTS else None
        if raw_each is not None:
            each = self._each(raw_each, known, (*route, EACH))
            source = each.source_names if each is not None else ()
            inside = known.inside(_name_of(raw_each), source)
        raw_when = node.get(WHEN)
        if raw_when is not None:
            when = self._when(raw_when, inside, (*route, WHEN))
        taken = {WHEN} | ({EACH} if raw_each is not None else set())
        if raw_each is not None or raw_when is not None:
            kept = tuple(one for one in node.entries if one.key.value not in taken)
            node = Mapping(kept, node.span)
        return Item(self.part(node, inside, route), each, when)

    def _when(self, node: Node, known: Known, route: Route) -> When | None:
        if not isinstance(node, Scalar) or node.value is None:
            self._shape(node, "`when` is an expression", 'write it like `when: locale == "de"`')
            return None
        program = self.program(_as_text(node), known, route)
        if program is None:
            return None
        return When(node, program, dependencies(program.reads.all))

    def _each(self, node: Node, known: Known, route: Route) -> Each | None:
        name, source = (
            (node.get("name"), node.get("in")) if isinstance(node, Mapping) else (None, None)
        )
        extra = [
            entry
            for entry in (node.entries if isinstance(node, Mapping) else ())
            if entry.key.value not in ("name", "in")
        ]
        if (
            not (isinstance(name, Scalar) and is_name(str(name.value)))
            or not isinstance(source, Scalar | Sequence)
            or extra
        ):
            form = 'write it like `each: {name: item, in: "{{ list }}"}`'
            self._shape(extra[0].key if extra else node, "`each` is a `name` and a list `in`", form)
            return None
        if isinstance(source, Sequence):
            values = of_node(source)
            return Each(str(name.value), source, values, ()) if isinstance(values, tuple) else None
        program = self.program(_as_text(source), known, (*route, "in"))
        if program is None:
            return None
        return Each(str(name.value), source, program, dependencies(program.reads.all))

    def _shape(self, node: Node, message: str, help_text: str) -> None:
        self.problems.append(Diagnostic(GUARD_SHAPE, Severity.ERROR, message, node.span, help_text))


def _name_of(each: Node) -> str:
    """Return what an `each` calls its item, as far as it says so."""
    name = each.get("name") if isinstance(each, Mapping) else None
    return str(name.value) if isinstance(name, Scalar) else LOOP


def _as_text(scalar: Scalar) -> Scalar:
    """Make `when: true` the expression `true`."""
    return scalar if isinstance(scalar.value, str) else replace(scalar, value=scalar.text)


def _unknown(
    scalar: Scalar, reads: tuple[Read, ...], known: Known, texts: Texts
) -> Iterator[Diagnostic]:
    """Find names and columns that are nowhere."""
    for read in dict.fromkeys(one for one in reads if not one.guarded):
        if read.column is not None and ROW in known.names:
            if known.columns is not None and read.column not in known.columns:
                yield _wrong(scalar, read.column, MISSING_COLUMN, known, texts)
        elif read.name in known.valueless:
            yield _wrong(scalar, read.name, NO_VALUE, known, texts)
        elif not known.has(read.name):
            yield _wrong(scalar, read.name, UNDEFINED, known, texts)


def _wrong(scalar: Scalar, name: str, code: Code, known: Known, texts: Texts) -> Diagnostic:
    start, length = find_name(str(scalar.value), name)
    if code == MISSING_COLUMN:
        message = f"the table has no column `{name}`"
        help_text = suggest(name, _in_order(known.columns or frozenset()), "columns")
    elif code == NO_VALUE:
        message = f"the variable `{name}` has no value"
        help_text = f"give it a `default`, a column in the table, or `--var {name}=…`"
    else:
        message = f"`{name}` is not defined"
        help_text = _help_with(name, known)
    place = texts.part(scalar, Failure(code, message, None, start, length))
    related = (known.table,) if known.table is not None else ()
    return Diagnostic(code, Severity.ERROR, message, place, help_text, related)


def _help_with(name: str, known: Known) -> str:
    """Say what to write instead of a name that there is not."""
    names = [one for one in _in_order(known.names) if one != known.hidden]
    if (meant := meant_truth(name)) and not any(one.casefold() == name.casefold() for one in names):
        return f"write `{meant}`: `{name}` is a name here, and not a truth value as in YAML 1.1"
    return suggest(name, names, "names") or (
        "declare it under `variables`, or give it a column in a table of `variations`"
    )


@lru_cache(maxsize=16)
def _in_order(names: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def find_name(text: str, name: str) -> tuple[int | None, int]:
    """Find where an expression in a text reads a name: its start, and its length."""
    pieces, words = _pieces(text)
    if name in words:
        return words[name], len(name)
    found = (text.find(name, start, end) for start, end in pieces)
    start = next((one for one in found if one >= 0), None)
    return start, 0 if start is None else len(name)


@lru_cache(maxsize=16)
def _pieces(text: str) -> tuple[tuple[tuple[int, int], ...], AnyMapping[str, int]]:
    """Return where the expressions of a text are, and where each word is first read in them."""
    end = max(text.rfind("}}"), text.rfind("%}")) + 2
    pieces = tuple(one.span() for one in _PIECES.finditer(text, 0, end)) or ((0, len(text)),)
    words: dict[str, int] = {}
    for piece in pieces:
        for word in _WORD.finditer(text, *piece):
            words.setdefault(word[0], word.start())
    return pieces, words
