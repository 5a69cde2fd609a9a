"""What many rows share is one finding, with the first row and the places of two more."""

import pytest

from storyboard.diagnostics import Diagnostic
from storyboard.template.table import Reading, read_table
from storyboard.template.table.counted import in_how_many


def found_in(text: str, file: str = "rows.csv") -> list[Diagnostic]:
    table, problems = read_table(text.encode(), file, Reading())
    return (
        [*problems, *(one.diagnostic for one in table.findings)] if table is not None else problems
    )


@pytest.mark.parametrize(
    ("hits", "total", "words"),
    [
        (1, 1, "in row 7"),
        (5, 5, "in all 5 rows"),
        (1, 5, "in 1 of 5 rows: row 7"),
        (1200, 5000, "in 1,200 of 5,000 rows, first row 7"),
    ],
)
def test_rows_are_counted_in_words(hits: int, total: int, words: str) -> None:
    assert in_how_many(hits, total, "row 7") == words


def test_dirt_is_one_finding_for_each_column_and_kind() -> None:
    rows = "".join(f"{n},1.2E+12,{'#REF!' if n % 2 else '1.5E+10'}\n" for n in range(1, 41))
    found = found_in("id,gtin,stock\n" + rows)
    assert [(one.code, one.message.partition(" (")[2].rstrip(")")) for one in found] == [
        ("SB647", "in all 40 rows"),
        ("SB641", "in 20 of 40 rows, first row 1"),
        ("SB647", "in 20 of 40 rows, first row 2"),
    ]
    assert [(near.message, near.span.line) for near in found[1].related] == [
        ("row 3", 4),
        ("row 5", 6),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [("a", "SB636"), ("a,b,c,d", "SB635"), ('a,"b" c,d', "SB639"), ("a,\x01b,c", "SB646")],
)
def test_rows_of_one_mistake_are_one_finding(row: str, code: str) -> None:
    [one] = found_in("x,y,z\n1,2,3\n" + f"{row}\n" * 30)
    assert one.code == code
    assert one.message.endswith("(in 30 of 31 rows, first row 2)")
    assert len(one.related) == 2


def test_a_mistake_of_one_row_is_told_without_a_count() -> None:
    [one] = found_in("x,y,z\n1,2,3\na\n")
    assert one.message == "row 2 ends early: it has no `y`, `z`"
    assert one.related == ()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("rows.json", "[{'a': 1}, 5, 6, {'a': 2}, 7]".replace("'", '"')),
        ("rows.jsonl", '{"a": 1}\n5\n6\n{"a": 2}\n7\n'),
        ("rows.yaml", "- a: 1\n- 5\n- 6\n- a: 2\n- 7\n"),
    ],
)
def test_rows_that_are_no_objects_are_one_finding(file: str, text: str) -> None:
    [one] = found_in(text, file)
    assert one.code == "SB645"
    assert one.message.endswith("(in 3 of 5 rows, first row 2)")


def test_lines_that_are_not_json_are_one_finding_for_each_mistake() -> None:
    found = found_in('{"a": 1}\n' + "{a: 1}\n" * 20 + '{"a": 1} x\n' * 5, "rows.jsonl")
    assert [one.message.partition(" (")[2] for one in found] == [
        "in 20 of 26 rows, first row 2)",
        "in 5 of 26 rows, first row 22)",
    ]
