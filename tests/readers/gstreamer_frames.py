"""Write what GStreamer reads of a film to the standard output, as gray frames.

    python3 gstreamer_frames.py FILM RATE [PLACE …]

With the system's Python, which has GStreamer's bindings. With places only the frames at those are
written, each sought.
"""

import sys
from fractions import Fraction

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402 - its version is asked for before


def main() -> None:
    """Read a film, or seek in it."""
    film, rate, *places = sys.argv[1:]
    Gst.init(None)
    read = "filesrc name=film ! qtdemux ! h264parse ! avdec_h264 ! videoconvert"
    line = Gst.parse_launch(
        f"{read} ! video/x-raw,format=GRAY8 ! appsink name=out sync=false max-buffers=4"
    )
    line.get_by_name("film").set_property("location", film)
    out = line.get_by_name("out")
    if not places:
        line.set_state(Gst.State.PLAYING)
        while (sample := out.emit("pull-sample")) is not None:
            write(sample)
    else:
        line.set_state(Gst.State.PAUSED)
        line.get_state(Gst.CLOCK_TIME_NONE)
    for place in places:
        at = int((int(place) + Fraction(1, 4)) / Fraction(rate) * Gst.SECOND)
        line.seek_simple(Gst.Format.TIME, Gst.SeekFlags.FLUSH | Gst.SeekFlags.ACCURATE, at)
        sample = out.emit("pull-preroll")
        if sample is not None:
            write(sample)
    line.set_state(Gst.State.NULL)


def write(sample: "Gst.Sample") -> None:
    """Write a frame without what pads its rows."""
    shape, buffer = sample.get_caps().get_structure(0), sample.get_buffer()
    width, height = shape.get_value("width"), shape.get_value("height")
    data = buffer.extract_dup(0, buffer.get_size())
    padded = (width + 3) // 4 * 4
    rows = (data[row * padded : row * padded + width] for row in range(height))
    sys.stdout.buffer.write(b"".join(rows))


main()
