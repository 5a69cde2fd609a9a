"""What a film is made from is viewed as far as nobody has viewed it before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip
from film_damage import shop
from films import QUICK, Take, timeline, title

from storyboard.cut.cut_film import FilmParts, film_parts
from storyboard.cut.cut_plan import Encoded, Entered
from storyboard.cut.options import Check
from storyboard.cut.proof.stretch_views import BEHIND, ViewedStretch
from storyboard.cut.timeline import Timeline
from storyboard.media.packets import index


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return make_clip(tmp_path / "a.mp4", ClipRecipe(frames=90, bframes=0))


def parts(film: Timeline, folder: Path, check: Check = Check.PROOF) -> FilmParts:
    return film_parts(film, shop(folder), replace(QUICK, check=check), lambda _: None)


def entered(found: FilmParts) -> Iterator[ViewedStretch]:
    for one in found.viewed or ():
        if isinstance(one.laid.stretch, Entered):
            yield one


def test_of_an_entry_that_was_just_written_the_beginning_is_decoded(
    tmp_path: Path, clip: Path
) -> None:
    found = parts(timeline([Take(clip, 83, 7)]), tmp_path)
    (one,) = entered(found)
    assert isinstance(one.laid.stretch, Entered)
    made = [entry.made for entry in one.laid.stretch.entries.each]
    assert found.viewings.decoded == 90 + sum(made) + BEHIND * len(made)
    for run, count in zip(one.runs, made, strict=True):
        assert len(run.viewing.looks) == count + BEHIND
        assert not run.viewing.damaged | run.viewing.lost


def test_one_that_was_kept_but_never_viewed_is_decoded_whole(tmp_path: Path, clip: Path) -> None:
    film = timeline([Take(clip, 83, 7)])
    assert parts(film, tmp_path, Check.NONE).viewed is None
    found = parts(film, tmp_path)
    assert found.viewings.decoded == 90 + 83
    assert parts(film, tmp_path).viewings.decoded == 0


def test_an_encoded_stretch_is_viewed_once_wherever_it_is(tmp_path: Path, clip: Path) -> None:
    first = parts(timeline([Take(clip, 90)], titles=(title(30, 20),)), tmp_path)
    assert [type(one.laid.stretch) for one in first.viewed or ()][1] is Encoded
    moved = timeline([Take(clip, 12), Take(clip, 90)], titles=(title(42, 20),))
    assert parts(moved, tmp_path).viewings.decoded == 0


def test_of_a_long_clip_only_what_is_shown_is_decoded(tmp_path: Path) -> None:
    long = make_clip(tmp_path / "long.mp4", ClipRecipe(frames=720, gop=24))
    found = parts(timeline([Take(long, 48, 240)]), tmp_path)
    assert found.viewings.decoded == 120


def test_damage_behind_the_beginning_of_an_entry_is_told_by_its_clip(
    tmp_path: Path, clip: Path
) -> None:
    data = bytearray(clip.read_bytes())
    for one in index(clip).packets[70:72]:
        data[one.position + 90 : one.position + one.size] = b"\x55" * (one.size - 90)
    clip.write_bytes(data)
    found = parts(timeline([Take(clip, 83, 7)]), tmp_path)
    (one,) = entered(found)
    low = [run.at.low for run in one.runs]
    marked = {
        place + at
        for run, at in zip(one.runs, low, strict=True)
        for place in run.viewing.damaged | run.viewing.lost
    }
    assert marked
    assert min(marked) >= 70 - 7
