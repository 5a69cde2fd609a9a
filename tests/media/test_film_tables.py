"""A film's index is read back as it was written; one that is not whole is broken."""

import struct
from fractions import Fraction
from pathlib import Path

import av
import pytest
from clips import ClipRecipe, make_clip

from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_tables import BrokenIndex, FilmTables, read_tables
from storyboard.media.film_times import CodedFrame
from storyboard.media.packets import index
from storyboard.model.storyboard import Size


@pytest.fixture
def film(tmp_path: Path) -> Path:
    found = index(make_clip(tmp_path / "clip.mp4", ClipRecipe(frames=30, gop=10)))
    assert found.coding.sets is not None
    frames = [
        CodedFrame(found.path, one.position, one.size, one.shown, one.anew) for one in found.packets
    ]
    picture = FilmPicture(
        frames, Size(192, 108), Fraction(24), found.coding.sets, found.coding.color
    )
    write_film(picture, None, tmp_path / "film.mp4")
    return tmp_path / "film.mp4"


def test_samples_are_where_and_when_a_demuxer_has_them(film: Path) -> None:
    (track,) = read_tables(film).tracks
    with av.open(str(film)) as container:
        packets = [one for one in container.demux(video=0) if one.size]
    assert [one.pos for one in packets] == list(track.places)
    assert [one.size for one in packets] == list(track.sizes)
    assert [one.pts for one in packets] == [one - track.edits[0].start for one in track.shown]
    assert [n for n, one in enumerate(packets) if one.is_keyframe] == sorted(track.sync)


def test_a_clip_of_another_writer_is_read_as_well(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24))
    tables = read_tables(clip)
    assert [one.handler for one in tables.tracks] == [b"vide", b"soun"]
    assert len(tables.tracks[0].sizes) == 24
    assert tables.tracks[0].measures == (192 << 16, 108 << 16)


def test_the_file_ends_with_its_boxes(film: Path) -> None:
    data = film.read_bytes()
    for other in (data[:-1], data + b"\0", data + data[:32], data[: len(data) // 2], b""):
        film.write_bytes(other)
        if other == data + data[:32]:
            assert isinstance(read_tables(film), FilmTables)  # a box that nobody knows
        else:
            with pytest.raises(BrokenIndex):
                read_tables(film)


@pytest.mark.parametrize("kind", [b"stsz", b"stts", b"ctts", b"stss", b"stsc", b"stco", b"elst"])
def test_a_table_that_is_cut_off_is_broken(film: Path, kind: bytes) -> None:
    data = bytearray(film.read_bytes())
    at = data.index(kind)
    struct.pack_into(">I", data, at + (12 if kind == b"stsz" else 8), 0x7FFFFFFF)
    film.write_bytes(data)
    with pytest.raises(BrokenIndex):
        read_tables(film)


def test_a_box_that_is_missing_is_broken(film: Path) -> None:
    data = film.read_bytes()
    for kind in (b"mdhd", b"tkhd", b"stsz", b"mvhd", b"moov", b"mdat"):
        film.write_bytes(data.replace(kind, b"free", 1))
        with pytest.raises(BrokenIndex):
            read_tables(film)
