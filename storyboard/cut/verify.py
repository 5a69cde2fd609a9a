"""Decode a finished film again, all of it, and find what is wrong with it and what is odd."""

import errno
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from storyboard.cut.findings import (
    Findings,
    Heard,
    broken,
    count_fault,
    drift_fault,
    drift_of,
    oddities,
    place_of,
)
from storyboard.cut.options import Check
from storyboard.cut.timeline import Timeline
from storyboard.cut.watching import Broken, faults_of, watch
from storyboard.media import is_known, open_sound


def verify(film: Path, timeline: Timeline, workers: int) -> Findings:
    """Decode a film from its first frame to its last, its pictures on so many threads at once."""
    fps = timeline.shape.fps
    try:
        with ThreadPoolExecutor(1) as beside:
            listening = beside.submit(listen_to, film)
            seen = watch(film, workers)
            heard = listening.result()
    except Broken as problem:
        return broken(Check.FULL, f"decoding it stops{place_of(timeline, problem.time)}")
    except (av.FFmpegError, OSError) as problem:
        return broken(Check.FULL, f"it cannot be decoded: {problem}")
    frames = len(seen)
    drift = drift_of(heard, Fraction(frames) / fps)
    faults = (
        *(one.what + place_of(timeline, one.time) for one in faults_of(seen, fps)),
        *count_fault(frames, timeline),
        *drift_fault(heard, drift, timeline),
    )
    black, still = (one.black for one in seen), (one.frozen for one in seen)
    odd = oddities(timeline, black, still, heard.levels)
    return Findings(Check.FULL, frames, frames, heard.samples, drift, faults, odd)


def listen_to(film: Path) -> Heard:
    """Decode a film's sound. Raises `av.FFmpegError` or `OSError` if it cannot be."""
    samples = 0
    levels: list[float] = []
    with open_sound(film) as container:
        if not container.streams.audio:
            return Heard(0, ())
        if not is_known(container.streams.audio[0]):
            raise OSError(errno.EINVAL, "it has no sound that can be decoded", str(film))
        for frame in container.decode(audio=0):
            samples += frame.samples
            levels.append(float(np.abs(frame.to_ndarray()).max()))
    return Heard(samples, tuple(levels))
