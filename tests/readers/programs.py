"""Read films with programs: ffmpeg, mpv, melt, mplayer, mkvmerge, JM's and Android's decoders."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from clips import read_number
from entered_film import EnteredFilm
from imageio_ffmpeg import get_ffmpeg_exe
from reader import Reader, Reading

from storyboard.media import avc
from storyboard.media.h264.bits import BitReader
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

PATIENCE = 120
"""Seconds that a program may take."""

Command: TypeAlias = list[str | Path]
Numbers: TypeAlias = tuple[int, ...]
Way: TypeAlias = Callable[[EnteredFilm, Path], Reading]
"""Read one film, with an empty folder for what is written on the way."""


def programs() -> Iterator[Reader]:
    """Go through the programs that read films."""
    bundled = get_ffmpeg_exe()
    yield Reader("ffmpeg, bundled", each(_ffmpeg(bundled)))
    yield Reader("ffmpeg, strict", each(_strict(bundled)))
    yield Reader("ffmpeg -c copy", each(_copied(bundled)))
    yield found("ffmpeg", "ffmpeg, installed", _ffmpeg("ffmpeg"))
    yield found("mkvmerge", "mkvmerge", _merged(bundled))
    yield found("mpv", "mpv", _mpv)
    yield found("melt", "melt", _melt)
    yield found("mplayer", "mplayer", _mplayer)
    yield found("ldecod", "JM ldecod", _jm)
    yield found("avcdec", "Android libavc", _libavc)


def found(program: str, name: str, way: Way) -> Reader:
    """Make a reader of a program that is looked for on the PATH."""
    return Reader(name, each(way), "" if shutil.which(program) else program)


def each(way: Way) -> Callable[[Sequence[EnteredFilm], Path], Iterator[Reading]]:
    """Make of a way to read one film a way to read several."""

    def read(films: Sequence[EnteredFilm], folder: Path) -> Iterator[Reading]:
        for film in films:
            with tempfile.TemporaryDirectory(dir=folder) as own:
                yield way(film, Path(own))

    return read


def run(command: Command, folder: Path) -> "subprocess.CompletedProcess[bytes]":
    """Run a program to its end, in a folder."""
    quiet = subprocess.DEVNULL
    return subprocess.run(  # noqa: S603 - commands of our own
        command, cwd=folder, stdin=quiet, capture_output=True, timeout=PATIENCE, check=False
    )


def numbers_in(data: bytes, size: Size, frame: int = 0) -> Numbers:
    """Read the number in each frame of raw luma; `frame` is what a frame takes in all."""
    step, luma = frame or size.width * size.height, size.width * size.height
    return tuple(
        read_number(np.frombuffer(data, np.uint8, luma, at).reshape(size.height, size.width))
        for at in range(0, len(data) - step + 1, step)
    )


def _ffmpeg(program: str, *options: str) -> Way:
    """Read by `ffmpeg`, and seek with `-ss`, which shows the first frame not before a moment."""

    def way(film: EnteredFilm, folder: Path) -> Reading:
        start: Command = [program, "-v", "error", *options]
        raw: Command = ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
        if program != get_ffmpeg_exe():
            raw[0] = "-vsync"
        whole = run([*start, "-i", film.path, *raw], folder)
        sought = [
            run(
                [*start, "-ss", before(film, n), "-i", film.path, "-frames:v", "1", *raw], folder
            ).stdout
            for n in film.places
        ]
        frames = numbers_in(whole.stdout, film.size)
        seen = tuple(number for one in sought for number in numbers_in(one, film.size))
        return Reading(frames, seen, whole.stderr.decode().strip()[:200])

    return way


def before(film: EnteredFilm, place: int) -> str:
    """Return a moment just before a frame, in seconds: for what shows the first one after it."""
    return f"{max(0.0, float((place - 0.25) / film.fps)):.6f}"


def _strict(program: str) -> Way:
    options = ("-xerror", "-err_detect", "explode+bitstream+buffer+crccheck", "-threads", "1")
    inner = _ffmpeg(program, *options)

    def way(film: EnteredFilm, folder: Path) -> Reading:
        return replace(inner(replace(film, places=()), folder), sought=None)

    return way


def _copied(program: str) -> Way:
    """Copy with ffmpeg into another MP4 without touching a packet, and read that."""

    def way(film: EnteredFilm, folder: Path) -> Reading:
        copy = folder / "copy.mp4"
        copied = run([program, "-v", "error", "-i", film.path, "-c", "copy", "-y", copy], folder)
        reading = _ffmpeg(program)(replace(film, path=copy), folder)
        return replace(reading, said=reading.said + copied.stderr.decode().strip()[:200])

    return way


def _merged(program: str) -> Way:
    """Put the packets into Matroska with mkvmerge, and read that."""

    def way(film: EnteredFilm, folder: Path) -> Reading:
        merged = folder / "merged.mkv"
        ran = run(["mkvmerge", "-q", "-o", merged, film.path], folder)
        reading = _ffmpeg(program)(replace(film, path=merged), folder)
        return replace(reading, said=reading.said + ran.stdout.decode().strip()[:200])

    return way


def _mpv(film: EnteredFilm, folder: Path) -> Reading:
    raw = folder / "out.raw"

    def numbers(*options: str) -> tuple[Numbers, str]:
        raw.unlink(missing_ok=True)
        command: Command = ["mpv", "--no-config", "--no-audio", "--hwdec=no", "--vf=format=gray"]
        command += [f"--o={raw}", "--of=rawvideo", "--ovc=rawvideo", "--msg-level=all=warn"]
        ran = run([*command, *options, film.path], folder)
        data = raw.read_bytes() if raw.exists() else b""
        return numbers_in(data, film.size), ran.stderr.decode().strip()[:200]

    whole, said = numbers()
    sought = [numbers(f"--start={before(film, n)}", "--frames=1")[0] for n in film.places]
    return Reading(whole, tuple(n for one in sought for n in one), said)


def _melt(film: EnteredFilm, folder: Path) -> Reading:
    profile, raw = folder / "profile", folder / "out.raw"
    rate, size = film.fps, film.size
    profile.write_text(
        f"description=film\nframe_rate_num={rate.numerator}\nframe_rate_den={rate.denominator}\n"
        f"width={size.width}\nheight={size.height}\nprogressive=1\n"
        "sample_aspect_num=1\nsample_aspect_den=1\n"
        f"display_aspect_num={size.width}\ndisplay_aspect_den={size.height}\ncolorspace=709\n"
    )

    def numbers(what: Command) -> Numbers:
        raw.unlink(missing_ok=True)
        coding: Command = ["f=rawvideo", "vcodec=rawvideo", "pix_fmt=gray", "an=1", "real_time=-1"]
        run(["melt", "-profile", profile, *what, "-consumer", f"avformat:{raw}", *coding], folder)
        return numbers_in(raw.read_bytes() if raw.exists() else b"", film.size)

    cuts: Command = [part for n in film.places for part in (film.path, f"in={n}", f"out={n}")]
    return Reading(numbers([film.path]), numbers(cuts))


def _mplayer(film: EnteredFilm, folder: Path) -> Reading:
    out = folder / "out.y4m"
    command: Command = ["mplayer", "-nosound", "-benchmark", "-really-quiet", "-noconfig", "all"]
    run([*command, "-vo", f"yuv4mpeg:file={out}", film.path], folder)
    head, _, data = out.read_bytes().partition(b"\n")
    assert head.startswith(b"YUV4MPEG2"), head
    mark, planes = len(b"FRAME\n"), film.size.width * film.size.height * 3 // 2
    bare = b"".join(
        data[at + mark : at + mark + planes] for at in range(0, len(data), mark + planes)
    )
    return Reading(numbers_in(bare, film.size, planes), None)


def _bare(film: EnteredFilm) -> tuple[bytes, list[bytes]]:
    """Return a film's parameter sets and pictures without MP4, as a player hands them on.

    Another part begins at each picture that refers to another sequence parameter set.
    """
    found = index(film.path)
    sets, data = found.coding.sets, film.path.read_bytes()
    assert sets is not None
    owner = {avc.pps_id(one): avc.sps_of(one) for one in sets.pps}
    pictures: list[bytes] = []
    now = None
    for packet in found.packets:
        parts = list(avc.units(data[packet.position : packet.position + packet.size], 4))
        sequence = owner[_set_of(next(one for one in parts if one[0] & 31 in {1, 5}))]
        pictures += [b""] if sequence != now else []
        now = sequence
        pictures[-1] += _marked(parts)
    return _marked([*sets.sps, *sets.pps]), pictures


def _marked(parts: Iterable[bytes]) -> bytes:
    return b"".join(b"\0\0\0\1" + one for one in parts)


def _set_of(slice_unit: bytes) -> int:
    """Return the id of the picture parameter set that a slice refers to (7.3.3)."""
    bits = BitReader(slice_unit[1:32])
    bits.ue()
    bits.ue()
    return bits.ue()


def _jm(film: EnteredFilm, folder: Path) -> Reading:
    """Read with the standard's own decoder, which stops where a stream is not as it should be.

    It keeps as many pictures as the first sequence parameter set asks for, and so fails at any
    stream in which that changes: it is given one part after the other.
    """
    frames: Numbers = ()
    said = ""
    sets, parts = _bare(film)
    for n, part in enumerate(parts):
        stream, out = folder / f"{n:02}.264", folder / f"{n:02}.yuv"
        stream.write_bytes(sets + part)
        given = [f"InputFile={stream}", f"OutputFile={out}", "WriteUV=1"]
        ran = run(["ldecod", *(part for one in given for part in ("-p", one))], folder)
        frames += _planar(out, film.size)
        said += ran.stderr.decode().strip()[-200:] if ran.returncode else ""
    return Reading(frames, None, said)


def _libavc(film: EnteredFilm, folder: Path) -> Reading:
    """Read with the decoder of Android phones."""
    out, config, whole = folder / "out.yuv", folder / "dec.cfg", folder / "whole.264"
    sets, parts = _bare(film)
    whole.write_bytes(sets + b"".join(parts))
    config.write_text(
        f"--input {whole}\n--save_output 1\n--num_frames -1\n--output {out}\n"
        "--chroma_format YUV_420P\n--share_display_buf 0\n--num_cores 1\n--loopback 0\n"
        "--display 0\n--fps 0\n"
    )
    ran = run(["avcdec", config], folder)
    said = "" if ran.returncode == 0 else ran.stdout.decode().strip()[-200:] or "it failed"
    return Reading(_planar(out, film.size), None, said)


def _planar(path: Path, size: Size) -> Numbers:
    data = path.read_bytes() if path.exists() else b""
    return numbers_in(data, size, size.width * size.height * 3 // 2)
