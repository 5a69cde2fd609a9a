"""Every table fits the terminal: nothing is cut off, no line is too long, names stay readable."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.cli.fitted import fitted, wrapped
from storyboard.diagnostics import cells, harmless

HEAD = ("job", "USD", "state", "why")
LONG = "the prompt of `rain` changed; `run` is longer: 3 s to 3.5 s; its sound is off now"


def test_what_fits_stands_on_one_line_each() -> None:
    rows = [HEAD, ("sea/waves", "0.42", "rendered", "new"), ("a", "10.42", "to render", "")]
    assert fitted(rows, ("USD",), 80) == [
        "job          USD  state      why",
        "sea/waves   0.42  rendered   new",
        "a          10.42  to render",
    ]


def test_a_long_cell_goes_on_below_itself() -> None:
    rows = [HEAD, ("sea/waves", "0.42", "to render", LONG)]
    assert fitted(rows, ("USD",), 60) == [
        "job         USD  state      why",
        "sea/waves  0.42  to render  the prompt of `rain` changed;",
        "                            `run` is longer: 3 s to 3.5 s;",
        "                            its sound is off now",
    ]


def test_names_are_broken_where_their_words_are_joined() -> None:
    assert wrapped("fal-ai/kling-video/v3/pro", 12) == ["fal-ai/", "kling-video/", "v3/pro"]
    assert wrapped("aspect_ratio, cfg_scale", 13) == ["aspect_ratio,", "cfg_scale"]
    assert wrapped("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrapped("", 4) == [""]


@pytest.mark.parametrize("text", ["日本語の長い名前", "e\u0301" * 20, "👨‍👩‍👧" * 10])
def test_no_character_is_torn_from_its_marks(text: str) -> None:
    lines = wrapped(text, 5)
    assert "".join(lines) == text
    assert all(cells(line).width <= 5 for line in lines)
    assert not any(line[0] in "\u0301\u200d" for line in lines)


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5), st.integers(40, 120))
def test_no_line_is_too_long_and_no_word_is_lost(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    lines = fitted(rows, (), width)
    assert all(cells(line).width <= width for line in lines)
    told, shown = (re.sub(r"\s", "", text) for text in (_told(rows), "".join(lines)))
    assert sorted(told) == sorted(shown)


def _told(rows: list[tuple[str, str, str]]) -> str:
    return "".join(harmless(cell) for row in rows for cell in row)


def test_prose_stands_below_its_row_where_the_table_is_too_wide() -> None:
    rows = [HEAD, ("sea/waves", "0.42", "to render", LONG), ("boat", "1.00", "rendered", "")]
    assert fitted(rows, ("USD",), 60, ("why",)) == [
        "job         USD  state",
        "sea/waves  0.42  to render",
        "    why: the prompt of `rain` changed; `run` is longer: 3 s",
        "    to 3.5 s; its sound is off now",
        "boat       1.00  rendered",
    ]
    assert fitted(rows, ("USD",), 200, ("why",)) == fitted(rows, ("USD",), 200)


def test_short_prose_of_a_row_stands_on_one_line() -> None:
    rows = [("job", "why", "with"), ("sea/waves-at-night", "new", "words alone"), ("boat", "", "")]
    assert fitted(rows, (), 32, ("why", "with")) == [
        "job",
        "sea/waves-at-night",
        "    why: new \u00b7 with: words alone",
        "boat",
    ]


def test_numbers_are_never_broken() -> None:
    rows = [("a", "USD"), ("x" * 100, "1,234.568")]
    assert fitted(rows, ("USD",), 40)[1].endswith("  1,234.568")


def test_no_rows_are_no_lines() -> None:
    assert fitted([], (), 80) == []
