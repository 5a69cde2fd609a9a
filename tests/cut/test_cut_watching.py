"""A film watched in parts is seen as it is seen in one go."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import ClipRecipe, make_clip
from films import QUICK, Take, make, timeline, title

from storyboard.cut.cut_report import CutError
from storyboard.cut.options import Check
from storyboard.cut.verify import verify
from storyboard.cut.watching import alike, faults_of, parts_of, watch
from storyboard.media.packets import index
from storyboard.model.cut import TransitionKind

FPS = Fraction(24)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    recipes = [ClipRecipe(frames=96, first=100 * n, seed=n, gop=(250, 12)[n % 2]) for n in range(3)]
    return [make_clip(folder / f"{n}.mp4", one) for n, one in enumerate(recipes)]


@pytest.mark.parametrize("kind", [TransitionKind.CUT, TransitionKind.CROSSFADE])
def test_parts_show_what_the_whole_shows(
    tmp_path: Path, clips: list[Path], kind: TransitionKind
) -> None:
    overlap = 0 if kind is TransitionKind.CUT else 8
    takes = [Take(clips[n % 3], 80, 8 * (n % 2), kind, overlap if n else 0) for n in range(9)]
    film = timeline(takes, FPS, titles=(title(200, 24),))
    made = make(film, tmp_path / "run", replace(QUICK, check=Check.NONE)).path
    whole = watch(made, 1)
    assert len(parts_of(made, 4)) > 1
    assert watch(made, 4) == whole
    assert len(whole) == film.frames
    assert list(faults_of(whole, FPS)) == []


def test_a_picture_that_stands_over_the_border_of_two_parts_is_seen(tmp_path: Path) -> None:
    one = make_clip(tmp_path / "one.mp4", ClipRecipe(frames=1, seed=3, bframes=0))
    takes = [Take(one, 1) for _ in range(400)]
    made = make(timeline(takes, FPS), tmp_path / "run", replace(QUICK, check=Check.NONE)).path
    assert [seen.frozen for seen in watch(made, 2)] == [False] + [True] * 399


@pytest.mark.parametrize("workers", [1, 4])
def test_damage_is_found_in_every_part(tmp_path: Path, clips: list[Path], workers: int) -> None:
    film = timeline([Take(clips[n % 3], 96) for n in range(6)], FPS)
    path = make(film, tmp_path / "run").path
    whole = path.read_bytes()
    for place in range(10, film.frames, 96):
        data = bytearray(whole)
        for packet in index(path).packets[place : place + 4]:
            data[packet.position + 8 : packet.position + packet.size] = bytes(packet.size - 8)
        path.write_bytes(data)
        told = "; ".join(verify(path, film, workers).faults)
        assert f"in `scene/{place // 96}` ({place // 96 % 3}.mp4)" in told
    path.write_bytes(whole)
    assert verify(path, film, workers).faults == ()


def test_a_clip_that_is_damaged_is_named(tmp_path: Path, clips: list[Path]) -> None:
    """Where it is copied the check of the film finds it, where it is encoded the decoder."""
    found = index(clips[1])
    data = bytearray(clips[1].read_bytes())
    for packet in found.packets[50:54]:
        data[packet.position + 8 : packet.position + packet.size] = bytes(packet.size - 8)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(data)
    with pytest.raises(CutError, match=r"scene/1.*broken\.mp4"):
        make(timeline([Take(clips[0], 24), Take(broken, 96)], FPS), tmp_path / "a")
    titled = timeline([Take(clips[0], 24), Take(broken, 96)], FPS, titles=(title(24, 96),))
    with pytest.raises(
        CutError, match=r"broken\.mp4: its picture is damaged soon after [12]\.\d+s"
    ):
        make(titled, tmp_path / "b")


def test_a_film_of_no_known_coding_is_a_fault(tmp_path: Path, clips: list[Path]) -> None:
    film = timeline([Take(clips[0], 24)], FPS)
    path = make(film, tmp_path / "run").path
    data = path.read_bytes()
    at = data.rindex(b"avc1", 0, data.index(b"mdat"))
    path.write_bytes(data[:at] + b"none" + data[at + 4 :])
    (fault,) = verify(path, film, 1).faults
    assert "it cannot be decoded" in fault


def test_pictures_of_two_sizes_are_not_alike() -> None:
    assert not alike(np.zeros((2, 2), np.uint8), np.zeros((2, 3), np.uint8))
    assert alike(np.zeros((2, 2), np.uint8), np.zeros((2, 2), np.uint8))
