"""A shot is given one length: enough to read its captions in and to say its lines in."""

import json
from fractions import Fraction

import pytest
from checking import checked, document

from storyboard.check.memory import Memory
from storyboard.check.needed_time import caption_characters, needed_time
from storyboard.check.outline import ShotOutline, outline
from storyboard.diagnostics import without_followers


def shot(kind: str = "prompt", caption: str | None = None, *lines: str) -> ShotOutline:
    board = {"id": "a", kind: "x", "duration": "2s", "say": [{"m": line} for line in lines]}
    board |= {} if caption is None else {"caption": caption}
    whole = {"storyboard": 1, "scenes": [{"id": "s", "shots": [board]}]}
    ((_, one),) = outline(document(json.dumps(whole)), Memory()).shots
    return one


@pytest.mark.parametrize(
    ("one", "characters", "needed"),
    [
        (shot("prompt", None), 0, Fraction(0)),
        (shot("prompt", None, "x" * 51), 51, Fraction(3)),
        (shot("prompt", None, "x" * 52), 52, Fraction(7, 2)),
        (shot("prompt", "x" * 18), 18, Fraction(3, 2)),
        (shot("prompt", "  "), 0, Fraction(0)),
        (shot("still", "x" * 17, "x" * 99), 17, Fraction(1)),
        (shot("footage", None, "x" * 99), 0, Fraction(0)),
        (shot("prompt", None, "one two three four five six seven"), 33, Fraction(3)),
    ],
)
def test_the_longer_of_reading_and_saying_decides(
    one: ShotOutline, characters: int, needed: Fraction
) -> None:
    assert (caption_characters(one), needed_time(one)) == (characters, needed)


@pytest.mark.parametrize("words", [22, 40])
def test_a_line_that_is_too_long_gives_one_length_that_is_enough(words: int) -> None:
    line = " ".join(["word"] * words)
    board = {
        "storyboard": 1,
        "model": "kling-v3-pro",
        "voices": {"mara": {"id": "829824295735410756"}},
        "scenes": [
            {"id": "s", "shots": [{"id": "a", "duration": "4s", "prompt": "A street."}]},
        ],
    }
    shots = board["scenes"][0]["shots"]  # type: ignore[index]
    shots[0]["say"] = [{"mara": line}]
    (one,) = without_followers(checked(json.dumps(board)).diagnostics)
    assert one.code in {"SB508", "SB509"}
    length = str(one.help).split("make the shot ")[1].split(" long")[0]
    shots[0]["duration"] = length
    assert checked(json.dumps(board)).diagnostics == ()
