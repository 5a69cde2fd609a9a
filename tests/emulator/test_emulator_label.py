"""A box with a shot's name and words is as large as they need, and leaves the picture room."""

from storyboard.emulator.label import LEAST_SIDE, label
from storyboard.emulator.shown import Shown


def test_words_that_are_too_many_leave_half_of_the_picture_free() -> None:
    one = Shown(0, "a" * 400, "A street at night. " * 300)
    for width, height in ((1916, 1080), (540, 958), (320, LEAST_SIDE)):
        box = label(one, width, height)
        assert box.shape[0] <= height / 2
        assert box.shape[1] <= width
        assert box.max() > 180  # ink


def test_a_shot_without_a_name_has_its_words_alone() -> None:
    named = label(Shown(0, "opening/pour", "Macro on a cup."), 958, 540)
    nameless = label(Shown(0, "", "Macro on a cup."), 958, 540)
    assert nameless.shape[0] < named.shape[0]
    assert nameless.max() > 180
