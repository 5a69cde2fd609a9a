"""A mistake inside a text points at its own column, however the text is written."""

import pytest
from checking import check_document, checked, document

from storyboard.diagnostics import Diagnostic
from storyboard.template.expand.expand import expand

TOP = """storyboard: 1
model: kling-v3-turbo-pro
elements:
  mar: {about: m}
scenes:
  - id: one
    shots:
      - id: a
        duration: 3s
"""


def unknown(shot: str) -> list[tuple[int, int, int, int]]:
    found = checked(TOP + shot).diagnostics
    spans = [one.span for one in found if one.code == "SB201" and one.span]
    return [(one.line, one.column, one.end_line, one.end_column) for one in spans]


@pytest.mark.parametrize(
    ("prompt", "places"),
    [
        ("prompt: A @cup and @mar.", [(10, 19, 10, 23)]),
        ('prompt: "@cup"', [(10, 18, 10, 22)]),
        ("prompt: '@cup, it''s @cat'", [(10, 18, 10, 22), (10, 30, 10, 34)]),
        ('prompt: "\\t\\u00e9 @cup"', [(10, 27, 10, 31)]),
        ('prompt: "\U0001f600 @cup"', [(10, 20, 10, 24)]),
        ('prompt: "\\u0040cup"', [(10, 17, 10, 28)]),  # escaped: the whole text
        ("prompt: |\n          @mar\n\n          the @cup", [(13, 15, 13, 19)]),
        ("prompt: >-\n          a @mar\n          @cup @cup", [(12, 11, 12, 15), (12, 16, 12, 20)]),
        ("prompt: a @mar\n          and @cup", [(11, 15, 11, 19)]),
        ("prompt: a @mar @mara", [(10, 24, 10, 29)]),
    ],
)
def test_an_unknown_element_is_pointed_at(
    prompt: str, places: list[tuple[int, int, int, int]]
) -> None:
    assert unknown(f"        {prompt}\n") == places


def test_a_value_from_a_table_points_at_its_cell() -> None:
    text = TOP.replace("duration: 3s", 'duration: "{{ long }}"') + (
        '        prompt: "A @{{ who }}."\nvariations:\n  name: "{{ who }}"\n  rows: rows.csv\n'
    )
    expanded = expand(document(text), lambda _: b"who,long\nmar,3s\ncup,3 sec\n")
    assert expanded.diagnostics == ()
    assert expanded.value is not None
    good, bad = (check_document(one.document).diagnostics for one in expanded.value)
    assert good == ()
    wrong = {one.code: one for one in bad if one.code in {"SB105", "SB201"}}
    assert cell(wrong["SB105"]) == ("film/rows.csv", 3, 5)
    assert cell(wrong["SB201"]) == ("film/rows.csv", 3, 1)


def cell(one: Diagnostic) -> tuple[str, int, int]:
    (related,) = one.related
    return related.span.file, related.span.line, related.span.column
