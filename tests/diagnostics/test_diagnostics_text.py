"""Diagnostics as people see them, each written out in full."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.diagnostics import (
    ANSI,
    Code,
    Diagnostic,
    Related,
    Severity,
    Span,
    in_order,
    print_text,
    summary,
)
from storyboard.diagnostics.cell_width import Cells, cells, harmless

FILE = "storyboard.yaml"


def at(line: int, column: int, end_line: int, end_column: int, file: str = FILE) -> Span:
    return Span(file, line, column, end_line, end_column)


def error(span: Span | None, help_: str | None = None, *related: Related) -> Diagnostic:
    return Diagnostic(Code("SB100"), Severity.ERROR, "it is wrong", span, help_, related)


def excerpt(text: str, span: Span, width: int = 100) -> list[str]:
    """The lines of an excerpt between its bars."""
    printed = print_text([error(span)], {FILE: text}, width=width).split("\n")
    return [line for line in printed[3:-4] if line]


def test_a_diagnostic_has_message_place_excerpt_related_places_and_help() -> None:
    text = "storyboard: 1\ntitle: First Cup\nmodel: kling-v3-pro\ntitle: Last Cup\n"
    twice = Diagnostic(
        Code("SB008"),
        Severity.ERROR,
        "the key `title` stands twice",
        at(4, 1, 4, 6),
        "keep one\nof the two",
        (Related("it stands here first", at(2, 1, 2, 6)),),
    )
    note = Diagnostic(Code("SB101"), Severity.NOTE, "no budget is set", None, "set `budget:`")
    assert print_text([note, twice], {FILE: text}) == (
        """\
error[SB008]: the key `title` stands twice
 --> storyboard.yaml:4:1
  |
4 | title: Last Cup
  | ^^^^^
  |
 ::: storyboard.yaml:2:1
  |
2 | title: First Cup
  | ----- it stands here first
  |
  = help: keep one
          of the two

note[SB101]: no budget is set
  = help: set `budget:`

1 error, 1 note
"""
    )


def test_nothing_found_prints_nothing() -> None:
    assert print_text([], {}) == ""


def test_a_place_in_a_file_that_is_not_at_hand_has_no_excerpt() -> None:
    other = Related("the cell", at(3, 2, 3, 4, "rows.csv"))
    assert print_text([error(at(1, 1, 1, 2, "x.yaml"), None, other)], {}).split("\n")[1:3] == [
        " --> x.yaml:1:1",
        " ::: rows.csv:3:2: the cell",
    ]


@pytest.mark.parametrize(
    ("line", "column", "end", "shown", "marks"),
    [
        ("abcdef", 3, 5, "abcdef", "  ^^"),
        ("\tkey: v", 2, 5, "    key: v", "    ^^^"),
        ("a\tb", 2, 3, "a    b", " ^^^^"),
        ("モデル: x", 1, 4, "モデル: x", "^^^^^^"),
        ("モデル: x", 6, 7, "モデル: x", "        ^"),
        ("e\u0301a x", 3, 4, "e\u0301a x", " ^"),
        ("👩‍👩‍👧 x", 7, 8, "👩‍👩‍👧 x", "   ^"),
        ("👍🏽 x", 4, 5, "👍🏽 x", "   ^"),
        ("🇩🇪🇫🇷 x", 6, 7, "🇩🇪🇫🇷 x", "     ^"),
        ("❤️ x", 4, 5, "❤️ x", "   ^"),
        ("a\x1b[31mb", 2, 3, "a␛[31mb", " ^"),
        ("a\u202eb", 3, 4, "a\ufffdb", "  ^"),
        ("abc", 4, 4, "abc", "   ^"),
        ("abc", 9, 12, "abc", "   ^"),
        ("", 1, 1, "", "^"),
    ],
)
def test_carets_stand_under_the_span(
    line: str, column: int, end: int, shown: str, marks: str
) -> None:
    below = f"  | {marks}"
    assert excerpt(line, at(1, column, 1, end)) == [f"1 | {shown}".rstrip(), below]


def test_line_numbers_share_a_gutter() -> None:
    text = "\n" * 9 + "ten\n"
    printed = print_text(
        [error(at(10, 1, 10, 4), None, Related("x", at(1, 1, 1, 1)))], {FILE: text}
    )
    assert printed.split("\n")[1:9] == [
        "  --> storyboard.yaml:10:1",
        "   |",
        "10 | ten",
        "   | ^^^",
        "   |",
        "  ::: storyboard.yaml:1:1",
        "   |",
        " 1 |",
    ]


def test_a_span_of_few_lines_is_shown_whole() -> None:
    assert excerpt("a: |\n  one\n  two\nb: 1\n", at(1, 4, 3, 6)) == [
        "1 | a: |",
        "  |    ^",
        "2 |   one",
        "  |   ^^^",
        "3 |   two",
        "  |   ^^^",
    ]


def test_a_span_of_many_lines_is_shown_by_its_first_and_last() -> None:
    text = "".join(f"line {n}\n" for n in range(1, 20))
    assert excerpt(text, at(2, 6, 12, 5)) == [
        " 2 | line 2",
        "   |      ^",
        "...",
        "12 | line 12",
        "   | ^^^^",
    ]


def test_a_span_that_ends_at_the_start_of_a_line_stops_on_the_one_before() -> None:
    assert excerpt("one\ntwo\n", at(1, 1, 2, 1)) == ["1 | one", "  | ^^^"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_all_line_ends_part_lines(end: str) -> None:
    assert excerpt(f"one{end}two{end}", at(2, 1, 2, 4)) == ["2 | two", "  | ^^^"]


def test_a_long_line_is_shown_round_its_span() -> None:
    text = "x" * 400 + "HERE" + "y" * 400
    line, marks = excerpt(text, at(1, 401, 1, 405), width=60)
    assert len(line) <= 60
    assert line.startswith("1 | …x")
    assert line.endswith("y…")
    assert line[marks.index("^") : marks.rindex("^") + 1] == "HERE"


def test_a_long_span_is_marked_as_far_as_it_is_shown() -> None:
    line, marks = excerpt("a: " + "x" * 400, at(1, 4, 1, 404), width=60)
    assert len(line) <= 60
    assert line.startswith("1 | a: xxx")
    assert set(marks[7:]) == {"^"}
    assert len(marks) <= 60


@settings(deadline=None)
@given(
    line=st.text(st.characters(exclude_characters="\n\r"), max_size=120),
    column=st.integers(1, 130),
    length=st.integers(0, 130),
    width=st.integers(30, 120),
)
def test_no_text_breaks_the_excerpt(line: str, column: int, length: int, width: int) -> None:
    lines = excerpt(line, at(1, column, 1, column + length), width=width)
    assert len(lines) == 2
    assert "^" in lines[1]
    # a character wider than what is left may stand out by its own width
    assert all(cells(one).width <= width + 8 for one in lines)
    assert not [c for one in lines for c in one if unicodedata.category(c) == "Cc"]


@settings(deadline=None)
@given(st.text())
def test_what_is_harmless_has_no_control_in_it(text: str) -> None:
    assert not [c for c in harmless(text) if unicodedata.category(c) in {"Cc", "Zl", "Zp"}]


def test_control_characters_in_messages_help_and_names_are_shown_as_signs() -> None:
    one = Diagnostic(
        Code("SB100"),
        Severity.WARNING,
        "no `\x1b[2J\u202e\n`",
        at(1, 1, 1, 1, "a\x07.yaml"),
        "write\x00 \x9b31m",
        (Related("x\r", at(1, 1, 1, 1, "\x1b]0;x")),),
    )
    printed = print_text([one], {})
    assert "\x1b" not in printed
    assert not [c for c in printed if unicodedata.category(c) == "Cc" and c != "\n"]


def test_colours_only_stand_round_what_is_printed_without_them() -> None:
    text = "title: x\ntitle: y\n"
    found = [error(at(2, 1, 2, 6), "keep one", Related("first", at(1, 1, 1, 6)))]
    coloured = print_text(found, {FILE: text}, palette=ANSI)
    bare = coloured
    for code in (ANSI.error, ANSI.message, ANSI.frame, ANSI.related, ANSI.end):
        assert code in coloured
        bare = bare.replace(code, "")
    assert bare == print_text(found, {FILE: text})


def test_diagnostics_are_in_order_and_each_stands_once() -> None:
    late, early = error(at(2, 1, 2, 2)), error(at(1, 5, 1, 6))
    nowhere, other = error(None), error(at(1, 1, 1, 2, "a.yaml"))
    assert in_order([late, nowhere, early, late, other]) == (other, early, late, nowhere)
    assert summary([late, late, early]) == "2 errors"
    assert summary([]) == ""


def test_of_very_many_100_are_shown_with_the_errors_and_the_others_counted() -> None:
    warnings = [
        Diagnostic(Code("SB021"), Severity.WARNING, "m", at(line, 1, line, 2))
        for line in range(1, 1_150)
    ]
    printed = print_text([*warnings, error(at(2_000, 1, 2_000, 2))], {})
    assert printed.count("warning[SB021]") == 99
    assert printed.count("error[SB100]") == 1
    assert printed.endswith("\n1,050 more not shown: mend these first\n1 error, 1,149 warnings\n")


@pytest.mark.parametrize("place", [0, 5_000, 500_000, 999_990])
def test_an_excerpt_of_a_very_long_line_lays_out_a_piece_of_it(
    place: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[int] = []

    def counting(line: str) -> Cells:
        laid_out.append(len(line))
        return cells(line)

    monkeypatch.setattr("storyboard.diagnostics.text.cells", counting)
    text = "".join(f"{n:>9}x" for n in range(100_000))
    shown, marks = excerpt(text, at(1, place + 10, 1, place + 11))
    assert sum(laid_out) <= 600
    assert marks.index("^") == shown.index(f" {place // 10}x") + len(f" {place // 10}")
