#!/usr/bin/env bash
# PyAV 19.0.2 (Python 3.12 or newer): iterate over the side data of a frame.
# Expected: the items, as in PyAV 18 and earlier, where `for item in frame.side_data` gave objects with
# `.type` and data.
# Seen: the iteration gives the types (keys), without a warning. Code that compares `item.type`, or looks
# for a display matrix among the items, finds nothing: mirrored and rotated phone clips lose their turn.
# `frame.side_data.get(Type)` works in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 12) and "name Python 3.12 or newer: PYTHON=python3.13")'
"$python" -m venv "$folder/env"
"$folder/env/bin/python" -m pip install --quiet --disable-pip-version-check av==19.0.2 numpy==2.3.5
cd "$folder"
env/bin/python - <<'PYTHON'
import av
import numpy
from av.sidedata.sidedata import Type

# x264 attaches an information message (user data, unregistered) to its stream.
with av.open("clip.mp4", "w") as out:
    stream = out.add_stream("libx264", rate=24)
    stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
    for n in range(4):
        frame = av.VideoFrame.from_ndarray(numpy.full((64, 64, 3), n * 9, "uint8"), "rgb24")
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
with av.open("clip.mp4") as clip:
    data = next(clip.decode(video=0)).side_data
    items = list(data)
    assert len(items) == len(data) > 0
    print(f"PyAV {av.__version__}: iterating gives {sorted({type(one).__name__ for one in items})}")
    assert all(isinstance(one, Type) for one in items), "iterating gives the items again"
    assert all(data.get(one) is not None for one in items)
PYTHON
