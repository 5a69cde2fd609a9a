"""The key `variations` to rows: its table read, grouped, multiplied and filtered."""

from collections.abc import Iterator
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence as AnySequence
from dataclasses import dataclass, field

from storyboard.diagnostics import Code, Diagnostic, Severity, Span, suggest
from storyboard.source import Mapping, Node, Scalar, Sequence
from storyboard.template.codes import (
    MISSING_COLUMN,
    TABLE_UNREADABLE,
    TOO_MANY_VARIATIONS,
    UNUSED_EXCLUDE,
    VARIATIONS_SHAPE,
)
from storyboard.template.expand.build import Building, Known
from storyboard.template.expand.files import Files, read_named
from storyboard.template.expand.place import Texts
from storyboard.template.expand.render import problem
from storyboard.template.expand.varied import VARIATIONS, Varied, places_of_columns
from storyboard.template.expressions.failure import RenderError
from storyboard.template.expressions.reads import ROW, is_template
from storyboard.template.expressions.value import Value, of_node
from storyboard.template.table import Reading, Table, read_table
from storyboard.template.table.combine import Combined, Fields, combine
from storyboard.template.table.group import grouped
from storyboard.template.table.row import Row, is_name
from storyboard.template.table.structured import read_rows

_KEYS = ("rows", "group_by", "where", "matrix", "exclude", "include", "name")
_FILE_KEYS = ("file", "encoding", "delimiter", "kind", "header")
_FILE_TEXTS = _FILE_KEYS[1:4]
MAX_VARIATIONS = 100_000


@dataclass(slots=True)
class Varying:
    """Reads `variations`, keeping what is wrong with it, and the table as it was `seen`."""

    files: Files
    texts: Texts
    building: Building
    plain: AnyMapping[str, Value]
    problems: list[Diagnostic] = field(default_factory=list)
    seen: Table | None = None

    def varied(self, node: Node) -> Varied | None:
        """Read the key; None where it says nothing that could be used."""
        if not isinstance(node, Mapping):
            help_text = 'write it like `variations: {rows: products.csv, name: "{{ sku }}"}`'
            self._wrong("`variations` is a mapping", node.span, help_text)
            return None
        self._known(node, _KEYS, "`variations`")
        table = self._table(node.get("rows"))
        rows = table.rows if table is not None else None
        self.building.compiler.prices.learn(row.values_by_column for row in rows or ())
        if table is not None and (key := node.get("group_by")) is not None:
            rows = self._grouped(table, key)
        matrix = self._matrix(node.get("matrix"))
        lost = (node.get("rows") is not None and table is None) or not all(matrix.values())
        exclude, include = self._fields(node, "exclude"), self._fields(node, "include")
        if rows is None and not matrix and not include and not lost:
            help_text = "give it `rows`, a `matrix`, or both"
            self._wrong("there is nothing to vary", node.span, help_text)
            lost = True
        if not lost and self._too_many(rows, matrix, node.span):
            lost = True
        combined = None if lost else self._combined(rows, matrix, exclude, include)
        found = combined.rows if combined is not None else ()
        if matrix:
            self.building.compiler.prices.learn(_of_matrix(matrix))
        columns = dict.fromkeys(name for row in found for name in row.values_by_column)
        if not found:
            columns = dict.fromkeys((*(table.columns if table else ()), *matrix))
        return Varied(
            found,
            frozenset(columns),
            table,
            tuple(matrix),
            self._scalar(node, "where"),
            self._scalar(node, "name"),
            node.get("group_by"),
            tuple(self.problems),
            combined is None,
        )

    def _combined(
        self,
        rows: AnySequence[Row] | None,
        matrix: AnyMapping[str, AnySequence[tuple[Value, Span]]],
        exclude: AnySequence[tuple[Fields, Span]],
        include: AnySequence[tuple[Fields, Span]],
    ) -> Combined:
        """Multiply, exclude and include; tell which `exclude` leaves nothing out."""
        combined = combine(rows, matrix, [one for one, _ in exclude], [one for one, _ in include])
        for place in combined.unused:
            self._unused(exclude[place][1])
        return combined

    def _table(self, node: Node | None) -> Table | None:
        match node:
            case None:
                return None
            case Sequence():
                table, found = read_rows(node, node.span.file, "")
                self.problems += found
                return table
            case Scalar():
                return self._file(node, Reading())
            case Mapping():
                self._known(node, _FILE_KEYS, "`rows`")
                encoding, delimiter, kind = (
                    str(one.value) if isinstance(one := node.get(key), Scalar) else None
                    for key in _FILE_TEXTS
                )
                reading = Reading(encoding, delimiter, kind, self._header(node.get("header")))
                file = node.get("file")
                if isinstance(file, Scalar):
                    return self._file(file, reading)
        help_text = (
            "write it like `rows: products.csv` or `rows: {file: products.csv, encoding: …}`"
        )
        self._wrong("`rows` is a file or a list", node.span, help_text)
        return None

    def _header(self, node: Node | None) -> int | None:
        """Read the number of the row that names the columns."""
        if node is None:
            return None
        number = node.value if isinstance(node, Scalar) else None
        if isinstance(number, int) and not isinstance(number, bool) and number > 0:
            return number
        help_text = "write it like `rows: {file: products.csv, header: 3}`"
        self._wrong("`header` is the number of a row, from 1", node.span, help_text)
        return None

    def _file(self, at: Scalar, reading: Reading) -> Table | None:
        found = read_named(at, self.files, TABLE_UNREADABLE)
        if isinstance(found, Diagnostic):
            self.problems.append(found)
            return None
        name, data = found
        table, problems = read_table(data, name, reading)
        self.texts.add(name, table.text if table else data.decode("utf-8", "replace"))
        self.problems += problems
        self.seen = table
        return None if table is not None and table.misread else table

    def _grouped(self, table: Table, key: Node) -> tuple[Row, ...]:
        if isinstance(key, Scalar) and is_template(str(key.value)):
            return self._grouped_by(table, key)
        column = table.rows[0].column(str(key.value)) if isinstance(key, Scalar) else None
        if column is None:
            name = str(key.value) if isinstance(key, Scalar) else "…"
            message = f"the table has no column `{name}` to group by"
            self.problems.append(
                Diagnostic(
                    MISSING_COLUMN,
                    Severity.ERROR,
                    message,
                    key.span,
                    suggest(name, table.columns, "columns") or "name a header of the table",
                    places_of_columns(table),
                )
            )
            return table.rows
        return grouped(table.rows, column)

    def _grouped_by(self, table: Table, key: Scalar) -> tuple[Row, ...]:
        """Group by an expression: `{{ row.item_group_id or row.id }}`."""
        columns = frozenset(table.columns) | frozenset(table.rows[0].aliases)
        names = frozenset(one for one in columns if is_name(one)) | {ROW}
        header = places_of_columns(table)
        known = Known(names, columns, header[0] if header else None)
        program = self.building.text(key, known, (VARIATIONS, "group_by"))
        if program is None:
            return table.rows

        def key_of(row: Row) -> Value:
            return program.atom({ROW: row} | {one: row[one] for one in names if one in row})

        try:
            return grouped(table.rows, next(iter(table.columns)), key_of)
        except RenderError as error:
            self.problems.append(problem(key, error.failure, self.texts))
            return table.rows

    def _matrix(self, node: Node | None) -> dict[str, tuple[tuple[Value, Span], ...]]:
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            help_text = "write it like `matrix: {locale: [de, en]}`"
            self._wrong("`matrix` maps names to lists", node.span, help_text)
            return {}
        found = {}
        for entry in node.entries:
            if not is_name(str(entry.key.value)):
                self._wrong("this cannot be a name", entry.key.span, "use letters, digits and `_`")
            else:
                found[str(entry.key.value)] = self._axis(str(entry.key.value), entry.value)
        return found

    def _axis(self, name: str, node: Node) -> tuple[tuple[Value, Span], ...]:
        """Read one list of the matrix, or an expression that gives one."""
        if isinstance(node, Sequence) and node.items:
            return tuple((of_node(item), item.span) for item in node.items)
        if isinstance(node, Scalar) and is_template(str(node.value)):
            program = self.building.text(
                node, Known(frozenset(self.plain)), (VARIATIONS, "matrix", name)
            )
            if program is None:
                return ()
            try:
                values = program.value(self.plain)
            except RenderError as error:
                self.problems.append(problem(node, error.failure, self.texts))
                return ()
            if isinstance(values, tuple) and values:
                return tuple((value, node.span) for value in values)
        message = f"`{name}` of the matrix is a list of values"
        self._wrong(message, node.span, "write it like `locale: [de, en]`")
        return ()

    def _fields(self, node: Mapping, key: str) -> list[tuple[Fields, Span]]:
        found = node.get(key)
        if found is None:
            return []
        if not isinstance(found, Sequence) or not all(
            isinstance(item, Mapping) for item in found.items
        ):
            help_text = f"write it like `{key}: [{{locale: de, hook: b}}]`"
            self._wrong(f"`{key}` is a list of mappings", found.span, help_text)
            return []
        return [
            (
                {
                    str(entry.key.value): (of_node(entry.value), entry.value.span)
                    for entry in item.entries
                },
                item.span,
            )
            for item in found.items
            if isinstance(item, Mapping)
        ]

    def _scalar(self, node: Mapping, key: str) -> Scalar | None:
        found = node.get(key)
        if found is None or isinstance(found, Scalar):
            return found
        self._wrong(f"`{key}` is a text", found.span, f'write it like `{key}: "{{{{ sku }}}}"`')
        return None

    def _too_many(
        self,
        rows: AnySequence[Row] | None,
        matrix: AnyMapping[str, AnySequence[object]],
        span: Span,
    ) -> bool:
        count = len(rows) if rows is not None else 1
        for values in matrix.values():
            count *= len(values)
        if count <= MAX_VARIATIONS:
            return False
        message = f"{count:,} variations are too many; {MAX_VARIATIONS:,} is the most"
        self._wrong(message, span, "split the table", TOO_MANY_VARIATIONS)
        return True

    def _known(self, node: Mapping, keys: tuple[str, ...], where: str) -> None:
        for entry in node.entries:
            name = str(entry.key.value)
            if name not in keys:
                message = f"{where} has no key `{name}`"
                self._wrong(message, entry.key.span, suggest(name, keys, "keys"))

    def _unused(self, span: Span) -> None:
        message = "this leaves nothing out: no combination has these values"
        help_text = "write the values as they stand in the table or matrix, or take it out"
        self.problems.append(Diagnostic(UNUSED_EXCLUDE, Severity.WARNING, message, span, help_text))

    def _wrong(
        self, message: str, span: Span, help_text: str | None, code: Code = VARIATIONS_SHAPE
    ) -> None:
        self.problems.append(Diagnostic(code, Severity.ERROR, message, span, help_text))


def _of_matrix(
    matrix: AnyMapping[str, AnySequence[tuple[Value, Span]]],
) -> Iterator[AnyMapping[str, object]]:
    """Go through the values of a matrix as rows of one cell: its lists are columns too."""
    for name, values in matrix.items():
        for value, _ in values:
            yield {name: value}
