"""Every frame of every kind of film stands where it should, whether copied or encoded."""

import os
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import TypeAlias

import av
import pytest
from browser import PLAYING, Showing, watch
from chromium import chromium, headless
from clips import ClipRecipe, make_clip, numbers
from films import Take, make, timeline, title

from storyboard.cut.cut_plan import Copied
from storyboard.media import libav
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Size

Case: TypeAlias = tuple[str, str, str, str, str]
"""What is done, at which rate, in which shape, of clips of which groups, with sound or silent."""

RATES = ["24", "25", "30", "24000/1001"]
SHAPES = {"wide": Size(192, 108), "tall": Size(108, 192), "square": Size(128, 128)}
WORK = ["hard", *(kind.value for kind in TransitionKind if kind.value != "cut"), "title", "trim"]
GOPS = {"one-gop": 250, "many-gop": 12}
SOUNDS = ["sound", "silent"]
MATRIX = list(product(WORK, RATES, SHAPES, GOPS, SOUNDS))
# A step without a factor of 480: every work, rate, shape, group and sound occurs.
WATCHED = MATRIX if "STORYBOARD_WHOLE_MATRIX" in os.environ else MATRIX[::37]
LENGTH = 40
OVERLAP = 10


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


def three(folder: Path, rate: str, gop: int, shape: str, *, sound: bool) -> list[Path]:
    """Three clips of one kind, made once a session; the numbers of each begin at a hundred."""
    made: list[Path] = []
    for n in range(3):
        name = f"{rate.replace('/', '_')}-{gop}-{shape}-{sound}-{n}.mp4"
        path = folder / name
        size = SHAPES[shape]
        recipe = ClipRecipe(
            frames=LENGTH,
            fps=Fraction(rate),
            width=size.width,
            height=size.height,
            gop=gop,
            sound=sound,
            first=100 * (n + 1),
            seed=n,
        )
        made.append(path if path.exists() else make_clip(path, recipe))
    return made


def takes(work: str, paths: list[Path]) -> list[Take]:
    if work in {"hard", "title"}:
        return [Take(path, LENGTH) for path in paths]
    if work == "trim":
        return [Take(path, LENGTH - 17, start=7) for path in paths]
    first, *rest = paths
    kind = TransitionKind(work)
    return [Take(first, LENGTH), *(Take(path, LENGTH, 0, kind, OVERLAP) for path in rest)]


def expected(work: str) -> list[int | None]:
    """The number that each frame should show; None where two pictures are mixed."""
    begins = (100, 200, 300)
    if work in {"hard", "title"}:
        return [begin + n for begin in begins for n in range(LENGTH)]
    if work == "trim":
        return [begin + n for begin in begins for n in range(7, LENGTH - 10)]
    shown: list[int | None] = [100 + n for n in range(LENGTH)]
    for begin in begins[1:]:
        shown[-OVERLAP:] = [None] * OVERLAP
        shown += [begin + n for n in range(OVERLAP, LENGTH)]
    return shown


def check(case: Case, folder: Path, clips: Path) -> Path:
    """Make a film and hold every frame of it against where it should stand."""
    work, rate, shape, gop, sound = case
    paths = three(clips, rate, GOPS[gop], shape, sound=sound == "sound")
    titles = (title(30, 25),) if work == "title" else ()
    film = timeline(takes(work, paths), Fraction(rate), SHAPES[shape], titles=titles)
    report = make(film, folder / "-".join(case).replace("/", "_"))
    shown = numbers(report.path)
    wanted = expected(work)
    assert len(shown) == len(wanted) == film.frames
    assert not wrong(range(film.frames), shown, work), report.plan
    assert report.findings is not None
    assert report.findings.faults == ()
    with av.open(str(report.path)) as container:
        assert libav.guessed_rate(container.streams.video[0]) == Fraction(rate)
        assert container.duration == pytest.approx(float(film.duration) * 1e6, abs=1000)
    if work == "hard":
        assert report.plan.encoded == 0
    if work != "trim":
        assert any(isinstance(one, Copied) for one in report.plan.stretches)
    return report.path


def places(work: str) -> list[int]:
    """Return frames to seek to: some of each clip, and those beside the joins."""
    joins = {29, 30, 31, 39, 40, 41, 59, 60, 61, 69, 70, 71}
    frames = len(expected(work))
    return sorted({*range(0, frames, 9), *(n for n in joins if n < frames)})


def wrong(asked: Sequence[int], shown: Sequence[int], work: str) -> list[tuple[int, int, int]]:
    """Return frames that show another number than they should: place, seen, wanted."""
    wanted = expected(work)
    return [
        (n, seen, number)
        for n, seen in zip(asked, shown, strict=True)
        if (number := wanted[n]) is not None and number != seen
    ]


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("gop", GOPS)
def test_each_work_at_one_rate(tmp_path: Path, clips: Path, work: str, gop: str) -> None:
    check((work, "24", "wide", gop, "sound"), tmp_path, clips)


@pytest.mark.parametrize("rate", RATES[1:])
@pytest.mark.parametrize("work", ["hard", "crossfade"])
def test_each_rate(tmp_path: Path, clips: Path, work: str, rate: str) -> None:
    check((work, rate, "wide", "one-gop", "silent"), tmp_path, clips)


@pytest.mark.parametrize("shape", ["tall", "square"])
@pytest.mark.parametrize("work", ["hard", "slide-left"])
def test_each_shape(tmp_path: Path, clips: Path, work: str, shape: str) -> None:
    check((work, "24", shape, "many-gop", "sound"), tmp_path, clips)


def test_a_skipped_browser_test_fails_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chromium.which", lambda _: None)
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception):
        chromium()
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception):
        chromium()


def test_the_sample_has_all_there_is() -> None:
    for at, every in enumerate((WORK, RATES, SHAPES, GOPS, SOUNDS)):
        assert {case[at] for case in WATCHED} == set(every)


@pytest.mark.parametrize("rate", RATES)
def test_a_browser_shows_every_frame(tmp_path: Path, clips: Path, rate: str) -> None:
    """A sample of films; with STORYBOARD_WHOLE_MATRIX, all 480."""
    cases = [case for case in WATCHED if case[1] == rate]
    films = [check(case, tmp_path, clips) for case in cases]
    launch = headless(chromium(), *PLAYING)
    showings = [
        Showing(film, Fraction(rate), places(work))
        for film, (work, *_) in zip(films, cases, strict=True)
    ]
    for case, showing, seen in zip(cases, showings, watch(launch, showings), strict=True):
        assert seen.error is None, case
        assert seen.ended, case
        assert not wrong(showing.asked, seen.frames, case[0]), case
        assert seen.duration == pytest.approx(len(expected(case[0])) / Fraction(rate), abs=0.002)
