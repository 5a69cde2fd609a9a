"""What is told to do: a name that is nearly right is named."""

import pytest
from checking import checked

from storyboard.diagnostics import Diagnostic

BOARD = """
storyboard: 1
scenes: [{id: one, shots: [{id: card, still: crad.png, duration: 2s}]}]
"""


def only(text: str) -> Diagnostic:
    (one,) = checked(text).diagnostics
    return one


def test_a_missing_file_names_the_one_that_was_perhaps_meant() -> None:
    told = only("#: crad.png: missing did you mean `card.png`?" + BOARD)
    assert told.code == "SB301"
    assert told.help == (
        "did you mean `card.png`? paths are relative to the file that names them: this one is "
        "`film/crad.png`"
    )


def test_a_missing_file_with_none_like_it_tells_where_it_was_looked_for() -> None:
    told = only("#: crad.png: missing" + BOARD)
    assert (
        told.help == "paths are relative to the file that names them: this one is `film/crad.png`"
    )


@pytest.mark.parametrize("words", ["She looks up, and smiles", "One, two three, four five"])
def test_a_comma_inside_braces_is_told_with_what_to_do(words: str) -> None:
    board = "storyboard: 1\nmodel: kling-v3-pro\nscenes: [{id: one, shots: [{id: a, duration: 3s, "
    found = checked(f"{board}prompt: {words}}}]}}]\n").diagnostics
    assert {one.help for one in found} == {"put the whole text in quotes, with the comma"}
