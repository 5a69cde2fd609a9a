"""Tables as they come: every kind of dirt has its diagnostic, and every value knows its cell."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from expanding import codes, expanded, films
from hypothesis import given
from hypothesis import strategies as st

from storyboard.diagnostics import Diagnostic, Severity, in_order
from storyboard.template.campaign.stands import standings
from storyboard.template.table import Reading, Table, read_table
from storyboard.template.table.cells import rows_of

DIRTY = Path(__file__).with_name("dirty.csv").read_bytes()


def table(data: bytes | str, file: str = "t.csv", **reading: str) -> Table:
    found, problems = table_and_problems(data, file, **reading)
    assert problems == told(found) == []
    return found


def table_and_problems(
    data: bytes | str, file: str = "t.csv", **reading: str
) -> tuple[Table, list[Diagnostic]]:
    raw = data.encode() if isinstance(data, str) else data
    found, problems = read_table(raw, file, _reading(reading))
    assert found is not None, problems
    return found, problems


def _reading(said: dict[str, str]) -> Reading:
    return Reading(said.get("encoding"), said.get("delimiter"), said.get("kind"))


def told(found: Table | None) -> list[Diagnostic]:
    """Return what is wrong in single columns."""
    return [one.diagnostic for one in found.findings] if found is not None else []


def values(found: Table) -> list[dict[str, object]]:
    return [dict(row) for row in found.rows]


def test_every_kind_of_dirt_gets_its_diagnostic_at_its_row() -> None:
    found, problems = table_and_problems(DIRTY, "dirty.csv")
    of_columns = [one.diagnostic for one in found.findings]
    every = in_order((*problems, *of_columns))
    by_line = [(one.span.line, one.code, one.severity) for one in every if one.span]
    assert by_line == [
        (1, "SB637", Severity.WARNING),
        (1, "SB638", Severity.WARNING),
        (4, "SB636", Severity.WARNING),
        (5, "SB635", Severity.ERROR),
        (7, "SB639", Severity.ERROR),
        (8, "SB641", Severity.WARNING),
        (9, "SB642", Severity.WARNING),
        (10, "SB646", Severity.WARNING),
        (11, "SB647", Severity.WARNING),
        (14, "SB634", Severity.ERROR),
    ]
    assert list(found.columns) == [
        "Handle", "Variant Price", "Title", "Title 2", "column 5", "Colour Name", "Note",
    ]  # fmt: skip
    assert len(found.rows) == 11
    clean = found.rows[0]
    assert clean["Note"] == 'two\r\nlines; and a "quote"'.replace("\r", "")
    assert clean["colour_name"] == clean["Colour Name"] == "red"
    span = clean.cells["Note"]
    assert (span.line, span.end_line) == (2, 3)
    assert found.rows[1]["Note"] == ""


def test_dirt_in_use_is_told_with_the_cell_and_the_scalar() -> None:
    story = (
        "title: '{{ row.Title }}'\n"
        "style: \"{{ row['Variant Price'] | price | money('EUR', 'de') }}\"\n"
        "variations: {rows: dirty.csv, name: '{{ row.Handle }}'}\n"
    )
    found = list(expanded(story, {"dirty.csv": DIRTY}).diagnostics)
    told = {
        (one.code, tuple((r.span.file, r.span.line) for r in one.related))
        for one in found
        if one.span and one.span.file == "storyboard.yaml"
    }
    assert told == {
        ("SB604", (("dirty.csv", 6),)),
        ("SB604", (("dirty.csv", 8), ("dirty.csv", 13))),
        ("SB640", (("dirty.csv", 6),)),
    }


SMALL = "name;price\nCafé;9,99 €\n"


@pytest.mark.parametrize(
    "data",
    [
        SMALL.encode(),
        b"\xef\xbb\xbf" + SMALL.encode(),
        b"\xff\xfe" + SMALL.encode("utf-16-le"),
        b"\xfe\xff" + SMALL.encode("utf-16-be"),
        b"\xff\xfe\x00\x00" + SMALL.encode("utf-32-le"),
        SMALL.replace("\n", "\r\n").encode(),
        SMALL.replace("\n", "\r").encode(),
        ("sep=;\r\n" + SMALL).encode(),
        SMALL.replace(";", "\t").encode(),
        SMALL.replace(";", "|").encode(),
        b"\n\n" + SMALL.encode() + b"\n  \n",
    ],
)
def test_marks_line_ends_and_separators_are_found(data: bytes) -> None:
    assert values(table(data)) == [{"name": "Café", "price": "9,99 €"}]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-8", "iso8859-15"])
def test_a_declared_encoding_is_taken(encoding: str) -> None:
    assert values(table(SMALL.encode(encoding), encoding=encoding))[0]["name"] == "Café"


def test_an_encoding_that_is_guessed_is_told() -> None:
    text = "name;note\n" + "Café;crème brûlée à la française\nGrün;Straße\n" * 4
    found, problems = table_and_problems(text.encode("cp1252"))
    assert codes(tuple(problems)) == ["SB632"]
    assert values(found)[0]["name"] == "Café"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Piña colada;crème brûlée", "cp1252"),
        ("Piña", "cp1252"),
        ("Smørrebrød på fløjl;Blåbær", "cp1252"),
        ("Größe für Männer", "cp1252"),
        ("Żółta łódź podwodna;Książka;Świeży chleb", "cp1250"),
        ("Чашка синяя", "cp1251"),
    ],
)
def test_the_likelier_of_equal_guesses_is_taken_and_shows_a_word(text: str, encoding: str) -> None:
    found, problems = table_and_problems(f"name\n{text}\n".encode(encoding), delimiter="|")
    assert values(found)[0]["name"] == text
    (told,) = problems
    assert f"read as {encoding}, which is a guess: `" in told.message


def test_a_key_without_quotes_in_json_is_told_as_that() -> None:
    for text in ('[{"a": 1,}]', "[{a: 1}]"):
        _, (told,) = read_table(text.encode(), "t.json", Reading())
        assert "a key in double quotes is expected here" in told.message
        assert json.loads((told.help or "").split("`")[1].replace(", …", ""))


@pytest.mark.parametrize(
    ("data", "file", "reading", "code"),
    [
        (b"a\nCaf\xe9\n", "t.csv", {"encoding": "utf-8"}, "SB633"),
        (b"a\nx\n", "t.csv", {"encoding": "klingon"}, "SB633"),
        (b"\xff\xfea", "t.csv", {}, "SB633"),
        (b"PK\x03\x04rest", "t.csv", {}, "SB631"),
        (b"a\nx\n", "t.dat", {}, "SB631"),
        (b"", "t.csv", {}, "SB644"),
        (b"a,b\n", "t.csv", {}, "SB644"),
        (b"Products 2026\nsku,name,price\nA,Mug,9\n", "t.csv", {}, "SB648"),
        (b"sep=;\nProducts 2026\n\nsku;name\nA;Mug\n", "t.csv", {}, "SB648"),
        (b"Products 2026,,\nsku,name,price\nA,Mug,9\n", "t.csv", {}, "SB648"),
        (b"Products 2026\nsku\tname\nA\tMug\n", "t.tsv", {}, "SB648"),
        (b"<!DOCTYPE html>\n<html><body>Log in</body></html>", "t.csv", {}, "SB649"),
        (b"\n <HTML lang=en>\n", "t.json", {}, "SB649"),
        (b"[]", "t.json", {}, "SB644"),
        (b"{}", "t.json", {}, "SB645"),
        (b'[{"a": 1},]', "t.json", {}, "SB645"),
        (b'[{"a": 1, "a": 2}]', "t.json", {}, "SB645"),
        (b'[{"a": "\\ud800"}]', "t.json", {}, "SB645"),
        (b"[" * 100 + b"]" * 100, "t.json", {}, "SB645"),
        (b'[{"a": 1e999999999999999999999}]', "t.json", {}, "SB645"),
        (b"a: 1\nb: 2\n", "t.yaml", {}, "SB645"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(
    data: bytes, file: str, reading: dict[str, str], code: str
) -> None:
    found, problems = read_table(data, file, _reading(reading))
    assert found is None or found.misread
    assert code in codes(tuple(problems))


BOX = "{lid: null}"
JSON_ROW = '{"sku": "A1", "price": 9.5, "tags": ["a", "b"], "box": {"lid": null}, "new": true}'
ROW = {"sku": "A1", "price": 9.5, "tags": ["a", "b"], "box": {"lid": None}, "new": True}


@pytest.mark.parametrize(
    ("file", "text", "line", "column"),
    [
        ("t.json", f"[\n {JSON_ROW[:48]}\n {JSON_ROW[48:]}]", 3, 9),
        ("t.jsonl", f"\n{JSON_ROW}\n", 2, 56),
        ("t.yaml", f"- sku: A1\n  price: 9.5\n  tags: [a, b]\n  box: {BOX}\n  new: true\n", 4, 8),
        (
            "t.yml",
            f"rows:\n- {{sku: A1, price: 9.5, tags: [a, b], box: {BOX}, new: true}}\n",
            2,
            44,
        ),
    ],
)
def test_structured_tables_keep_types_and_places(
    file: str, text: str, line: int, column: int
) -> None:
    found = table(text, file)
    assert json.loads(json.dumps(values(found), default=float)) == [ROW]
    span = found.rows[0].cells["box"]
    assert (span.line, span.column) == (line, column)


def test_a_key_that_only_some_rows_have_is_null_in_the_others() -> None:
    found = table('[{"a": 1}, {"b": 2}]', "t.json")
    assert values(found) == [{"a": 1, "b": None}, {"a": None, "b": 2}]


CELL = st.text(alphabet="ab \"',;\t\r\n\u00e9\U0001f600{", max_size=8)


@given(
    st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5),
    st.sampled_from(",;\t|"),
)
def test_what_python_writes_as_csv_is_read_as_it_was(grid: list[list[str]], sign: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, quoting=csv.QUOTE_ALL).writerows(grid)
    text = out.getvalue()
    rows = list(rows_of(text, sign))
    assert [[cell.text for cell in row] for row in rows] == grid
    assert all(text[cell.start] == text[cell.end - 1] == '"' for row in rows for cell in row)


@pytest.mark.parametrize(
    ("text", "when", "warned"),
    [
        ("{{ Sale }}", "", ["SB640"]),
        ("{{ Sale }}", "when: Price", ["SB640"]),
        ("{{ Sale }}", "when: Sale", []),
        ("{{ row.sale }}", "when: Sale", []),
        ("{{ Sale }}", "when: \"row['Sale'] != ''\"", []),
        ("{{ Sale or Price }}", "", []),
        ("{{ Price or Sale }}", "", ["SB640"]),
        ("{{ (Sale or Price) | price }}", "", []),
    ],
)
def test_an_empty_cell_that_a_condition_stands_over_is_no_surprise(
    text: str, when: str, warned: list[str]
) -> None:
    story = (
        "scenes:\n"
        "  - shots:\n"
        "      - still: card.png\n"
        "        duration: 2s\n"
        "        titles:\n"
        f'          - {{text: "{text}"{", " if when else ""}{when}}}\n'
        "variations: {rows: rows.csv}\n"
    )
    found = expanded(story, {"rows.csv": "sku,Sale,Price\nA,9,12\nB,,12\n"}).diagnostics
    assert [one.code for one in found] == warned


@pytest.mark.parametrize("place", ["shots", "scenes"])
def test_the_condition_of_a_shot_or_scene_stands_over_its_titles(place: str) -> None:
    asked = {"shots": "", "scenes": ""} | {place: "when: Sale"}
    story = (
        "scenes:\n"
        f"  - id: a\n    {asked['scenes']}\n    shots:\n"
        f"      - still: card.png\n        {asked['shots']}\n"
        '        titles: [{text: "{{ Sale }}"}]\n'
        "  - shots: [{still: card.png}]\n"
        "variations: {rows: rows.csv}\n"
    )
    assert expanded(story, {"rows.csv": "sku,Sale\nA,9\nB,\n"}).diagnostics == ()


@given(st.text(alphabet='ab";\r\n,', max_size=30))
def test_any_text_can_be_split_and_cells_follow_each_other(text: str) -> None:
    ends = [0]
    for row in rows_of(text, ";"):
        for cell in row:
            assert cell.start >= ends[-1]
            ends.append(cell.end)
    assert ends[-1] <= len(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(st.text(max_size=4), JSON, min_size=1), min_size=1, max_size=4))
def test_json_is_read_as_python_reads_it(rows: list[dict[str, object]]) -> None:
    for text in (json.dumps(rows), json.dumps(rows, indent=2, ensure_ascii=False)):
        raw = text.encode("utf-8", "replace")
        found, problems = read_table(raw, "t.json", Reading())
        assert problems == []
        assert found is not None
        expected = json.loads(raw.decode())
        for row, wanted in zip(found.rows, expected, strict=True):
            kept = {key: _listed(row[key]) for key in wanted}
            assert kept == wanted


def _listed(value: object) -> object:
    match value:
        case tuple():
            return [_listed(item) for item in value]
        case dict():
            return {key: _listed(inner) for key, inner in value.items()}
        case _:
            return value


def test_a_missing_column_is_found_before_any_row_is_read() -> None:
    story = "title: '{{ nmae }}{{ row.prise }}'\nvariations: {rows: t.csv, where: 1 / 0}\n"
    found = list(expanded(story, {"t.csv": "name,price\na,b\n"}).diagnostics)
    assert [(one.code, one.help) for one in found[:2]] == [
        ("SB601", "did you mean `name`?"),
        ("SB643", "did you mean `price`?"),
    ]
    assert found[1].related[0].span.file == "t.csv"


def test_a_table_that_is_missing_says_nothing_of_its_columns() -> None:
    story = "title: '{{ name }}'\nvariations: {rows: gone.csv}\n"
    [found] = expanded(story).diagnostics
    assert (found.code, found.message) == ("SB630", "there is no file `gone.csv`")
    assert "relative to the file that names them" in str(found.help)
    story = "title: '{{ name }}'\nvariations: {rows: 'https://shop.example/feed.csv'}\n"
    [found] = expanded(story).diagnostics
    assert found.code == "SB630"
    assert "without network" in str(found.help)


def test_paths_are_relative_to_the_file_that_names_them() -> None:
    story = "extends: base/film.yaml\ntitle: '{{ a }}'\n"
    base = "variations: {rows: rows.csv}\n"
    assert films(story, {"base/film.yaml": base, "base/rows.csv": "a,b\nx,1\n"}) == [{"title": "x"}]


FEED = """\
Handle,Title,Status,Variant SKU,Variant Price,Image Src
mug,Mug,active,M-S,9.99,a.png
mug,,,M-L,12.99,
mug,,,,,b.png
cup,Cup,draft,C-1,5.00,c.png
"""


def test_rows_of_a_product_are_grouped_to_one_film() -> None:
    story = """\
title: "{{ row.Title }}: {{ group | pluck('Variant Price') | sort | last }}"
scenes:
  - id: a
    shots: [{id: "{{ v['Variant SKU'] }}", each: {name: v, in: group}, when: "v['Variant SKU']"}]
variations: {rows: feed.csv, group_by: Handle, where: row.Status == "active"}
"""
    assert films(story, {"feed.csv": FEED}) == [
        {
            "title": "Mug: 9.99",
            "scenes": ({"id": "a", "shots": ({"id": "M-S"}, {"id": "M-L"})},),
        }
    ]


ADS_FEED = """\
id,item group id,price
MUG-S,MUG,9
MUG-L,MUG,12
LAMP,,94
VASE,,49
"""


@pytest.mark.parametrize(
    ("key", "titles"),
    [
        ("item group id", ["MUG-S MUG-L LAMP VASE"]),
        ("\"{{ row['item group id'] or row.id }}\"", ["MUG-S MUG-L", "LAMP", "VASE"]),
        ('"{{ item_group_id or id }}"', ["MUG-S MUG-L", "LAMP", "VASE"]),
    ],
)
def test_an_expression_groups_products_without_variants_alone(key: str, titles: list[str]) -> None:
    story = (
        "title: \"{{ group | pluck('id') | join(' ') }}\"\n"
        f"variations: {{rows: feed.csv, group_by: {key}, name: '{{{{ id }}}}'}}\n"
    )
    assert [one["title"] for one in films(story, {"feed.csv": ADS_FEED})] == titles
    [found, *_] = expanded(story, {"feed.csv": ADS_FEED}).value or ()
    costs = standings(found.campaign.uses, found.row or pytest.fail("a film has a row"))
    assert not [one for places in costs.values() for one in places if one.reaches]


def test_an_expression_to_group_by_that_cannot_be_worked_out_is_told_at_its_place() -> None:
    story = "title: x\nvariations: {{rows: feed.csv, group_by: \"{key}\", name: '{{{{ id }}}}'}}\n"
    for key, code in (
        ("{{ row.itm or id }}", "SB643"),
        ("{{ nothing }}", "SB601"),
        ("{{ price | date }}", "SB604"),
        ("{{ group }}", "SB601"),
    ):
        [found] = expanded(story.format(key=key), {"feed.csv": ADS_FEED}).diagnostics
        assert (found.code, found.span and found.span.line) == (code, 2)


def test_what_stands_for_an_empty_cell_is_written_as_it_is_read() -> None:
    story = (
        "title: \"{{ row['item group id'] }}\"\nvariations: {rows: feed.csv, name: '{{ id }}'}\n"
    )
    [found] = expanded(story, {"feed.csv": ADS_FEED}).diagnostics
    assert found.help is not None
    assert '{{ row["item group id"] | default("…", true) }}' in found.help


def test_a_title_that_does_not_tell_the_separator_is_warned_of() -> None:
    found, problems = table_and_problems("Products 2026\nsku;name;price\nA;Mug;9\n")
    assert list(found.columns) == ["Products 2026"]
    assert [(one.code, one.severity) for one in problems] == [("SB648", Severity.WARNING)]
    assert "the next ones have 3 if `;` parts them" in problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        "tags\nred;blue;green\nblue;red;white\n",
        "the prompt\nA mug; slow\nA cup\n",
        "the prompt\nA mug\nA cup\n",
        "name,\nmug,\n",
        "name,,\nmug,,\ncup,,\n",
    ],
)
def test_a_first_row_of_one_cell_may_be_the_header(text: str) -> None:
    table(text)


def test_the_word_that_shows_a_guess_is_a_piece_of_a_long_one() -> None:
    data = b"a,b\n" + b"x" * 100 + b"\xe9" + b"y" * 100 + b",z\n"
    _, problems = table_and_problems(data)
    [guess] = [one for one in problems if one.code == "SB632"]
    assert re.search("`x{20}[^xy]y{19}`", guess.message)


def test_columns_of_one_name_are_numbered_past_those_that_have_a_number() -> None:
    found, _ = table_and_problems(b"a,a 2,a,a,,column 5\n1,2,3,4,5,6\n")
    assert values(found) == [
        {"a": "1", "a 2": "2", "a 3": "3", "a 4": "4", "column 5": "5", "column 5 2": "6"}
    ]
