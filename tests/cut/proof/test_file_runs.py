"""A file is parted in one way, whatever part of it is asked for."""

from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip

from storyboard.cut.proof.file_runs import file_runs
from storyboard.media.coded import PacketIndex
from storyboard.media.packets import index


def spans(found: PacketIndex, least: int, first: int, end: int) -> list[tuple[int, int]]:
    assert found.coding.sets is not None
    runs = file_runs(found, found.coding.sets, least, first, end)
    return [(one.first, one.end) for one in runs]


@pytest.mark.parametrize(
    ("least", "first", "end", "wanted"),
    [
        (25, 0, 100, [(0, 30), (30, 60), (60, 90), (90, 100)]),
        (25, 30, 31, [(30, 60)]),
        (25, 29, 61, [(0, 30), (30, 60), (60, 90)]),
        (1, 10, 20, [(10, 20)]),
        (500, 10, 20, [(0, 100)]),
    ],
)
def test_groups_are_put_together_from_the_beginning_on(
    tmp_path: Path, least: int, first: int, end: int, wanted: list[tuple[int, int]]
) -> None:
    found = index(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=100, gop=10)))
    assert spans(found, least, first, end) == wanted


def test_a_group_is_never_parted(tmp_path: Path) -> None:
    found = index(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=60)))
    assert spans(found, 10, 0, 5) == [(0, 60)]
