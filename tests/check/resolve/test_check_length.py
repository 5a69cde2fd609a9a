"""How long a shot is seen, by what is written of it and by the file that it shows."""

from fractions import Fraction

import pytest

from storyboard.catalogue import load
from storyboard.check.memory import Memory
from storyboard.check.outline import outline
from storyboard.check.resolve.length import length_of
from storyboard.check.subject import Subject
from storyboard.model import ClipFacts, FileDigest, LocalFile, Seconds
from storyboard.source import read

CLIP = ClipFacts("mp4", 1920, 1080, Fraction(24), Fraction(6), "h264", None)
FILES = {"a.mp4": LocalFile("a.mp4", FileDigest("a" * 64), 1, CLIP)}


def length(shot: str) -> Seconds:
    """Return the length of the one shot of a storyboard."""
    text = (
        f"storyboard: 1\nformat: {{fps: 24}}\nscenes: [{{id: one, shots: [{{id: a, {shot}}}]}}]\n"
    )
    document = read(text.encode(), "storyboard.yaml").value
    assert document is not None
    outlined = outline(document, memory := Memory())
    ((_, only),) = outlined.shots
    return length_of(Subject(document, outlined, FILES, load(), memory), only)


@pytest.mark.parametrize(
    ("shot", "seconds"),
    [
        ("prompt: a, duration: 2.5s", "5/2"),
        ("prompt: a, duration: 12f", "1/2"),
        ("prompt: a", "0"),
        ("footage: a.mp4", "6"),
        ("footage: a.mp4, duration: 2s", "2"),
        ("footage: a.mp4, from: 1s", "5"),
        ("footage: a.mp4, from: 1s, to: 3s", "2"),
        ("footage: a.mp4, from: 4s, to: 3s", "0"),
        ("footage: lost.mp4", "0"),
        ("footage: lost.mp4, to: 3s", "3"),
    ],
)
def test_a_shot_is_seen_as_long_as_is_written_or_as_its_file_is(shot: str, seconds: str) -> None:
    assert length(shot) == Fraction(seconds)
