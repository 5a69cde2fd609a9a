"""Captions that are gone before they can be read, and how long the shot would have to be."""

import json

import pytest
from checking import checked

from storyboard.diagnostics import Diagnostic


def found(duration: str, caption: str | None, lines: tuple[str, ...]) -> list[Diagnostic]:
    shot = {"id": "a", "duration": duration, "prompt": "A street."}
    shot |= {} if caption is None else {"caption": caption}
    shot |= {"say": [{"mara": line} for line in lines]} if lines else {}
    board = {
        "storyboard": 1,
        "model": "kling-v3-pro",
        "voices": {"mara": {"id": "829824295735410756"}},
        "scenes": [{"id": "one", "shots": [shot]}],
    }
    return [one for one in checked(json.dumps(board)).diagnostics if one.code == "SB662"]


@pytest.mark.parametrize(
    ("duration", "caption", "lines", "speed"),
    [
        ("2s", None, ("x" * 34,), None),
        ("2s", None, ("x" * 35,), "17.5"),
        ("4s", None, ("x" * 69,), "17.3"),  # 17.25: a half goes up
        ("20s", None, ("x" * 341,), "17.1"),  # 17.05, which is not 17,
        ("2s", None, ("x" * 20, "y" * 20), "20"),
        ("2s", "", ("x" * 99,), None),
        ("1s", "x" * 30, (), "30"),
        ("1s", "x" * 10, ("y" * 99,), None),
        ("1s", None, (), None),
        ("soon", "x" * 99, (), None),  # what follows from a wrong length is not reported as well
    ],
)
def test_captions_read_faster_than_17_characters_a_second_are_found(
    duration: str, caption: str | None, lines: tuple[str, ...], speed: str | None
) -> None:
    ones = found(duration, caption, lines)
    assert len(ones) == (speed is not None)
    assert all(f"at {speed} characters" in one.message for one in ones)


def test_the_help_says_how_long_the_shot_would_have_to_be() -> None:
    [one] = found("2s", None, ("x" * 51,))
    assert one.help == "make the shot 3s long, or the words shorter"
