"""The row that names the columns is found, or said, wherever it is."""

import pytest

from storyboard.diagnostics import Diagnostic, Severity
from storyboard.template.table import Reading, Table, read_table

META = (
    "# Required | A unique id, for each item.,# Required | The name,# Optional | 1.99 USD\n"
).replace("id, for", "id for")


def read(
    text: str, file: str = "rows.csv", header: int | None = None
) -> tuple[Table | None, list[Diagnostic]]:
    return read_table(text.encode(), file, Reading(header=header))


@pytest.mark.parametrize(
    ("above", "number", "message"),
    [
        (META, 2, "row 1 is a comment and is skipped; row 2 names the columns"),
        (META + META, 3, "the first 2 rows are comments and are skipped; row 3 names"),
        ("# exported 2026-01-01\n", 2, "row 1 is a comment"),
        ("# exported 2026-01-01, by shop\n", 2, "row 1 is a comment"),
        ("\n# exported by shop\n\n", 4, "row 2 is a comment"),
        ("# of 2026, by me\n# second, line\n", 3, "the first 2 rows are comments"),
        ('"# Required | two\nlines","# Optional | x",\n', 2, "row 1 is a comment"),
    ],
)
def test_comments_above_the_header_are_skipped_with_a_note(
    above: str, number: int, message: str
) -> None:
    found, [note] = read(above + "id,title,price\nA1,Cup,9.99\n")
    assert found is not None
    assert (list(found.columns), found.header) == (["id", "title", "price"], number)
    assert dict(found.rows[0]) == {"id": "A1", "title": "Cup", "price": "9.99"}
    assert (note.code, note.severity) == ("SB648", Severity.NOTE)
    assert note.message.startswith(message)
    assert f"header: {number}" in str(note.help)
    assert note.span is not None
    assert note.span.line == 1 + above.startswith("\n")


@pytest.mark.parametrize("header", ["#,name", "#id,#name", "# of cups,name", "#"])
def test_a_header_may_have_a_number_sign(header: str) -> None:
    found, problems = read(f"{header}\n{','.join('x' * (header.count(',') + 1))}\n")
    assert found is not None
    assert (list(found.columns), problems) == (header.split(","), [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Products 2026\nsku,name\nA,Mug\n", 2),
        ("Products 2026\n\nOur shop\nsku,name\nA,Mug\n", 4),
        ("Products 2026,,\nOur shop,,\nsku,name,price\nA,Mug,9\n", 3),
        (META + "Products\nsku,name,price\nA,Mug,9\n", 3),
    ],
)
def test_a_title_above_the_header_says_which_row_looks_like_it(text: str, number: int) -> None:
    found, problems = read(text)
    assert found is not None
    assert (found.misread, found.rows) == (True, ())
    assert problems[-1].code == "SB648"
    assert f"row {number} looks like the header" in problems[-1].message
    assert f"header: {number}" in str(problems[-1].help)
    found, problems = read(text, header=number)
    assert problems == []
    assert found is not None
    assert next(iter(found.columns)) == "sku"


@pytest.mark.parametrize("file", ["rows.csv", "rows.tsv", "rows.txt"])
def test_the_row_that_is_named_is_the_header(file: str) -> None:
    sign = "\t" if file == "rows.tsv" else ","
    text = 'Version=1,"a\nb",c\n\nProduct ID,Product name,Price\nid,title,price\nA1,Cup,9\n'
    found, problems = read(text.replace(",", sign), file, 4)
    assert found is not None
    assert (problems, [dict(one) for one in found.rows]) == (
        [],
        [{"id": "A1", "title": "Cup", "price": "9"}],
    )
    assert found.rows[0].cells["title"].line == 6


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (2, "`header: 2` names an empty row"),
        (9, "`header: 9` names no row with cells: the last one is row 4"),
        (4, "this table has no rows"),
    ],
)
def test_a_row_that_cannot_be_the_header_says_why(header: int, message: str) -> None:
    found, [problem] = read("a,b\n\nid,title\nA1,Cup\n", header=header)
    assert (found, problem.severity, problem.message) == (None, Severity.ERROR, message)
