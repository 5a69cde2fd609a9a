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
    told = only("#: crad.png: missing film/card.png" + BOARD)
    assert told.code == "SB301"
    assert told.help == "did you mean `card.png`?"


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


SHOT = "storyboard: 1\nscenes: [{id: s, shots: [{id: a, still: a.png, %s}]}]\n"


@pytest.mark.parametrize(
    ("key", "help_"),
    [
        ("duration: 2 s", "write `2s`"),
        ("duration: '2,5s'", "write `2.5s`"),
        ("duration: 2,5s", "write a decimal with a point: `2.5s`"),
        ("duration: 2s, transition: crossfade 1 s", "write `crossfade 1s`"),
        ("duration: later", "write it like `4s`, `2.5s`, `1m05s`, `12f`"),
        ("duration: ''", "write it, or leave the key out"),
        ("duration: 2s, titles: [{text: Hi, at: 1 sec}]", "write `1s`"),
    ],
)
def test_lengths_are_offered_as_they_are_written(key: str, help_: str) -> None:
    (one,) = checked(SHOT % key).diagnostics
    assert one.help == help_


@pytest.mark.parametrize(("word", "meant"), [("yes", "true"), ("On", "true"), ("no", "false")])
def test_truth_values_of_yaml_1_1_are_offered_as_those_of_1_2(word: str, meant: str) -> None:
    text = f"storyboard: 1\nmodel: kling-v3-turbo-pro\naudio: {word}\n"
    text += "scenes: [{id: s, shots: [{id: a, prompt: A cup., duration: 3s}]}]\n"
    (one,) = (one for one in checked(text).diagnostics if one.code == "SB103")
    assert one.help == f"write `{meant}`, without quotes"
