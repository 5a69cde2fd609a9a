"""Encode numbered clips of one group with every encoder that this machine has."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from clips import ClipRecipe, pictures
from imageio_ffmpeg import get_ffmpeg_exe
from streams import FPS, WAYS, Way, encoded_as

from storyboard.model.storyboard import Size

FRAMES, WIDTH, HEIGHT = 96, 320, 180
"""180 rows are coded as 192: motion may point into the rim."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A way to encode a clip.

    `make` draws the numbers from its second argument on into the frames of the file that its first
    one names. `needs` are programs that are looked for on the PATH.
    """

    name: str
    make: Callable[[Path, int], None]
    needs: tuple[str, ...] = ()

    @property
    def absent(self) -> tuple[str, ...]:
        """The programs that this machine lacks."""
        return tuple(one for one in self.needs if shutil.which(one) is None)


def encoders() -> Iterator[Encoder]:
    """Go through all encoders: x264's settings, then others."""
    for name, way in WAYS.items():
        yield Encoder(f"x264 {name}", _x264(way))
    for profile in ("constrained_baseline", "main", "high"):
        yield Encoder(f"openh264 {profile}", _openh264("-profile:v", profile))
    yield Encoder("openh264 slices", _openh264("-slices", "4"))
    yield Encoder("gstreamer openh264", _gstreamer, ("gst-launch-1.0",))
    yield Encoder("libavc", _libavc, ("avcenc", "mkvmerge"))
    yield Encoder("minih264", _minih264, ("node",))


def _recipe(first: int) -> ClipRecipe:
    return ClipRecipe(FRAMES, FPS, WIDTH, HEIGHT, first=first, seed=first, grain=4)


def _planes(first: int) -> Iterator[bytes]:
    for picture in pictures(_recipe(first)):
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        yield frame.to_ndarray(format="yuv420p").tobytes()


def _x264(way: Way) -> Callable[[Path, int], None]:
    def make(path: Path, first: int) -> None:
        drawn = (
            av.VideoFrame.from_ndarray(one, format="rgb24") for one in pictures(_recipe(first))
        )
        encoded_as(path, way, drawn, Size(WIDTH, HEIGHT))

    return make


def _openh264(*options: str) -> Callable[[Path, int], None]:
    def make(path: Path, first: int) -> None:
        coding = ["-c:v", "libopenh264", "-b:v", "900k", "-g", "9999", "-threads", "1", *options]
        _piped([get_ffmpeg_exe(), "-v", "error", *_RAW, "-i", "-", *coding, "-y", path], first)

    return make


_RAW = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS)]


def _gstreamer(path: Path, first: int) -> None:
    size = f"width={WIDTH} height={HEIGHT} framerate={FPS}/1"
    parse = (
        f"fdsrc fd=0 ! rawvideoparse format=i420 {size} ! openh264enc bitrate=900000 gop-size=9999"
    )
    command = f"{parse} ! h264parse ! mp4mux ! filesink location={path}"
    _piped(["gst-launch-1.0", "-q", *command.split()], first)


def _libavc(path: Path, first: int) -> None:
    raw, stream = path.with_suffix(".yuv"), path.with_suffix(".264")
    raw.write_bytes(b"".join(_planes(first)))
    options = f"--input {raw} --output {stream} --width {WIDTH} --height {HEIGHT} --num_cores 1"
    options += f" --src_framerate {FPS} --tgt_framerate {FPS} --i_interval 9999 --idr_interval 9999"
    options += " --rc 0 --qp_i 24 --qp_p 24 --qp_b 26 --bframes 1 --entropy 1 --profile MAIN"
    _run(["avcenc", *options.split()], path.parent)
    _boxed(stream, path)


def _minih264(path: Path, first: int) -> None:
    script = Path(__file__).with_name("minih264.js")
    command = ["node", script, str(WIDTH), str(HEIGHT), str(FPS), path]
    _piped(command, first)


def _boxed(stream: Path, path: Path) -> None:
    """Put a bare stream into an MP4; mkvmerge computes its times, which ffmpeg does not."""
    inner = path.with_suffix(".mkv")
    _run(["mkvmerge", "-q", "-o", inner, "--default-duration", f"0:{FPS}fps", stream], path.parent)
    _run([get_ffmpeg_exe(), "-v", "error", "-i", inner, "-c", "copy", "-y", path], path.parent)


def _piped(command: list[str | Path], first: int) -> None:
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603 - our own
        assert process.stdin is not None
        for planes in _planes(first):
            process.stdin.write(planes)
    assert process.returncode == 0, command


def _run(command: list[str | Path], folder: Path) -> None:
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=600)  # noqa: S603
    assert ran.returncode == 0, (command, ran.stdout[-500:], ran.stderr[-500:])
