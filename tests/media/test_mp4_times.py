"""What the header of an MP4 says is told from what its samples say."""

from fractions import Fraction
from pathlib import Path

import pytest
from clips import ClipRecipe, make_clip

from storyboard.media.mp4_times import mp4_times


@pytest.mark.parametrize("bframes", [0, 3])
def test_a_header_and_its_samples_agree(tmp_path: Path, bframes: int) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(bframes=bframes))
    picture, sound = mp4_times(path, b"vide"), mp4_times(path, b"soun")
    assert picture is not None
    assert (picture.decoded, picture.shown) == (2, 2)
    assert (picture.end > 2) == bool(bframes)
    assert picture.lie(Fraction(1, 24)) is None
    assert sound is not None
    assert abs(sound.header - 2) < Fraction(1, 10)


def test_a_header_that_lies_does_not_change_its_samples(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(sound=False, bframes=0))
    data = bytearray(path.read_bytes())
    at = data.index(b"mdhd") + 20
    data[at : at + 4] = (int.from_bytes(data[at : at + 4], "big") // 2).to_bytes(4, "big")
    path.write_bytes(data)
    found = mp4_times(path, b"vide")
    assert found is not None
    assert (found.header, found.decoded, found.shown) == (1, 2, 2)
    assert found.lie(Fraction(1, 24)) == 1


def test_other_files_have_none(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "a.mp4", ClipRecipe(sound=False))
    assert mp4_times(whole, b"soun") is None
    assert mp4_times(make_clip(tmp_path / "a.mkv", ClipRecipe()), b"vide") is None
    (tmp_path / "b.mp4").write_bytes(whole.read_bytes()[:2000])
    assert mp4_times(tmp_path / "b.mp4", b"vide") is None
