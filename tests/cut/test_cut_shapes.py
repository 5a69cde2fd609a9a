"""Clips of any size, rate and coding become the film's, and only what must be is encoded."""

import subprocess
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from clips import ClipRecipe, Picture, luma, make_clip, numbers, read_number
from films import SMALL, Take, make, timeline
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from storyboard.cut.agree import agree
from storyboard.cut.cut_plan import Copied, Encoded
from storyboard.cut.timeline import SlateSource, StillSource
from storyboard.media.decoding import decode
from storyboard.media.frames import last_frame
from storyboard.media.packets import index
from storyboard.media.shape import Shaper, Wanted, crop_box, fit_size
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Fit, Focus, Move, Size


def first_frame(path: Path) -> Picture:
    with av.open(str(path)) as film:
        return luma(next(film.decode(video=0)))


def test_a_clip_of_another_rate_shows_the_frame_of_each_moment(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=60, fps=Fraction(30)))
    report = make(timeline([Take(clip, 48)]), tmp_path / "run")
    assert report.plan.copied == 0
    assert numbers(report.path) == [int((n + Fraction(1, 2)) * 30 / 24) for n in range(48)]


def test_slower_clips_show_frames_more_than_once(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24, fps=Fraction(12)))
    report = make(timeline([Take(clip, 48)]), tmp_path / "run")
    assert numbers(report.path) == [n // 2 for n in range(48)]


def test_the_clips_that_agree_are_copied_beside_one_that_does_not(tmp_path: Path) -> None:
    clips = [
        make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24, first=100)),
        make_clip(tmp_path / "b.mp4", ClipRecipe(frames=24, first=200, width=240, height=160)),
        make_clip(tmp_path / "c.mp4", ClipRecipe(frames=24, first=300, sound=False)),
    ]
    report = make(timeline([Take(clip, 24) for clip in clips]), tmp_path / "run")
    kinds = [type(one) for one in report.plan.stretches]
    assert kinds == [Copied, Encoded, Copied]
    assert numbers(report.path) == [begin + n for begin in (100, 200, 300) for n in range(24)]


def test_a_clip_whose_packets_count_otherwise_is_not_copied(tmp_path: Path) -> None:
    """A film says once, for all of its packets, in how many bytes the lengths in them are."""
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24))
    film, found = timeline([Take(clip, 24)]), index(clip)
    assert found.coding.sets is not None
    assert agree(film, {clip: found}).reasons == {}
    short = replace(found.coding, sets=replace(found.coding.sets, length_size=2))
    reason = "the lengths of its parts are not four bytes long"
    assert agree(film, {clip: replace(found, coding=short)}).reasons == {clip: reason}


def test_of_clips_with_other_parameters_the_most_are_copied(tmp_path: Path) -> None:
    baseline = (("profile", "baseline"),)
    recipes = [
        ClipRecipe(frames=24, first=100, bframes=0, options=baseline),
        ClipRecipe(frames=36, first=200),
        ClipRecipe(frames=36, first=300),
    ]
    clips = [make_clip(tmp_path / f"{n}.mp4", one) for n, one in enumerate(recipes)]
    takes = [Take(clip, one.frames) for clip, one in zip(clips, recipes, strict=True)]
    report = make(timeline(takes), tmp_path / "run")
    assert report.plan.copied == 72
    assert numbers(report.path) == [one.first + n for one in recipes for n in range(one.frames)]


@pytest.mark.parametrize(
    "change",
    [{"codec": "libx265"}, {"options": (("pix_fmt", "yuv444p"),)}],
    ids=["other codec", "same codec"],
)
def test_other_codecs_are_encoded(tmp_path: Path, change: dict[str, str]) -> None:
    if change.get("codec") == "libx265" and "libx265" not in av.codecs_available:
        pytest.skip("no encoder for it in this build")
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24, **change))  # type: ignore[arg-type]
    report = make(timeline([Take(clip, 24)]), tmp_path / "run")
    assert numbers(report.path) == list(range(24))


def test_a_clip_that_ends_early_stands_still_at_its_last_frame(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=20))
    report = make(timeline([Take(clip, 24)]), tmp_path / "run")
    assert numbers(report.path) == [*range(20), 19, 19, 19, 19]
    assert report.plan.copied == 20


def test_stills_and_slates_stand_between_clips(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24))
    Image.new("RGB", (300, 300), (200, 30, 30)).save(tmp_path / "still.png")
    takes = [
        Take(clip, 24),
        Take(StillSource(tmp_path / "still.png", Move.IN), 24, 0, TransitionKind.CROSSFADE, 6),
        Take(SlateSource("scene/3", "the provider refused it"), 12),
    ]
    report = make(timeline(takes), tmp_path / "run")
    assert report.findings is not None
    assert report.findings.frames == 54
    assert numbers(report.path)[:18] == list(range(18))


@pytest.mark.parametrize("fit", list(Fit))
def test_an_upright_film_from_a_wide_clip_has_its_own_size(tmp_path: Path, fit: Fit) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=6))
    film = timeline([Take(clip, 6)], size=Size(108, 192), fit=fit)
    report = make(film, tmp_path / "run")
    frame = first_frame(report.path)
    assert frame.shape == (192, 108)
    if fit is Fit.PAD:
        assert frame[:50].max() < 24
        assert frame[-50:].max() < 24
        assert frame[80:110].max() > 100


@pytest.mark.parametrize("fit", list(Fit))
def test_a_still_is_brought_into_the_films_ratio_as_the_output_says(
    tmp_path: Path, fit: Fit
) -> None:
    Image.new("RGB", (320, 180), (220, 220, 220)).save(tmp_path / "still.png")
    still = StillSource(tmp_path / "still.png", Move.IN)
    film = timeline([Take(still, 6)], size=Size(108, 192), fit=fit)
    frame = first_frame(make(film, tmp_path / "run").path)
    assert frame[96, 54].min() > 200
    assert (frame[:60].max() < 24) == (fit is Fit.PAD)
    assert (frame[-60:].max() < 24) == (fit is Fit.PAD)


def test_a_blur_is_the_same_whatever_pixels_are_stored_as(tmp_path: Path) -> None:
    picture = np.full((180, 320, 3), 128, np.uint8)
    picture[:, :160], picture[:, 160:] = (200, 40, 40), (40, 40, 200)
    reds = []
    for name in ("yuv420p", "yuv444p"):
        clip = tmp_path / f"{name}.mp4"
        with av.open(str(clip), "w") as out:
            stream = out.add_stream("libx264", rate=24, options={"crf": "4"})
            stream.width, stream.height, stream.pix_fmt = 320, 180, name
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            out.mux(stream.encode(None))
        film = timeline([Take(clip, 1)], size=Size(270, 480), fit=Fit.BLUR)
        with av.open(str(make(film, tmp_path / name).path)) as made:
            frame = next(made.decode(video=0)).to_ndarray(format="rgb24")
        reds.append(frame[40, :, 0].astype(int))
    assert np.abs(reds[0] - reds[1]).max() < 7


@pytest.mark.parametrize("size", [SMALL, Size(96, 54)], ids=str)
def test_frames_that_change_their_size_are_shown_whole(tmp_path: Path, size: Size) -> None:
    """Recordings of screens and calls do so on the way."""
    clips = [
        make_clip(tmp_path / "a.mp4", ClipRecipe(frames=4)),
        make_clip(tmp_path / "b.mp4", ClipRecipe(frames=4, first=100, width=384, height=216)),
    ]
    indexes = [index(clip) for clip in clips]
    shaper = Shaper(indexes[0].coding, Wanted(size, Fit.CROP, None, 5))
    read = [
        read_number(luma(shaper(frame)))
        for one in (*indexes, indexes[0])
        for frame in decode(one, 0, 2)
    ]
    assert read == [0, 1, 100, 101, 0, 1]


@pytest.mark.parametrize(("x", "bright"), [("0.0", True), ("1.0", False)])
def test_a_crop_follows_the_focus(tmp_path: Path, x: str, bright: bool) -> None:  # noqa: FBT001
    with av.open(str(tmp_path / "a.mp4"), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 192, 108, "yuv420p"
        picture = np.zeros((108, 192, 3), np.uint8)
        picture[:, :96] = 255
        for _ in range(6):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode(None))
    focus = Focus(Decimal(x), Decimal("0.5"))
    film = timeline([Take(tmp_path / "a.mp4", 6, focus=focus)], size=Size(60, 108))
    assert bool(first_frame(make(film, tmp_path / "run").path).mean() > 128) is bright


def test_a_crop_keeps_inside_the_picture_and_on_even_pixels() -> None:
    focus = Focus(Decimal("0.9"), Decimal("0.1"), Decimal("0.2"), Decimal("0.1"))
    box = crop_box(1920, 1080, Fraction(1), Size(1080, 1920), focus)
    assert (box.width, box.height) == (608, 1080)
    assert (box.x, box.y) == (1920 - 608, 0)
    assert fit_size(1916, 1080, Fraction(1), Size(1920, 1080)) == Size(1916, 1080)


@pytest.mark.parametrize("mirror", [[], ["-display_hflip"], ["-display_vflip"]])
@pytest.mark.parametrize("angle", ["0", "90", "180", "270"])
def test_a_turned_clip_is_shown_as_ffmpeg_shows_it(
    tmp_path: Path, angle: str, mirror: list[str]
) -> None:
    """Phones turn what they film, and some mirror what their front camera sees."""
    plain = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=6))
    turned, picture = tmp_path / "b.mp4", tmp_path / "b.png"
    ffmpeg = [get_ffmpeg_exe(), "-v", "error", "-nostdin"]
    turning = ["-display_rotation", angle, *mirror, "-i", str(plain), "-c", "copy", str(turned)]
    for arguments in (turning, ["-i", str(turned), "-frames:v", "1", str(picture)]):
        subprocess.run([*ffmpeg, *arguments], check=True)  # noqa: S603 - the words are all here
    last_frame(turned, Fraction(1, 24), tmp_path / "c.png")
    with Image.open(picture) as theirs, Image.open(tmp_path / "c.png") as ours:
        assert ours.size == theirs.size
        assert np.array_equal(np.asarray(ours), np.asarray(theirs.convert("RGB")))
    size = Size(108, 192) if angle in {"90", "270"} else SMALL
    report = make(timeline([Take(turned, 6)], size=size), tmp_path / "run")
    assert (report.plan.copied == 0) == (angle != "0" or bool(mirror))
    with Image.open(picture) as theirs:
        difference = first_frame(report.path).astype(int) - np.asarray(theirs.convert("L"))
    assert abs(difference).mean() < 6  # it has been encoded
