"""What each frame of a film shows, merged from its runs; what stands still over their borders."""

import threading
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from film_damage import Good

from storyboard.cut.proof.file_runs import FileRun
from storyboard.cut.proof.film_sights import Sight, sights_of, still_frames
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.stretch_views import ViewedRun
from storyboard.cut.proof.viewing import Run, Viewing
from storyboard.cut.workshop import DerivedFolder
from storyboard.media.avc import ParameterSets
from storyboard.media.film_times import CodedFrame

FPS = Fraction(4)


def test_every_frame_of_a_film_is_seen_once(hard: Good, faded: Good, trimmed: Good) -> None:
    for one in (hard, faded, trimmed):
        assert sorted(sights_of(one.meant.stretches)) == list(range(one.timeline.frames))


def test_a_trimmed_clip_is_seen_from_where_it_is_shown(trimmed: Good) -> None:
    sights = sights_of(trimmed.meant.stretches)
    assert [sights[n].place for n in (40, 64, 65, 66, 67, 99)] == [0, 24, 0, 20, 0, 32]


@pytest.fixture
def known(tmp_path: Path) -> Viewings:
    return Viewings(DerivedFolder(tmp_path / "derived"), tmp_path, threading.Event())


def run(known: Viewings, grey: list[int], still: set[int]) -> ViewedRun:
    """Keep the viewing of a run of plain pictures, as if it had been decoded."""
    looks = [np.full((2, 2), one, np.uint8) for one in grey]
    viewing = Viewing(
        still=frozenset(still),
        looks=tuple((n, one) for n, one in enumerate(grey)),
        first=looks[0],
        last=looks[-1],
    )
    frames = tuple(CodedFrame(Path(), 0, 1, n, anew=n == 0) for n in range(len(grey)))
    made = Run(frames, ParameterSets((), (), 4))
    digests = tuple(bytes((one,)) for one in grey)
    known.found_or(made, digests, lambda: viewing)
    return ViewedRun(FileRun(made, 0, len(grey), 0), digests, viewing.without_ends())


def sights(runs: Iterable[ViewedRun]) -> list[Sight]:
    return [
        Sight(one, place, is_lost=False, look=look + n)
        for n, one in enumerate(runs)
        for place, look in one.viewing.looks
    ]


@pytest.mark.parametrize(
    ("runs", "wanted"),
    [
        # Two runs of one picture, which is still over the border.
        ([([5, 5, 5], {1, 2}), ([5, 5, 5], {1, 2})], [0, 1, 1, 1, 1, 1]),
        # Another picture begins there.
        ([([5, 5, 5], {1, 2}), ([9, 9, 9], {1, 2})], [0, 1, 1, 0, 1, 1]),
        # For less than a second nothing is still.
        ([([5, 6], set()), ([6, 7], set())], [0, 0, 0, 0]),
        # Single pictures.
        ([([5], set())] * 6, [0, 1, 1, 1, 1, 1]),
        ([], []),
    ],
)
def test_what_stands_still_over_a_border_is_seen(
    known: Viewings, runs: list[tuple[list[int], set[int]]], wanted: list[int]
) -> None:
    seen = sights(run(known, *one) for one in runs)
    assert still_frames(seen, FPS, known) == tuple(map(bool, wanted))


def test_a_lost_picture_is_never_still(known: Viewings) -> None:
    one = sights([run(known, [5], set())])[0]
    lost = Sight(one.run, 3, is_lost=True, look=None)
    assert still_frames([one, *[lost] * 5], FPS, known) == (False,) * 6
