"""What the checks find in one row points at the scalar in the YAML and at the cell in the table."""

from pathlib import Path

import pytest
from expanding import expanded

from storyboard import Ask, compile_storyboard
from storyboard.diagnostics import Diagnostic

HEAD = "storyboard: 1\nmodel: kling-v3-turbo-pro\n"


def compiled(story: str, table: str, folder: Path) -> tuple[Diagnostic, ...]:
    (folder / "storyboard.yaml").write_text(story, "utf-8")
    (folder / "t.csv").write_text(table, "utf-8")
    return compile_storyboard(Ask(Path("storyboard.yaml"))).diagnostics


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def cells(one: Diagnostic) -> list[tuple[str, str, int, int]]:
    return [(r.message, r.span.file, r.span.line, r.span.column) for r in one.related]


def test_an_unknown_element_of_one_row(tmp_path: Path) -> None:
    story = (
        HEAD
        + """\
elements: {mara: {about: a barista}}
scenes:
  - id: a
    shots: [{id: b, duration: 3s, prompt: "@{{ who }} waves."}]
variations: {rows: t.csv}
"""
    )
    found = compiled(story, "n,who\n1,mara\n2,marra\n3,mara\n", tmp_path)
    [one] = [one for one in found if one.severity == "error"]
    assert one.span is not None
    assert (one.span.file, one.span.line) == ("storyboard.yaml", 6)
    assert one.message.endswith("(in 1 of 3 rows: row 2)")
    assert cells(one) == [("row 2: who is 'marra'", "t.csv", 3, 3)]


def test_a_missing_picture_and_a_wrong_time_through_variables_and_each(tmp_path: Path) -> None:
    story = (
        HEAD
        + """\
variables:
  path: {default: "{{ picture }}.png"}
scenes:
  - id: a
    shots:
      - {id: b, duration: "{{ seconds }}", prompt: A mug turns., start: "{{ path }}"}
      - {id: c, each: {name: one, in: "{{ more | split(';') }}"}, still: "{{ one }}", duration: 1s}
variations: {rows: t.csv}
"""
    )
    found = compiled(story, "picture,seconds,more\nx,soon,u.png;v.png\n", tmp_path)
    told = [(one.span.line, cells(one)) for one in found if one.span and one.severity == "error"]
    assert sorted(told) == [
        (8, [("row 1: path is 'x.png'", "t.csv", 2, 1)]),
        (8, [("row 1: seconds is 'soon'", "t.csv", 2, 3)]),
        (9, [("row 1: more is 'u.png;v.png'", "t.csv", 2, 8)]),
        (9, [("row 1: more is 'u.png;v.png'", "t.csv", 2, 8)]),
    ]


def test_a_column_may_be_called_row_and_an_item_like_a_column() -> None:
    story = """\
title: "{{ row.row }}"
scenes: [{id: a, each: {name: sku, in: [x, y]}, title: "{{ sku }}"}]
variations: {rows: t.csv}
"""
    result = expanded(story, {"t.csv": "sku,row\nA,7\n"})
    assert result.diagnostics == ()
    assert result.value is not None
    [use] = [one for one in result.value[0].campaign.uses if one.route[0] == "scenes"]
    assert use.names == ()


def test_headers_are_the_same_however_their_accents_are_written() -> None:
    story = "title: \"{{ row['Größe'] }}\"\nvariations: {rows: t.csv}\n"
    result = expanded(story, {"t.csv": "Gro\u0308\u00dfe,b\n5,1\n"})
    assert result.diagnostics == ()
