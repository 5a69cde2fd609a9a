"""Read films with libraries, each by a script of its own: PyAV, GStreamer, VLC, OpenCV, decord."""

import subprocess
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from fractions import Fraction
from pathlib import Path

import av
from clips import luma, numbers, read_number
from entered_film import EnteredFilm
from programs import Command, Way, each, numbers_in, run
from reader import Reader, Reading

from storyboard.media.libav import tick

HERE = Path(__file__).parent
SYSTEM = "/usr/bin/python3"
"""The Python that packages of the system put their bindings into."""

LIBRARIES = HERE.parent.parent / ".venv-readers/bin/python"
"""The Python that `make readers` puts OpenCV and decord into."""


def scripts() -> Iterator[Reader]:
    """Go through the libraries that read films."""
    yield Reader("PyAV", each(_pyav))
    # Not its `openh264dec`: that loses the last frames before any change of parameters.
    bindings = "import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst"
    has = f"{bindings}; Gst.init(None); assert Gst.ElementFactory.find('avdec_h264')"
    absent = "" if _runs([SYSTEM, "-c", has]) else "gstreamer1.0-libav and python3-gi"
    way = _by([SYSTEM, HERE / "gstreamer_frames.py"], rate=True)
    yield Reader("GStreamer", each(way), absent)
    absent = "" if find_library("vlc") else "libvlc"
    yield Reader("VLC", each(_vlc), absent)
    for name, module in (("opencv", "cv2"), ("decord", "decord")):
        absent = "" if _runs([LIBRARIES, "-c", f"import {module}"]) else f"{name} (make readers)"
        yield Reader(name, each(_by([LIBRARIES, HERE / "library_frames.py", name])), absent)


def _runs(command: Command) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except OSError:
        return False


def _by(script: Command, *, rate: bool = False) -> Way:
    """Read by a script that writes gray frames: all, or those at places that it is given."""

    def way(film: EnteredFilm, folder: Path) -> Reading:
        command: Command = [*script, film.path, *([str(film.fps)] if rate else [])]
        return _frames(command, film, folder)

    return way


def _vlc(film: EnteredFilm, folder: Path) -> Reading:
    """Play by VLC. It does not seek to the frame, in no file: two tries may end on two frames."""
    size = (str(film.size.width), str(film.size.height))
    ran = run([sys.executable, HERE / "vlc_frames.py", film.path, *size], folder)
    return Reading(numbers_in(ran.stdout, film.size), None)


def _frames(command: Command, film: EnteredFilm, folder: Path) -> Reading:
    whole = run(command, folder)
    sought = run([*command, *map(str, film.places)], folder)
    said = "" if whole.returncode == sought.returncode == 0 else whole.stderr.decode()[-200:]
    seen = (numbers_in(one.stdout, film.size) for one in (whole, sought))
    return Reading(*seen, said)


def _pyav(film: EnteredFilm, _: Path) -> Reading:
    sought: list[int] = []
    with av.open(str(film.path)) as container:
        stream = container.streams.video[0]
        base = tick(stream)
        assert base is not None
        for place in film.places:
            at = round((place + Fraction(1, 4)) / film.fps / base)
            container.seek(at, stream=stream)
            shown = None
            for frame in container.decode(stream):
                assert frame.pts is not None
                if frame.pts > at:
                    break
                shown = frame
            if shown is not None:
                sought.append(read_number(luma(shown)))
    return Reading(tuple(numbers(film.path)), tuple(sought))
