"""What each frame of a film shows, merged from its runs; what stands still over their borders."""

import threading
from fractions import Fraction

import numpy as np
import pytest
from film_damage import Good

from storyboard.cut.proof.file_runs import FileRun
from storyboard.cut.proof.film_sights import Sight, sights_of, still_frames
from storyboard.cut.proof.stretch_views import ViewedRun
from storyboard.cut.proof.viewing import Run, Viewing
from storyboard.media.avc import ParameterSets

FPS, GO = Fraction(4), threading.Event()


def test_every_frame_of_a_film_is_seen_once(hard: Good, faded: Good, trimmed: Good) -> None:
    for one in (hard, faded, trimmed):
        assert sorted(sights_of(one.meant.stretches)) == list(range(one.timeline.frames))


def test_a_trimmed_clip_is_seen_from_where_it_is_shown(trimmed: Good) -> None:
    sights = sights_of(trimmed.meant.stretches)
    assert [sights[n].place for n in (40, 64, 65, 66, 67, 99)] == [0, 24, 0, 20, 0, 32]


def run(grey: list[int], still: set[int]) -> ViewedRun:
    """Return a run of plain pictures, its ends known."""
    looks = [np.full((2, 2), one, np.uint8) for one in grey]
    viewing = Viewing(
        still=frozenset(still),
        looks=tuple((n, one) for n, one in enumerate(grey)),
        first=looks[0],
        last=looks[-1],
    )
    nothing = FileRun(Run((), ParameterSets((), (), 4)), 0, len(grey), 0)
    return ViewedRun(nothing, (), viewing)


def sights(*runs: ViewedRun) -> list[Sight]:
    return [
        Sight(one, place, is_lost=False, look=look)
        for one in runs
        for place, look in one.viewing.looks
    ]


@pytest.mark.parametrize(
    ("runs", "wanted"),
    [
        # Two runs of one picture, which is still over the border.
        ([run([5, 5, 5], {1, 2}), run([5, 5, 5], {1, 2})], [0, 1, 1, 1, 1, 1]),
        # Another picture begins there.
        ([run([5, 5, 5], {1, 2}), run([9, 9, 9], {1, 2})], [0, 1, 1, 0, 1, 1]),
        # For less than a second nothing is still.
        ([run([5, 6], set()), run([6, 7], set())], [0, 0, 0, 0]),
        # Single pictures.
        ([run([5], set()) for _ in range(6)], [0, 1, 1, 1, 1, 1]),
        ([], []),
    ],
)
def test_what_stands_still_over_a_border_is_seen(runs: list[ViewedRun], wanted: list[int]) -> None:
    assert still_frames(sights(*runs), FPS, GO) == tuple(map(bool, wanted))


def test_a_lost_picture_is_never_still() -> None:
    one, two = sights(run([5], set()), run([5], set()))
    lost = Sight(two.run, 3, is_lost=True, look=None)
    assert still_frames([one, lost, lost, lost, lost, lost], FPS, GO) == (False,) * 6
