"""Clips are found by their content, whoever put them there."""

from pathlib import Path

import pytest

from storyboard.model import ClipDigest
from storyboard.store import StoreProblem, clips_here

ONE, TWO, THREE = (ClipDigest(sign * 64) for sign in "abc")


def test_clips_are_found_by_their_digests(tmp_path: Path) -> None:
    (tmp_path / "clips" / "aa").mkdir(parents=True)
    clip = tmp_path / "clips" / "aa" / f"{ONE}.mp4"
    clip.write_bytes(b"a clip")
    clip.with_name(f"{ONE}.mp4.link").write_bytes(b"on its way")
    (tmp_path / "clips" / "bb" / f"{TWO}.mp4").mkdir(parents=True)
    assert clips_here(tmp_path, (ONE, TWO, THREE)) == {ONE: clip}
    assert clips_here(tmp_path / "nowhere", (ONE,)) == {}


def test_a_store_with_a_link_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "clips").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreProblem):
        clips_here(tmp_path / "store", (ONE,))
    assert clips_here(tmp_path / "store", ()) == {}
