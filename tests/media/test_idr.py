"""No two IDR pictures in a row have the same id, and nothing else of them changes.

What an id is, is read by ffmpeg's own tracing of headers and not by the code that is tested.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from subprocess import run

import av
import numpy as np
import pytest
from clips import ClipRecipe, make_clip
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

from storyboard.media import avc
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_times import CodedFrame
from storyboard.media.idr import IdrHeaders
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

KINDS = {
    "cabac": "",
    "cavlc": "cabac=0",
    "slices": "slices=4",
    "cavlc slices": "cabac=0:slices=3",
    "raw samples": "cabac=0:qp=1:subme=7",
}


def clip(folder: Path, name: str, kind: str, gop: int = 1, grain: int = 0) -> Path:
    """Encode a few frames; with a group of one, each is an IDR picture."""
    parameters = f"keyint={gop}:min-keyint=1:scenecut=0:stitchable=1:{KINDS[kind]}"
    options = (("x264-params", parameters.rstrip(":")),)
    recipe = ClipRecipe(frames=4, gop=gop, sound=False, bframes=0, grain=grain, seed=1)
    path = folder / name
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=24, options={"preset": "veryfast", **dict(options)})
        stream.width, stream.height, stream.pix_fmt = 192, 108, "yuv420p"
        noise = np.random.default_rng(recipe.seed)
        for n in range(recipe.frames):
            picture = noise.integers(0, 256, (108, 192, 3), np.uint8) if grain else gray(n)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode(None))
    return path


def gray(n: int) -> NDArray[np.uint8]:
    picture = np.zeros((108, 192, 3), np.uint8)
    picture[:, : 40 * (n + 1)] = 180
    return picture


def traced(film: Path) -> list[list[int]]:
    """Let ffmpeg read the ids of a film's IDR pictures: a list for each run of them."""
    words = ["-i", str(film), "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers"]
    told = run(  # noqa: S603 - the words are all here
        [get_ffmpeg_exe(), "-hide_banner", *words, "-f", "null", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    runs: list[list[int]] = []
    for packet in re.split(r"Packet: ", told)[1:]:
        ids = {int(one) for one in re.findall(r"\bidr_pic_id\b.* = (\d+)", packet)}
        assert len(ids) <= 1, "all slices of a picture have one id"
        if not ids or not runs:
            runs.append([])
        runs[-1].extend(ids)
    return runs


def pixels(film: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(film)) as container:
        return [one.to_ndarray() for one in container.decode(video=0)]


def joined(folder: Path, stretches: Sequence[tuple[Path, int, int]]) -> Path:
    """Write stretches, (clip, first, end) in packets, of clips that share their sets."""
    frames: list[CodedFrame] = []
    joints: list[int] = []
    for path, first, end in stretches:
        found = index(path)
        joints.append(len(frames))
        for n, one in enumerate(found.packets[first:end]):
            shown = joints[-1] + n
            frames.append(CodedFrame(path, one.position, one.size, shown, one.anew))
    sets = index(stretches[0][0]).coding.sets
    assert sets is not None
    out = folder / "film.mp4"
    color = (1, 1, 1, 1)
    write_film(
        FilmPicture(frames, Size(192, 108), Fraction(24), sets, color, tuple(joints)), None, out
    )
    return out


@pytest.mark.parametrize("kind", KINDS)
def test_stretches_of_one_picture_never_have_the_id_of_the_next(tmp_path: Path, kind: str) -> None:
    grain = 1 if kind == "raw samples" else 0
    path = clip(tmp_path, "a.mp4", kind, grain=grain)
    stretches = [(path, n, n + 1) for n in (0, 0, 2, 0, 1, 1, 1, 3)] + [(path, 0, 3), (path, 2, 4)]
    film = joined(tmp_path, stretches)
    (ids,) = traced(film)
    assert len(ids) == 13
    assert all(one != other for one, other in pairwise(ids))
    whole = pixels(path)
    wanted = [whole[n] for _, first, end in stretches for n in range(first, end)]
    assert all(np.array_equal(*both) for both in zip(pixels(film), wanted, strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_groups_of_several_pictures_are_left_as_they_are(tmp_path: Path, kind: str) -> None:
    path = clip(tmp_path, "a.mp4", kind, gop=4)
    found = index(path)
    film = index(joined(tmp_path, [(path, 0, 4), (path, 0, 2), (path, 0, 1)]))
    data, source = film.path.read_bytes(), path.read_bytes()
    for one, n in zip(film.packets, (0, 1, 2, 3, 0, 1, 0), strict=True):
        from_source = found.packets[n]
        packet = source[from_source.position : from_source.position + from_source.size]
        assert data[one.position : one.position + one.size] == packet


def test_only_joints_are_looked_at(tmp_path: Path) -> None:
    """Encoders alternate the ids of their own pictures: of a clip of key frames nothing is read."""
    path = clip(tmp_path, "a.mp4", "cabac")
    film = joined(tmp_path, [(path, 0, 4)])
    assert [one.size for one in index(film).packets] == [one.size for one in index(path).packets]


@pytest.mark.parametrize(
    ("kind", "taken"), [*product(KINDS, ([0], [0, 1], [0, 15, 16], [1, 2, 31]))]
)
def test_another_id_takes_whole_bytes(tmp_path: Path, kind: str, taken: list[int]) -> None:
    """So data that must begin on a byte still do, and are the same data."""
    path = clip(tmp_path, "a.mp4", kind)
    found = index(path)
    sets = found.coding.sets
    assert sets is not None
    headers, data = IdrHeaders(sets), path.read_bytes()
    for one in found.packets:
        packet = data[one.position : one.position + one.size]
        changed = headers.with_other_id(packet, set(taken))
        assert headers.id_of(changed) not in {*taken, headers.id_of(packet)}
        slices = sum(unit[0] & 0x1F == 5 for unit in avc.units(packet, sets.length_size))
        assert abs(len(changed) - len(packet)) <= 2 * slices, "a byte each, and its escapes"
        back = headers.with_other_id(changed, {headers.id_of(changed)})
        assert headers.id_of(back) is not None


def test_a_damaged_header_has_no_id(tmp_path: Path) -> None:
    path = clip(tmp_path, "a.mp4", "cabac")
    sets = index(path).coding.sets
    assert sets is not None
    headers = IdrHeaders(sets)
    assert headers.id_of(b"\0\0\0\1\x65") is None
    assert headers.id_of(b"\0\0\0\2\x41\x9a") is None, "it is not an IDR picture"
    broken = b"\0\0\0\3\x65\0\0"
    assert headers.with_other_id(broken, {0}) == broken


def test_ids_of_sets_are_read_behind_their_own(tmp_path: Path) -> None:
    path = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=2, sound=False))
    sets = index(path).coding.sets
    assert sets is not None
    assert avc.sps_of(sets.pps[0]) == avc.sps_id(sets.sps[0]) == 0
    assert avc.sps_of(b"\x68" + bytes([0b01101100])) == 2
