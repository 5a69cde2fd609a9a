"""An animatic clip is drawn as a film wants it: any of its frames, at any size, each once."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from cards import card, clip, picture
from PIL import Image

from storyboard.backends.animatic import AnimaticClip, AnimaticDrawing, Picture, Portrait, Spoken
from storyboard.backends.animatic.camera import Camera, Motion
from storyboard.backends.animatic.sound import RATE, samples
from storyboard.media.shape import Wanted
from storyboard.media.yuv import Frame
from storyboard.model.asset import FileDigest
from storyboard.model.storyboard import Fit, Focus, Size


def frames(
    shown: AnimaticClip, places: Sequence[int] | None = None, wanted: Wanted | None = None
) -> list[Frame]:
    wanted = wanted or Wanted(shown.size, Fit.CROP, None, 1)
    places = range(shown.frames) if places is None else places
    return list(AnimaticDrawing(shown).frames(places, wanted))


def drawn(shown: AnimaticClip, wanted: Wanted | None = None) -> list[np.ndarray]:
    return [frame.to_ndarray(format="rgb24") for frame in frames(shown, None, wanted)]


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(25), Fraction(30), Fraction(24000, 1001)])
def test_a_clip_is_exactly_as_long_as_asked(fps: Fraction) -> None:
    shown = clip(fps=fps)
    assert len(drawn(shown)) == shown.frames == round(3 * fps)
    assert abs(len(samples(shown)) - shown.frames / fps * RATE) < 1


def test_cards_change_at_their_frame(tmp_path: Path) -> None:
    shown = clip(
        card("a/one", 0, 2, picture=picture(tmp_path / "red.png", "red")),
        card("a/two", 2, 1, picture=picture(tmp_path / "blue.png", "blue")),
    )
    reds = [frame[54, 96, 0] > frame[54, 96, 2] for frame in drawn(shown)]
    assert reds == [True] * 48 + [False] * 24


def test_any_places_are_drawn_as_they_are_among_all() -> None:
    whole, places = drawn(clip()), [3, 3, 4, 47, 48, 48, 70]
    some = frames(clip(), places)
    for frame, place in zip(some, places, strict=True):
        assert np.array_equal(frame.to_ndarray(format="rgb24"), whole[place])
    assert some[0] is some[1]
    assert some[4] is some[5]
    assert len({id(frame) for frame in some}) == 5


def test_what_stands_still_is_drawn_once() -> None:
    still = clip(card("a/one", 0, 1, camera=Camera(Motion.STATIC)), card("a/two", 1, 1))
    drawn_frames = frames(still)
    assert len({id(frame) for frame in drawn_frames[:24]}) == 1
    assert len({id(frame) for frame in drawn_frames[24:]}) == 24


def test_a_stretch_is_known_by_its_content_and_not_its_place(tmp_path: Path) -> None:
    def recipe(shown: AnimaticClip, first: int = 0, end: int = 24) -> str:
        return AnimaticDrawing(shown).recipe(first, end)

    here = picture(tmp_path / "a.png", "red")
    there = Picture(here.digest, tmp_path / "elsewhere.png")
    other = picture(tmp_path / "b.png", "blue")
    recipes = {
        name: recipe(clip(card("a/b", 0, 2, picture=one)))
        for name, one in {"here": here, "there": there, "other": other}.items()
    }
    assert recipes["here"] == recipes["there"] != recipes["other"]
    assert len({recipe(clip(card("a/b", 0, 2, text))) for text in ("one", "two")}) == 2
    first = card("a/one", 0, 2)
    two = [clip(first, card("a/two", 2, 1, text)) for text in ("one", "two")]
    assert recipe(two[0], 0, 48) == recipe(two[1], 0, 48)
    assert recipe(two[0], 0, 49) != recipe(two[1], 0, 49)
    assert recipe(two[0], 0, 24) != recipe(two[0], 24, 48)
    assert repr(AnimaticDrawing(two[0])) != repr(AnimaticDrawing(two[1]))


def test_clips_of_other_sizes_sound_the_same_and_of_other_words_do_not() -> None:
    said = (Spoken("mara", "hello", Fraction(0), Fraction(1)),)
    shown = clip(card("a/one", 0, 2, lines=said))
    heard = AnimaticDrawing(shown).heard()
    assert AnimaticDrawing(replace(shown, size=Size(108, 192))).heard() == heard
    for other in (clip(card("a/one", 0, 2)), clip(card("a/one", 0, 3, lines=said))):
        assert AnimaticDrawing(other).heard() != heard


@pytest.mark.parametrize("fit", list(Fit))
@pytest.mark.parametrize("size", [Size(192, 108), Size(108, 192), Size(108, 108)], ids=str)
def test_a_clip_is_brought_into_any_ratio(tmp_path: Path, fit: Fit, size: Size) -> None:
    """The red picture fills what is cropped, and is seen whole where it is not."""
    red = picture(tmp_path / "red.png", "red")
    base = card("a/b", 0, 1, picture=red, camera=Camera(Motion.STATIC))
    (first, *_) = drawn(clip(base), Wanted(size, fit, None, 1))
    assert first.shape == (size.height, size.width, 3)
    assert first[size.height // 2, size.width // 2, 0] > 200
    bars = fit is Fit.PAD and size != Size(192, 108)
    assert bool(first[1, size.width // 2, 0] < 30) is bars


def test_the_picture_moves_and_a_static_one_does_not(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:360, 0:640]
    Image.fromarray(((rows // 40 + columns // 40) % 2 * 200).astype(np.uint8)).save(
        tmp_path / "a.png"
    )
    still = Picture(FileDigest("c" * 64), tmp_path / "a.png")
    for motion, moves in ((Motion.PAN_LEFT, True), (Motion.STATIC, False)):
        shown = drawn(clip(card("a/b", 0, 1, picture=still, camera=Camera(motion))))
        changed = np.abs(shown[0].astype(int) - shown[-1]).mean()
        assert bool(changed > 20) is moves


def test_a_picture_that_cannot_be_opened_becomes_a_card(tmp_path: Path) -> None:
    lost = Picture(FileDigest("d" * 64), tmp_path / "lost.png")
    shown = clip(
        card("a/b", 0, 1, picture=lost, portraits=(Portrait("mara", lost),)), size=Size(480, 270)
    )
    assert len(drawn(shown)) == 24


def test_the_focus_of_a_shot_stays_in_view(tmp_path: Path) -> None:
    split = Image.new("RGB", (900, 300), "blue")
    split.paste("red", (0, 0, 200, 300))
    split.save(tmp_path / "a.png")
    still = Picture(FileDigest("e" * 64), tmp_path / "a.png")
    base = card("a/b", 0, 1, picture=still, camera=Camera(Motion.STATIC))
    left = Focus(Decimal("0.05"), Decimal("0.5"))
    for focus, red in ((None, False), (left, True)):
        shown = clip(replace(base, focus=focus), size=Size(108, 192))
        frame = drawn(shown)[0]
        assert bool(frame[96, 54, 0] > frame[96, 54, 2]) is red
