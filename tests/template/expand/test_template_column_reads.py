"""What is wrong in a table counts by the columns that a storyboard reads."""

import pytest
from expanding import codes, expanded

from storyboard.diagnostics import Severity

MANGLED = "id,title,gtin,gtin\n" + "".join(f"{n},Cup,1.2E+12,x\n" for n in range(5))


@pytest.mark.parametrize(
    ("story", "severity"),
    [
        ("title: '{{ title }}'\nvariations: {rows: t.csv, name: '{{ id }}'}\n", Severity.NOTE),
        ("title: '{{ gtin }}'\nvariations: {rows: t.csv, name: '{{ id }}'}\n", Severity.WARNING),
        ("title: '{{ row.gtin }}'\nvariations: {rows: t.csv}\n", Severity.WARNING),
        ("title: x\nvariations: {rows: t.csv, name: '{{ gtin }}-{{ id }}'}\n", Severity.WARNING),
        ("title: x\nvariations: {rows: t.csv, where: 'gtin != id'}\n", Severity.WARNING),
        ("title: x\nvariations: {rows: t.csv, group_by: gtin}\n", Severity.WARNING),
        ("title: \"{{ row.get('gtin') }}\"\nvariations: {rows: t.csv}\n", Severity.WARNING),
        (
            """\
title: "{{ group | pluck('gtin') | first }}"
variations: {rows: t.csv, group_by: id}
""",
            Severity.WARNING,
        ),
        (
            """\
title: "{{ code }}"
variables: {code: {default: "{{ gtin }}"}}
variations: {rows: t.csv}
""",
            Severity.WARNING,
        ),
    ],
)
def test_dirt_in_columns_that_nothing_reads_is_a_note(story: str, severity: Severity) -> None:
    found = [one for one in expanded(story, {"t.csv": MANGLED}).diagnostics if one.code != "SB621"]
    assert [(one.code, one.severity) for one in found] == [
        ("SB637", severity),
        ("SB647", severity),
    ]
    assert found[1].message.endswith("(in all 5 rows)")


def test_a_row_that_ends_early_is_a_note_if_nothing_reads_what_it_lacks() -> None:
    table = {"t.csv": "id,title,note\n1,Cup\n2,Pot\n"}
    [found] = expanded("title: '{{ title }}'\nvariations: {rows: t.csv}\n", table).diagnostics
    assert (found.code, found.severity) == ("SB636", Severity.NOTE)


FLAT = """\
Type=shop\tVersion=1\tThe first two rows are ours
Product ID\tProduct name\tPrice
id\ttitle\tprice
A1\tCup\t9.99 USD
"""
READS = "title: '{{ title }} {{ price }}'\nvariations: {rows: t.tsv, name: '{{ id }}'}\n"


def test_the_row_that_has_the_columns_a_storyboard_reads_is_named() -> None:
    result = expanded(READS, {"t.tsv": FLAT})
    [found] = result.diagnostics
    assert result.value is None
    assert (found.code, found.span and found.span.line) == ("SB648", 3)
    assert (
        "row 1 is read as the header, and row 3 looks like it: it has `id`, `price`, `title`"
        in (found.message)
    )
    assert "header: 3" in str(found.help)
    told = READS.replace("rows: t.tsv", "rows: {file: t.tsv, header: 3}")
    assert expanded(told, {"t.tsv": FLAT}).diagnostics == ()
    wrong = READS.replace("rows: t.tsv", "rows: {file: t.tsv, header: 2}")
    [found] = expanded(wrong, {"t.tsv": FLAT}).diagnostics
    assert "row 2 is read as the header, and row 3 looks like it" in found.message


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Report: products,2026\nBy:,Shop\n\nid,title,price\nA1,Cup,9\nB2,Pot,8\n", 4),
        ("Basic,,Offer\nid,title,price\nA1,Cup,9\n", 2),
        ("Set up by us\nBasic,,Offer\nID no.,Name,Sum\nid,title,price\nA1,Cup,9\n", 4),
        ("ID of it,The title,Amount\n\nid,title,price\nA1,Cup,9\n", 3),
    ],
)
def test_rows_above_the_header_are_told_once_whatever_follows_from_them(
    text: str, number: int
) -> None:
    story = READS.replace("t.tsv", "t.csv") + (
        "scenes: [{id: a, shots: [{id: '{{ v }}', each: {name: v, in: price | split}}]}]\n"
    )
    [found] = expanded(story, {"t.csv": text}).diagnostics
    assert found.code == "SB648"
    assert f"row {number} looks like it" in found.message


@pytest.mark.parametrize(
    "text",
    ["sku,Titel,price\nA1,title,9\n", "sku,name\nA1,Cup\nB2,id\n", "id,titel\nA1,Cup\n"],
)
def test_a_cell_that_is_named_like_a_column_makes_no_header(text: str) -> None:
    story = READS.replace("t.tsv", "t.csv")
    assert "SB648" not in codes(expanded(story, {"t.csv": text}).diagnostics)


@pytest.mark.parametrize("value", ["0", "-1", "two", "true", "[1]", "1.5"])
def test_the_number_of_a_row_is_from_1(value: str) -> None:
    story = READS.replace("rows: t.tsv", f"rows: {{file: t.tsv, header: {value}}}")
    found = expanded(story, {"t.tsv": FLAT}).diagnostics
    assert codes(found)[0] == "SB620"
    assert "`header`" in found[0].message
