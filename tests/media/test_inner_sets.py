"""Pictures of a film have no parameter sets inside: all of them are in its `avcC`."""

import sys
from fractions import Fraction
from pathlib import Path

from clips import ClipRecipe, make_clip, numbers

sys.path.insert(0, str(Path(__file__).parent / "h264"))

from streams import with_sets_inside

from storyboard.media import avc
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_times import CodedFrame
from storyboard.media.inner_sets import without_inner_sets
from storyboard.media.packets import index
from storyboard.model.storyboard import Size


def repeating(path: Path, gop: int = 250) -> Path:
    """Make a clip whose IDR pictures carry its parameter sets as well."""
    clip = make_clip(path.with_name("plain.mp4"), ClipRecipe(24, sound=False, gop=gop))
    return with_sets_inside(clip, path)


def kinds(path: Path) -> list[set[int]]:
    """Return the types of the NAL units in each packet."""
    found, data = index(path), path.read_bytes()
    packets = (data[one.position : one.position + one.size] for one in found.packets)
    return [{unit[0] & 31 for unit in avc.units(packet, 4)} for packet in packets]


def test_a_film_leaves_out_the_sets_inside_its_pictures(tmp_path: Path) -> None:
    clip = repeating(tmp_path / "clip.mp4", gop=12)
    assert [{7, 8} <= one for one in kinds(clip)].count(True) == 2
    found = index(clip)
    assert found.coding.sets is not None
    frames = [
        CodedFrame(clip, one.position, one.size, one.shown, one.anew) for one in found.packets
    ]
    picture = FilmPicture(
        frames, Size(192, 108), Fraction(24), found.coding.sets, found.coding.color
    )
    write_film(picture, None, tmp_path / "film.mp4")
    assert not any({7, 8} & one for one in kinds(tmp_path / "film.mp4"))
    assert numbers(tmp_path / "film.mp4") == list(range(24))


def test_pictures_without_sets_stay_what_they_are(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "clip.mp4", ClipRecipe(24, sound=False, gop=12))
    frames = [
        CodedFrame(clip, one.position, one.size, one.shown, one.anew) for one in index(clip).packets
    ]
    assert without_inner_sets(frames, 4) == frames
