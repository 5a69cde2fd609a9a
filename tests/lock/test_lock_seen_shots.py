"""What is seen of a shot: its bytes, its trim and how it is cropped; titles are not in it."""

import sys
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from lock_values import asks, seen, take

sys.path.append(str(Path(__file__).parents[1] / "jobs"))
from boards import WIDE, crossfade, footage, shot, span, still

from storyboard.lock.decision import SeenShot
from storyboard.lock.seen_shots import crop_words, seen_file, seen_take
from storyboard.model import (
    AspectRatio,
    Captions,
    Fit,
    Focus,
    Format,
    Move,
    Output,
    Size,
)


def output(ratio: AspectRatio = WIDE, fit: Fit = Fit.CROP, size: Size | None = None) -> Output:
    return Output("o", Format(ratio, size, None), fit, Captions.OFF, span())


TALL = AspectRatio(9, 16)


def test_a_take_is_seen_as_it_is_shown() -> None:
    one = shot("a/b", "2.5")
    assert seen_take(take("a/b"), asks("a/b"), one, [output()]) == seen("a/b")


def test_files_are_seen_as_they_are_shown() -> None:
    one, other = still("a/b", 2), footage("a/c", 3)
    assert seen_file(one, []) == SeenShot(one.picture.digest, Fraction(0), Fraction(2), "", None)
    begun = replace(other, start=Fraction(1))
    assert seen_file(begun, []) == SeenShot(other.clip.digest, Fraction(1), Fraction(3), "", None)


def test_what_is_cut_off_is_told_for_each_shape() -> None:
    outputs = [output(TALL, Fit.PAD), output(), output(size=Size(640, 360))]
    assert crop_words(shot("a/b"), outputs) == "16:9 crop, 9:16 pad"
    assert crop_words(shot("a/b"), [output(TALL, Fit.RENDER), output()]) == "16:9 crop"


def test_focus_and_movement_are_told() -> None:
    point = Focus(Decimal("0.50"), Decimal("0.3"))
    box = replace(point, width=Decimal("0.2"), height=Decimal("0.10"))
    assert crop_words(replace(shot("a/b"), focus=point), []) == "focus 0.5 0.3"
    moved = replace(still("a/b"), focus=box, move=Move.IN)
    assert crop_words(moved, []) == "focus 0.5 0.3 0.2 0.1, moved in"


def test_titles_and_transitions_are_not_seen() -> None:
    one = shot("a/b")
    assert crop_words(replace(one, look=crossfade("0.5")), []) == crop_words(one, [])
