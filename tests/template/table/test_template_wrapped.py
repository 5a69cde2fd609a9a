"""A list under an only key is taken for the rows; what could be another one is said."""

import pytest

from storyboard.diagnostics import Severity
from storyboard.template.table import Reading, read_table

LIST = '[{"id": 1, "title": "Cup"}, {"id": 2, "title": "Pot"}]'
ROWS = [{"id": 1, "title": "Cup"}, {"id": 2, "title": "Pot"}]


@pytest.mark.parametrize(
    ("file", "text", "path", "line"),
    [
        ("rows.json", f'{{"products": {LIST}}}', "products", 1),
        ("rows.json", f'{{\n "items":\n {LIST}}}', "items", 3),
        ("rows.json", f'{{"data": {{"products": {LIST}}}}}', "data.products", 1),
        ("rows.json", '\ufeff{"data": ' + LIST + "}", "data", 1),
        ("rows.yaml", f"products: {LIST}\n", "products", 1),
        ("rows.yml", f"data:\n  items: {LIST}\n", "data.items", 2),
    ],
)
def test_the_list_under_an_only_key_is_the_rows_with_a_note(
    file: str, text: str, path: str, line: int
) -> None:
    found, [note] = read_table(text.encode(), file, Reading())
    assert found is not None
    assert [dict(one) for one in found.rows] == ROWS
    assert (note.code, note.severity) == ("SB645", Severity.NOTE)
    assert note.message == f"the rows are the list under `{path}`"
    assert note.span is not None
    assert note.span.line == line
    assert found.rows[0].cells["title"].line == line


@pytest.mark.parametrize("file", ["rows.json", "rows.yaml"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f'{{"total": 2, "products": {LIST}}}', "the list under `products` looks like the rows"),
        (
            f'{{"meta": {{"page": 1}}, "data": {{"items": {LIST}}}}}',
            "the list under `data.items` looks like the rows",
        ),
        (
            f'{{"products": {LIST}, "shops": [{{"a": 1}}], "tags": ["x"]}}',
            "there are lists under `products`, `shops`",
        ),
        ('{"id": 1, "tags": ["x"]}', "this is a map"),
        ('{"product": {"id": 1, "title": "Cup"}}', "this is a map"),
    ],
)
def test_a_list_beside_other_keys_is_named(text: str, words: str, file: str) -> None:
    found, [problem] = read_table(text.encode(), file, Reading())
    assert (found, problem.code, problem.severity) == (None, "SB645", Severity.ERROR)
    assert words in problem.message
    assert "a table is a list of objects" in str(problem.help)


def test_an_empty_list_under_a_key_has_no_rows() -> None:
    found, problems = read_table(b'{"products": []}', "rows.json", Reading())
    assert found is None
    assert [one.code for one in problems] == ["SB645", "SB644"]


@pytest.mark.parametrize("file", ["rows.json", "rows.jsonl", "rows.yaml"])
def test_only_a_csv_has_a_row_of_headers(file: str) -> None:
    found, [problem] = read_table(LIST.encode(), file, Reading(header=2))
    assert (found, problem.code) == (None, "SB648")
    assert "`header` names a row of a CSV or TSV" in problem.message
