"""Write what a library of Python reads of a film to the standard output, as gray frames.

    python library_frames.py opencv|decord FILM [PLACE …]

With places only the frames at those are written, each sought.
"""

import importlib
import sys
from collections.abc import Iterator

import numpy as np


def opencv(film: str, places: list[int]) -> Iterator[np.ndarray]:
    """Read with OpenCV, seeking by `CAP_PROP_POS_FRAMES`."""
    cv2 = importlib.import_module("cv2")
    capture = cv2.VideoCapture(film)
    if not places:
        while (got := capture.read())[0]:
            yield cv2.cvtColor(got[1], cv2.COLOR_BGR2GRAY)
    for place in places:
        capture.set(cv2.CAP_PROP_POS_FRAMES, place)
        good, frame = capture.read()
        if good:
            yield cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


def decord(film: str, places: list[int]) -> Iterator[np.ndarray]:
    """Read with decord, which clips for machine learning are read with."""
    reader = importlib.import_module("decord").VideoReader(film, num_threads=1)
    for place in places or range(len(reader)):
        yield reader[place].asnumpy()[..., 1]


def main() -> None:
    """Read a film, or seek in it."""
    library, film, *places = sys.argv[1:]
    ways = {"opencv": opencv, "decord": decord}
    for frame in ways[library](film, [int(one) for one in places]):
        sys.stdout.buffer.write(np.ascontiguousarray(frame, np.uint8).tobytes())


main()
