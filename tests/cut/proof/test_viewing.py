"""What decoding a run shows of its pictures."""

import threading
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip

from storyboard.cut.proof.file_runs import FileRun, file_run
from storyboard.cut.proof.viewing import (
    Abandoned,
    Viewing,
    digests_of,
    look_at,
    picture_of,
    run_digest,
    view,
)
from storyboard.media.packets import index

GO = threading.Event()


def run_of(path: Path, first: int = 0, end: int | None = None) -> FileRun:
    found = index(path)
    assert found.coding.sets is not None
    return file_run(found, found.coding.sets, first, end or len(found.packets))


def viewing_of(path: Path) -> Viewing:
    run = run_of(path).run
    return view(run, digests_of(run.frames), GO)


def damage(path: Path, first: int, count: int) -> None:
    data = bytearray(path.read_bytes())
    for one in index(path).packets[first : first + count]:
        data[one.position + 8 : one.position + one.size] = bytes(one.size - 8)
    path.write_bytes(data)


@pytest.mark.parametrize("bframes", [0, 3])
def test_of_a_good_clip_every_picture_comes_out_in_its_place(tmp_path: Path, bframes: int) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=30, bframes=bframes))
    seen = viewing_of(clip)
    assert not seen.damaged | seen.lost | seen.misplaced | seen.black | seen.still
    assert [place for place, _ in seen.looks] == list(range(30))
    assert len({look for _, look in seen.looks}) == 30
    assert seen.stopped is None


def test_damage_is_seen_where_it_is(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=30, bframes=0))
    damage(clip, 12, 2)
    seen = viewing_of(clip)
    assert {12, 13} <= seen.damaged | seen.lost
    assert not set(range(12)) & (seen.damaged | seen.lost)


def test_what_cannot_be_decoded_at_all_stops_it(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=30, bframes=0))
    packet = index(clip).packets[12]
    data = bytearray(clip.read_bytes())
    data[packet.position : packet.position + packet.size] = b"\xff" * packet.size
    clip.write_bytes(data)
    run = run_of(clip)
    seen = view(run.run, digests_of(run.run.frames), GO)
    assert seen.stopped == 12
    assert seen.lost == frozenset(range(12, 30))


def test_a_picture_again_and_a_black_one_are_marked(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=1))
    assert viewing_of(clip).still == frozenset()
    run = run_of(clip).run
    assert look_at(run, 0, GO) is not None
    assert look_at(run, 1, GO) is None


def test_a_file_that_changes_meanwhile_is_an_error(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=10))
    run = run_of(clip).run
    digests = digests_of(run.frames)
    damage(clip, 4, 1)
    with pytest.raises(OSError, match="has changed while it was being read"):
        view(run, digests, GO)


def test_it_ends_when_told(tmp_path: Path) -> None:
    run = run_of(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=10))).run
    stop = threading.Event()
    stop.set()
    with pytest.raises(Abandoned):
        view(run, digests_of(run.frames), stop)


def test_a_run_is_known_by_its_content_wherever_it_is(tmp_path: Path) -> None:
    one = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=40, gop=10))
    two = tmp_path / "b.mp4"
    two.write_bytes(one.read_bytes())
    runs = [run_of(one, 10, 20).run, run_of(two, 10, 20).run, run_of(one, 20, 30).run]
    names = [run_digest(run, digests_of(run.frames)) for run in runs]
    assert names[0] == names[1] != names[2]


def test_one_picture_is_decoded_by_itself(tmp_path: Path) -> None:
    run = run_of(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=10, bframes=0))).run
    first = picture_of(run.frames[0], run.sets)
    assert first is not None
    assert len(first) == 192 * 108 * 3 // 2
    assert picture_of(run.frames[1], run.sets) is None
